package main

import "fmt"

type node struct {
	left, right int
	val         int
}
type arena struct {
	nodes []node
	n     int
}

func (a *arena) build(d int) int {
	if d == 0 {
		return -1
	}
	i := len(a.nodes)
	a.nodes = append(a.nodes, node{val: d})
	a.nodes[i].left = a.build(d - 1)
	a.nodes[i].right = a.build(d - 1)
	return i
}

func (a *arena) sum(i int) int {
	if i < 0 {
		return 0
	}
	return a.nodes[i].val + a.sum(a.nodes[i].left) + a.sum(a.nodes[i].right)
}

func (a *arena) inc() int { a.n++; return a.n }

var g int

func bump() int { g += 10; return g }

type T struct{ x, y int }

func (t T) show(n int) int { return t.x*100 + n }
func (t *T) up() int       { t.x++; return t.x }

var memo = map[int]int{}

func fib(n int) int {
	if n < 2 {
		return n
	}
	if v, ok := memo[n]; ok {
		return v
	}
	memo[n] = fib(n-1) + fib(n-2)
	return memo[n]
}

func two() (int, int) { return g, bump() }

func main() {
	a := &arena{}
	root := a.build(4)
	fmt.Println(root, a.sum(root), len(a.nodes))
	fmt.Println(a.n, a.inc(), a.n, a.inc(), a.n+a.inc())
	x := g + bump()
	fmt.Println(x, g, bump(), g)
	g += bump()
	fmt.Println(g)
	t := T{1, 2}
	fmt.Println(t.x, t.up(), t.x, t.show(t.up()))
	c := 0
	next := func() int { c++; return c }
	fmt.Println(c, next(), c, next())
	c += next()
	fmt.Println(c, c > 0 && next() > 0 || c > 5, c)
	arr := [3]int{1, 2, 3}
	set := func(i, v int) int { arr[i] = v; return v }
	fmt.Println(arr[0], set(0, 9), arr)
	arr[next()%3] = next()
	fmt.Println(arr, c)
	fmt.Println(fib(50))
	p, q := two()
	fmt.Println(p, q)
	s := []int{1, 2, 3}
	grow := func() int { s = append(s, 7); s[0]++; return len(s) }
	s[0] = grow()
	fmt.Println(s, len(s), grow(), s[0])
	m := map[string]int{"a": 1}
	mod := func() int { m["a"]++; return m["a"] }
	fmt.Println(m["a"], mod(), m["a"], len(m))
	var e any = T{3, 4}
	fmt.Println(e.(T).x, e.(T).show(mod()))
	ch := make(chan int, 3)
	ch <- 1
	ch <- 2
	fmt.Println(len(ch), <-ch, len(ch), <-ch)
	f := func(a, b, c int) int { return a*100 + b*10 + c }
	fmt.Println(f(c, next(), c), f(g, 1, bump()))
	str := "ab"
	ap := func() string { str += "c"; return str }
	fmt.Println(str+ap()+str, str)
	ptr := &t
	sw := func() int { ptr = &T{50, 60}; return 1 }
	ptr.x = sw()
	fmt.Println(t, *ptr)
	ptr.y += sw()
	fmt.Println(t, *ptr)
}
