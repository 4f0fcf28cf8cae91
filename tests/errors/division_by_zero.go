package p

func f(i int, x float64) {
	_ = i / 0
	_ = i % 0
	_ = 1 / 0
	_ = 1.5 / 0.0
	_ = x / 0
	_ = 1i / 0
	const zero = 0
	i /= zero
}
