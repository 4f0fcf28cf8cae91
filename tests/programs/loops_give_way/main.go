package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

var done bool
var n atomic.Int64
var flag uint32

func spin() {
	for {
	}
}

func spinGoto() {
again:
	goto again
}

func count() {
	for i := 0; ; i++ {
		_ = i
	}
}

func add() {
	for {
		n.Add(1)
	}
}

func store() {
	for {
		atomic.StoreUint32(&flag, 1)
	}
}

func gc() {
	for {
		runtime.GC()
	}
}

func main() {
	runtime.GOMAXPROCS(1)
	seen := make(chan bool)
	for _, f := range []func(){spin, spinGoto, count, add, store, gc} {
		go f()
	}
	go func() {
		for !done {
		}
		seen <- true
	}()
	time.Sleep(20 * time.Millisecond)
	done = true
	fmt.Println("seen", <-seen)
	start := time.Now()
	// Each of them has its turn, sooner or later.
	for i := 0; i < 5 || n.Load() == 0; i++ {
		time.Sleep(time.Millisecond)
	}
	fmt.Println("slept", time.Since(start) < 20*time.Second, n.Load() > 0)
	c := make(chan int)
	go func() { c <- 1 }()
	fmt.Println(<-c)
}
