package p

type A interface{ int | string }
type B interface{ int | m() }
type C interface{ ~A }
type D interface {
	~int | int
	m()
}
type E interface{ comparable | int }
type F interface{ error | int }
type MyInt int
type G interface{ ~MyInt }

func f(x A)             {}
func g() comparable     { return nil }
func h[T A](x interface{ ~int }) {}

var v A
var w []comparable

type S struct{ A }

func (s S) m[T any](x T) {}

func k[T any, T any]() {}
func l[T int | T]()    {}
func o[P *T, T any]()  {}
