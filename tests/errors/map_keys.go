package p

type S struct{ f []int }
type A [2]map[int]int

var a map[[]int]int
var b map[func()]int
var c map[S]int
var d map[A]string
var e map[map[int]int]bool
var f map[interface{}]int
var g map[*S]int
