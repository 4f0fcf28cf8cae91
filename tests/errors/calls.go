package p

type T struct{ f int }

func a()                 {}
func b(x int, s string)  {}
func c(x int, s ...byte) {}
func two() (int, string) { return 1, "" }

func g(t T, list []byte) {
	a(1)
	b(1)
	b()
	b(1, "a", 2)
	b("a", 1)
	b(two())
	b(1, two())
	c()
	c(1, list)
	c(1, list...)
	c(1, 2, list...)
	b(list...)
	t.f()
	1()
	g.x()
	t()
	c(two())
	a()()
	_ = a()
	c(1, 2, "x")
	c(1, nil)
}
