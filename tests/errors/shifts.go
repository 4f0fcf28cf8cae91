package p

func f(i int, x float64, s string) {
	_ = 1 << -1
	_ = x << 1
	_ = 1.5 << 1
	_ = i << x
	_ = i << "a"
	_ = i << 1.5
	_ = s << 1
	_ = 1 << 10000
	var a float64 = 1 << i
	_ = 1.0<<i + x
	var b uint8 = 1 << 8
	_, _ = a, b
}
