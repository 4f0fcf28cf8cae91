package main

import "fmt"

// evaluation order, assignments to overlapping places, swaps, op-assign with side effects, map and slice aliasing

var trace []string

func t[T any](s string, v T) T { trace = append(trace, s); return v }
func show()                    { fmt.Println(trace); trace = nil }

type S struct {
	a, b int
	next *S
	arr  [3]int
	sl   []int
	m    map[string]int
}

func (s *S) self(tag string) *S { trace = append(trace, tag); return s }
func (s S) val(tag string) S    { trace = append(trace, tag); return s }
func two() (int, int)           { trace = append(trace, "two"); return 1, 2 }

func main() {
	i, a := 0, []int{10, 20, 30}
	i, a[i] = 1, 99
	fmt.Println(i, a)
	a[0], a[1], a[2] = a[2], a[0], a[1]
	fmt.Println(a)
	i, j := 0, 2
	a[i], i = i, j
	fmt.Println(a, i)
	s := &S{a: 1, b: 2, m: map[string]int{}, sl: []int{1, 2, 3}}
	s.next = s
	s.self("x").a, s.self("y").next.b = two()
	show()
	s.sl[t("i", 1)] += t("v", 5)
	s.m[t("k", "key")] += t("v2", 7)
	s.self("p").arr[t("q", 2)]++
	*t("ptr", &s.a) <<= t("n", 3)
	show()
	fmt.Println(s.sl, s.m, s.arr, s.a)
	p := s
	p, p.next = &S{a: 42}, nil
	fmt.Println(p.a, s.next == nil, p.next == nil)
	s.next = &S{b: 5}
	s, s.next.b = s.next, 77
	fmt.Println(s.b)
	x := []int{1, 2, 3, 4}
	x, x[0] = x[2:], 100
	fmt.Println(x)
	y := [3]int{1, 2, 3}
	for i, v := range y {
		y[2] = 10
		if i == 2 {
			fmt.Println("array copy", v)
		}
	}
	for i, v := range &y {
		y[2] = 20
		if i == 2 {
			fmt.Println("array ptr", v)
		}
	}
	z := []int{1, 2, 3}
	for i, v := range z {
		z[2] = 10
		z = append(z, v)
		if i == 2 {
			fmt.Println("slice", v, len(z))
		}
	}
	z = z[:2:2]
	w := append(z, 9)
	w[0] = 50
	fmt.Println(z, w, cap(z))
	var arr [2][2]int
	k := 0
	arr[k][k], k = 5, 1
	arr[k], arr[0] = arr[0], [2]int{7, 8}
	fmt.Println(arr)
	f := func() func(int) int { trace = append(trace, "f"); return func(n int) int { return n } }
	_ = f()(t("arg", 1)) + t("rhs", 2)*f()(t("arg2", 3))
	show()
	_ = map[string]int{t("k1", "a"): t("v1", 1), t("k2", "b"): t("v2", 2)}
	_ = []int{t("e0", 0), 5: t("e5", 5), t("e6", 6)}
	_ = S{b: t("b", 1), a: t("a", 2)}
	show()
	_ = t("l", false) && t("r", true) || t("m", true) || t("never", true)
	switch t("tag", 2) {
	case t("c1", 1), t("c2", 2), t("c3", 3):
	case t("c4", 4):
	}
	show()
	defer func(n int) { fmt.Println("deferred", n, k) }(t("darg", k))
	k = 9
	func() {
		defer func() { recover(); show() }()
		var np *S
		np.a = t("value first", 1)
	}()
	func() {
		defer func() { recover(); show() }()
		var nm map[string]int
		nm[t("key", "x")] = t("val", 1)
	}()
	func() {
		defer func() { fmt.Println(recover()); show() }()
		var sl []int
		sl[t("idx", 3)], s.a = t("sv", 1), t("sa", 2)
	}()
	fmt.Println(s.a)
	func() {
		defer func() { fmt.Println(recover(), s.a) }()
		var np *S
		s.a, np.b = 55, 66
	}()
	g := func() (r []int) {
		defer func() { r = append(r, 3) }()
		r = []int{1}
		return append(r, 2)
	}
	fmt.Println(g())
	str := "abc"
	str, b := str[1:], str[0]
	str += string(b) + str
	fmt.Println(str)
	c := make(chan int, 3)
	c <- 1
	c <- 2
	q := []int{<-c, <-c}
	c <- len(q)
	q[0], q[1] = <-c, q[0]
	fmt.Println(q)
	type pt struct{ x, y int }
	ps := map[string]pt{"a": {1, 2}}
	pp := ps["a"]
	pp.x = 9
	fmt.Println(ps, pp, ps["none"].y)
	mp := map[string]*pt{"a": {1, 2}}
	mp["a"].x++
	mp["a"].y *= mp["a"].x
	fmt.Println(*mp["a"])
	mm := map[int][]int{}
	mm[1] = append(mm[1], 1, 2)
	mm[1][0]--
	ma := map[int][2]int{1: {1, 2}}
	va := ma[1]
	va[0] = 8
	fmt.Println(mm, ma, va, len(ma[5]))
	v := s.val("v1").self2().val("v2").a
	fmt.Println(v)
	show()
}

func (s S) self2() S { trace = append(trace, "self2"); s.a = -1; return s }
