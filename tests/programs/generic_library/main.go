package main

import (
	"fmt"
	"iter"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("count done")
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

type node struct {
	val  int
	next atomic.Pointer[node]
}

type holder[T any] struct {
	p atomic.Pointer[T]
}

func (h *holder[T]) set(v T) { h.p.Store(&v) }
func (h *holder[T]) get() T  { return *h.p.Load() }

type embeds struct {
	atomic.Pointer[string]
	n int
}

type loader interface{ Load() *string }

func zip[A, B any](a iter.Seq[A], b iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		nb, stop := iter.Pull(b)
		defer stop()
		for x := range a {
			y, ok := nb()
			if !ok || !yield(x, y) {
				return
			}
		}
	}
}

func try(name string, f func()) {
	defer func() {
		fmt.Println(name, "recovered:", recover())
	}()
	f()
}

func main() {
	next, stop := iter.Pull(count(3))
	for {
		v, ok := next()
		fmt.Println(v, ok)
		if !ok {
			break
		}
	}
	fmt.Println(next())
	stop()
	next, stop = iter.Pull(count(3))
	fmt.Println(next())
	stop()
	stop()
	fmt.Println(next())
	_, stop = iter.Pull(count(3))
	stop()
	next2, stop2 := iter.Pull2(maps.All(map[string]int{"a": 1}))
	fmt.Println(next2())
	fmt.Println(next2())
	stop2()
	for a, b := range zip(slices.Values([]string{"x", "y", "z"}), count(2)) {
		fmt.Println(a, b)
	}
	try("panic", func() {
		next, _ := iter.Pull(func(yield func(int) bool) {
			yield(1)
			panic("in seq")
		})
		fmt.Println(next())
		next()
	})
	try("stop panics", func() {
		next, stop := iter.Pull(func(yield func(int) bool) {
			defer panic("in stop")
			yield(1)
		})
		fmt.Println(next())
		stop()
	})
	try("again", func() {
		var next func() (int, bool)
		next, _ = iter.Pull(func(yield func(int) bool) {
			next()
		})
		next()
	})
	done := make(chan bool)
	go func() {
		defer close(done)
		defer fmt.Println("goroutine ends")
		next, _ := iter.Pull(func(yield func(int) bool) { runtime.Goexit() })
		next()
		fmt.Println("not reached")
	}()
	<-done

	var head atomic.Pointer[node]
	for i := range 3 {
		n := &node{val: i}
		n.next.Store(head.Load())
		head.Store(n)
	}
	for n := head.Load(); n != nil; n = n.next.Load() {
		fmt.Println(n.val)
	}
	old := head.Load()
	fmt.Println(head.CompareAndSwap(nil, nil), head.CompareAndSwap(old, nil), head.Load() == nil, head.Swap(old) == nil)
	var h holder[string]
	h.set("hello")
	fmt.Println(h.get())
	var e embeds
	s := "embedded"
	e.Store(&s)
	var l loader = &e
	fmt.Println(*l.Load(), *e.Pointer.Load())
	fmt.Printf("%T %T %T\n", &head, h, e.Pointer.Load)

	f := sync.OnceFunc(func() { fmt.Println("once") })
	f()
	f()
	v := sync.OnceValue(func() int { fmt.Println("compute"); return 42 })
	fmt.Println(v(), v())
	vs := sync.OnceValues(func() (string, error) { fmt.Println("pair"); return "x", fmt.Errorf("e") })
	a, err := vs()
	fmt.Println(a, err)
	a, err = vs()
	fmt.Println(a, err)
	p := sync.OnceValue(func() int { panic("bad") })
	try("once", func() { p() })
	try("once", func() { p() })
	g := sync.OnceValue[float64]
	fmt.Println(g(func() float64 { return 1.5 })())

	func() {
		x := new([100]int)
		runtime.AddCleanup(x, func(n int) { fmt.Println("cleanup", n); done2 <- true }, 7)
		c := runtime.AddCleanup(x, func(s string) { fmt.Println("never", s) }, "x")
		c.Stop()
	}()
	for range 50 {
		runtime.GC()
		select {
		case <-done2:
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
}

var done2 = make(chan bool, 1)
