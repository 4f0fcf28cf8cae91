package main

import (
	"fmt"
	"reflect"
	"sort"
)

type Inner struct {
	A int `json:"a,omitempty" xml:"x"`
	b string
}
type Point struct {
	X, Y float64
	Name string `k:"v"`
	Inner
	P   *Inner
	m   map[string]int
	Fn  func(int) string
	Any interface{}
}

func (p Point) Sum(k float64) float64   { return p.X + p.Y + k }
func (p *Point) Scale(k float64)        { p.X *= k; p.Y *= k }
func (p Point) Var(a string, xs ...int) (string, int) {
	n := 0
	for _, x := range xs {
		n += x
	}
	return a, n
}
func (p Point) String() string { return "pt" }

type Cel float64
type L []int
type Shape interface{ Sum(float64) float64 }
type E struct{ error }

func main() {
	p := Point{X: 1, Y: 2, Name: "n"}
	t := reflect.TypeOf(p)
	fmt.Println(t, t.Name(), t.Kind(), t.PkgPath(), t.NumField(), t.NumMethod(), t.Size())
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		fmt.Println(f.Name, f.Type, f.Tag, f.Offset, f.Index, f.Anonymous, f.PkgPath, f.IsExported())
	}
	f, ok := t.FieldByName("A")
	fmt.Println(f.Name, f.Index, ok, f.Tag.Get("json"), f.Tag.Get("xml"), f.Tag.Get("no"))
	for i := 0; i < t.NumMethod(); i++ {
		m := t.Method(i)
		fmt.Println(m.Name, m.Type, m.Index)
	}
	pt := reflect.TypeOf(&p)
	fmt.Println(pt, pt.NumMethod(), pt.Elem() == t, reflect.PointerTo(t) == pt)
	v := reflect.ValueOf(p)
	fmt.Println(v.Method(1).Call([]reflect.Value{reflect.ValueOf(2.5)})[0].Float())
	fmt.Println(v.MethodByName("Sum").Call([]reflect.Value{reflect.ValueOf(3.5)})[0])
	r := v.MethodByName("Var").Call([]reflect.Value{reflect.ValueOf("s"), reflect.ValueOf(1), reflect.ValueOf(2)})
	fmt.Println(r[0], r[1].Int())
	m, _ := t.MethodByName("Sum")
	fmt.Println(m.Func.Call([]reflect.Value{v, reflect.ValueOf(1.0)})[0].Float())
	pv := reflect.ValueOf(&p)
	pv.MethodByName("Scale").Call([]reflect.Value{reflect.ValueOf(10.0)})
	fmt.Println(p.X, p.Y)
	pv.Elem().Field(0).SetFloat(7)
	pv.Elem().FieldByName("Name").SetString("hello")
	pv.Elem().FieldByName("A").SetInt(9)
	fmt.Println(p.X, p.Name, p.A)
	fmt.Println(pv.Elem().Field(0).CanSet(), v.Field(0).CanSet(), pv.Elem().FieldByName("m").CanSet())
	fmt.Println(reflect.TypeOf(Cel(1)), reflect.TypeOf(Cel(1)).Kind() == reflect.Float64)
	fmt.Println(reflect.ValueOf(Cel(1.5)).Convert(reflect.TypeOf(1)).Int())
	shape := reflect.TypeOf((*Shape)(nil)).Elem()
	fmt.Println(shape, shape.Kind(), t.Implements(shape), pt.Implements(shape), reflect.TypeOf(1).Implements(shape), shape.NumMethod(), shape.Method(0).Name, shape.Method(0).Type)
	s := []int{1, 2, 3}
	sv := reflect.ValueOf(&s).Elem()
	sv.Index(1).SetInt(20)
	sv.Set(reflect.Append(sv, reflect.ValueOf(4)))
	fmt.Println(s, sv.Len(), sv.Cap(), sv.Slice(1, 3))
	mm := map[string]int{"a": 1, "b": 2}
	mv := reflect.ValueOf(mm)
	mv.SetMapIndex(reflect.ValueOf("c"), reflect.ValueOf(3))
	mv.SetMapIndex(reflect.ValueOf("a"), reflect.Value{})
	fmt.Println(mm, mv.MapIndex(reflect.ValueOf("b")), mv.Len())
	keys := []string{}
	for _, k := range mv.MapKeys() {
		keys = append(keys, k.String())
	}
	sort.Strings(keys)
	fmt.Println(keys)
	it := mv.MapRange()
	sum := 0
	for it.Next() {
		sum += int(it.Value().Int())
	}
	fmt.Println(sum)
	dm := reflect.MakeMap(reflect.MapOf(reflect.TypeOf(""), reflect.TypeOf(1)))
	dm.SetMapIndex(reflect.ValueOf("zz"), reflect.ValueOf(26))
	fmt.Println(dm.Interface().(map[string]int)["zz"], dm, dm.Type())
	dm2 := reflect.MakeMap(reflect.MapOf(reflect.TypeOf(p.Inner), reflect.TypeOf(L{})))
	dm2.SetMapIndex(reflect.ValueOf(Inner{1, "x"}), reflect.ValueOf(L{1}))
	fmt.Println(dm2, dm2.Type(), dm2.Len())
	c := make(chan int, 2)
	cv := reflect.ValueOf(c)
	cv.Send(reflect.ValueOf(5))
	x, ok2 := cv.Recv()
	fmt.Println(x, ok2, cv.Type(), cv.Type().ChanDir())
	x, ok2 = cv.TryRecv()
	fmt.Println(x.IsValid(), ok2)
	fn := reflect.MakeFunc(reflect.TypeOf(func(int, string) string { return "" }), func(a []reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf(fmt.Sprint(a[0].Int(), a[1].String()))}
	}).Interface().(func(int, string) string)
	fmt.Println(fn(3, "q"))
	fmt.Println(reflect.DeepEqual([]int{1, 2}, []int{1, 2}), reflect.DeepEqual(mm, map[string]int{"b": 2, "c": 3}), reflect.DeepEqual(1, int64(1)), reflect.DeepEqual(nil, nil))
	func() {
		defer func() { fmt.Println(recover()) }()
		reflect.ValueOf(1).SetInt(3)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		reflect.ValueOf("x").Int()
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		reflect.Value{}.Type()
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		reflect.ValueOf(&p).Elem().FieldByName("m").Interface()
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		reflect.ValueOf(&p).Elem().Field(0).Set(reflect.ValueOf("x"))
	}()
	fmt.Printf("%v %d %T %v\n", reflect.ValueOf(p), reflect.ValueOf(3), reflect.ValueOf(3), reflect.Value{})
	fmt.Println(reflect.Zero(t).IsZero(), reflect.New(reflect.TypeOf(1)).Elem(), reflect.Indirect(pv).Kind())
	sw := reflect.Swapper(s)
	sw(0, 3)
	fmt.Println(s)
	var e error
	fmt.Println(reflect.TypeOf(e) == nil, reflect.TypeOf(&e).Elem())
	fmt.Println(reflect.TypeOf(E{}).Method(0).Name)
	fmt.Println(reflect.ValueOf("héllo").Convert(reflect.TypeOf([]rune{})).Len(), reflect.ValueOf(65).Convert(reflect.TypeOf("")))
	var arr [3]int
	av := reflect.ValueOf(&arr).Elem()
	av.Index(2).SetInt(4)
	fmt.Println(arr, av.Type(), av.Type().Len(), av.Slice(1, 3))
	fmt.Println(reflect.TypeOf(fmt.Sprint).NumIn(), reflect.TypeOf(struct {
		A int `x:"y"`
	}{}))
	fmt.Println(reflect.TypeOf(p) == reflect.TypeOf(Point{}), reflect.ValueOf(p.Fn).IsNil(), v.FieldByName("Any").IsNil(), v.FieldByName("Zork").IsValid())
	fmt.Println(reflect.TypeOf(map[string][]Cel{}), reflect.TypeOf(make(<-chan int)), reflect.SliceOf(t))
	fmt.Println(reflect.TypeFor[Point](), reflect.TypeFor[fmt.Stringer](), reflect.TypeFor[map[string][]Cel]() == reflect.TypeOf(map[string][]Cel{}))
	var zs struct {
		F float64
		C complex64
		E error
	}
	fmt.Println(reflect.ValueOf(zs).IsZero())
	zs.F = 1 / negInf()
	fmt.Println(reflect.ValueOf(zs).IsZero(), reflect.ValueOf(zs.F).IsZero())
	zs.C = 1i
	fmt.Println(reflect.ValueOf(zs).IsZero())
	fmt.Println(len(reflect.VisibleFields(t)), reflect.TypeOf(any(nil)) == nil)
	fmt.Println(reflect.ValueOf(&p.Inner).Elem().Field(1).CanSet(), reflect.Copy(sv, reflect.ValueOf([]int{8, 9})), s)
}

func negInf() float64 {
	x := -1.0
	y := 0.0
	return x / y
}
