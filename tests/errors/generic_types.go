package p

type List[T any] struct{ next *List[T] }
type Pair[K comparable, V any] struct {
	k K
	v V
}
type Number interface{ ~int | ~float64 }

var a List
var b List[int, int]
var c Pair[int]
var d Pair[[]int, int]
var e int[string]
var f Number
var g List[Number]
var h []Pair

func i(x List) {}

type J[T any] T
type K[T int | T] struct{}
type L[T List] struct{}
