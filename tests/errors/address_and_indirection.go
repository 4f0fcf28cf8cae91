package p

func g() int { return 1 }

func f(n int, p *int, m map[int]int, i interface{}) {
	_ = &1
	_ = &g()
	_ = &m[1]
	_ = &n
	_ = *n
	_ = *g
	_ = **p
	_ = *nil
	_ = &f
	_ = &(n + 1)
	_ = *i
	_ = &[]int{1}
	_ = &*p
	_ = *1
}
