package main

import "fmt"

// Stack is a stack of anything.
type Stack[T any] struct {
	// items grow at the end.
	items []T
}

// Push adds v.
func (s *Stack[T]) Push(v T) {
	s.items = append(s.items, v)
}

// Pop takes the last, if there is one.
func (s *Stack[T]) Pop() (v T, ok bool) {
	n := len(s.items)
	if n == 0 {
		return v, false
	}
	v = s.items[n-1]
	s.items = s.items[:n-1]
	return v, true
}

// Len counts.
func (s Stack[T]) Len() int {
	return len(s.items)
}

// Set is a defined map.
type Set[T comparable] map[T]struct{}

// Add adds v.
func (s Set[T]) Add(v T) {
	s[v] = struct{}{}
}

// Pair has two parameters.
type Pair[K comparable, V any] struct {
	Key K
	Val V
}

// Cell links to its own kind.
type Cell[T any] struct {
	val  T
	next *Cell[T]
}

// Named gets the methods of what it embeds.
type Named struct {
	Stack[string]
	name string
}

// Sizer is an interface that a type with type arguments implements.
type Sizer interface {
	Len() int
}

func zip[K comparable, V any](keys []K, vals []V) []Pair[K, V] {
	var pairs []Pair[K, V]
	for i, k := range keys {
		pairs = append(pairs, Pair[K, V]{k, vals[i]})
	}
	return pairs
}

func cells[T any](vs ...T) *Cell[T] {
	var head *Cell[T]
	for i := len(vs) - 1; i >= 0; i-- {
		head = &Cell[T]{val: vs[i], next: head}
	}
	return head
}

func main() {
	var s Stack[int]
	s.Push(1)
	v, ok := s.Pop()
	fmt.Println(v, ok, s.Len())

	set := Set[string]{}
	set.Add("x")
	n := Named{name: "n"}
	n.Push("embedded")
	var sizer Sizer = n
	fmt.Println(len(set), sizer.Len(), n)

	pairs := zip([]string{"a", "b"}, []float64{1, 2})
	fmt.Printf("%v %T %T\n", pairs, pairs[0], s)
	for c := cells(1, 2); c != nil; c = c.next {
		fmt.Println(c.val)
	}
	fmt.Println(any(pairs[0]) == any(Pair[string, float64]{"a", 1}))
}
