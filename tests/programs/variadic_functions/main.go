package main

import (
	"fmt"
	"reflect"
	"strings"
)

type printer func(string, ...any) (int, error)
type joiner interface {
	Join(sep string, parts ...string) string
}
type J struct{ pre string }

func (j J) Join(sep string, parts ...string) string { return j.pre + strings.Join(parts, sep) }
func (j *J) Sum(xs ...int) (t int) {
	for _, x := range xs {
		t += x
	}
	return t
}
func apply(f func(...int) int, xs ...int) int { return f(xs...) }
func kind(v any) string {
	switch f := v.(type) {
	case func([]int) int:
		return fmt.Sprint("slice ", f([]int{1, 2}))
	case func(...int) int:
		return fmt.Sprint("variadic ", f(1, 2, 3))
	case printer:
		return "printer"
	}
	return fmt.Sprintf("%T", v)
}

var table = map[string]func(...int) int{
	"max": func(xs ...int) int {
		m := xs[0]
		for _, x := range xs {
			m = max(m, x)
		}
		return m
	},
	"sum": (&J{}).Sum,
}

func generic[T any](xs ...T) int { return len(xs) }

func main() {
	var p printer = fmt.Printf
	p("%s %d\n", "x", 1)
	var q func(string, ...any) (int, error) = p
	q("%v\n", q != nil)
	fmt.Println(kind(func(xs []int) int { return len(xs) }), kind(func(xs ...int) int { return len(xs) }), kind(p), kind(q), kind(fmt.Println), kind(generic[string]))
	fmt.Println(apply(table["max"], 3, 9, 2), apply(table["sum"], 1, 2), apply(generic[int], 1, 1), table["none"] == nil)
	j := &J{"<"}
	f, g := j.Join, (*J).Sum
	fmt.Println(f("-", "a", "b"), g(j, 4, 5), J.Join(*j, "+"), joiner.Join(j, ".", "p", "q"))
	fmt.Printf("%T %T %T %T\n", f, g, table, struct{ F func(int, ...string) }{})
	defer func(xs ...string) { fmt.Println("deferred", len(xs), xs) }("a", "b")
	defer p("%d %d\n", 1, 2)
	go func(xs ...int) {}(1, 2)
	n := func(xs ...int) int { return len(xs) }(1, 2, 3)
	v := reflect.ValueOf(n)
	fmt.Println(v, reflect.TypeOf(f).IsVariadic(), reflect.TypeOf(kind).IsVariadic(), reflect.TypeOf(f))
	out := reflect.ValueOf(fmt.Sprintf).Call([]reflect.Value{reflect.ValueOf("%d-%s"), reflect.ValueOf(7), reflect.ValueOf("z")})
	fmt.Println(out[0], reflect.ValueOf(table["sum"]).CallSlice([]reflect.Value{reflect.ValueOf([]int{1, 2})})[0])
	fs := []func(...any) (int, error){fmt.Println, fmt.Print}
	for _, f := range fs {
		f("hi", 2, 3, "\n")
	}
	mk := reflect.MakeFunc(reflect.TypeOf(table["sum"]), func(a []reflect.Value) []reflect.Value { return []reflect.Value{reflect.ValueOf(a[0].Len() * 100)} })
	fmt.Println(mk.Interface().(func(...int) int)(1, 2, 3), reflect.TypeOf((func(...int) int)(nil)) == reflect.FuncOf([]reflect.Type{reflect.TypeOf([]int{})}, []reflect.Type{reflect.TypeOf(0)}, true))
}
