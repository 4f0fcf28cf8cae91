package p

func f() {
	{
		x := 1
	}
	_ = x
	if y := 1; y > 0 {
	}
	_ = y
	for i := 0; i < 1; i++ {
	}
	_ = i
	var z = z
	const c = c
	type t struct{ s t }
	func() { _ = later }()
	later := 1
	_ = later
}
