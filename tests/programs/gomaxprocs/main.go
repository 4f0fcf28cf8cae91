// GOMAXPROCS at run time: how many goroutines run at once, and that those which ran elsewhere before still do.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

func step() {
	x := 0
	for i := 0; i < 20000; i++ {
		x += i * i
	}
	if x < 0 {
		panic("never")
	}
	runtime.Gosched()
}

func main() {
	runtime.GOMAXPROCS(4)
	fmt.Println(runtime.GOMAXPROCS(0), runtime.GOMAXPROCS(-1))

	var stop atomic.Bool
	var all sync.WaitGroup
	for range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			for !stop.Load() {
				step()
			}
		}()
	}
	time.Sleep(20 * time.Millisecond)

	fmt.Println(runtime.GOMAXPROCS(1))
	time.Sleep(10 * time.Millisecond)
	stop.Store(true)
	all.Wait()
	fmt.Println("stopped", runtime.GOMAXPROCS(0))

	// Goroutines talk while the number changes.
	ping, pong := make(chan int), make(chan int)
	for range 5 {
		go func() {
			for n := range ping {
				time.Sleep(10 * time.Microsecond)
				pong <- n + 1
			}
		}()
	}
	sum := 0
	for round := range 60 {
		runtime.GOMAXPROCS(1 + round%5)
		for n := range 5 {
			ping <- n
		}
		for range 5 {
			sum += <-pong
		}
	}
	close(ping)
	fmt.Println(sum)
}
