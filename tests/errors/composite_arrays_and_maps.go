package p

var n = 1

var _ = [2]int{1, 2, 3}
var _ = [...]int{5: 1, 5: 2}
var _ = []int{0: 1, 0: 2}
var _ = []int{"a"}
var _ = []int{n: 1}
var _ = []int{-1: 1}
var _ = []int{"a": 1}
var _ = [2]int{2: 1}
var _ = map[string]int{"a": 1, "a": 2}
var _ = map[string]int{1: 1}
var _ = map[string]int{"a"}
var _ = map[int]string{1: 2}
var _ = map[interface{}]int{1: 1, "1": 2, 1: 3}
var _ = int{1}
var _ = []int{{1}}
var _ = [][]int{{1}, {"a"}}
var _ = []*struct{ a int }{{1}, {a: 2}, {b: 3}}
var _ = missing{1}
var _ = *[]int{1}
var _ = [1.5]int{}
