package p

type g func(a int, b)
type h func(a, []int, b int)
func e(x int, string)   {}
