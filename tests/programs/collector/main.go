// What a collector must find: handles in every place where a program can keep them, while everything else goes.
package main

import (
	"fmt"
	"runtime"
	"sort"
	"strings"
	"sync"
	"time"
)

type node struct {
	value int
	next  *node
	other *node
}

// ring makes a cycle of n nodes.
func ring(n int) *node {
	first := &node{value: 0}
	last := first
	for i := 1; i < n; i++ {
		last.next = &node{value: i, other: first}
		last = last.next
	}
	last.next = first
	return first
}

func (n *node) sum() int {
	total := 0
	for at := n; ; at = at.next {
		total += at.value
		if at.next == n {
			return total
		}
	}
}

var kept *node
var table = map[string]*node{}

func churn() {
	for range 300 {
		r := ring(200)
		r.other = r.next.next
	}
	runtime.GC()
}

func parked(in chan *node, out chan int) {
	local := ring(10)
	given := <-in
	out <- local.sum() + given.sum()
}

type large struct {
	a, b, c, d, e, f, g, h, i, j *node
}

func main() {
	kept = ring(100)
	for i := range 50 {
		table[strings.Repeat("k", i)] = ring(i + 1)
	}

	in, out := make(chan *node), make(chan int)
	for range 20 {
		go parked(in, out)
	}
	buffered := make(chan *node, 8)
	for i := range 8 {
		buffered <- ring(i + 2)
	}
	var wg sync.WaitGroup
	results := make([]int, 30)
	for i := range results {
		l := large{ring(i + 1), ring(2), ring(3), nil, nil, nil, nil, nil, nil, ring(5)}
		wg.Add(1)
		go func() {
			defer wg.Done()
			results[i] = l.a.sum() + l.b.sum() + l.c.sum() + l.j.sum()
		}()
	}
	fired := make(chan int, 1)
	carried := ring(40)
	time.AfterFunc(20*time.Millisecond, func() { fired <- carried.sum() })
	carried = ring(41)

	churn()

	fmt.Println(kept.sum(), len(table), table["kkkkkkkkkk"].sum())
	for range 20 {
		in <- ring(4)
	}
	total := 0
	for range 20 {
		total += <-out
	}
	fmt.Println("parked", total)
	total = 0
	for range 8 {
		total += (<-buffered).sum()
	}
	fmt.Println("buffered", total)
	wg.Wait()
	fmt.Println("captured", results)
	fmt.Println("timer", <-fired)

	func() {
		value := ring(6)
		defer func() {
			churn()
			fmt.Println("recovered", recover().(*node).sum(), value.sum())
		}()
		defer churn()
		panic(ring(7))
	}()

	words := strings.Fields(strings.Repeat("pear apple fig ", 400))
	sort.Slice(words, func(i, j int) bool {
		if i%97 == 0 {
			_ = ring(3)
		}
		return words[i] < words[j]
	})
	fmt.Println(words[0], words[400], words[1199])
	rings := make([]*node, 0)
	for i := range 1000 {
		rings = append(rings, ring(i%7+1))
	}
	churn()
	sort.SliceStable(rings, func(i, j int) bool { return rings[i].sum() > rings[j].sum() })
	fmt.Println(rings[0].sum(), rings[999].sum())

	var any []any
	for i := range 100 {
		any = append(any, [2]*node{ring(i + 1), nil}, fmt.Sprint("text ", i), struct{ p *node }{ring(2)})
	}
	churn()
	total = 0
	for _, a := range any {
		switch a := a.(type) {
		case [2]*node:
			total += a[0].sum()
		case string:
			total += len(a)
		case struct{ p *node }:
			total += a.p.sum()
		}
	}
	fmt.Println(total)

	kept, table, rings, any = nil, nil, nil, nil
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 50 {
		churn()
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	fmt.Println("flat:", after.HeapAlloc < before.HeapAlloc+1<<20, after.Mallocs-before.Mallocs >= 50*300*200,
		after.NumGC > before.NumGC+50)
}
