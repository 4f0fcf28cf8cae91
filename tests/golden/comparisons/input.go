package main

import "fmt"

type point struct{ x, y int }

type line struct {
	from, to point
	_        int
	tag      any
}

func main() {
	a, b := point{1, 2}, point{1, 2}
	fmt.Println(a == b, &a == &b, [2]point{a} != [2]point{b})
	l := line{from: a, tag: "t"}
	fmt.Println(l == line{from: b, tag: "t"}, l == line{tag: 1})
	var x, y any = 1, int64(1)
	fmt.Println(x == y, x == 1, y != nil)
	var err error
	fmt.Println(err == nil)
}
