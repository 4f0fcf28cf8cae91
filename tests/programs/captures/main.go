package main

import "fmt"

type P struct{ x, y int }

func (p *P) inc()    { p.x++ }
func (p P) sum() int { return p.x + p.y }

type Q struct {
	p   P
	arr [3]P
	pp  *P
}

func named() (r int, err error) {
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("rec %v", e)
			r = -1
		}
	}()
	r = 5
	panic("x")
}
func named2() (r int) {
	f := func() int { return r }
	r = 3
	fmt.Println(f())
	return 4
}
func named3() (r int) {
	defer func() { r *= 2 }()
	return 21
}
func named4() (a, b int) {
	defer func() { a, b = b, a }()
	a, b = 1, 2
	return b + 10, a + 20
}
func params(a int, p P, arr [3]int, s []int) int {
	f := func() { a++; p.x++; arr[1]++; s = append(s, 1) }
	f()
	f()
	q := &p
	q.y = 100
	return a + p.x + p.y + arr[1] + len(s)
}
func mutp(a int, b string) string {
	for a > 0 {
		b += "!"
		a--
	}
	return b
}
func (q Q) val() int {
	q.p.x = 50
	q.p.inc()
	q.arr[1].inc()
	return q.p.x + q.arr[1].x
}

func loops() {
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	var ps []*int
	for i := 0; i < 3; i++ {
		ps = append(ps, &i)
		if i == 1 {
			i++
		}
	}
	for _, p := range ps {
		fmt.Print(*p, " ")
	}
	for i, v := range []P{{1, 2}, {3, 4}} {
		v.inc()
		defer func() { fmt.Println("d", i, v) }()
	}
	fmt.Println()
	var i, v int
	for i, v = range []int{5, 6} {
		defer func() { fmt.Println("o", i, v) }()
	}
	i = 77
	for f := func() bool { return i > 75 }; f(); i-- {
	}
	fmt.Println(i)
	for j := 0; func() bool { return j < 2 }(); j++ {
		fmt.Print(j)
	}
	for j, k := 0, 5; j < k; j, k = j+1, k-1 {
		defer func() { fmt.Println(j, k) }()
	}
	fmt.Println()
}
func closures() {
	x := 1
	f := func() { x = 2 }
	f()
	fmt.Println(x)
	y := 1
	g := func() int { return y }
	y = 5
	fmt.Println(g())
	var z int
	z = 6
	h := func() int { return z }
	fmt.Println(h())
	var rec func(int) int
	rec = func(n int) int {
		if n == 0 {
			return 0
		}
		return n + rec(n-1)
	}
	fmt.Println(rec(10))
	a := [3]int{1, 2, 3}
	s := a[:]
	s[0] = 9
	fmt.Println(a)
	b := [3]P{}
	b[1].inc()
	pb := &b[2]
	pb.inc()
	i := 1
	b[i].x++
	fmt.Println(b)
	c := a
	c[0] = 1
	fmt.Println(a, c)
	q := Q{pp: &P{}}
	q.p.inc()
	q.pp.inc()
	k := &q.p.x
	*k += 5
	q.arr[i].inc()
	fmt.Println(q.p, q.arr, *q.pp, q.val(), q.p.sum())
	n, err := 1, error(nil)
	n, m := 2, 3
	func() { fmt.Println(n, m, err) }()
	m, err = 4, fmt.Errorf("z")
	func() {
		w := 1
		func() { w++; x++ }()
		fmt.Println(w, x)
	}()
	switch t := any(q.p).(type) {
	case P:
		t.inc()
		func() { t.x++ }()
		fmt.Println(t)
	case nil, int:
		fmt.Println(t)
	}
	ch := make(chan int, 2)
	ch <- 1
	select {
	case v, ok := <-ch:
		func() { v++ }()
		fmt.Println(v, ok)
	}
	var arr2 [2][2]int
	func() { arr2[1][0] = 4 }()
	fmt.Println(arr2)
	st := struct{ a, b int }{1, 2}
	func() { st.a = 9 }()
	fmt.Println(st)
	mm := map[string]P{}
	mm["a"] = P{1, 2}
	func() { mm = nil }()
	fmt.Println(mm == nil)
	var lab int
L:
	for {
		func() { lab++ }()
		if lab > 3 {
			break L
		}
	}
	fmt.Println(lab)
	pp := P{1, 2}
	inc := pp.inc
	inc()
	inc()
	sum := pp.sum
	pp.x = 100
	fmt.Println(pp, sum())
}
func main() {
	fmt.Println(named())
	fmt.Println(named2(), named3())
	fmt.Println(named4())
	fmt.Println(params(1, P{1, 1}, [3]int{1, 2, 3}, nil), mutp(3, "a"))
	loops()
	closures()
}
