package main

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Number is any number.
type Number interface {
	~int | ~int64 | ~float64
}

// Map applies f to each element.
func Map[T, U any](s []T, f func(T) U) []U {
	out := make([]U, 0, len(s))
	for _, v := range s {
		out = append(out, f(v))
	}
	return out
}

func Filter[T any](s []T, keep func(T) bool) []T {
	var out []T
	for _, v := range s {
		if keep(v) {
			out = append(out, v)
		}
	}
	return out
}

func Reduce[T, A any](s []T, init A, f func(A, T) A) A {
	acc := init
	for _, v := range s {
		acc = f(acc, v)
	}
	return acc
}

func Sum[T Number](xs ...T) T {
	var total T
	for _, x := range xs {
		total += x
	}
	return total
}

func Mean[T Number](xs []T) float64 {
	return float64(Sum(xs...)) / float64(len(xs))
}

func MaxOf[T cmp.Ordered](a, b T) T {
	if a > b {
		return a
	}
	return b
}

func Keys[K comparable, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	return keys
}

func IndexOf[S ~[]E, E comparable](s S, x E) int {
	for i, v := range s {
		if v == x {
			return i
		}
	}
	return -1
}

// Stack is a stack.
type Stack[T any] struct {
	// items are the elements.
	items []T
}

// Push adds one.
func (s *Stack[T]) Push(v T) { s.items = append(s.items, v) }

// Pop takes the last.
func (s *Stack[T]) Pop() (T, bool) {
	var zero T
	if len(s.items) == 0 {
		return zero, false
	}
	v := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return v, true
}

func (s Stack[T]) Len() int { return len(s.items) }

type Pair[K comparable, V any] struct {
	Key K
	Val V
}

func (p Pair[K, V]) String() string { return fmt.Sprintf("<%v=%v>", p.Key, p.Val) }

// Set is a set.
type Set[T comparable] map[T]struct{}

func (s Set[T]) Add(v T)           { s[v] = struct{}{} }
func (s Set[T]) Has(v T) bool      { _, ok := s[v]; return ok }
func NewSet[T comparable](vs ...T) Set[T] {
	s := make(Set[T])
	for _, v := range vs {
		s.Add(v)
	}
	return s
}

type node[T any] struct {
	val  T
	next *node[T]
}

type List[T any] struct {
	head, tail *node[T]
	size       int
}

func NewList[T any]() *List[T] { return &List[T]{} }

func (l *List[T]) Push(v T) {
	n := &node[T]{val: v}
	if l.tail == nil {
		l.head = n
	} else {
		l.tail.next = n
	}
	l.tail = n
	l.size++
}

func (l *List[T]) Each(f func(T)) {
	for n := l.head; n != nil; n = n.next {
		f(n.val)
	}
}

type Tree[T cmp.Ordered] struct {
	Left, Right *Tree[T]
	Val         T
}

func (t *Tree[T]) Insert(v T) *Tree[T] {
	if t == nil {
		return &Tree[T]{Val: v}
	}
	switch {
	case v < t.Val:
		t.Left = t.Left.Insert(v)
	case v > t.Val:
		t.Right = t.Right.Insert(v)
	}
	return t
}

func (t *Tree[T]) Walk(f func(T)) {
	if t == nil {
		return
	}
	t.Left.Walk(f)
	f(t.Val)
	t.Right.Walk(f)
}

type Named struct {
	Stack[string]
	name string
}

type Celsius float64

func Describe[T any](v T) string {
	switch x := any(v).(type) {
	case int:
		return "int " + fmt.Sprint(x)
	case fmt.Stringer:
		return "stringer " + x.String()
	}
	return fmt.Sprintf("%T", v)
}

func main() {
	fmt.Println(Map([]int{1, 2, 3}, func(i int) string { return strings.Repeat("x", i) }))
	fmt.Println(Filter([]int{1, 2, 3, 4}, func(i int) bool { return i%2 == 0 }))
	fmt.Println(Reduce([]string{"a", "bb"}, 0, func(n int, s string) int { return n + len(s) }))
	fmt.Println(Sum(1, 2, 3), Sum(1.5, 2.5), Sum[Celsius](1, 2.25), Mean([]int{1, 2, 4}))
	fmt.Println(MaxOf("a", "b"), MaxOf(3, 2), MaxOf[float64](3, 2.5))
	ks := Keys(map[string]int{"b": 1, "a": 2})
	sort.Strings(ks)
	fmt.Println(ks, IndexOf(ks, "b"), IndexOf([]any{1, "x"}, any("x")))
	var s Stack[int]
	s.Push(1)
	s.Push(2)
	v, ok := s.Pop()
	fmt.Println(v, ok, s.Len(), s)
	fmt.Printf("%T %T %v\n", s, &s, Pair[string, int]{"a", 1})
	fmt.Printf("%T\n", Pair[string, Pair[int, Stack[Celsius]]]{})
	var str fmt.Stringer = Pair[string, int]{"a", 1}
	fmt.Println(str, any(str) == any(Pair[string, int]{"a", 1}), any(Pair[string, int]{}) == any(Pair[string, int8]{}))
	set := NewSet(1, 2, 3)
	set.Add(7)
	fmt.Println(set.Has(7), set.Has(8), len(set))
	l := NewList[string]()
	l.Push("x")
	l.Push("y")
	l.Each(func(s string) { fmt.Print(s, " ") })
	fmt.Println(l.size)
	var t *Tree[int]
	for _, v := range []int{5, 2, 8, 1} {
		t = t.Insert(v)
	}
	t.Walk(func(v int) { fmt.Print(v, " ") })
	fmt.Println()
	n := Named{name: "n"}
	n.Push("one")
	fmt.Println(n.Len(), n)
	fmt.Println(Describe(1), Describe(Pair[string, int]{"k", 2}), Describe([]Celsius{1}), Describe[any](nil))
	xs := []int{3, 1, 2}
	slices.Sort(xs)
	fmt.Println(xs, slices.Max(xs), slices.Index(xs, 2), slices.Contains(xs, 9))
	slices.SortFunc(xs, func(a, b int) int { return cmp.Compare(b, a) })
	fmt.Println(xs)
	f := MaxOf[int]
	fmt.Println(f(1, 2))
}
