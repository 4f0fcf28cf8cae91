package main

import (
	"fmt"
	"runtime"
	"unsafe"
)

// Results and assignments of which some have no name, with deferred calls; addresses that keep objects alive.

func assigned() (bad bool) {
	defer func() { recover() }()
	var p *int
	bad, _ = true, *p
	return
}

func unnamed() (_ bool, _ int) {
	defer func() { recover() }()
	var p *int
	return true, *p
}

func mixed(n int) (_ int, err error, _ string) {
	defer func() {
		if n > 1 {
			err = fmt.Errorf("changed: %v", err)
		}
	}()
	return n, nil, fmt.Sprint("n", n)
}

func three() (_, _, _ int) {
	defer func() {}()
	return 1, 2, 3
}

func object(n int) unsafe.Pointer {
	s := fmt.Sprint("object ", n)
	runtime.SetFinalizer(&s, func(p *string) { *p = "gone" })
	return unsafe.Pointer(&s)
}

// At keeps what lies at the addresses, as the compiler's directive promises.
//
//go:noinline
//go:uintptrescapes
func at(name string, rest ...uintptr) {
	runtime.GC()
	runtime.GC()
	for _, r := range rest {
		fmt.Print(name, " ", *(*string)(unsafe.Pointer(r)), "; ")
	}
	fmt.Println()
}

func main() {
	fmt.Println(assigned())
	fmt.Println(unnamed())
	fmt.Println(mixed(1))
	fmt.Println(mixed(2))
	fmt.Println(three())
	at("called", uintptr(object(1)), uintptr(object(2)), uintptr(object(3)))
	func() {
		defer at("deferred", uintptr(object(4)), uintptr(object(5)))
		for i := range 2 {
			defer at("in a loop", uintptr(object(6)), uintptr(object(7+i)))
		}
	}()
	done := make(chan bool)
	go func() {
		defer close(done)
		at("in a goroutine", uintptr(object(9)))
	}()
	<-done
}
