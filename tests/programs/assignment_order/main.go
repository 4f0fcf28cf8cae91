package main

import "fmt"

type T struct {
	f int
	s string
	p *T
	a [4]int
	e any
}

type W int
type Str string

func f(s string, n int) int { fmt.Println("call", s); return n }
func fs(s string) string    { fmt.Println("call", s); return s }
func fp(s string, p *T) *T  { fmt.Println("call", s); return p }
func two(s string) (int, int) {
	fmt.Println("call", s)
	return 1, 2
}
func ok(s string) (v int, ok bool) { fmt.Println("call", s); return 1, true }
func fa(s string) any             { fmt.Println("call", s); return s }
func fsl(s string, x []int) []int { fmt.Println("call", s); return x }
func fm(s string, x map[any]int) map[any]int {
	fmt.Println("call", s)
	return x
}

func try(name string, g func()) {
	defer func() {
		fmt.Println(name, "->", recover())
	}()
	g()
}

var gx []int
var garr [3]int
var gp *T
var gm map[string]int
var gmi map[any]int

func main() {
	var x []int
	var p *T
	var pi *int
	var m map[string]int
	arr := [3]int{}
	i := 5
	try("x[i]=f", func() { x[i] = f("f", 1) })
	try("x[i]=f()+1", func() { x[i] = f("f", 1) + 1 })
	try("p.f=f", func() { p.f = f("f", 1) })
	try("*pi=f", func() { *pi = f("f", 1) })
	try("m[k]=f", func() { m["k"] = f("f", 1) })
	try("x[g]=f", func() { x[f("g", 3)] = f("f", 1) })
	try("h()[g]=f", func() { fsl("h", x)[f("g", 3)] = f("f", 1) })
	try("arr[i]=f", func() { arr[i] = f("f", 1) })
	try("arr[i]+=f", func() { arr[i] += f("f", 1) })
	try("local arr", func() {
		var a [3]int
		a[i] = f("f", 1)
		fmt.Println(a)
	})
	try("local arr+=", func() {
		var a [3]int
		a[i] += f("f", 1)
		fmt.Println(a)
	})
	try("local arr str+=", func() {
		var a [3]string
		a[i] += fs("f")
		fmt.Println(a)
	})
	try("local arr /=", func() {
		var a [3]int
		a[i] /= f("f", 0)
		fmt.Println(a)
	})
	try("local arr <<=", func() {
		var a [3]int
		a[i] <<= f("f", -1)
		fmt.Println(a)
	})
	try("local arr W", func() {
		var a [3]W
		a[i] += W(f("f", 1))
		fmt.Println(a)
	})
	try("x[i]+=f", func() { x[i] += f("f", 1) })
	try("x[g]+=f", func() { x[f("g", 3)] += f("f", 1) })
	try("p.f+=f", func() { p.f += f("f", 1) })
	try("p.s+=f", func() { p.s += fs("f") })
	try("*pi+=f", func() { *pi += f("f", 1) })
	try("m+=f", func() { m["k"] += f("f", 1) })
	try("m/=f", func() { m["k"] /= f("f", 1) })
	try("m/=0", func() { m["k"] /= f("f", 0) })
	try("m[fs]/=0", func() { m[fs("key")] /= f("f", 0) })
	try("x/=0", func() { x[i] /= f("f", 0) })
	try("p.p.f=f", func() { p.p.f = f("f", 1) })
	q := &T{}
	try("q.p.f=f", func() { q.p.f = f("f", 1) })
	try("q.a[i]=f", func() { q.a[i] = f("f", 1) })
	try("q.a[i]+=f", func() { q.a[i] += f("f", 1) })
	try("q.p.a[i]=f", func() { q.p.a[i] = f("f", 1) })
	try("fp().f=f", func() { fp("fp", nil).f = f("f", 1) })
	try("fp().p.f=f", func() { fp("fp", nil).p.f = f("f", 1) })
	a := 0
	try("a,x[i]=f,g", func() { a, x[i] = f("f", 7), f("g", 8) })
	fmt.Println(a)
	try("x[i],a=f,g", func() { x[i], a = f("f", 9), f("g", 10) })
	fmt.Println(a)
	try("a,x[i]=two", func() { a, x[i] = two("two") })
	fmt.Println(a)
	try("x[i],a=two", func() { a = 0; x[i], a = two("two") })
	fmt.Println(a)
	try("a,p.f=two", func() { a = 0; a, p.f = two("two") })
	fmt.Println(a)
	try("a,*pi=two", func() { a = 0; a, *pi = two("two") })
	fmt.Println(a)
	try("a,m=two", func() { a = 0; a, m["z"] = two("two") })
	fmt.Println(a)
	try("a,p.p.f=two", func() { a = 0; a, p.p.f = two("two") })
	fmt.Println(a)
	try("a,x[i]=1,2", func() { a = 0; a, x[i] = 1, 2 })
	fmt.Println(a)
	try("a,p.f=1,2", func() { a = 0; a, p.f = 1, 2 })
	fmt.Println(a)
	try("a,x[*pi]=1,2", func() { a = 0; a, x[*pi] = 1, 2 })
	fmt.Println(a)
	try("a,x[*pi]=two", func() { a = 0; a, x[*pi] = two("two") })
	fmt.Println(a)
	try("x[*pi]=f", func() { x[*pi] = f("f", 1) })
	try("swap", func() { x[1], x[2] = x[2], x[1] })
	try("swap2", func() { x = []int{1, 2}; x[1], x[2] = x[2], x[1] })
	fmt.Println(x)
	x = nil
	var e any = 3
	try("x[i]=e.(string)", func() { x[i] = len(e.(string)) })
	try("x[i]=x[j]", func() { j := 9; x[i] = x[j] })
	try("p.f=x[j]", func() { j := 9; p.f = x[j] })
	try("x[j]=p.f", func() { j := 9; x[j] = p.f })
	try("x[j]=1/z", func() { j := 9; z := 0; x[j] = 1 / z })
	try("m=1/z", func() { z := 0; m["a"] = 1 / z })
	try("m=x[9]", func() { m["a"] = x[i] })
	try("recv", func() {
		c := make(chan int, 1)
		c <- 5
		defer func() { fmt.Println(len(c)) }()
		x[i] = <-c
	})
	try("recv2", func() {
		c := make(chan int, 1)
		c <- 5
		defer func() { fmt.Println(len(c)) }()
		var b bool
		x[i], b = <-c
		_ = b
	})
	try("maps any", func() {
		var m map[any]int
		fmt.Println(m[func() {}])
	})
	try("maps any2", func() {
		m := map[any]int{}
		fmt.Println(m[[]int{}])
	})
	try("maps any3", func() {
		m := map[any]int{}
		m[f] = f("f", 1)
	})
	try("maps any4", func() {
		var m map[any]int
		m[f] = f("f", 1)
	})
	try("maps any5", func() {
		var m map[any]int
		delete(m, any(f))
	})
	try("maps any6", func() {
		m := map[any]int{}
		delete(m, any(f))
	})
	try("maps any7", func() {
		m := map[any]int{}
		_, ok := m[map[int]int{}]
		fmt.Println(ok)
	})
	try("maps any8", func() {
		m := map[[2]any]int{}
		_, ok := m[[2]any{1, map[int]int{}}]
		fmt.Println(ok)
	})
	try("maps any9", func() {
		type K struct {
			a int
			e any
		}
		var m map[K]int
		_, ok := m[K{1, []string{}}]
		fmt.Println(ok)
	})
	try("maps any10", func() {
		type K interface{ M() }
		var m map[K]int
		_, ok := m[nil]
		fmt.Println(ok)
	})
	try("gx[i]=f", func() { gx[i] = f("f", 1) })
	try("garr[i]=f", func() { garr[i] = f("f", 1) })
	try("gp.f=f", func() { gp.f = f("f", 1) })
	try("gm=f", func() { gm["q"] = f("f", 1) })
	try("gmi=f", func() { gmi[fa("key")] = f("f", 1) })
	try("gmi=f unhash", func() { gmi[[]int{1}] = f("f", 1) })
	try("fm()[fa]=f", func() { fm("fm", nil)[fa("key")] = f("f", 1) })
	try("range x[i]", func() {
		for x[i] = range 3 {
			fmt.Println("body")
		}
	})
	try("x[i]++", func() { x[i]++ })
	try("p.f++", func() { p.f++ })
	try("m[k]++", func() { m["k"]++ })
	try("x[g]++", func() { x[f("g", 1)]++ })
	try("x[i]=append", func() {
		var y [][]int
		y[i] = append(y[i], f("f", 1))
	})
	try("y[i]=append(z,f)", func() {
		var y [][]int
		y[i] = append(x, f("f", 1))
	})
	try("y[i].f=f", func() {
		var y []T
		y[i].f = f("f", 1)
	})
	try("y[i].p.f=f", func() {
		y := make([]T, 6)
		y[i].p.f = f("f", 1)
	})
	try("y[i].p.f=f", func() {
		y := make([]*T, 6)
		y[i].f = f("f", 1)
	})
	try("struct local", func() {
		var t T
		t.a[i] = f("f", 1)
	})
	try("select", func() {
		c := make(chan int, 1)
		c <- 1
		select {
		case x[f("i", 8)] = <-c:
		}
	})
	try("select2", func() {
		c := make(chan int, 1)
		c <- 1
		select {
		case p.f = <-c:
			fmt.Println("body")
		}
	})
	try("any", func() { p.e = f("f", 1) })
	try("any2", func() { p.e = fs("f") })
	try("lit", func() { *p = T{f: f("f", 1)} })
	try("lit2", func() { x[i] = T{f: f("f", 1)}.f })
	try("nested", func() { x[i], x[f("i", 2)] = f("a", 1), f("b", 2) })
	try("and", func() {
		var bs []bool
		bs[i] = f("a", 1) == 1 && f("b", 2) == 2
	})
	try("conv", func() {
		var bs []string
		bs[i] = string(rune(f("a", 65)))
	})
	try("copy", func() {
		var bs []int
		bs[i] = copy(x, fsl("f", x))
	})
}
