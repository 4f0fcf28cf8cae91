package p

type T struct {
	a int
	b string
}
type E struct {
	T
	c int
}

var _ = T{1}
var _ = T{1, "a", 2}
var _ = T{a: 1, "a"}
var _ = T{1, b: "a"}
var _ = T{c: 1}
var _ = T{a: 1, a: 2}
var _ = T{A: 1}
var _ = T{"a", 1}
var _ = T{a: "x"}
var _ = T{1: 2}
var _ = E{a: 1}
var _ = E{T: T{}, a: 1}
var _ = E{d: 1}
var _ = &T{1, 2}
var _ = T{f(): 1}

func f() int { return 1 }
