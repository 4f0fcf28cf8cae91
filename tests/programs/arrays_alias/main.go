package main

import "fmt"

type Matrix [2][3]int
type Inner struct {
	arr [3]int
	m   map[string]int
	s   []int
}
type Outer struct {
	Inner
	in [2]Inner
	p  *Inner
}

func mod(a [3]int) [3]int  { a[0] = 99; return a }
func (o Outer) val() Outer { o.arr[0] = 77; o.in[1].arr[2] = 8; o.s[0] = 55; return o }
func (o *Outer) ptr()      { o.arr[0] = 66; o.in[0].arr[1] = 5 }
func vari(x ...int) int {
	if len(x) > 0 {
		x[0] = 1000
	}
	return len(x)
}
func ret() [2]int          { return [2]int{1, 2} }
func anyv(x ...any) string { return fmt.Sprint(len(x), x == nil, x) }

func main() {
	a := [3]int{1, 2, 3}
	b := a
	c := &a
	b[0] = 10
	c[1] = 20
	fmt.Println(a, b, *c, mod(a), a, a == [3]int{1, 20, 3}, len(c), cap(c))
	for i := range c {
		c[i]++
	}
	d := *c
	c[0] = -1
	fmt.Println(a, d)
	s := a[:2]
	s2 := append(s, 100)
	fmt.Println(a, s, s2, len(s), cap(s))
	s3 := append(s[:1:1], 200)
	fmt.Println(a, s3, cap(s[:1:1]))
	x := []int{1, 2, 3, 4, 5}
	copy(x[1:], x)
	fmt.Println(x)
	copy(x, x[2:])
	fmt.Println(x, copy(x, []int{}))
	x = append(x, x...)
	x = append(x[:2], x[3:]...)
	fmt.Println(x, len(x))
	y := x[:0]
	for _, v := range x {
		if v%2 == 1 {
			y = append(y, v)
		}
	}
	fmt.Println(y, x)
	var m Matrix
	m2 := m
	row := &m[1]
	row[2] = 7
	m2[0] = m[1]
	m[1][0]++
	fmt.Println(m, m2, *row, m == m2)
	o := Outer{p: &Inner{}}
	o.s = []int{1}
	o.Inner.m = map[string]int{}
	o2 := o
	o2.arr[1] = 3
	o2.m["k"]++
	o2.p.arr[2] = 4
	v := o.val()
	o.ptr()
	fmt.Println(o.Inner, o2.Inner, v.Inner, o.in, v.in[1].arr, *o.p)
	ms := map[string][2]int{"a": {1, 2}}
	arr := ms["a"]
	arr[0] = 9
	fmt.Println(ms, arr, ms["a"][1], ms["zz"][0], ret()[1], len(ms["q"]))
	mst := map[string]Inner{"a": {}}
	i := mst["a"]
	i.arr[0] = 1
	fmt.Println(mst["a"].arr, mst["none"].s == nil, i.arr)
	ip := map[int]*Inner{1: {}}
	ip[1].arr[1]++
	ip[1].s = append(ip[1].s, 1, 2)
	fmt.Println(*ip[1])
	f := func() [3]int { return a }
	g := f()
	g[0] = 1234
	fmt.Println(a, g)
	ch := make(chan [2]int, 1)
	z := [2]int{1, 2}
	ch <- z
	z[0] = 5
	w := <-ch
	var e any = z
	z[1] = 6
	fmt.Println(w, e, z, e.([2]int)[1], e == any([2]int{5, 2}))
	fn := func() { z[0]++ }
	fn()
	fn()
	fmt.Println(z)
	for i, v := range z {
		z[1] = 100
		fmt.Print(i, v, " ")
	}
	for i := range z {
		z := z
		z[i] = 0
		fmt.Print(z)
	}
	fmt.Println(z)
	sl := []int{1, 2, 3}
	fmt.Println(vari(sl...), sl, vari(), vari(nil...), vari(1, 2))
	fmt.Println(anyv(), anyv(nil), anyv(nil...), anyv([]any{1, 2}...), anyv([]any{1, 2}), anyv([]int{1}))
	big := [100000]int{5: 5, 99999: 9}
	big2 := big
	big2[5] = 6
	pb := &big
	pb[6] = 1
	fmt.Println(big[5], big2[5], big[6], big2[6], len(big), big == big2)
	nested := [2][2][]int{{{1}, {2}}, {{3}}}
	n2 := nested
	n2[0][0][0] = 100
	n2[1][1] = []int{4}
	fmt.Println(nested, n2)
	type P struct{ x, y int }
	ps := []P{{1, 2}, {3, 4}}
	for _, p := range ps {
		p.x = 100
	}
	for i := range ps {
		p := &ps[i]
		p.y *= 2
	}
	q := &ps[0]
	ps = append(ps, P{5, 6})
	q.x = 42
	fmt.Println(ps, *q)
	pa := &[2]P{{1, 1}, {2, 2}}
	for _, p := range pa {
		p.x++
	}
	pa[0], pa[1] = pa[1], pa[0]
	fmt.Println(*pa, pa[:1])
	swap := [3]int{1, 2, 3}
	swap[0], swap[1], swap[2] = swap[2], swap[0], swap[1]
	k := 0
	k, swap[k] = 2, 50
	fmt.Println(swap, k)
	var np *[3]int
	fmt.Println(len(np), cap(np))
	for i := range np {
		fmt.Print(i)
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		for i, v := range np {
			fmt.Print(i, v)
		}
	}()
	func() { defer func() { fmt.Println(recover()) }(); _ = np[:] == nil; fmt.Println("nil array slice ok") }()
	func() { defer func() { fmt.Println(recover()) }(); _ = make([]int, k-5) }()
	func() { defer func() { fmt.Println(recover()) }(); _ = make([]int, 2, k-1) }()
	func() { defer func() { fmt.Println(recover()) }(); _ = x[k:1] }()
	func() { defer func() { fmt.Println(recover()) }(); _ = x[:k:1] }()
	func() { defer func() { fmt.Println(recover()) }(); _ = x[:1000] }()
	func() { defer func() { fmt.Println(recover()) }(); _ = x[0 : 4 : cap(x)+k] }()
	func() { defer func() { fmt.Println(recover()) }(); _ = (*[4]int)(x[:k]) }()
	func() { defer func() { fmt.Println(recover()) }(); make(chan int, k-3) <- 1 }()
	func() { defer func() { fmt.Println(recover()) }(); var c chan int; close(c) }()
	func() { defer func() { fmt.Println(recover()) }(); c := make(chan int); close(c); close(c) }()
	func() { defer func() { fmt.Println(recover()) }(); var e any = "x"; _ = e.(fmt.Stringer) }()
	func() { defer func() { fmt.Println(recover()) }(); var e any; _ = e.(int) }()
	func() { defer func() { fmt.Println(recover()) }(); var e error; _ = e.(fmt.Stringer) }()
	func() { defer func() { fmt.Println(recover()) }(); var e any = P{}; _ = e.(*P) }()
	func() { defer func() { fmt.Println(recover()) }(); fmt.Println("abc"[k+5]) }()
	func() { defer func() { fmt.Println(recover()) }(); fmt.Println("abc"[k+5:]) }()
	func() { defer func() { fmt.Println(recover()) }(); var u uint8 = 200; fmt.Println(x[u]) }()
	func() { defer func() { fmt.Println(recover()) }(); fmt.Println(x[k-10]) }()
}
