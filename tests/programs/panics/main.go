package main

import (
	"errors"
	"fmt"
	"runtime"
)

type custom struct{ n int }

func try(name string, f func()) {
	defer func() {
		r := recover()
		if e, ok := r.(runtime.Error); ok {
			fmt.Println(name, "runtime error:", e.Error())
		} else {
			fmt.Println(name, r)
		}
	}()
	f()
	fmt.Println(name, "no panic")
}

func nested() (s string) {
	defer func() { s += fmt.Sprint(" outer:", recover()) }()
	defer func() {
		defer func() { s += fmt.Sprint("inner:", recover()) }()
		panic("second")
	}()
	panic("first")
}

func main() {
	var p *custom
	var m map[string]int
	var e error
	var x any = "text"
	s := []int{1}
	k := 5
	try("nil", func() { p.n = 1 })
	try("map", func() { m["a"] = 1 })
	try("index", func() { s[k]++ })
	try("slice", func() { _ = s[k:] })
	try("string", func() { _ = "abc"[k] })
	try("assert", func() { _ = x.(int) })
	try("assert nil", func() { _ = e.(fmt.Stringer) })
	try("custom", func() { panic(custom{3}) })
	try("error", func() { panic(errors.New("own")) })
	try("none", func() {})
	try("make", func() { k = -1; _ = make([]int, k) })
	try("compare", func() { var f any = s; fmt.Println(f == f) })
	fmt.Println(nested())
}
