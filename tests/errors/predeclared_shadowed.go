package p

func f() {
	int := 1
	var x int
	len := 2
	_ = len("a")
	true := "a"
	if true {
	}
	string := func() {}
	_ = string(1)
	nil := 1
	var p *float64 = nil
	_, _, _ = x, int, p
}
