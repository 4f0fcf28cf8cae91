package main

import (
	"errors"
	"fmt"
	"sync"
)

// Cache keeps values.
type Cache[K comparable, V any] struct {
	mu sync.Mutex
	m  map[K]V
	// Miss is called for what is missing.
	Miss func(K) (V, error)
}

// NewCache makes one.
func NewCache[K comparable, V any](miss func(K) (V, error)) *Cache[K, V] {
	return &Cache[K, V]{m: make(map[K]V), Miss: miss}
}

func (c *Cache[K, V]) Get(k K) (V, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok := c.m[k]; ok {
		return v, nil
	}
	v, err := c.Miss(k)
	if err != nil {
		var zero V
		return zero, fmt.Errorf("get %v: %w", k, err)
	}
	c.m[k] = v
	return v, nil
}

type Set[T comparable] map[T]struct{}

func (s Set[T]) Add(xs ...T) Set[T] {
	for _, x := range xs {
		s[x] = struct{}{}
	}
	return s
}
func (s Set[T]) Has(x T) bool { _, ok := s[x]; return ok }

type Iter[T any] func() (T, bool)

func (it Iter[T]) Collect() (out []T) {
	for x, ok := it(); ok; x, ok = it() {
		out = append(out, x)
	}
	return
}

func Range(n int) Iter[int] {
	i := -1
	return func() (int, bool) { i++; return i, i < n }
}

func Filter[T any](it Iter[T], keep func(T) bool) Iter[T] {
	return func() (T, bool) {
		for {
			x, ok := it()
			if !ok || keep(x) {
				return x, ok
			}
		}
	}
}

func Reduce[A, T any](it Iter[T], a A, f func(A, T) A) A {
	for x, ok := it(); ok; x, ok = it() {
		a = f(a, x)
	}
	return a
}

type Ordered interface {
	~int | ~int8 | ~uint | ~float64 | ~string
}

func Sort[T Ordered](xs []T) {
	for i := range xs {
		for j := i; j > 0 && xs[j] < xs[j-1]; j-- {
			xs[j], xs[j-1] = xs[j-1], xs[j]
		}
	}
}

type Option[T any] struct {
	v  *T
	ok bool
}

func Some[T any](v T) Option[T] { return Option[T]{&v, true} }
func None[T any]() Option[T]    { return Option[T]{} }
func (o Option[T]) OrElse(d T) T {
	if o.ok {
		return *o.v
	}
	return d
}

type Node[T any] struct {
	Val      T
	Children []*Node[T]
}

func (n *Node[T]) Walk(f func(depth int, v T)) { n.walk(0, f) }
func (n *Node[T]) walk(d int, f func(int, T)) {
	f(d, n.Val)
	for _, c := range n.Children {
		c.walk(d+1, f)
	}
}

func Parallel[T, R any](in []T, f func(T) R) []R {
	out := make([]R, len(in))
	var wg sync.WaitGroup
	for i, x := range in {
		wg.Add(1)
		go func() {
			defer wg.Done()
			out[i] = f(x)
		}()
	}
	wg.Wait()
	return out
}

type Shape interface {
	Area() float64
	comparable
}
type sq struct{ s float64 }

func (s sq) Area() float64 { return s.s * s.s }

func Largest[S Shape](ss ...S) (best S) {
	for _, s := range ss {
		if best == *new(S) || s.Area() > best.Area() {
			best = s
		}
	}
	return
}

type Embedded[T any] struct {
	Option[T]
	Name string
}

type number interface{ ~int | ~float64 }

func Scale[T number](xs []T, k T) []T {
	const two = 2
	var out []T
	for _, x := range xs {
		out = append(out, x*k*two+T(1))
	}
	return out
}

func Apply[T any, F func(T) T | func(T, int) T](x T, f F) string { return fmt.Sprintf("%T", f) }

func main() {
	c := NewCache(func(k string) (int, error) {
		if k == "" {
			return 0, errors.New("empty")
		}
		return len(k), nil
	})
	fmt.Println(c.Get("abc"))
	fmt.Println(c.Get(""))
	s := Set[string]{}.Add("a", "b")
	fmt.Println(s.Has("a"), s.Has("z"), len(s))
	evens := Filter(Range(10), func(i int) bool { return i%2 == 0 })
	fmt.Println(evens.Collect())
	fmt.Println(Reduce(Range(5), "", func(a string, i int) string { return a + fmt.Sprint(i) }))
	xs := []string{"c", "a", "b"}
	Sort(xs)
	fs := []float64{2.5, -1}
	Sort(fs)
	fmt.Println(xs, fs, Some(3).OrElse(4), None[string]().OrElse("none"))
	n := &Node[string]{"root", []*Node[string]{{"a", nil}, {Val: "b"}}}
	n.Walk(func(d int, v string) { fmt.Print(d, v, " ") })
	fmt.Println()
	fmt.Println(Parallel([]int{1, 2, 3}, func(i int) string { return fmt.Sprint(i * i) }))
	fmt.Println(Largest(sq{1}, sq{3}, sq{2}))
	e := Embedded[int]{Some(7), "e"}
	fmt.Println(e.OrElse(1), e.Name, Scale([]float64{1, 2}, 1.5), Scale([]int{1}, 3))
	fmt.Printf("%T %T %v\n", e, n, Apply(1, func(i int) int { return i }))
	get := c.Get
	v, _ := get("four")
	fmt.Println(v, (*Cache[string, int]).Get != nil)
	type local struct{ Option[bool] }
	fmt.Printf("%v %T\n", local{Some(true)}.OrElse(false), local{})
}
