package p

func a(x ...int, y int) {}
func b(x, y ...int)     {}
func c() (x ...int)     { return }
func d(int, x string)   {}

var g = func(x int, x string) {}

type I interface{ m(a, a int) }
