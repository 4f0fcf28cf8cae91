package main

import "fmt"

type int32 = string
type error interface{ Foo() int }
type any = int
type match struct{ fn, mod, impl, crate, self, Self, super, where, async, await, dyn, box, move, ref, mut, pub, use, unsafe, extern, static, loop, let, as, enum, trait, final, override, priv, typeof, unsized, virtual, yield, try, abstract, become, do, macro, union, gen, raw, i32, u8, usize, f64, Str, Ptr, Vec, Box, String, Option, Some, None, Ok, Err, Result int }
type Self_ struct{}
type Vec struct{ X, Y float64 }
type Box[T interface{}] struct{ v T }
type Option[T interface{}] func(*T)
type String string
type Some int
type None struct{}
type Result[T interface{}] struct {
	Ok  T
	Err string
}

func (v Vec) clone() Vec        { return v }
func (v *Vec) set(x float64)    { v.X = x }
func (v Vec) get() float64      { return v.X }
func (v Vec) addr() string      { return "addr" }
func (v Vec) is_nil() bool      { return true }
func (v Vec) into() int         { return 4 }
func (v Vec) fmt() string       { return "fmt" }
func (v Vec) eq(o Vec) bool     { return v == o }
func (v Vec) cmp() int          { return 2 }
func (v Vec) hash() int         { return 3 }
func (v Vec) drop()             {}
func (v Vec) deref() int        { return 5 }
func (v Vec) add(o Vec) Vec     { return Vec{v.X + o.X, 0} }
func (v Vec) borrow() int       { return 1 }
func (v Vec) iter() int         { return 1 }
func (v Vec) to_string() string { return "ts" }
func (v Vec) type_id() int      { return 9 }
func (v Vec) as_ref() int       { return 8 }
func (v Vec) unwrap() int       { return 7 }
func (v Vec) assert() int       { return 7 }
func (v Vec) downcast() int     { return 7 }
func (v Vec) self() int         { return 6 }
func (v Vec) get_ok() int       { return 6 }
func (v Vec) iface() int        { return 6 }
func (v Vec) bound() int        { return 6 }
func (v Vec) recovers() int     { return 6 }
func (v Vec) index() int        { return 6 }
func (v Vec) not() int          { return 6 }
func (v Vec) zero() int         { return 6 }
func (v Vec) inner() int        { return 6 }
func (v Vec) wrap() int         { return 6 }

type getter interface {
	get() float64
	set(float64)
	clone() Vec
	into() int
	upcast() int
}

func (v *Vec) upcast() int { return 77 }

func fn(match int, impl ...int) (mod int) {
	mod = match
	for _, ref := range impl {
		mod += ref
	}
	return
}
func len(x string) string { return "my len " + x }
func zero() int           { return 0 }
func nilf() int           { return 1 }
func args(x ...int) int   { return fn(0, x...) }
func at(i, j int) int     { return i*10 + j }
func str(s string) string { return s + s }
func panic_()             {}
func drop(x int) int      { return x }
func div(a, b int) int    { return a - b }
func recovery() int       { return 12 }
func defers() int         { return 13 }

var default_ = 1
var 世界, é = "world", 2
var Global, Map, Slice, Func, Any = 1, 2, 3, 4, 5

func main() {
	var string, uint = "s", 3
	true := false
	var nil = 5
	iota := 7
	append := func(a, b int) int { return a * b }
	cap := append(2, 3)
	copy := cap
	print := func(s int32) { fmt.Println("print", s) }
	print(string)
	fmt.Println(string, uint, true, nil, iota, append(4, 5), cap, copy, len("x"))
	var x any = 3
	fmt.Println(x+1, 世界, é, default_, Global+Map+Slice+Func+Any)
	m := match{fn: 1, Self: 2, crate: 3, i32: 4, self: 5}
	p := &m
	p.super, p.String, p.usize = 6, 7, 8
	fmt.Println(m, p.Self, m.super)
	v := &Vec{1, 2}
	v.set(10)
	fmt.Println(v.clone(), v.get(), v.addr(), v.is_nil(), v.into(), v.fmt(), v.eq(*v), v.cmp(), v.hash(), v.deref(), v.add(Vec{1, 1}), v.borrow(), v.iter(), v.to_string(), v.type_id(), v.as_ref(), v.unwrap(), v.assert(), v.downcast(), v.self(), v.get_ok(), v.iface(), v.bound(), v.recovers(), v.index(), v.not(), v.zero(), v.inner(), v.wrap())
	var g getter = v
	g.set(3)
	fmt.Println(g.get(), g.clone(), g.into(), g.upcast())
	b := Box[Vec]{*v}
	o := Option[Vec](func(v *Vec) { v.Y = 100 })
	o(&b.v)
	fmt.Println(b, String("x")+"y", Some(3), None{}, Result[Some]{4, "e"})
	self, Self, crate, super := 1, 2, 3, 4
	f := func() int { self++; return self + Self + crate + super }
	fmt.Println(f(), fn(1, 2, 3), zero(), nilf(), args(1, 2), at(1, 2), str("ab"), drop(3), div(7, 2), recovery(), defers())
	type T struct{ T int }
	T_ := T{3}
	fmt.Println(T_, T_.T)
	type fmt_ struct{ fmt int }
	{
		fmt := fmt_{3}
		_ = fmt.fmt
		main := 3
		_ = main
		len := 3
		len++
		drop := len
		println := func(...int) {}
		println(drop, len)
	}
	for i := range 2 {
		i := i * 2
		{
			i := i + 1
			fmt.Print(i, " ")
		}
		fmt.Print(i, " ")
	}
	if x := 1; x > 0 {
		if x := x + 1; x > 1 {
			fmt.Println(x)
		} else if y := x; y > 0 {
			_ = y
		}
	}
	x_, x__, _x, _ := 1, 2, 3, 4
	fmt.Println(x_, x__, _x)
	func() {
		defer func() { fmt.Println(recover()) }()
		recovery := 1
		defers := 2
		fmt.Println(recovery, defers)
		var e error
		e.Foo()
	}()
	t_1_, a_1_, result0_ := 1, 2, 3
	fmt.Println(t_1_+zero(), a_1_, result0_)
}
