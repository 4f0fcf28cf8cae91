// Finalizers: when they run, in which order, with what, and when not.
package main

import (
	"fmt"
	"runtime"
	"time"
)

type resource struct {
	name string
	rest [100]byte
	on   *resource
}

var log = make(chan string, 100)

func (r *resource) finalize() { log <- "finalized " + r.name }

//go:noinline
func chain() {
	inner := &resource{name: "inner"}
	outer := &resource{name: "outer", on: inner}
	runtime.SetFinalizer(inner, (*resource).finalize)
	runtime.SetFinalizer(outer, func(r *resource) { log <- "finalized " + r.name + ", which had " + r.on.name })
}

var revived *resource

//go:noinline
func revive() {
	r := &resource{name: "revived"}
	runtime.SetFinalizer(r, func(r *resource) {
		revived = r
		log <- "revived"
	})
}

//go:noinline
func forget() {
	forgotten := &resource{name: "forgotten"}
	runtime.SetFinalizer(forgotten, (*resource).finalize)
	runtime.SetFinalizer(forgotten, nil)
}

// deeper runs f with stack in between, so that nothing of f is left where the caller's callees look.
//
//go:noinline
func deeper(n int, f func()) {
	var room [64]int
	if n > 0 {
		deeper(n-1, f)
	} else {
		f()
	}
	room[n%64] = n
	_ = room
}

func expect(n int) {
	for range n {
		for tries := 0; ; tries++ {
			runtime.GC()
			select {
			case text := <-log:
				fmt.Println(text)
			case <-time.After(20 * time.Millisecond):
				if tries < 50 {
					continue
				}
				fmt.Println("nothing")
			}
			break
		}
	}
}

func main() {
	deeper(20, chain)
	expect(2)
	deeper(20, revive)
	expect(1)
	fmt.Println(revived.name)
	deeper(20, forget)
	runtime.GC()
	time.Sleep(10 * time.Millisecond)
	fmt.Println(len(log))
	alive := &resource{name: "alive"}
	runtime.SetFinalizer(alive, (*resource).finalize)
	runtime.GC()
	time.Sleep(10 * time.Millisecond)
	fmt.Println(len(log))
	runtime.KeepAlive(alive)
}
