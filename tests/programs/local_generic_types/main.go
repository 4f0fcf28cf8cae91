package main

import "fmt"

// Generic types declared in functions, in generic ones, too: each instance of the function has its own.

type Box[T any] struct{ v T }

type Int int

func plain() {
	type T[B any] struct{ b B }
	type U[X any] []T[X]
	type None[X any] struct{}
	fmt.Printf("%v %T %T %v %v\n", T[int]{1}, T[int]{1}, T[string]{"x"}, U[int]{{1}, {2}}, None[int]{})
	fmt.Println(any(None[int]{}) == any(None[int]{}), any(None[int]{}) == any(None[string]{}))
}

func inside[A any](a A) any {
	type Int int
	type T[B any] struct {
		a A
		b B
	}
	type L struct {
		next *L
		all  []T[L]
		a    A
	}
	type E[X any] struct{}
	l := L{a: a}
	l.all = append(l.all, T[L]{a, L{next: &l}})
	x := T[int]{a, 1}
	x.b++
	fmt.Printf("%v %v %v %v\n", x, T[A]{a, a}, T[T[A]]{b: T[A]{a, a}}, l.all[0].b.next == &l)
	fmt.Printf("%T %T %T\n", x, l, T[A]{})
	fmt.Println(any(E[int]{}) == any(E[A]{}), any(E[Int]{}) == any(E[int]{}))
	return E[Int]{}
}

func twins() (any, any) {
	type Int int
	a := any(Box[Int]{})
	{
		type Int string
		return a, Box[Int]{}
	}
}

// pair knows its instances by their types only.
type pair[T any] struct {
	next *pair[T]
	last T
}

func (p pair[T]) is(x any) bool {
	_, ok := x.(pair[T])
	return ok
}

func outer() (any, interface{ is(any) bool }) {
	type Int struct{}
	return pair[Int]{}, pair[struct{}]{}
}

func main() {
	plain()
	x, y, z := inside(1), inside("s"), inside(2)
	fmt.Println(x == y, x == z)
	a, b := twins()
	_, isBox := a.(Box[Int])
	fmt.Println(a == b, isBox)
	p, q := outer()
	type Int struct{}
	var r interface{ is(any) bool } = pair[Int]{}
	fmt.Println(q.is(p), r.is(p), r.is(pair[Int]{}), q.is(pair[struct{}]{}))
}
