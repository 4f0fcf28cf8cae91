package p

func f() {
	func() {}
	x := func() int { return "a" }
	y := func(a int) { return a }
	func(a int) {}()
	func(a int) {}("x")
	_ = func() == nil
	var g func(int) = func(string) {}
	var h func() = func() int { return 1 }
}
