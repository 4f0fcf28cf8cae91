package main

import (
	"fmt"
	"time"
)

func produce(n, step int) <-chan int {
	out := make(chan int)
	go func() {
		for i := 0; i < n; i++ {
			out <- i * step
		}
		close(out)
	}()
	return out
}

func main() {
	a, b := produce(100, 1), produce(50, 10)
	sumA, sumB := 0, 0
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil
				break
			}
			sumA += v
		case v, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			sumB += v
		}
	}
	fmt.Println(sumA, sumB)

	// Both ready: each must be chosen about half of the time.
	x, y := make(chan int, 1000), make(chan int, 1000)
	for i := 0; i < 1000; i++ {
		x <- 1
		y <- 1
	}
	nx := 0
	for i := 0; i < 1000; i++ {
		select {
		case <-x:
			nx++
		case <-y:
		}
	}
	fmt.Println(nx > 350 && nx < 650)

	timeout := time.After(20 * time.Millisecond)
	ticks := 0
loop:
	for {
		select {
		case <-timeout:
			break loop
		default:
			ticks++
			time.Sleep(time.Millisecond)
		}
	}
	fmt.Println(ticks > 1)
	var arr [2]int
	ch := make(chan int, 2)
	ch <- 5
	i := 0
	next := func() int { i++; return i }
	select {
	case arr[next()] = <-ch:
	}
	select {
	case ch <- next() * 10:
	}
	fmt.Println(arr, <-ch, i)
}
