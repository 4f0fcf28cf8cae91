package p

type S struct{ f func() }
type I interface{ m() }
type T struct{}

func f(s []int, m map[int]int, g func(), a S, arr [2][]int, i I, t T, c1 chan<- int, c2 <-chan int) {
	_ = s == s
	_ = m == m
	_ = g == g
	_ = a == a
	_ = arr == arr
	_ = i == t
	_ = c1 == c2
	_ = s == nil
	_ = i < i
	_ = s == 1
	_ = t == nil
}
