package main

import (
	"fmt"
	"log"
	"os"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
)

type T struct{ n int }

func (t *T) deep(n int) int {
	if n == 0 {
		var s []int
		return s[t.n]
	}
	return t.deep(n-1) + 1
}

func work(t *T) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("recovered", r)
			for i, l := range strings.Split(string(debug.Stack()), "\n") {
				if i == 0 || strings.HasPrefix(l, "main.") {
					at := strings.LastIndex(l, "(")
					if at < 0 {
						at = len(l)
					}
					fmt.Println(l[:at])
				}
				if j := strings.LastIndex(l, "/main.go:"); j >= 0 {
					fmt.Println(strings.Split(l[j+1:], " ")[0])
				}
			}
		}
	}()
	t.deep(3)
}

func named() {}

type L struct{ *log.Logger }

func helper(s string) { log.Output(2, s) }

func wait(c chan int) { <-c }

//go:noinline
func panics() { panic(1) }

func main() {
	work(&T{5})
	name := func(f any) string { return runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name() }
	fmt.Println(name(named), name(helper), name(func() { fmt.Println("x") }))
	f := runtime.FuncForPC(reflect.ValueOf(named).Pointer())
	file, line := f.FileLine(f.Entry())
	fmt.Println(file[strings.LastIndex(file, "/")+1:], line)
	for i := 0; ; i++ {
		pc, _, _, ok := runtime.Caller(i)
		if !ok {
			break
		}
		fmt.Println(runtime.FuncForPC(pc).Name())
	}
	done := make(chan bool)
	go func() {
		defer close(done)
		for i := 0; ; i++ {
			pc, _, _, ok := runtime.Caller(i)
			if !ok {
				break
			}
			fmt.Println(runtime.FuncForPC(pc).Name())
		}
	}()
	<-done

	log.SetFlags(log.Lshortfile)
	log.SetOutput(os.Stdout)
	log.Print("a")
	log.Println("b",
		"c")
	helper("from main")
	l := L{log.New(os.Stdout, "p: ", log.Lshortfile|log.Lmsgprefix)}
	l.Println("embedded")
	func() { l.Print("in literal") }()

	c := make(chan int)
	go wait(c)
	for range 100 {
		runtime.Gosched()
	}
	buf := make([]byte, 1<<16)
	text := string(buf[:runtime.Stack(buf, true)])
	fmt.Println(strings.Contains(text, "goroutine 1 [running]:\nmain.main()\n"))
	fmt.Println(debug.SetMaxStack(1<<30), debug.SetMaxStack(1<<30))
	func() {
		defer func() {
			recover()
			pcs := make([]uintptr, 50)
			fs := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs)])
			for {
				f, more := fs.Next()
				fmt.Println(f.Function)
				if !more {
					break
				}
			}
		}()
		panics()
	}()
	panics()
}
