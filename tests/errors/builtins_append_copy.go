package p

func f(s []int, b []byte, a [2]int, m map[int]int) {
	_ = append()
	_ = append(1, 2)
	_ = append(nil, 1)
	_ = append(a, 1)
	_ = append(s, "a")
	_ = append(s, b...)
	_ = append(b, "abc"...)
	_ = append(s, 1, s...)
	_ = append(s, "abc"...)
	copy(s)
	copy(s, b)
	copy(s, 1)
	copy(1, s)
	copy(b, "abc")
	copy(s, "abc")
	copy(s, s, s)
	append
	copy(m, s)
}
