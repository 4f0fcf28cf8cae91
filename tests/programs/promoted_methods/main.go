package main

import (
	"errors"
	"fmt"
	"sync"
)

type Namer interface{ Name() string }
type Greeter interface {
	Namer
	Greet(prefix string, rest ...int) (string, error)
}

type A struct{ n int }

func (a A) Name() string { return fmt.Sprint("A", a.n) }
func (a *A) Inc() int    { a.n++; return a.n }
func (a *A) set(k int)   { a.n = k }
func (a A) get() int     { return a.n }
func (a A) Greet(p string, rest ...int) (string, error) {
	if len(rest) == 0 {
		return "", errors.New("no rest " + a.Name())
	}
	return p + a.Name() + fmt.Sprint(rest), nil
}

type B struct {
	A
	x int
}
type C struct {
	*B
	y int
}
type D struct {
	Namer
	C2
}
type C2 struct{ z int }

func (c *C2) Bump() { c.z++ }

type E1 struct{ A }
type E2 struct{ A }
type Amb struct {
	E1
	E2
}
type Shadow struct {
	A
	Name int
}
type Over struct {
	A
}

func (o Over) Name() string { return "over " + o.A.Name() }

type getset interface {
	get() int
	set(int)
}
type Locked struct {
	sync.Mutex
	m map[string]int
}
type MyErr struct {
	error
	code int
}
type G struct{ Greeter }
type Int int

func (i Int) Twice() Int { return i * 2 }
func (i *Int) Add(k int) { *i += Int(k) }

type HasInt struct {
	Int
	*A
}
type F func(int) int

func (f F) Call(x int) int { return f(x) }

type HasF struct{ F }
type M map[string]int

func (m M) Put(k string) M { m[k]++; return m }

type HasM struct{ M }
type Rec struct {
	*Rec
	v int
}

func (r *Rec) Depth() int {
	if r == nil || r.Rec == nil {
		return 0
	}
	return 1 + r.Rec.Depth()
}

func main() {
	b := B{A{1}, 2}
	b.Inc()
	var n Namer = b
	fmt.Println(n.Name())
	n = &b
	b.Inc()
	fmt.Println(n.Name())
	c := C{&b, 3}
	c.Inc()
	var g Greeter = c
	fmt.Println(g.Greet("hi ", 1, 2, 3))
	fmt.Println(g.Greet("hi "))
	var gs getset = c
	gs.set(42)
	fmt.Println(gs.get(), b.n, b.get())
	gs = &c
	gs.set(43)
	fmt.Println(gs.get(), b.n)
	d := D{b, C2{}}
	d.Bump()
	var bm interface{ Bump() } = &d
	bm.Bump()
	fmt.Println(d.Name(), d.z)
	_, ok := any(Amb{}).(Namer)
	fmt.Println(ok)
	_, ok = any(Shadow{}).(Namer)
	fmt.Println(ok)
	_, ok = any(d).(interface{ Bump() })
	fmt.Println(ok)
	_, ok = any(&d).(interface{ Bump() })
	fmt.Println(ok)
	fmt.Println(Over{A{7}}.Name())
	l := Locked{m: map[string]int{}}
	l.Lock()
	l.m["a"]++
	l.Unlock()
	var lk sync.Locker = &l
	lk.Lock()
	lk.Unlock()
	var e error = MyErr{errors.New("boo"), 3}
	fmt.Println(e, e.Error())
	gg := G{g}
	fmt.Println(gg.Name())
	h := HasInt{4, &A{9}}
	h.Add(3)
	fmt.Println(h.Twice(), h.Name(), h.Int)
	var tw interface {
		Twice() Int
		Inc() int
	} = h
	fmt.Println(tw.Twice(), tw.Inc())
	hf := HasF{func(x int) int { return x * x }}
	fmt.Println(hf.Call(5), hf.F(6))
	hm := HasM{M{}}
	hm.Put("q").Put("q")
	fmt.Println(hm.M)
	r := Rec{&Rec{&Rec{nil, 1}, 2}, 3}
	fmt.Println(r.Depth())
	f := c.Inc
	f()
	fmt.Println(b.n)
	ff := (*B).Inc
	fmt.Println(ff(&b), C.Name(c), (*C).Name(&c), B.get(b))
	anon := struct {
		A
		*C2
	}{A{5}, &C2{1}}
	anon.Bump()
	fmt.Println(anon.Name(), anon.z)
	var an Namer = anon
	fmt.Println(an.Name())
	var ab interface{ Bump() } = anon
	ab.Bump()
	fmt.Println(anon.C2.z)
}
