package main

// Literals of defined types as operands say of which type their numbers are; calls of generic functions stand in places.

import "fmt"

type A []int
type F []float32
type M map[int]uint8
type Arr [3]int16
type N []A

func main() {
	x := (A{1})[0]
	y := (M{1: 2})[1]
	z := (Arr{7, 8})[1]
	w := F{1.5, 2}[0]
	n := N{{1}, {2, 3}}[1][0]
	fmt.Printf("%T %T %T %T %T %v\n", x, y, z, w, n, len(A{1, 2}))
	for _, v := range (F{1, 2}) {
		fmt.Printf("%T ", v)
	}
	for k, v := range (M{3: 4}) {
		fmt.Printf("%T %T ", k, v)
	}
	for i := range (Arr{1}) {
		fmt.Print(i)
	}
	fmt.Println(append(A{1}, 2), copy(A{1, 2}, A{3}), (A{1, 2, 3})[1:], [...]string{0: "x"}[0], (A{255})[0]+1)
	m := map[string]A{"a": {1}}
	m["b"] = append(m["b"], (A{1 << 40})[0])
	fmt.Println(m, (&Arr{1, 2})[1], *&[]int{4}[0])
}

func same[T any](v T) T { return v }

func init() {
	a, m := []int{1, 2}, map[string]float32{}
	a[same(1)] += same(5)
	a[same(0)]++
	m[same("k")] -= same(float32(1.5))
	*same(&a[0]) <<= same(3)
	fmt.Println(a, m)
}
