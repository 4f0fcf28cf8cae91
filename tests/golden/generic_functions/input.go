package main

import (
	"cmp"
	"fmt"
	"slices"
)

// Number is a constraint: it has no values, and Rust gets a bound for it.
type Number interface {
	~int | ~int64 | ~float64
}

// Map needs nothing of its types.
func Map[T, U any](s []T, f func(T) U) []U {
	out := make([]U, 0, len(s))
	for _, v := range s {
		out = append(out, f(v))
	}
	return out
}

// Keys compares.
func Keys[K comparable, V any](m map[K]V) []K {
	keys := []K{}
	for k := range m {
		keys = append(keys, k)
	}
	return keys
}

// Max orders.
func Max[T cmp.Ordered](a, b T) T {
	if a > b {
		return a
	}
	return b
}

// Mean calculates: constants and conversions are the type's own.
func Mean[T Number](xs ...T) float64 {
	var total T
	for _, x := range xs {
		total += x
	}
	return float64(total/2) / float64(len(xs)) * float64(T(2))
}

// IndexOf takes named slices, too.
func IndexOf[S ~[]E, E comparable](s S, x E) int {
	for i, v := range s {
		if v == x {
			return i
		}
	}
	return -1
}

// First depends on what the type is, so every type gets its own.
func First[T ~string | ~[]byte](s T) byte {
	return s[0]
}

type IDs []int

func main() {
	ids := IDs{3, 1, 2}
	slices.Sort(ids)
	fmt.Println(ids, IndexOf(ids, 2), len(Keys(map[string]bool{"a": true})))
	fmt.Println(Map(ids, func(i int) string { return fmt.Sprint("#", i) }))
	fmt.Println(Max("a", "b"), Max(1, 2), Max[float64](1, 2), Mean(ids...), Mean(1, 2.5))
	fmt.Println(First("go"), First([]byte("go")))
	largest := Max[int]
	fmt.Println(largest(ids[0], ids[1]))
}
