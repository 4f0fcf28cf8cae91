package p

func f() {
	a := 1
	a := 2
	b, b := 1, 2
	a, c := 3, 4
	a.x := 5
	f := nil
	_ := 6
	_, _, _ = b, c, f
}
