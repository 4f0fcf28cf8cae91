package main

import "fmt"

func ackermann(m, n int) int {
	switch {
	case m == 0:
		return n + 1
	case n == 0:
		return ackermann(m-1, 1)
	}
	return ackermann(m-1, ackermann(m, n-1))
}

func queens(n, row int, cols, d1, d2 []bool) (count int) {
	if row == n {
		return 1
	}
	for c := 0; c < n; c++ {
		if cols[c] || d1[row+c] || d2[row-c+n] {
			continue
		}
		cols[c], d1[row+c], d2[row-c+n] = true, true, true
		count += queens(n, row+1, cols, d1, d2)
		cols[c], d1[row+c], d2[row-c+n] = false, false, false
	}
	return
}

func permute(xs []int, k int, visit func([]int)) {
	if k == len(xs) {
		visit(xs)
		return
	}
	for i := k; i < len(xs); i++ {
		xs[k], xs[i] = xs[i], xs[k]
		permute(xs, k+1, visit)
		xs[k], xs[i] = xs[i], xs[k]
	}
}

func main() {
	fmt.Println(ackermann(2, 9))
	fmt.Println(queens(8, 0, make([]bool, 8), make([]bool, 16), make([]bool, 17)))
	n := 0
	permute([]int{1, 2, 3, 4}, 0, func(p []int) {
		if p[0] < p[3] {
			n++
		}
	})
	fmt.Println(n)
}
