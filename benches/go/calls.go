// Calls: interfaces, closures, defer, panics, goroutines and channels.
package main

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

type shape interface{ area() float64 }
type square struct{ a float64 }
type circle struct{ r float64 }
type rectangle struct{ w, h float64 }

func (s *square) area() float64   { return s.a * s.a }
func (s *circle) area() float64   { return s.r * s.r * 3 }
func (s rectangle) area() float64 { return s.w * s.h }

func shapes() []shape {
	var list []shape
	for i := 0; i < 1000; i++ {
		switch i * i % 7 {
		case 0, 1:
			list = append(list, &square{2})
		case 2:
			list = append(list, &circle{2})
		default:
			list = append(list, rectangle{2, 3})
		}
	}
	return list
}

func dispatch() any {
	list, s := shapes(), 0.0
	for i := 0; i < 60000; i++ {
		for _, x := range list {
			s += x.area()
		}
	}
	return s
}

func typeSwitch() any {
	list, s := shapes(), 0.0
	for i := 0; i < 60000; i++ {
		for _, x := range list {
			switch q := x.(type) {
			case *square:
				s += q.a
			case *circle:
				s += q.r
			case rectangle:
				s += q.w
			}
		}
	}
	return s
}

func kinds(list []any) int {
	n := 0
	for _, x := range list {
		switch v := x.(type) {
		case int:
			n += v
		case string:
			n += len(v)
		case float64:
			n += int(v)
		case error:
			n++
		case fmt.Stringer:
			n += 2
		case nil:
			n += 3
		}
	}
	return n
}

func anySwitch() any {
	list := []any{1, "two", 3.5, nil, errors.New("x"), time.Second, int8(3)}
	n := 0
	for i := 0; i < 3000000; i++ {
		n += kinds(list)
	}
	return n
}

func apply(f func(int) int, n int) int {
	x := 0
	for i := 0; i < n; i++ {
		x = f(x)
	}
	return x
}

func closures() any {
	k, calls := 3, 0
	total := 0
	for q := 0; q < 10; q++ {
		total += apply(func(x int) int { return x + k }, 10000000)
		total += apply(func(x int) int { calls++; return x ^ calls }, 10000000)
	}
	return total
}

type counter struct{ n int }

func (c *counter) inc(by int) int { c.n += by; return c.n }

func methodValues() any {
	c := &counter{}
	f := c.inc
	total := apply(f, 50000000)
	g := (*counter).inc
	for i := 0; i < 50000000; i++ {
		total ^= g(c, i)
	}
	return total
}

type vec struct{ a, b, c, d, e, f int }

//go:noinline
func shift(v vec, by int) vec {
	v.a, v.b, v.c, v.d, v.e, v.f = v.b+by, v.c, v.d, v.e, v.f, v.a
	return v
}

func structs() any {
	list := make([]vec, 64)
	for q := 0; q < 500000; q++ {
		for i, v := range list {
			list[(i+1)&63] = shift(v, i)
		}
	}
	s := 0
	for _, v := range list {
		s += v.a ^ v.f
	}
	return s
}

var mu sync.Mutex

//go:noinline
func locked(n *int) int {
	mu.Lock()
	defer mu.Unlock()
	*n++
	return *n
}

func deferred() any {
	n := 0
	for i := 0; i < 20000000; i++ {
		locked(&n)
	}
	return n
}

func deferLoop() any {
	total := 0
	for q := 0; q < 20000; q++ {
		func() {
			for i := 0; i < 100; i++ {
				defer func() { total += i }()
			}
		}()
	}
	return total
}

func fails(n int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("failed: %v", r)
		}
	}()
	if n%2 == 0 {
		panic(n)
	}
	return nil
}

func panics() any {
	n := 0
	for i := 0; i < 100000; i++ {
		if fails(i) != nil {
			n++
		}
	}
	return n
}

var errOdd = errors.New("odd")

