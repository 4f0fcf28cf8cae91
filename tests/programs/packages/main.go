package main

import (
	stderrors "errors"
	"fmt"
	"os"

	"example.com/m3/internal/errors"
	"example.com/m3/list"
	"example.com/m3/shape"
	util "example.com/m3/util/v2"
)

type Square struct {
	shape.Base
	S float64
	list.List
}

func (s Square) Area() float64 { return s.S * s.S }

type local struct{ *shape.Circle }

var total = shape.Count + 1

func main() {
	c := shape.New(2)
	c.SetName("c2")
	sq := &Square{Base: shape.Base{Name: "sq"}, S: 3}
	sq.SetName("square")
	sq.Push(1).Push("x")
	sq.Each(func(v any) { fmt.Print(v, " ") })
	fmt.Println(sq.Len, total)
	var shapes = []shape.Shape{c, sq, local{c}}
	for _, s := range shapes {
		fmt.Printf("%T %.2f %s\n", s, s.Area(), shape.Secret(s))
	}
	p := shape.Pair()
	var q struct{ A, B int } = p
	q.A = util.Max(3, 4)
	fmt.Println(p, q, shape.Flat, shape.Round == 0)
	list.Default.Push(3)
	f := list.Default.Push
	f(4)
	fmt.Println(list.Default.Len)
	g := (*list.List).Push
	g(&list.Default, 5)
	list.Default.Each(func(v any) { fmt.Print(v, ";") })
	err := shape.Check(-1)
	var e *errors.E
	fmt.Println(err, stderrors.Is(err, errors.Base), stderrors.As(err, &e), e.V)
	if shape.Check(1) == nil {
		os.Exit(3)
	}
}
