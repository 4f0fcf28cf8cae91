package p

func f(x interface{}) {
	a := 1
	var b, c int
	_ = c
	d := 2
	d = 3
	switch e := x.(type) {
	case int:
	}
	for i := range 3 {
	}
	func() {
		g := 1
	}()
}
