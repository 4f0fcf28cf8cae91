package main

import "fmt"

func grow(s []int) []int {
	s = append(s, 99)
	s[0] = -1
	return s
}

func main() {
	a := [5]int{1, 2, 3, 4, 5}
	s := a[1:4]
	s[0] = 20
	fmt.Println(a, s, len(s), cap(s))
	s = append(s, 50)
	fmt.Println(a, s)
	s = append(s, 60)
	s[0] = 0
	fmt.Println(a, s, len(s))
	t := make([]int, 2, 10)
	u := grow(t)
	fmt.Println(t, u)
	v := s[1:2:3]
	fmt.Println(v, len(v), cap(v))
	w := append([]int(nil), s...)
	n := copy(w[2:], []int{7, 8, 9, 10})
	fmt.Println(w, n, s)
	matrix := make([][]float64, 3)
	for i := range matrix {
		matrix[i] = make([]float64, 3)
		for j := range matrix[i] {
			matrix[i][j] = float64(i*j) / 2
		}
	}
	fmt.Println(matrix)
	var nilslice []string
	fmt.Println(nilslice == nil, len(nilslice), append(nilslice, "x"))
	b := a
	p := &b
	p[2] = 33
	for i, x := range p {
		if i == 2 {
			fmt.Println(x, a[2], b == a)
		}
	}
	clear(w)
	fmt.Println(w, min(3, 1, 2), max(2.5, 1))
	type pair struct{ k, v int }
	ps := []pair{{1, 2}, {3, 4}}
	for _, q := range ps {
		q.v = 0
	}
	for i := range ps {
		ps[i].k *= 10
	}
	fmt.Println(ps)
}
