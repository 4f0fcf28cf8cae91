package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

func pingpong(n int) {
	a, b := make(chan int), make(chan int)
	go func() {
		for v := range a {
			b <- v
		}
		close(b)
	}()
	begun := time.Now()
	for i := range n {
		a <- i
		if <-b != i {
			panic("another number came back")
		}
	}
	perOp("pingpong", time.Since(begun), n)
	close(a)
}

func chan1x1(n int) { buffered("chan_1x1", n, 1) }
func chan4x4(n int) { buffered("chan_4x4", n, 4) }

// buffered has pairs producers and as many consumers over one buffer of 128.
func buffered(name string, n, pairs int) {
	ch := make(chan int, 128)
	var sent, received sync.WaitGroup
	var sum atomic.Int64
	begun := time.Now()
	for range pairs {
		sent.Go(func() {
			for i := range n / pairs {
				ch <- i
			}
		})
	}
	for range pairs {
		received.Go(func() {
			own := 0
			for range ch {
				own++
			}
			sum.Add(int64(own))
		})
	}
	sent.Wait()
	close(ch)
	received.Wait()
	elapsed := time.Since(begun)
	if sum.Load() != int64(n/pairs*pairs) {
		panic("lost a value")
	}
	perOp(name, elapsed, n)
}

func selectFanin(n int) {
	var chans [4]chan int
	for i := range chans {
		ch := make(chan int)
		chans[i] = ch
		go func() {
			for range n / 4 {
				ch <- 1
			}
		}()
	}
	a, b, c, d := chans[0], chans[1], chans[2], chans[3]
	sum := 0
	begun := time.Now()
	for sum < n/4*4 {
		select {
		case v := <-a:
			sum += v
		case v := <-b:
			sum += v
		case v := <-c:
			sum += v
		case v := <-d:
			sum += v
		}
	}
	perOp("select_fanin", time.Since(begun), n)
}

func ring(n int) {
	const size = 1000
	var links [size]chan int
	for i := range links {
		links[i] = make(chan int)
	}
	done := make(chan struct{})
	for i := range size {
		from, to := links[i], links[(i+1)%size]
		go func() {
			for v := range from {
				if v == 0 {
					close(done)
					return
				}
				to <- v - 1
			}
		}()
	}
	begun := time.Now()
	links[0] <- n
	<-done
	perOp("ring", time.Since(begun), n)
}

func sky(out chan int, num, size int) {
	if size == 1 {
		out <- num
		return
	}
	results := make(chan int)
	part := size / 10
	for i := range 10 {
		go sky(results, num+i*part, part)
	}
	sum := 0
	for range 10 {
		sum += <-results
	}
	out <- sum
}

func skynet(n int) {
	out := make(chan int)
	begun := time.Now()
	go sky(out, 0, n)
	sum := <-out
	elapsed := time.Since(begun)
	if sum != n*(n-1)/2 {
		panic("another sum")
	}
	fmt.Printf("RESULT skynet %.2f ms rss_kb=%d\n", elapsed.Seconds()*1e3, status("VmHWM"))
}

func sieve(n int) {
	begun := time.Now()
	ch := make(chan int)
	go func(out chan int) {
		for i := 2; ; i++ {
			out <- i
		}
	}(ch)
	last := 0
	for range n {
		prime := <-ch
		last = prime
		from, to := ch, make(chan int)
		go func() {
			for v := range from {
				if v%prime != 0 {
					to <- v
				}
			}
		}()
		ch = to
	}
	fmt.Printf("RESULT sieve %.4f s last=%d\n", time.Since(begun).Seconds(), last)
}
