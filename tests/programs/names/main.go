package main

import (
	"fmt"
	str "strings"
)

type String string
type Vec struct{ self, type_, match, ref, addr, get, set, Self, crate, super int }
type Ptr struct{ impl int }
type Box struct {
	Ptr
	loop, fn, mod, use, where, dyn, async, await, move, mut, pub, trait, unsafe, yield, box, priv, final, override, macro, become, abstract, typeof, unsized, virtual, try, gen, static, extern, enum, let, in, as int
}
type Some int
type None int
type Ok struct{}
type Err struct{}
type Option int
type Result int
type i32 int32
type u8 = uint8
type usize uint
type Str string
type Slice []int
type Map map[int]int
type Any interface{ get() int }
type Error int
type Func func(int) int
type View int
type Global int
type Chan chan int
type Interface interface{}

func (e Error) Error() string { return fmt.Sprint("E", int(e)) }
func (v Vec) get_() int       { return v.get }
func (v *Vec) addr_()         { v.addr++ }

type W struct{ x int }

func (w W) get() int                      { return w.x }
func (w *W) set(x int)                    { w.x = x }
func (w W) is_nil() bool                  { return false }
func (w W) of() int                       { return 1 }
func (w W) into() int                     { return 2 }
func (w W) clone() int                    { return 3 }
func (w *W) addr() int                    { return 4 }
func (w W) fmt() int                      { return 5 }
func (w W) eq(o W) bool                   { return true }
func (w W) drop() int                     { return 6 }
func (w W) upcast() int                   { return 7 }
func (w W) assert() int                   { return 8 }
func (w W) hash() int                     { return 9 }
func (w W) cmp() int                      { return 10 }
func (w W) borrow() int                   { return 11 }
func (w W) to_any() int                   { return 12 }
func (w W) type_id() int                  { return 13 }
func (w W) deref() int                    { return 14 }
func (w W) deref_mut() int                { return 14 }
func (w W) match(self int, crate int) int { return self + crate }
func (w W) method() int                   { return 15 }
func (w W) iface() int                    { return 16 }
func (w W) as_ref() int                   { return 17 }
func (w W) to_string() int                { return 18 }
func (w W) ne() int                       { return 19 }

const zero = 5
const x = 7

var y = 8

func nil_() int         { return 1 }
func slice() int        { return 2 }
func func_() int        { return 3 }
func any_() int         { return 4 }
func div(a int) int     { return a / 2 }
func args(a int) int    { return a }
func at() int           { return 9 }
func panic_()           {}
func at_() int          { return 10 }
func go_main() int      { return 11 }
func package_init() int { return 12 }
func init_1() int       { return 13 }
func match(x int) int {
	if x := x; x > 0 {
		return x
	}
	return -x
}
func std() int          { return 1 }
func core() int         { return 1 }
func goxide() int       { return 1 }
func self(self int) int { return self }
func init()             { y++ }
func init()             { y *= 2 }

type Point struct{ X, Y int }

func shadow() {
	Point := 3
	x := x
	y := y
	match := match(4)
	div := div(8)
	W := "w"
	fmt.Println(Point, x, y, match, div, W)
	{
		y := y + 1
		y++
		fmt.Println(y)
	}
	fmt := 4
	_ = fmt
	for main := 0; main < 2; main++ {
		self, Self := main, 3
		_, _ = self, Self
	}
	var type_, impl, loop, String, Vec, i32, bool, int, len = 1, 2, 3, 4, 5, 6, 7, 8, 9
	println(type_, impl, loop, String, Vec, i32, bool, int, len)
	true := false
	nil := 1
	println(true, nil)
	any := 3
	slice, str, args, zero := 1, 2, 3, 4
	println(any, slice, str, args, zero)
}
func variadic(args ...int) (len int, str string) {
	for _, len := range args {
		str += fmt.Sprint(len)
	}
	len = cap(args)
	return
}

func main() {
	shadow()
	w := W{1}
	w.set(5)
	fmt.Println(w.get(), w.is_nil(), w.of(), w.into(), w.clone(), w.addr(), w.fmt(), w.eq(w), w.drop(), w.upcast(), w.assert(), w.hash(), w.cmp(), w.borrow(), w.to_any(), w.type_id(), w.deref(), w.match(1, 2), w.method(), w.iface(), w.as_ref(), w.to_string(), w.ne(), w.deref_mut())
	p := &w
	p.set(6)
	fmt.Println(p.get(), p.is_nil(), p.of(), p.into(), p.clone(), p.addr(), p.fmt(), p.eq(w), p.drop(), p.upcast(), p.assert(), p.hash(), p.cmp(), p.borrow(), p.to_any(), p.type_id(), p.deref(), p.match(1, 2), p.method(), p.iface(), p.as_ref(), p.to_string(), p.ne(), p.deref_mut())
	var a Any = w
	fmt.Println(a.get())
	v := Vec{self: 1, get: 2}
	v.set = 3
	v.addr_()
	fmt.Println(v, v.get_())
	pv := &v
	pv.set = 9
	pv.get++
	pa := &pv.addr
	*pa += 3
	fmt.Printf("%+v %T\n", *pv, pv)
	b := Box{loop: 1}
	b.fn, b.mod = 2, 3
	b.impl = 4
	fmt.Printf("%+v\n", b)
	fmt.Println(String("s"), Some(1), None(2), Ok{}, Err{}, Option(1), Result(2), i32(3), u8(4), usize(5), Str("q"), Slice{1}, Map{1: 2}, Error(3), View(1), Global(2), Func(func(i int) int { return i })(4))
	fmt.Printf("%T %T %T %T %T\n", Some(1), Str(""), Slice{}, i32(1), Error(1))
	fmt.Println(nil_(), slice(), func_(), any_(), div(4), args(1), at(), at_(), go_main(), package_init(), init_1(), match(-4), std(), core(), goxide(), self(2), zero, x, y)
	fmt.Println(str.ToUpper("abc"), y)
	fmt.Println(variadic(1, 2, 3))
	var e error = Error(2)
	fmt.Println(e)
	c := make(Chan, 1)
	c <- 1
	fmt.Println(<-c)
	var it Interface = 3
	fmt.Println(it)
}
