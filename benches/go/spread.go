// Spread: goroutines that wait and compute by turns, which a scheduler has to keep on all processors.
package main

import (
	"fmt"
	"sync"
	"time"
)

func work(n int, seed uint64) uint64 {
	x := seed
	for i := 0; i < n; i++ {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	return x
}

// A pool of workers fed over one channel.
func pool(workers, jobs, size int) uint64 {
	in, out := make(chan uint64), make(chan uint64)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for s := range in {
				out <- work(size, s)
			}
		}()
	}
	go func() {
		for j := range jobs {
			in <- uint64(j + 1)
		}
		close(in)
		wg.Wait()
		close(out)
	}()
	var sum uint64
	for v := range out {
		sum += v
	}
	return sum
}

// Eight goroutines that have long been there, of which any two get something to do at a time.
func pairs(size int) uint64 {
	in := make([]chan uint64, 8)
	out := make(chan uint64, len(in))
	for i := range in {
		in[i] = make(chan uint64, 1)
		go func() {
			for s := range in[i] {
				out <- work(size, s)
			}
		}()
	}
	time.Sleep(5 * time.Millisecond)
	var sum uint64
	for a := range in {
		for b := a + 1; b < len(in); b++ {
			in[a] <- uint64(a + 1)
			in[b] <- uint64(b + 1)
			sum += <-out
			sum += <-out
		}
	}
	for _, c := range in {
		close(c)
	}
	return sum
}

// Stages joined by channels, each as heavy as the next.
func pipeline(stages, items, size, buffer int) uint64 {
	first := make(chan uint64, buffer)
	go func() {
		for i := range items {
			first <- uint64(i + 1)
		}
		close(first)
	}()
	in := first
	for range stages {
		out := make(chan uint64, buffer)
		go func(in <-chan uint64, out chan<- uint64) {
			for v := range in {
				out <- work(size, v)
			}
			close(out)
		}(in, out)
		in = out
	}
	var sum uint64
	for v := range in {
		sum += v
	}
	return sum
}

// A simulation in steps: all compute, meet, and go on.
func steps(n, rounds, size int) uint64 {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	waiting, round := 0, 0
	var sum uint64
	meet := func(v uint64) {
		mu.Lock()
		defer mu.Unlock()
		sum += v
		waiting++
		if waiting == n {
			waiting = 0
			round++
			cond.Broadcast()
			return
		}
		for r := round; r == round; {
			cond.Wait()
		}
	}
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for r := range rounds {
				meet(work(size, uint64(i*rounds+r+1)))
			}
		}()
	}
	wg.Wait()
	return sum
}

// Tasks of uneven weight that share a lock and pause.
func uneven(n int) uint64 {
	var mu sync.Mutex
	var sum uint64
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for r := range 50 {
				v := work(1000+(i%7)*(i%7)*4000, uint64(i+r+1))
				mu.Lock()
				sum += v
				mu.Unlock()
				if r == 10 {
					time.Sleep(time.Millisecond)
				}
			}
		}()
	}
	wg.Wait()
	return sum
}

func part(name string, f func() uint64) {
	start := time.Now()
	result := f()
	fmt.Printf("%s\t%d\t%v\n", name, time.Since(start).Nanoseconds(), result)
}

func main() {
	part("pool of 4", func() uint64 { return pool(4, 400, 500_000) })
	part("pool of 8, small jobs", func() uint64 { return pool(8, 20_000, 10_000) })
	part("pairs of 8", func() uint64 { return pairs(5_000_000) })
	part("pipeline of 2", func() uint64 { return pipeline(2, 100, 2_000_000, 0) })
	part("pipeline of 4", func() uint64 { return pipeline(4, 2_000, 50_000, 16) })
	part("steps of 2", func() uint64 { return steps(2, 100, 2_000_000) })
	part("steps of 6", func() uint64 { return steps(6, 200, 300_000) })
	part("uneven", func() uint64 { return uneven(200) })
}
