package main

import (
	"fmt"
	"runtime"
)

type T struct{}

func where() int {
	_, _, line, _ := runtime.Caller(1)
	return line
}
func who() string {
	pc, _, _, _ := runtime.Caller(1)
	return runtime.FuncForPC(pc).Name()
}

func (t T) m(s string, n ...int) T {
	_, _, line, _ := runtime.Caller(1)
	fmt.Println(s, line)
	return t
}
func (t *T) pm() string { return who() }
func gen[X any](x X) string { return who() }

type G[X any] struct{}

func (G[X]) m() string  { return who() }
func (*G[X]) p() string { return who() }

var v = func() string { return who() }()

func init() { fmt.Println(who()) }
func init() { fmt.Println(who()) }

func seq(yield func(int) bool) { yield(1) }

func main() {
	T{}.m("a").
		m("b").
		m(
			"c",
		)
	fmt.Println(
		where(),
		where(), func() int {
			return where()
		}(),
	)
	x := []int{
		where(),
		where(),
	}
	fmt.Println(x)
	if where() == 0 {
	} else if n := where(); n == 0 {
	} else if fmt.Println(where()); where() != 0 {
		fmt.Println(where())
	} else {
		fmt.Println(where())
	}
	for i := where(); i < 64; i += where() {
		fmt.Println(i)
	}
	switch {
	case where() == 1:
	case fmt.Sprint(where()) != "":
		fmt.Println("ok")
	}
	y := where() +
		where()*
			where()
	fmt.Println(y)
	fmt.Println((&T{}).pm(), gen(1), gen("s"), G[int]{}.m(), (&G[string]{}).p(), v)
	f := func() string { return who() }
	fmt.Println(f())
	for range seq {
		fmt.Println(who(), func() string { return who() }())
	}
	done := make(chan bool)
	go func() {
		defer func() {
			fmt.Println(who(), where())
			done <- true
		}()
		fmt.Println(who(), where())
	}()
	<-done
	func() {
		defer func() { fmt.Println(who(), where()) }()
	}()
}
