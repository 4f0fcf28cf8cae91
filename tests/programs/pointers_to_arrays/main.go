package main

import "fmt"

type T [4]int
type PT *T
type M struct{ t *T }

func (t *T) tail() []int { return t[1:] }
func (t *T) all() (s []int) {
	for i, v := range t {
		s = append(s, i*v)
	}
	for i := range t {
		t[i]++
	}
	for _, v := range t[2:3:4] {
		s = append(s, v)
	}
	return append(s, t[:]...)
}

func main() {
	t := &T{1, 2, 3, 4}
	fmt.Println(t.tail(), t.all(), len(t), cap(t[:2]), t[3])
	var p PT = t
	for _, v := range p {
		fmt.Print(v, " ")
	}
	fmt.Println(p[1:], (*p)[:1], len(p))
	m := M{t}
	for _, v := range m.t {
		fmt.Print(v, " ")
	}
	for _, v := range *m.t {
		fmt.Print(v, " ")
	}
	fmt.Println(m.t[1:2])
	x := T{5}
	fmt.Println(x[:1], x.tail())
	arrs := map[string]*T{"a": t}
	for i, v := range arrs["a"] {
		arrs["a"][i] = -v
	}
	fmt.Println(*t, arrs["a"][1:3])
	defer func() { fmt.Println(recover()) }()
	for i := range arrs["b"] {
		fmt.Print(i)
	}
	for _, v := range arrs["b"] {
		fmt.Print(v)
	}
}
