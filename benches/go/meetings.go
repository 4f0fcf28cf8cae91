// Meetings: goroutines that do nothing but wake each other, which a scheduler has to keep together.
package main

import (
	"fmt"
	"sync"
	"time"
)

// Two that answer each other.
func pingPong(rounds int) uint64 {
	ping, pong := make(chan uint64), make(chan uint64)
	go func() {
		for v := range ping {
			pong <- v + 1
		}
		close(pong)
	}()
	var sum uint64
	for range rounds {
		ping <- sum
		sum = <-pong
	}
	close(ping)
	return sum
}

// A token that goes round.
func ring(members, hops int) uint64 {
	first := make(chan uint64)
	in := first
	for range members - 1 {
		out := make(chan uint64)
		go func(in <-chan uint64, out chan<- uint64) {
			for v := range in {
				out <- v + 1
			}
			close(out)
		}(in, out)
		in = out
	}
	var v uint64
	for range hops / members {
		first <- v
		v = <-in + 1
	}
	close(first)
	return v
}

// Some send what others receive.
func exchange(senders, receivers, each, buffer int) uint64 {
	c := make(chan uint64, buffer)
	var sending, receiving sync.WaitGroup
	for range senders {
		sending.Add(1)
		go func() {
			defer sending.Done()
			for n := range each {
				c <- uint64(n)
			}
		}()
	}
	sums := make([]uint64, receivers)
	for i := range receivers {
		receiving.Add(1)
		go func() {
			defer receiving.Done()
			for v := range c {
				sums[i] += v
			}
		}()
	}
	sending.Wait()
	close(c)
	receiving.Wait()
	var sum uint64
	for _, s := range sums {
		sum += s
	}
	return sum
}

// One that listens to four.
func fanIn(each int) uint64 {
	var in [4]chan uint64
	for i := range in {
		in[i] = make(chan uint64)
		go func() {
			for n := range each {
				in[i] <- uint64(n)
			}
		}()
	}
	var sum uint64
	for range 4 * each {
		select {
		case v := <-in[0]:
			sum += v
		case v := <-in[1]:
			sum += 2 * v
		case v := <-in[2]:
			sum += 3 * v
		case v := <-in[3]:
			sum += 4 * v
		}
	}
	return sum
}

// The prime sieve of Go's first examples.
func sieve(count int) uint64 {
	c := make(chan uint64)
	go func(out chan<- uint64) {
		for n := uint64(2); ; n++ {
			out <- n
		}
	}(c)
	var prime uint64
	for range count {
		prime = <-c
		out := make(chan uint64)
		go func(in <-chan uint64, out chan<- uint64, prime uint64) {
			for {
				if n := <-in; n%prime != 0 {
					out <- n
				}
			}
		}(c, out, prime)
		c = out
	}
	return prime
}

// A lock that eight want.
func lock(each int) uint64 {
	var mu sync.Mutex
	var count uint64
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range each {
				mu.Lock()
				count++
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	return count
}

// Goroutines that only end.
func start(count int) uint64 {
	var wg sync.WaitGroup
	for range count {
		wg.Add(1)
		go func() { wg.Done() }()
	}
	wg.Wait()
	return uint64(count)
}

// A tree of goroutines, each of which waits for ten others.
func skynet(c chan<- uint64, num, size uint64) {
	if size == 1 {
		c <- num
		return
	}
	below := make(chan uint64)
	for i := range uint64(10) {
		go skynet(below, num+i*size/10, size/10)
	}
	var sum uint64
	for range 10 {
		sum += <-below
	}
	c <- sum
}

func part(name string, f func() uint64) {
	start := time.Now()
	result := f()
	fmt.Printf("%s\t%d\t%v\n", name, time.Since(start).Nanoseconds(), result)
}

func main() {
	part("ping-pong", func() uint64 { return pingPong(1_000_000) })
	part("ring of 1000", func() uint64 { return ring(1000, 1_000_000) })
	part("1 to 1, unbuffered", func() uint64 { return exchange(1, 1, 1_000_000, 0) })
	part("1 to 1, 128 places", func() uint64 { return exchange(1, 1, 5_000_000, 128) })
	part("4 to 4, 128 places", func() uint64 { return exchange(4, 4, 1_000_000, 128) })
	part("select over 4", func() uint64 { return fanIn(300_000) })
	part("lock of 8", func() uint64 { return lock(1_000_000) })
	part("start 1000000", func() uint64 { return start(1_000_000) })
	part("skynet 1000000", func() uint64 {
		c := make(chan uint64)
		go skynet(c, 0, 1_000_000)
		return <-c
	})
	part("sieve 1500", func() uint64 { return sieve(1500) })
}
