package p

func f(i int, x float64, s string) {
	_ = i + 1.5
	_ = x + 'a'
	_ = s + 'a'
	_ = i + 1i
	var a int = 1.0
	var b int = 1e100
	var c float32 = 0.1i
	var d rune = "a"
	var e string = 'a'
	var g byte = 256
	_ = 1 + "a"
	_ = 'a' * "b"
	_ = "a" == 'a'
	_ = true + 1
	_ = a == 1.5
	_, _, _, _, _, _ = a, b, c, d, e, g
}
