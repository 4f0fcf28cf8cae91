package p

type A[P any, Q] int
type B[*int,] int

func f[P]()           {}
func g[P int, []int]() {}
