package p

type E struct{ a int }
type F struct{ a int }
type T struct {
	E
	F
	X int
}
type P *T
type I interface{ M() }

func (t *T) Method() {}
func (t T) Value()   {}

func f(t T, p *T, pp **T, i I, pi *I, n P) {
	_ = t.missing
	_ = t.x
	_ = t.a
	_ = pp.X
	t.method()
	i.N()
	pi.M()
	n.Method()
	T{}.Method()
	_ = T.Method
	_ = (*T).Method
	_ = T.X
	_ = T.missing
	t._ = 1
	_ = f.x
	_ = 1.0.x
	p.Value()
	_ = len.x
}
