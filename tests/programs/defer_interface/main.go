package main

import "fmt"

type R interface{ Rec() }
type t1 struct{}

func (t1) Rec() { fmt.Println("rec", recover()) }

func f() {
	var r R = t1{}
	defer r.Rec()
	panic("boo")
}

func g() {
	defer func() { fmt.Println(recover()) }()
	var r R
	defer r.Rec()
	fmt.Println("not here")
}

func main() {
	f()
	g()
}
