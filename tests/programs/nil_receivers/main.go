package main

import "fmt"

type A struct{ x int }

func (a A) V() int { return a.x }

type B struct{ *A }
type C struct{ A }
type D struct{ C }
type I interface{ V() int }
type S string

func (s S) V() int { return len(s) }

type E struct{ I }

func try(name string, g func()) {
	defer func() {
		r := recover()
		fmt.Printf("%s -> %T %v\n", name, r, r)
	}()
	g()
}

//go:noinline
func call(i I) { i.V() }

//go:noinline
func deferred(i I) { defer i.V(); fmt.Println("d") }

//go:noinline
func bound(i I) { f := i.V; fmt.Println("b"); f() }

func main() {
	var a *A
	var b B
	var pb *B
	var pc *C
	var pd *D
	var s *S
	var e E
	var pe *E
	for i, v := range []I{a, b, pb, pc, pd, s, e, pe, nil} {
		try(fmt.Sprint(i, "call"), func() { call(v) })
		try(fmt.Sprint(i, "defer"), func() { deferred(v) })
		try(fmt.Sprint(i, "bound"), func() { bound(v) })
	}
	try("1", func() { f := (*A).V; f(a) })
	try("2", func() { (*A).V(a) })
	try("3", func() { f := I.V; f(pc) })
	try("4", func() { f := (*C).V; f(pc) })
	try("5", func() { f := (*D).V; f(pd) })
	try("6", func() { f := (*B).V; f(pb) })
	try("7", func() { f := (*B).V; f(&b) })
	try("8", func() { f := B.V; f(b) })
	try("9", func() { f := I.V; f(nil) })
	try("10", func() { f := (*S).V; f(s) })
	try("11", func() { f := (*E).V; f(pe) })
	try("12", func() { f := (*E).V; f(&e) })
	try("13", func() { f := b.V; f() })
	try("14", func() { f := pc.V; f() })
}
