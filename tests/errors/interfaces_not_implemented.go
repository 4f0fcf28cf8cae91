package p

type I interface {
	A()
	B(int) string
}

type none struct{}
type wrong struct{}
type pointer struct{}
type other struct{}
type field struct{ A int }

func (wrong) A()                {}
func (wrong) B(x string) string { return x }
func (*pointer) A()             {}
func (*pointer) B(int) string   { return "" }
func (other) a()                {}
func (other) B(int) string      { return "" }
func (field) B(int) string      { return "" }

func take(I) {}

func f(i interface{}, p *I, e error) I {
	var x I = none{}
	x = wrong{}
	x = pointer{}
	x = &pointer{}
	x = other{}
	x = field{}
	x = i
	x = p
	x = e
	take(1)
	var y error = x
	_ = y
	return none{}
}
