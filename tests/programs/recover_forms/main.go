package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
)

type Rec interface{ R() }
type A struct{}
type B struct{}
type C struct{ n *int }

func (A) R()          { fmt.Println("A", recover()) }
func (B) R()          { helper("B") }
func (c *C) R()       { *c.n++; helper("C") }
func helper(s string) { fmt.Println(s, "helper", recover()) }

type D struct{ A }
type E struct{ Rec }

func via(r Rec) (s string) {
	defer func() { s += fmt.Sprint(" outer:", recover()) }()
	defer r.R()
	panic("via")
}
func named() (x int, err error) {
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("wrapped: %v", e)
			x *= 2
		}
	}()
	x = 21
	var m map[string]int
	m["a"] = 1
	return 1, nil
}
func ret() (x int) {
	defer func() { x++ }()
	defer func(y int) { x += y }(x)
	x = 5
	return x * 10
}
func nested() {
	defer func() { fmt.Println("n1", recover()) }()
	defer func() {
		defer func() { fmt.Println("n2", recover()) }()
		panic("second")
	}()
	panic("first")
}
func repanic() {
	defer func() {
		e := recover()
		fmt.Println("re", e)
	}()
	defer func() {
		e := recover()
		panic(fmt.Sprint("again ", e))
	}()
	panic("orig")
}
func replaced() {
	defer func() { fmt.Println("replaced", recover(), recover()) }()
	defer func() { panic("new") }()
	panic("old")
}
func goexit() {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() { fmt.Println("goexit recover", recover()) }()
		defer func() {
			defer func() { fmt.Println("in", recover()) }()
			panic("during goexit")
		}()
		runtime.Goexit()
		fmt.Println("unreachable")
	}()
	<-done
	done = make(chan bool)
	go func() {
		defer close(done)
		defer func() { fmt.Println("last", recover()) }()
		defer func() { recover(); runtime.Goexit() }()
		panic("then goexit")
	}()
	<-done
}
func loop() {
	for i := 0; i < 3; i++ {
		defer func() { fmt.Print("l", i, " ") }()
		defer fmt.Print("a", i, " ")
	}
}
func deferRecover() (s string) {
	defer func() { s = fmt.Sprint("outer ", recover()) }()
	defer func() { defer recover(); panic("inner") }()
	return
}
func deferRecover2() (s string) {
	defer func() { s = fmt.Sprint("outer2 ", recover()) }()
	func() {
		defer func() {
			defer recover()
		}()
		panic("sq")
	}()
	defer fmt.Println("arg", recover())
	return
}
func value() (s string) {
	defer func() { s = fmt.Sprint("value ", recover()) }()
	f := A{}.R
	defer f()
	panic("by method value")
}
func mexpr() (s string) {
	defer func() { s = fmt.Sprint("mexpr ", recover()) }()
	defer A.R(A{})
	panic("by method expr")
}
func mexpr2() (s string) {
	defer func() { s = fmt.Sprint("mexpr2 ", recover()) }()
	defer Rec.R(A{})
	panic("by interface method expr")
}
func nilfunc() (s string) {
	defer func() { s = fmt.Sprint("nilfunc ", recover()) }()
	var f func()
	defer f()
	fmt.Println("before nil func")
	return "x"
}
func nilpanic() {
	defer func() {
		e := recover()
		_, ok := e.(*runtime.PanicNilError)
		fmt.Println(e, ok)
	}()
	panic(nil)
}
func errpanic() {
	defer func() {
		e := recover().(error)
		var re runtime.Error
		fmt.Println(e, errors.As(e, &re))
	}()
	var a []int
	_ = a[len(os.Args)+5]
}
func deep(n int) {
	defer func() {
		if n%2 == 0 {
			if e := recover(); e != nil {
				fmt.Print(n, ":", e, " ")
				panic(n)
			}
		}
	}()
	if n == 0 {
		panic("bottom")
	}
	deep(n - 1)
}

func main() {
	c := make(chan int)
	n := 0
	fmt.Println(via(A{}))
	fmt.Println(via(B{}))
	fmt.Println(via(&C{&n}), n)
	fmt.Println(via(D{}))
	fmt.Println(via(E{A{}}))
	fmt.Println(via(&E{B{}}))
	fmt.Println(named())
	fmt.Println(ret())
	nested()
	repanic()
	replaced()
	goexit()
	loop()
	fmt.Println()
	fmt.Println(deferRecover())
	fmt.Println(deferRecover2())
	fmt.Println(value())
	fmt.Println(mexpr())
	fmt.Println(mexpr2())
	fmt.Println(nilfunc())
	nilpanic()
	errpanic()
	func() { defer func() { fmt.Println(recover()) }(); deep(5) }()

	func() {
		defer func() { fmt.Println(recover()) }()
		defer close(c)
		defer print("")
		defer delete(map[int]int{}, 1)
		defer panic("deferred panic")
		defer func() { recover() }()
		defer func() { fmt.Println("x", recover()) }()
	}()
}
