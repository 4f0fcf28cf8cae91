package main

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

type Celsius float64
type ID uint8
type Name string
type Vec [3]int
type Grid [2][3]int
type List []Vec
type Dict map[Name]*Point
type Op func(a, b int) int
type Point struct{ X, Y int }
type Line struct {
	A, B Point
	tag  string
	meta map[string][]int
}
type Tree struct {
	*Point
	Kids []*Tree
	f    func(int) (int, error)
	arr  Vec
	nest struct {
		a, b int
		c    [2]Point
	}
}

func (p *Point) Move(dx, dy int) *Point { p.X += dx; p.Y += dy; return p }
func (p Point) Sum() int                { return p.X + p.Y }
func (v *Vec) Set(i, x int)             { v[i] = x }
func (v Vec) Total() (t int) {
	for _, x := range v {
		t += x
	}
	return
}
func (o Op) Twice(a, b int) int  { return o(o(a, b), b) }
func (n Name) Shout() string     { return strings.ToUpper(string(n)) + "!" }
func (l List) Len() int          { return len(l) }
func (d Dict) Get(n Name) *Point { return d[n] }
func (c Celsius) String() string { return fmt.Sprintf("%.1f°C", float64(c)) }

type Shape interface {
	Sum() int
}
type Mover interface {
	Shape
	Move(dx, dy int) *Point
}

var ErrX = errors.New("x")

const (
	A = iota * 10
	B
	C
)
const big = 1 << 40
const (
	KB ID = 1 << (iota + 1)
	MB
)

func variadic(pre string, xs ...int) string { return fmt.Sprint(pre, len(xs), xs, xs == nil) }
func pair(n int) (int, error) {
	if n < 0 {
		return 0, ErrX
	}
	return n * 2, nil
}
func three() (int, string, float64)          { return 1, "two", 3.5 }
func take(a int, s string, f float64) string { return fmt.Sprint(a, s, f) }
func sum(xs ...int) (t int) {
	for _, x := range xs {
		t += x
	}
	return
}
func tw() (int, int) { return 4, 5 }

