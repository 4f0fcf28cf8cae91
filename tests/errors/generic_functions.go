package p

type Number interface{ ~int | ~float64 }

func Map[T, U any](s []T, f func(T) U) []U { return nil }
func Sum[T Number](s []T) T              { var t T; return t }
func Zero[T any]() T                     { var t T; return t }
func Same[T any](a, b T)                 {}

func f(s []string, i []int) {
	_ = Zero()
	_ = Zero[int, int]()
	_ = Sum(s)
	_ = Sum[string](nil)
	_ = Map(i, 1)
	Same(1, "a")
	Same(i, s)
	x := Zero
	_ = Map[int]
	_ = Sum[int](s)
	var g func([]int) int = Sum
	var h func([]string) string = Sum
	_, _, _ = x, g, h
	_ = f[int]
}
