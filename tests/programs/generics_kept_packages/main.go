// Generic code that Rust compiles once, using the generic packages of Go.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

// Number is what Sum adds.
type Number interface {
	~int | ~int64 | ~float64
}

// Stack is last in, first out.
type Stack[T any] struct {
	items []T
}

// ErrEmpty is returned by Pop.
var ErrEmpty = errors.New("stack: empty")

// Push adds an element.
func (s *Stack[T]) Push(v T) { s.items = append(s.items, v) }

// Pop takes the newest element.
func (s *Stack[T]) Pop() (T, error) {
	var zero T
	if len(s.items) == 0 {
		return zero, ErrEmpty
	}
	v := s.items[len(s.items)-1]
	s.items[len(s.items)-1] = zero // let it be collected
	s.items = s.items[:len(s.items)-1]
	return v, nil
}

func (s *Stack[T]) Len() int { return len(s.items) }

// Tree is an ordered map.
type Tree[K cmp.Ordered, V any] struct {
	root *node[K, V]
	size int
}

type node[K cmp.Ordered, V any] struct {
	key         K
	value       V
	left, right *node[K, V]
}

func (t *Tree[K, V]) Put(k K, v V) {
	p := &t.root
	for *p != nil {
		switch c := cmp.Compare(k, (*p).key); {
		case c < 0:
			p = &(*p).left
		case c > 0:
			p = &(*p).right
		default:
			(*p).value = v
			return
		}
	}
	*p = &node[K, V]{key: k, value: v}
	t.size++
}

func (t *Tree[K, V]) Get(k K) (v V, ok bool) {
	for n := t.root; n != nil; {
		if k < n.key {
			n = n.left
		} else if k > n.key {
			n = n.right
		} else {
			return n.value, true
		}
	}
	return v, false
}

// All walks the tree in order.
func (t *Tree[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		t.root.walk(yield)
	}
}

func (n *node[K, V]) walk(yield func(K, V) bool) bool {
	if n == nil {
		return true
	}
	return n.left.walk(yield) && yield(n.key, n.value) && n.right.walk(yield)
}

// Map applies f to each element.
func Map[T, U any](s []T, f func(T) U) []U {
	out := make([]U, 0, len(s))
	for _, v := range s {
		out = append(out, f(v))
	}
	return out
}

func Filter[S ~[]E, E any](s S, keep func(E) bool) S {
	var out S
	for _, v := range s {
		if keep(v) {
			out = append(out, v)
		}
	}
	return out
}

func Reduce[T, A any](s []T, acc A, f func(A, T) A) A {
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

func Keys[M ~map[K]V, K cmp.Ordered, V any](m M) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Set is a set.
type Set[T comparable] map[T]struct{}

func SetOf[T comparable](vs ...T) Set[T] {
	s := make(Set[T], len(vs))
	for _, v := range vs {
		s[v] = struct{}{}
	}
	return s
}

func (s Set[T]) Has(v T) bool { _, ok := s[v]; return ok }

func (s Set[T]) Union(o Set[T]) Set[T] {
	out := maps.Clone(s)
	for v := range o {
		out[v] = struct{}{}
	}
	return out
}

type Pair[A, B any] struct {
	First  A
	Second B
}

func Zip[A, B any](as []A, bs []B) []Pair[A, B] {
	n := min(len(as), len(bs))
	out := make([]Pair[A, B], n)
	for i := range out {
		out[i] = Pair[A, B]{as[i], bs[i]}
	}
	return out
}

func main() {
	var st Stack[string]
	for _, w := range []string{"a", "b", "c"} {
		st.Push(w)
	}
	for st.Len() > 0 {
		w, _ := st.Pop()
		fmt.Print(w, " ")
	}
	if _, err := st.Pop(); errors.Is(err, ErrEmpty) {
		fmt.Println(err)
	}

	var t Tree[string, int]
	for i, w := range strings.Fields("one two three four five six seven") {
		t.Put(w, i+1)
	}
	for k, v := range t.All() {
		if v > 6 {
			break
		}
		fmt.Printf("%s=%d ", k, v)
	}
	v, ok := t.Get("four")
	fmt.Println(v, ok, t.size)

	nums := []int{1, 2, 3, 4, 5, 6}
	squares := Map(nums, func(x int) int { return x * x })
	even := Filter(squares, func(x int) bool { return x%2 == 0 })
	text := Reduce(even, "", func(acc string, x int) string { return acc + fmt.Sprint(x) + ";" })
	fmt.Println(squares, even, text, Sum(nums...), Sum(1.5, 2.5))

	s := SetOf(1, 2, 3).Union(SetOf(3, 4))
	fmt.Println(Keys(s), s.Has(4), s.Has(5), len(s))
	for _, p := range Zip(nums, []string{"x", "y"}) {
		fmt.Printf("%+v ", p)
	}
	fmt.Println()
}
