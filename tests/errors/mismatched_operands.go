package p

type A int
type B int

func f(a A, b B, i int, j int64, s string, p *int, c bool) {
	_ = a + b
	_ = i + j
	_ = i + s
	_ = i + "x"
	_ = s + 1
	_ = p + 1
	_ = i + 1.5
	_ = c == 1
	_ = "a" + 1
	_ = i == nil
	_ = p == 0
}
