package p

type T struct {
	_ int
	_ string
	a int "tag"
}

var _ = T{1, "a", 2}
var _ = T{_: 1}

func f(t T) { t._ = 1 }
