package main

import (
	"fmt"
	"reflect"
	"sort"
	"strings"
)

// Methods of types as functions with the receiver first, and of values as functions without.

type point struct{ X, Y int }

func (p point) Sum(k int) int                       { return (p.X + p.Y) * k }
func (p point) String() string                      { return fmt.Sprintf("<%d,%d>", p.X, p.Y) }
func (p *point) Scale(k int)                        { p.X *= k; p.Y *= k }
func (p point) Join(sep string, n ...int) string    { return fmt.Sprint(p.X, sep, n, sep, p.Y) }
func (p *point) Split() (x, y int, err error)       { return p.X, p.Y, nil }
func (p point) Apply(f func(point) point) point     { return f(p) }
func (p point) hidden()                             {}
func (p point) Nest(o struct{ A, B string }) string { return o.A + p.String() + o.B }

type big struct {
	point
	text string
	list [4]int
}

func (b big) Text() string { return b.text }

type word string

func (w word) Upper() word { return word(strings.ToUpper(string(w))) }

type stack[T any] struct{ items []T }

func (s *stack[T]) Push(x T) int { s.items = append(s.items, x); return len(s.items) }

func main() {
	p := point{1, 2}
	t, pt := reflect.TypeOf(p), reflect.TypeFor[*point]()
	for _, t := range []reflect.Type{t, pt, reflect.TypeFor[big](), reflect.TypeFor[word]()} {
		for i := range t.NumMethod() {
			m := t.Method(i)
			fmt.Println(t, m.Index, m.Name, m.Type, m.Func.Kind(), m.Func.Type().NumIn())
		}
	}
	sum, _ := t.MethodByName("Sum")
	f := sum.Func.Interface().(func(point, int) int)
	fmt.Println(f(p, 10), sum.Func.Call([]reflect.Value{reflect.ValueOf(p), reflect.ValueOf(100)})[0])
	scale, _ := pt.MethodByName("Scale")
	scale.Func.Interface().(func(*point, int))(&p, 3)
	scale.Func.Call([]reflect.Value{reflect.ValueOf(&p), reflect.ValueOf(2)})
	fmt.Println(p, f(p, 1))
	promoted, _ := pt.MethodByName("Sum")
	fmt.Println(promoted.Func.Interface().(func(*point, int) int)(&p, 1))
	split, _ := pt.MethodByName("Split")
	fmt.Println(split.Func.Interface().(func(*point) (int, int, error))(&p))
	apply, _ := t.MethodByName("Apply")
	fmt.Println(apply.Func.Interface().(func(point, func(point) point) point)(p, func(p point) point { return point{p.Y, p.X} }))
	nest, _ := t.MethodByName("Nest")
	fmt.Println(nest.Func.Interface().(func(point, struct{ A, B string }) string)(p, struct{ A, B string }{"(", ")"}))
	join, _ := t.MethodByName("Join")
	fmt.Println(join.Func.Call([]reflect.Value{reflect.ValueOf(p), reflect.ValueOf("|"), reflect.ValueOf(7), reflect.ValueOf(8)})[0])

	b := big{point{3, 4}, "text", [4]int{1, 2, 3, 4}}
	text, _ := reflect.TypeOf(b).MethodByName("Text")
	fmt.Println(text.Func.Interface().(func(big) string)(b), text.Func.Call([]reflect.Value{reflect.ValueOf(b)})[0])
	lent, _ := reflect.TypeOf(b).MethodByName("Sum")
	fmt.Println(lent.Func.Interface().(func(big, int) int)(b, 2))
	up := reflect.TypeOf(word("")).Method(0).Func.Interface().(func(word) word)
	fmt.Println(up("quiet"))

	// stored and found again, as a table of commands is
	commands := map[string]func(*stack[string], string) int{}
	st := reflect.TypeFor[*stack[string]]()
	for i := range st.NumMethod() {
		if g, ok := st.Method(i).Func.Interface().(func(*stack[string], string) int); ok {
			commands[st.Method(i).Name] = g
		}
	}
	s := &stack[string]{}
	fmt.Println(commands["Push"](s, "a"), commands["Push"](s, "b"), s.items)
	for v, i := reflect.ValueOf(&p), 0; i < v.NumMethod(); i++ {
		switch g := v.Method(i).Interface().(type) {
		case func() string:
			fmt.Println("string", g())
		case func(int) int:
			fmt.Println("int", g(2))
		case func(int):
			g(2)
			fmt.Println(p)
		default:
			fmt.Println("another")
		}
	}
	var names []string
	typeMethod := reflect.Type.Method
	for i := range pt.NumMethod() {
		names = append(names, typeMethod(pt, i).Name)
	}
	sort.Strings(names)
	fmt.Println(names)
	_, ok := t.MethodByName("hidden")
	m := reflect.TypeFor[fmt.Stringer]().Method(0)
	fmt.Println(ok, m.Name, m.Type, m.Func.IsValid())
	defer func() { fmt.Println("recovered", recover()) }()
	scale.Func.Interface().(func(*point, int))(nil, 3)
}
