package p

type T struct{}

func f(a, b T, s string, c bool, g func(), m map[int]int) {
	_ = a + b
	_ = -s
	_ = !1
	_ = ^1.5
	_ = s - s
	_ = c + c
	_ = c && 1
	_ = s && s
	_ = 1.5 % 2
	_ = s & s
	_ = +c
	_ = !s
	_ = c < c
	_ = a < b
	_ = g < g
}
