package main

import "fmt"

type In struct{ a, b int }
type Mid struct{ In; m string }
type Out struct {
	Mid
	c int
}

var n int

func next() int { n++; return n }

func f(x int) (int, string) {
	switch {
	case x == 1:
		return 1, "one"
	case x == 2:
		n++
		fallthrough
	default:
		return 9, "many"
	}
}

func main() {
	o := Out{c: next(), a: next(), m: "m", b: next()}
	p := &Out{a: 7}
	fmt.Println(o, *p)
	fmt.Printf("%+v %v\n", o, Out{Mid: Mid{m: "x"}, c: 1})
	fmt.Println(f(1))
	fmt.Println(f(2))
	fmt.Println(f(3))
}
