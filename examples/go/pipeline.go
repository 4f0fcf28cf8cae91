// A pipeline with a pool in its middle: numbers go in, workers square them, the sum comes out.
package main

import (
	"fmt"
	"sync"
	"time"
)

type result struct {
	in, out int
}

// numbers sends 1..n and closes its channel.
func numbers(n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 1; i <= n; i++ {
			out <- i
		}
	}()
	return out
}

// square starts workers and closes the result channel when the last has ended.
func square(in <-chan int, workers int) <-chan result {
	out := make(chan result, workers)
	var wg sync.WaitGroup
	for i := 0; i < workers; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := range in {
				out <- result{n, n * n}
			}
		}()
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

func main() {
	results := square(numbers(1000), 8)
	timeout := time.After(10 * time.Second)
	sum, count := 0, 0
	for {
		select {
		case r, ok := <-results:
			if !ok {
				fmt.Printf("%d squares, sum %d\n", count, sum)
				return
			}
			sum += r.out
			count++
		case <-timeout:
			fmt.Println("too slow")
			return
		}
	}
}
