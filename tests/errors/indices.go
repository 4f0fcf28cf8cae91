package p

var i = 1

func f(s []int, a [3]int, p *[3]int, str string, m map[string]int, n int) {
	_ = s[-1]
	_ = s["a"]
	_ = s[1.5]
	_ = a[3]
	_ = p[5]
	_ = "abc"[3]
	_ = m[1]
	_ = n[0]
	_ = f[0]
	_ = s[1<<63]
	_ = str[i]
	_ = s[nil]
	_ = s[f]
	_ = s[i, i]
	_ = &m["a"]
	_ = &str[0]
	s[2.0] = 1
	a[n] = "a"
}
