package p

func f(a int, b string, c bool) {
	a += "a"
	b -= "b"
	c += true
	a <<= 1.5
	a /= 0
	b += 1
	a %= 2.5
	f += 1
}