func main() {
	// composite literals
	l := Line{A: Point{1, 2}, tag: "t"}
	l2 := &Line{Point{1, 2}, Point{Y: 3}, "x", map[string][]int{"a": {1, 2}, "b": nil}}
	fmt.Println(l, *l2, l2.meta["a"][1], len(l2.meta["zz"]))
	pts := []Point{{1, 2}, {X: 3}, {}}
	pp := []*Point{{5, 6}, nil, {Y: 7}}
	mp := map[Point]string{{1, 2}: "a", {3, 0}: "b"}
	mpp := map[string]*Point{"k": {8, 9}}
	fmt.Println(pts, *pp[0], pp[1] == nil, pp[2].Y, mp[pts[0]], mp[Point{3, 0}], mpp["k"].X)
	g := Grid{{1, 2, 3}, {4}}
	g[1][2] = 9
	fmt.Println(g, len(g), len(g[0]), cap(g[1][:2]))
	v := Vec{2: 7, 0: 1}
	v.Set(1, 5)
	fmt.Println(v, v.Total(), Vec{1, 2, 3}.Total(), [...]string{3: "d", 1: "b"})
	ls := List{{1}, {2, 3}}
	ls[1].Set(2, 8)
	ls[0][1]++
	fmt.Println(ls, ls.Len())
	d := Dict{"n": {1, 1}}
	d["n"].Move(2, 3)
	d.Get("n").X *= 10
	fmt.Println(*d["n"], d.Get("q") == nil, Name("hey").Shout())
	anon := struct {
		a int
		b string
	}{1, "z"}
	anons := []struct {
		name string
		want int
	}{{"x", 1}, {"y", 2}}
	for i, tc := range anons {
		anons[i].want += tc.want
		fmt.Println(tc.name, tc.want, anons[i])
	}
	fmt.Println(anon, anon.b)
	set := map[string]struct{}{"a": {}}
	_, has := set["a"]
	_, hasnt := set["b"]
	fmt.Println(has, hasnt, len(set))
	// fields, embedding
	t := Tree{Point: &Point{1, 2}, f: pair}
	t.X = 40
	t.Move(1, 1).Move(1, 1)
	t.nest.c[1].X = 3
	t.nest.a, t.nest.b = 1, 2
	t.arr[1] = 4
	t.arr.Set(2, 6)
	t.Kids = append(t.Kids, &Tree{Point: t.Point}, nil)
	t.Kids[0].arr[0] = 1
	t.Kids[0].Y -= 5
	n, err := t.f(21)
	fmt.Println(t.X, t.Y, t.Sum(), t.Point.Sum(), n, err, t.nest, t.arr, t.Kids[0].arr, len(t.Kids))
	_, err = t.f(-1)
	fmt.Println(err == ErrX, err != nil, err)
	// method values and expressions
	mv := t.Move
	sv := t.Sum
	mv(100, 0)
	fmt.Println(t.X, sv(), t.Sum(), (*Point).Move(t.Point, 1, 0).X, Point.Sum(*t.Point), Tree.Sum(t), (*Tree).Sum(&t))
	var sh Shape = *t.Point
	var mo Mover = t.Point
	sh2 := Shape(mo)
	is := Shape.Sum
	fmt.Println(sh.Sum(), mo.Sum(), sh2.Sum(), is(sh), mo.Move(0, 1).Y, Mover.Move(mo, 0, 1).Y)
	if m, ok := sh2.(Mover); ok {
		fmt.Println("mover", m.Sum())
	}
	_, ok := sh.(Mover)
	fmt.Println(ok, sh.(Point).X, sh == Shape(*t.Point), sh2 == mo, sh2 != nil)
	op := Op(func(a, b int) int { return a*b + 1 })
	fmt.Println(op.Twice(2, 3), op(1, 1), Op.Twice(op, 1, 2))
	// variadics
	fmt.Println(variadic("a"), variadic("b", 1), variadic("c", 1, 2), variadic("d", []int{4}...), variadic("e", nil...))
	fmt.Println(take(three()))
	fmt.Println(three())
	fmt.Println(sum(tw()))
	// named numerics
	c := Celsius(36.6)
	c += 0.4
	c /= 2
	fmt.Println(c, -c, c > 18, float64(c)*2, Celsius(B)+c)
	id := ID(200)
	id += 100
	id <<= 1
	id = id>>1 | KB&^MB ^ 3
	fmt.Println(id, ^id, id%7, id/3, MB, id<<3, -id)
	sft := uint(3)
	fmt.Println(1<<sft, int64(1)<<sft, ID(1)<<sft, uint8(255)<<sft>>1, -9>>sft, big>>sft, 1<<sft == 8)
	var i8 int8 = -128
	fmt.Println(-i8, i8/-1, i8%-1, i8-1, uint8(i8), int(i8)*2, uint16(i8))
	z := complex(1, 2)
	z2 := z * z
	var c64 complex64 = complex64(z2)
	fmt.Println(z, z2, real(z2), imag(z2), z == complex(1, 2), c64, -z, 2i*z, real(c64))
	// strings, runes, bytes
	s := "héllo, 世界"
	fmt.Println(len(s), s[1], s[1:3] == "é", []byte(s)[:3], []rune(s)[7:], string([]rune(s)[7]), string(s[0]), string(rune(65)), s[len(s)-3:])
	by := []byte("abc")
	by = append(by, "def"...)
	by[0] = 'X'
	fmt.Println(string(by), copy(by, "zz"), string(by), by[1]-'a', 'a'+1, "a"+"b" < "b")
	// slices
	xs := make([]int, 3, 10)
	ys := append(xs, 1, 2)
	zs := append(xs[:1:1], 9)
	ys[0] = 5
	fmt.Println(xs, ys, zs, len(xs[:5]), cap(xs[2:4:6]), ys[len(ys)-1])
	arr := [5]int{1, 2, 3, 4, 5}
	sl := arr[1:4]
	sl[0] = 20
	pa := &arr
	pa[2] = 30
	for i := range pa {
		pa[i]++
	}
	fmt.Println(arr, sl, len(pa), pa[1:3], *pa == arr, arr == [5]int{2, 21, 31, 5, 6})
	cp := arr
	cp[0] = 100
	fmt.Println(cp != arr, arr[0], min(3, 1, 2), max(2.5, 1), min("b", "a"))
	clear(sl)
	fmt.Println(arr)
	// maps
	counts := map[string]int{}
	for _, w := range strings.Fields("a b a c b a") {
		counts[w]++
	}
	nested := map[string]map[string][]int{"x": {"y": {1}}}
	nested["x"]["y"] = append(nested["x"]["y"], 2)
	nested["x"]["z"] = append(nested["x"]["z"], 3)
	keys := make([]string, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	sort.Slice(keys, func(i, j int) bool { return counts[keys[i]] > counts[keys[j]] })
	fmt.Println(keys, counts, nested, nested["q"]["r"] == nil)
	delete(counts, "a")
	if v, ok := counts["a"]; !ok {
		fmt.Println("gone", v)
	}
	ms := map[string]Point{"p": {1, 2}}
	fmt.Println(ms["p"].X, ms["none"].Sum(), map[bool]int{true: 1}[3 > 2])
	fm := map[string]func(int) int{"dbl": func(x int) int { return 2 * x }}
	fmt.Println(fm["dbl"](4), func(a int) int { return a + 1 }(1))
	// closures
	var fns []func() int
	for i := 0; i < 3; i++ {
		fns = append(fns, func() int { i *= 2; return i })
	}
	for _, f := range fns {
		fmt.Print(f(), f(), " ")
	}
	var fact func(int) int
	fact = func(n int) int {
		if n <= 1 {
			return 1
		}
		return n * fact(n-1)
	}
	fmt.Println(fact(10))
	adder := func() func(int) int {
		total := 0
		return func(x int) int { total += x; return total }
	}()
	adder(1)
	fmt.Println(adder(2), adder(3))
	var nilf func()
	var nile error
	var nilany any
	fmt.Println(nilf == nil, nile == nil, nilany == nil, nilany)
	// any
	vals := []any{1, "s", 2.5, nil, Point{1, 2}, &Point{}, []int{1}, c, id, 'x', true, uint8(3), Name("n"), err}
	for _, x := range vals {
		switch x := x.(type) {
		case nil:
			fmt.Print("nil ")
		case int, uint8:
			fmt.Printf("%T:%v ", x, x)
		case string:
			fmt.Print("str " + x + " ")
		case error:
			fmt.Print("err ", x.Error(), " ")
		case Point:
			fmt.Print(x.Sum(), " ")
		case *Point:
			fmt.Print(x.Sum(), " ")
		case fmt.Stringer:
			fmt.Print(x.String(), " ")
		default:
			fmt.Printf("%T ", x)
		}
	}
	fmt.Println()
	fmt.Println(vals[0] == 1, vals[1] == "s", vals[4] == Point{1, 2}, vals[7] == Celsius(18.5), any(1) == any(int64(1)))
	p2 := new(Point)
	*p2 = Point{3, 4}
	q := *p2
	q.X = 9
	px := &p2.X
	*px += 5
	pq := &pts[1]
	pq.X = 77
	fmt.Println(*p2, q, pts, px == &p2.X)
	var arrp *[3]int
	fmt.Println(len(arrp), arrp == nil)
	type local struct{ a, b int }
	lm := map[string]*local{}
	lm["x"] = &local{1, 2}
	lm["x"].a += 10
	fmt.Println(*lm["x"], local{b: 4})
	ch := make(chan Point, 2)
	ch <- Point{1, 2}
	ch <- q
	close(ch)
	first := <-ch
	second, more := <-ch
	_, more2 := <-ch
	fmt.Println(first, second, more, more2, (<-ch).X)
	fmt.Println(A, B, C, big, KB|MB, 7/2*2.0, 1/3.0, 'a'*2, "x"+"y", 10%3, -7/2, -7%3, 5.0/2)
	var u32 uint32 = 1 << 31
	var f32 float32 = 0.1
	fmt.Println(u32<<1, u32*2, float64(f32) == 0.1, f32*3, int(f32*39), uint8(u32>>24), int32(u32>>1), f32 > 0.05)
	x, y := 3, 4
	x, y = y, x+y
	xs[0], xs[1] = xs[1], 50
	fmt.Println(x, y, xs, x&^1, x|8, x^y, !(x > y) && y != 0)
}
