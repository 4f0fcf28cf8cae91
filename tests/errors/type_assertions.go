package p

type I interface{ M() }
type T struct{}
type U struct{}

func (U) M()  {}
func (*T) M() {}

func f(i I, e interface{}, n int) {
	_ = i.(T)
	_ = i.(U)
	_ = n.(int)
	_ = e.(missing)
	_ = e.(1)
	_ = i.(int)
	v, ok, x := e.(int)
	_ = e.(I).N
	var s string = e.(int)
	_ = s
}
