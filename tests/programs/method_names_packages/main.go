package main

import (
	"fmt"
	"reflect"

	library "example.com/names/lib"
	"example.com/names/shape"
)

// Unexported methods of different packages share names, in one method set and in one interface.

type local interface{ m() string }

type localT struct{ n int }

func (t *localT) m() string { return fmt.Sprint("main.localT.m ", t.n) }

type first struct {
	localT
	library.T
}

type last struct {
	library.T
	localT
}

type outer struct {
	*shape.T
	last
}

func (outer) private() {}

func main() {
	f, l := &first{localT{1}, library.T{Name: "f"}}, &last{library.T{Name: "l"}, localT{2}}
	fmt.Println(f.m(), l.m())
	for _, x := range []any{f, l, &f.T, &f.localT, shape.New("s", 3), struct{ *last }{l}, *l} {
		i, isLocal := x.(local)
		j, isI := x.(library.I)
		fmt.Printf("%T %v %v", x, isLocal, isI)
		if isLocal {
			fmt.Print(" ", i.m())
		}
		if isI {
			fmt.Print(" ", library.Call(j))
		}
		fmt.Println(" ", library.CallPrivate(x))
	}
	s := shape.New("round", 21)
	fmt.Println(shape.Call(s))
	fmt.Println(shape.CallUnnamed(s), shape.Private(s))
	call := shape.CallUnnamed
	fmt.Printf("%T %v\n", shape.Call, reflect.TypeOf(call).In(0).NumMethod())
	o := outer{s, *l}
	var b library.P = o.T
	fmt.Println(library.CallPrivate(b), o.last.m(), library.CallPrivate(o))
	method := o.last.m
	o.last.n = 9
	fmt.Println(method(), (*last).m(&o.last))
	defer func() { fmt.Println(recover()) }()
	var any any = o
	fmt.Println(any.(library.I))
}
