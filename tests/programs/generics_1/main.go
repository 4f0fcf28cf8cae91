package main

import (
	"fmt"
	"sort"
	"strings"
)

// Number is what can be added.
type Number interface {
	~int | ~int64 | ~float64
}

// Sum adds.
func Sum[T Number](xs ...T) T {
	var s T
	for _, x := range xs {
		s += x // add it
	}
	return s
}

func Map[T, U any](xs []T, f func(T) U) []U {
	r := make([]U, 0, len(xs))
	for _, x := range xs {
		r = append(r, f(x))
	}
	return r
}

// Stack is a stack.
type Stack[T any] struct {
	items []T
}

// Push adds x.
func (s *Stack[T]) Push(x T) { s.items = append(s.items, x) }

func (s *Stack[T]) Pop() (x T, ok bool) {
	if len(s.items) == 0 {
		return
	}
	x = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return x, true
}

func (s Stack[T]) Len() int { return len(s.items) }

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) String() string { return fmt.Sprintf("<%v=%v>", p.Key, p.Val) }

type List[T any] struct {
	next *List[T]
	val  T
}

func (l *List[T]) Add(v T) *List[T] { return &List[T]{l, v} }
func (l *List[T]) Map[U any](f func(T) U) []U {
	var r []U
	for ; l != nil; l = l.next {
		r = append(r, f(l.val))
	}
	return r
}

type Stringer interface{ String() string }

func Join[T Stringer](xs []T) string {
	var b strings.Builder
	for _, x := range xs {
		b.WriteString(x.String())
	}
	return b.String()
}

func Keys[M ~map[K]V, K comparable, V any](m M) []K {
	var ks []K
	for k := range m {
		ks = append(ks, k)
	}
	return ks
}

type MyInt int

func (m MyInt) String() string { return fmt.Sprint("my", int(m)) }

func Ptr[T any](x T) *T { return &x }

func Kind[T any](x T) string {
	switch any(x).(type) {
	case int:
		return "int"
	case string:
		return "string"
	case []T:
		return "slice"
	}
	return fmt.Sprintf("%T", x)
}

type Setter[T any] interface {
	*T
	Set(string)
}
type conf struct{ v string }

func (c *conf) Set(s string) { c.v = s }

func FromStrings[T any, P Setter[T]](ss []string) []T {
	r := make([]T, len(ss))
	for i, s := range ss {
		p := P(&r[i])
		p.Set(s)
	}
	return r
}

func counter[T Number]() func() T {
	type state struct{ n T }
	var s state
	return func() T { s.n++; return s.n }
}

func Max[T int | float64 | string](a, b T) T {
	if a > b {
		return a
	}
	return b
}

type Tree[T any] struct {
	left, right *Tree[T]
	v           T
	cmp         func(a, b T) int
}

func (t *Tree[T]) Insert(v T) *Tree[T] {
	if t == nil {
		return &Tree[T]{v: v}
	}
	return t
}

type Num[T Number] struct{ Pair[T, T] }

func main() {
	fmt.Println(Sum(1, 2, 3), Sum(1.5, 2.5), Sum[MyInt](4, 5))
	fmt.Println(Map([]int{1, 2}, func(i int) string { return fmt.Sprint(i * 2) }))
	var s Stack[string]
	s.Push("a")
	s.Push("b")
	x, ok := s.Pop()
	fmt.Println(x, ok, s.Len(), s)
	p := Pair[string, int]{"k", 1}
	fmt.Println(p, Pair[int, []int]{1, []int{2}})
	fmt.Printf("%T %T %v\n", p, s, &p)
	var l *List[int]
	l = l.Add(1).Add(2)
	fmt.Println(l.Map(func(i int) float64 { return float64(i) / 2 }))
	fmt.Println(Join([]MyInt{1, 2}), Join([]Pair[int, int]{{1, 2}}))
	ks := Keys(map[string]bool{"x": true, "y": false})
	sort.Strings(ks)
	fmt.Println(ks, *Ptr(3), *Ptr("s"))
	fmt.Println(Kind(1), Kind("a"), Kind(2.5), Kind([]int{1}))
	fmt.Println(FromStrings[conf]([]string{"a", "b"}))
	c := counter[float64]()
	c()
	fmt.Println(c(), counter[int]()())
	f := Max[string]
	fmt.Println(f("a", "b"), Max(1, 2), Max(2.5, 1))
	var t *Tree[int]
	t = t.Insert(5)
	fmt.Println(t.v, Num[int]{Pair[int, int]{1, 2}})
	var st Stringer = p
	fmt.Println(st.String())
	var e any = p
	_, is := e.(Pair[string, int])
	_, not := e.(Pair[string, string])
	fmt.Println(is, not)
}
