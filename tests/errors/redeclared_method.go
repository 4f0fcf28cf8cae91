package p

type T struct{ m int }

func (T) n()  {}
func (*T) n() {}
func (T) m()  {}

type I interface {
	f()
	f(int)
}
