package p

type T struct{}

func f(s []int, m map[string]int, c chan int, n int, x float64, t T, p *[3]int, g func(func(int) bool), h func(int)) {
	for i, v := range n {
	}
	for i, v, w := range s {
	}
	for i, v := range c {
	}
	for range x {
	}
	for range t {
	}
	for range nil {
	}
	for i := range p {
	}
	for a, b := range g {
	}
	for range h {
	}
	var k string
	var v string
	for k, v = range m {
	}
	for v = range s {
	}
	for s[0], k = range m {
	}
	for i := range 1.5 {
		_ = i
	}
	for i := range 10 {
		i = "a"
	}
	for range f {
	}
	for 1 = range s {
	}
}
