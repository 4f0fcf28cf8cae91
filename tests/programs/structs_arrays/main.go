package main

import "fmt"

type inner struct {
	vals [3]int
	tag  string
}

type outer struct {
	in   inner
	ptr  *inner
	list []inner
}

func change(o outer) outer {
	o.in.vals[0] = 100
	o.ptr.vals[0] = 100
	o.list[0].vals[0] = 100
	return o
}

type tree struct {
	left, right *tree
	v           int
}

func (t *tree) insert(v int) *tree {
	if t == nil {
		return &tree{v: v}
	}
	if v < t.v {
		t.left = t.left.insert(v)
	} else {
		t.right = t.right.insert(v)
	}
	return t
}

func (t *tree) walk(f func(int)) {
	if t != nil {
		t.left.walk(f)
		f(t.v)
		t.right.walk(f)
	}
}

func main() {
	o := outer{ptr: &inner{tag: "p"}, list: []inner{{tag: "l"}}}
	n := change(o)
	fmt.Println(o.in.vals, o.ptr.vals, o.list[0].vals, n.in.vals)
	a, b := [2][2]int{{1, 2}, {3, 4}}, [2][2]int{}
	b = a
	b[0][0]++
	fmt.Println(a == b, a, b, len(a), a != [2][2]int{})
	x, y := 1, 2
	x, y = y, x+y
	arr := [3]int{0, 1, 2}
	i := 0
	i, arr[i] = 2, 9
	fmt.Println(x, y, arr, i)
	pp := &o.in.vals[1]
	*pp += 5
	q := &pp
	**q *= 2
	fmt.Println(o.in.vals)
	var root *tree
	for _, v := range []int{5, 2, 8, 1, 9, 3} {
		root = root.insert(v)
	}
	sum := ""
	root.walk(func(v int) { sum += fmt.Sprint(v, " ") })
	fmt.Println(sum)
	anon := struct{ A, B int }{1, 2}
	var same struct{ A, B int } = anon
	same.A = 5
	fmt.Println(anon, same, anon == same)
	for i, v := range arr {
		arr[2] = 77
		fmt.Print(i, v, " ")
	}
	fmt.Println()
	sparse := [...]string{3: "three", 1: "one"}
	fmt.Printf("%q %d\n", sparse, len(sparse))
}
