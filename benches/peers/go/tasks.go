package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

func spawnJoin(n int) {
	var wg sync.WaitGroup
	begun := time.Now()
	wg.Add(n)
	for range n {
		go func() { wg.Done() }()
	}
	wg.Wait()
	perOp("spawn_join", time.Since(begun), n)
}

func spawnWarm(n int) {
	for range 3 {
		spawnJoin(n)
	}
}

func parkedMem(n int) {
	ch := make(chan struct{})
	var started atomic.Int64
	before := memory()
	begun := time.Now()
	for range n {
		go func() {
			started.Add(1)
			<-ch
		}()
	}
	for started.Load() != int64(n) {
		time.Sleep(time.Millisecond)
	}
	created := time.Since(begun)
	time.Sleep(200 * time.Millisecond)
	before.report("parked_mem", n, created)
	close(ch)
}

// use is the memory in use, in kB.
type use struct{ rss, pte int }

func memory() use { return use{status("VmRSS"), status("VmPTE")} }

func (before use) report(name string, n int, created time.Duration) {
	now := memory()
	each := func(kb int) float64 { return float64(kb) * 1024 / float64(n) }
	fmt.Printf("RESULT %s %.1f B/task rss_kb=%d pte_B/task=%.1f create_ns=%.0f\n",
		name, each(now.rss-before.rss), now.rss, each(now.pte-before.pte), float64(created.Nanoseconds())/float64(n))
}

func mutex(n int) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	counter := 0
	begun := time.Now()
	for range 8 {
		wg.Go(func() {
			for range n {
				mu.Lock()
				counter++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	elapsed := time.Since(begun)
	if counter != 8*n {
		panic("lost an increment")
	}
	perOp("mutex", elapsed, 8*n)
}

func yield(n int) {
	var wg sync.WaitGroup
	begun := time.Now()
	for range 2 {
		wg.Go(func() {
			for range n / 2 {
				runtime.Gosched()
			}
		})
	}
	wg.Wait()
	perOp("yield", time.Since(begun), n)
}

// sleeps is how often each of the n of timers sleeps.
const sleeps = 10

// nap is how long sleeper i sleeps the kth time: 1 to 10 ms, scattered.
func nap(i, k int) time.Duration {
	return time.Duration(1000+(i*7919+k*104729)%9001) * time.Microsecond
}

// far is how far away timer i is that is stopped at once: 10 to 20 s, scattered.
func far(i int) time.Duration {
	return 10*time.Second + 1000*nap(i, 0)
}

func timers(n int) {
	begun := time.Now()
	for i := range n {
		if !time.NewTimer(far(i)).Stop() {
			panic("it has fired")
		}
	}
	stop := time.Since(begun)
	var wg sync.WaitGroup
	var late, started atomic.Int64
	gate := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			started.Add(1)
			<-gate
			for k := range sleeps {
				begun := time.Now()
				time.Sleep(nap(i, k))
				late.Add(int64(time.Since(begun) - nap(i, k)))
			}
		})
	}
	for started.Load() != int64(n) {
		time.Sleep(time.Millisecond)
	}
	begun = time.Now()
	close(gate)
	wg.Wait()
	all := float64(n * sleeps)
	fmt.Printf("RESULT timers %.2f ns late_us=%.1f stop_ns=%.1f\n",
		float64(time.Since(begun).Nanoseconds())/all, float64(late.Load())/1e3/all,
		float64(stop.Nanoseconds())/float64(n))
}
