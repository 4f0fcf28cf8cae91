// Goroutines that wait for long, in many ways, with all that they hold on their stacks only, while memory is short: their stacks may be put
// away, collections must find what lies there, and all of it must be there when they go on.
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"time"
)

type node struct {
	value int
	next  *node
	text  string
}

// list makes a list whose nodes nobody else knows.
func list(seed, length int) *node {
	var first *node
	for i := range length {
		first = &node{seed + i, first, strconv.Itoa(seed * i)}
	}
	return first
}

func (n *node) sum() int {
	sum := 0
	for ; n != nil; n = n.next {
		sum += n.value + len(n.text)
	}
	return sum
}

// hold keeps things of many kinds over the wait and says what they come to, before and after.
//
//go:noinline
func hold(i int, wait func() int) (int, int) {
	first := list(i, 5)
	numbers := make([]int, 8)
	for at := range numbers {
		numbers[at] = i ^ at
	}
	inner := &numbers[3]
	tail := numbers[5:]
	names := map[string]*node{strconv.Itoa(i): first.next, "other": list(i+1, 2)}
	var any any = list(i+2, 1)
	add := func(n int) int { return n + numbers[1] + len(names) }
	count := func() int {
		return add(first.sum()) + *inner + tail[0] + len(tail) + names[strconv.Itoa(i)].sum() + names["other"].sum() + any.(*node).sum()
	}
	before := count()
	got := wait()
	return before, count() - got
}

type result struct{ kind, before, after int }

const kinds = 7

func main() {
	many := 2000
	if len(os.Args) > 1 {
		many, _ = strconv.Atoi(os.Args[1])
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		// So little that memory is short at once.
		debug.SetMemoryLimit(1 << 20)
	}
	var (
		queue, left, right = make(chan *node), make(chan *node), make(chan *node)
		never              = make(chan int)
		gate               = make(chan struct{})
		mutex              sync.Mutex
		both               sync.RWMutex
		group              sync.WaitGroup
		cond               = sync.NewCond(&sync.Mutex{})
		open               bool
		results            = make(chan result, 64)
		started            sync.WaitGroup
	)
	mutex.Lock()
	both.Lock()
	group.Add(1)
	started.Add(many)
	for i := range many {
		// Few wait at the mutex: each that is woken looks how many others there are.
		kind := i % kinds
		if kind == 3 && i%70 != 3 {
			kind = 0
		}
		wait := func() int {
			started.Done()
			switch kind {
			case 0:
				return (<-queue).value
			case 1:
				select {
				case n := <-left:
					return n.value
				case n := <-right:
					return n.value
				case n := <-never:
					return n
				}
			case 2:
				select {
				case <-gate:
				case n := <-never:
					return n
				}
			case 3:
				mutex.Lock()
				defer mutex.Unlock()
			case 4:
				both.RLock()
				defer both.RUnlock()
			case 5:
				group.Wait()
			case 6:
				cond.L.Lock()
				defer cond.L.Unlock()
				for !open {
					cond.Wait()
				}
			}
			return 0
		}
		go func() {
			before, after := hold(i, wait)
			results <- result{kind, before, after}
		}()
	}
	started.Wait()
	// Some are put away meanwhile; what is made anew would take the place of what was not seen.
	for range 6 {
		time.Sleep(300 * time.Millisecond)
		list(7, 20_000)
		runtime.GC()
	}
	go func() {
		for i := range many {
			kind := i % kinds
			switch {
			case kind == 0 || kind == 3 && i%70 != 3:
				queue <- &node{value: 1}
			case kind == 1 && i%2 == 0:
				left <- &node{value: 1}
			case kind == 1:
				right <- &node{value: 1}
			}
		}
		close(gate)
		mutex.Unlock()
		both.Unlock()
		group.Done()
		cond.L.Lock()
		open = true
		cond.L.Unlock()
		cond.Broadcast()
	}()
	var counts, sums [kinds]int
	wrong := 0
	for range many {
		r := <-results
		counts[r.kind]++
		sums[r.kind] += r.before
		expected := r.before
		if r.kind <= 1 {
			expected--
		}
		if r.after != expected {
			wrong++
		}
	}
	runtime.GC()
	fmt.Println(counts, sums, wrong)
}
