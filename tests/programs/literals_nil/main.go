package main

import "fmt"

type S struct{ p *int }
type B []byte

func one() int { fmt.Println("one"); return 1 }

type T struct {
	X int
	_ int
	Y string
	_ []int
}

var global = T{1, 2, "y", nil}

func main() {
	fmt.Println([]*S{nil}, [2]*S{nil}, []any{nil, nil}, []B{nil}, [][]byte{nil, {1}}, []error{nil}, [1]any{nil}, &[]map[string]int{nil, nil})
	fmt.Println(map[string]*S{"a": nil}, []func(){nil}[0] == nil, []struct{ p *int }{{nil}})
	fmt.Println(T{1, one(), "y", []int{3}}, global, T{1, 5, "y", nil}.X, struct {
		a int
		_ bool
	}{1, true})
}
