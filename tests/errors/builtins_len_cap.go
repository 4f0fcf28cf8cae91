package p

func f(i int, p *int, m map[int]int, c chan int, s string, a *[3]int) {
	_ = len(i)
	_ = len()
	_ = len(s, s)
	_ = len(p)
	_ = cap(m)
	_ = cap(s)
	_ = cap(c)
	_ = len(a)
	_ = len(nil)
	_ = len(1)
	_ = len(s...)
}
