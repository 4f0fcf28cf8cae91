package p

func g() [3]int { return [3]int{} }

func f(s []int, a [3]int, str string, m map[int]int, n int) {
	_ = s[2:1]
	_ = a[:4]
	_ = "abc"[2:1]
	_ = str[:1:2]
	_ = m[:]
	_ = n[1:2]
	_ = g()[:]
	_ = s["a":]
	_ = s[-1:]
	_ = s[1:2:1]
	_ = s[:1.5]
	_ = [3]int{}[:]
	_ = f[:]
	_ = s[n:2:1]
}
