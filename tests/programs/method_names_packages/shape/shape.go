package shape

import library "example.com/names/lib"

type T struct {
	library.T
	Size int
}

func (t *T) m() string { return "shape.T.m" }

func (t T) private(n int) int { return t.Size * n }

// Two has two methods m.
type Two interface {
	library.I
	m() string
}

func New(name string, size int) *T { return &T{library.T{Name: name}, size} }

func Call(two Two) string { return two.m() + ", " + library.Call(two) }

// CallUnnamed is as Call: its parameter type is the same in other packages.
func CallUnnamed(two interface {
	m() string
	library.I
}) string {
	return two.m() + "; " + library.Call(two)
}

func Private(x interface{ private(int) int }) int { return x.private(2) }
