package p

type A interface {
	m()
	m()
}
type B interface {
	A
	m(int)
}
type C interface{ n() }
type D interface{ n(int) }
type E interface {
	C
	D
}
type F interface {
	int
	string
}
type G interface{ missing }
type H interface{ _() }
