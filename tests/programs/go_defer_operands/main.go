package main

import "fmt"

type T struct{ n int }

func (t T) show(s string) { fmt.Println("show", s, t.n) }
func (t *T) ptr(s string) { fmt.Println("ptr", s, t.n) }
func two() (int, string)  { return 7, "x" }
func f(a int, b string)   { fmt.Println("f", a, b) }
func g(a, b int)          { fmt.Println("g", a, b) }

type I interface{ show(string) }

var G = 1

func bump() int { G *= 10; return G }

type S struct {
	fn func(int)
	t  *T
	in I
	m  map[string]int
}

func main() {
	t := T{1}
	p := &t
	s := &S{fn: func(i int) { fmt.Println("fn", i) }, t: p, in: t, m: map[string]int{"a": 1}}
	defer t.show("a")
	defer p.show("b")
	defer t.ptr("c")
	defer p.ptr("d")
	defer s.t.show("e")
	defer s.t.ptr("f")
	defer s.in.show("g")
	defer s.fn(t.n)
	defer f(two())
	defer g(G, bump())
	defer g(bump(), G)
	defer delete(s.m, "a")
	defer fmt.Println("deferred", t.n, s.m["a"], len(s.m))
	defer func(a int, b string) { fmt.Println("lit", a, b, t.n) }(two())
	defer func(x int) { fmt.Println("lit2", x, t.n) }(t.n)
	defer T.show(t, "h")
	defer (*T).ptr(p, "i")
	mv := t.show
	defer mv("j")
	for i := 0; i < 3; i++ {
		defer func() { fmt.Print(i, " ") }()
	}
	defer panicky()
	t.n = 2
	p = &T{3}
	s.t = p
	s.in = *p
	s.fn = nil
	ch := make(chan int)
	done := make(chan bool)
	go func(n int) { ch <- n * t.n }(t.n)
	fmt.Println(<-ch)
	go send(ch, G, bump())
	fmt.Println(<-ch)
	go s.t.later(done)
	<-done
	x := []int{1, 2, 3}
	for i, v := range x {
		defer g(i, v)
	}
	copy(x, []int{9, 9})
	defer close(ch)
	defer print()
}

func (t *T) later(done chan bool) { fmt.Println("later", t.n); close(done) }
func send(c chan int, a, b int)   { c <- a + b }
func panicky() {
	defer func() {
		fmt.Println("recovered", recover())
	}()
	var m map[string]int
	m["x"] = 1
}