//go:noinline
func half(n int) (int, error) {
	if n&1 == 1 {
		return 0, errOdd
	}
	return n / 2, nil
}

func errorValues() any {
	total := 0
	for i := 0; i < 100000000; i++ {
		if h, err := half(i); err != nil {
			total++
		} else {
			total += h
		}
	}
	return total
}

func primes() any {
	ch := make(chan int)
	go func(out chan int) {
		for i := 2; ; i++ {
			out <- i
		}
	}(ch)
	prime := 0
	for i := 0; i < 400; i++ {
		prime = <-ch
		next := make(chan int)
		go func(in, out chan int, p int) {
			for {
				if i := <-in; i%p != 0 {
					out <- i
				}
			}
		}(ch, next, prime)
		ch = next
	}
	return prime
}

func mutexes() any {
	var mu sync.Mutex
	var wg sync.WaitGroup
	n := 0
	for g := 0; g < 100; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 50000; i++ {
				mu.Lock()
				n++
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	return n
}

func workers() any {
	jobs, results := make(chan int, 100), make(chan int, 100)
	for w := 0; w < 4; w++ {
		go func() {
			for j := range jobs {
				results <- j * 2
			}
		}()
	}
	go func() {
		for i := 0; i < 1000000; i++ {
			jobs <- i
		}
		close(jobs)
	}()
	total := 0
	for i := 0; i < 1000000; i++ {
		total += <-results
	}
	return total
}

func selects() any {
	a, b, quit := make(chan int, 8), make(chan int, 8), make(chan bool)
	go func() {
		for i := 0; i < 1000000; i++ {
			if i%3 == 0 {
				a <- i
			} else {
				b <- i
			}
		}
		close(quit)
	}()
	n := 0
	for {
		select {
		case v := <-a:
			n += v
		case v := <-b:
			n -= v
		case <-quit:
			for len(a) > 0 {
				n += <-a
			}
			for len(b) > 0 {
				n -= <-b
			}
			return n
		}
	}
}

func spawn() any {
	var wg sync.WaitGroup
	var n atomic.Int64
	for i := 0; i < 500000; i++ {
		wg.Add(1)
		go func() {
			n.Add(int64(i))
			wg.Done()
		}()
	}
	wg.Wait()
	return n.Load()
}

func seq(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := 0; i < n; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func iterators() any {
	total := 0
	for q := 0; q < 1000; q++ {
		for x := range seq(100000) {
			if x == 99999 {
				break
			}
			total += x
		}
	}
	return total
}

type number interface{ ~int | ~float64 }

func fold[T, A any](list []T, start A, f func(A, T) A) A {
	for _, x := range list {
		start = f(start, x)
	}
	return start
}

func largest[T number](list []T) T {
	m := list[0]
	for _, x := range list {
		if x > m {
			m = x
		}
	}
	return m
}

func generics() any {
	list := make([]int, 1000)
	for i := range list {
		list[i] = i * 7919 % 1009
	}
	total := 0
	for q := 0; q < 100000; q++ {
		total += fold(list, 0, func(a, x int) int { return a + x })
		total += largest(list)
	}
	return total
}

func main() {
	run("interface calls", dispatch)
	run("type switches", typeSwitch)
	run("type switches of any", anySwitch)
	run("closures", closures)
	run("method values", methodValues)
	run("struct copies", structs)
	run("defer of Unlock", deferred)
	run("defer in loops", deferLoop)
	run("panic and recover", panics)
	run("error results", errorValues)
	run("prime sieve of channels", primes)
	run("mutex counters", mutexes)
	run("worker pool", workers)
	run("select", selects)
	run("go statements", spawn)
	run("range over functions", iterators)
	run("generic functions", generics)
}

// run says how long f took, unless the command line names others.
func run(name string, f func() any) {
	if len(os.Args) > 1 && os.Args[1] != name {
		return
	}
	start := time.Now()
	result := f()
	fmt.Printf("%s\t%d\t%v\n", name, time.Since(start).Nanoseconds(), result)
}
