// What goroutines do that may wait, close to what reads words of threads: tests/thread_addresses.rs looks at the compiled program, which need not run.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"log"
	"math/rand"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type shape interface{ area() float64 }

type square struct{ side float64 }

func (s square) area() float64 { return s.side * s.side }

type node struct {
	left, right *node
	value       int
	name        string
}

func grow(depth int) *node {
	if depth == 0 {
		return &node{value: depth}
	}
	return &node{grow(depth - 1), grow(depth - 1), depth, fmt.Sprint("n", depth)}
}

// stages allocates between two parks, in a loop and through generic code.
func stages[T any](in <-chan T, change func(T) T) <-chan T {
	out := make(chan T, 1)
	go func() {
		defer close(out)
		for v := range in {
			box := new(T)
			*box = change(v)
			out <- *box
		}
	}()
	return out
}

func selects(a, b chan int, done <-chan struct{}, tick *time.Ticker) (sum int) {
	seen := map[int]string{}
	for {
		select {
		case v := <-a:
			seen[v] = strings.Repeat("a", v%7)
			sum += v
		case b <- sum:
			seen[sum] = fmt.Sprintf("%d of %v", sum, seen)
		case <-tick.C:
			runtime.Gosched()
		case <-time.After(time.Second):
			return -1
		case <-done:
			return sum
		}
	}
}

func recovers(work func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	work()
	return nil
}

type account struct {
	sync.Mutex
	balances map[string]int
	readers  sync.RWMutex
	cond     *sync.Cond
	once     sync.Once
}

func (a *account) add(name string, n int) {
	a.Lock()
	defer a.Unlock()
	a.once.Do(func() { a.balances = map[string]int{} })
	a.balances[name] += n
	if n < 0 {
		panic(errors.New("negative"))
	}
	a.cond.Broadcast()
}

func (a *account) wait(name string) int {
	a.Lock()
	for a.balances[name] == 0 {
		a.cond.Wait()
	}
	a.Unlock()
	a.readers.RLock()
	defer a.readers.RUnlock()
	return a.balances[name]
}

func files(dir string) error {
	f, err := os.CreateTemp(dir, "x")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	w := bufio.NewWriter(f)
	for i := range 100 {
		fmt.Fprintln(w, i, rand.Intn(10))
	}
	w.Flush()
	f.Seek(0, io.SeekStart)
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		fmt.Println(lines.Text())
	}
	_, err = os.ReadFile(f.Name() + "-none")
	var p *os.PathError
	if errors.As(err, &p) {
		log.Println(p.Op, p.Path)
	}
	entries, _ := os.ReadDir(dir)
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	return f.Close()
}

func pipes() {
	r, w := io.Pipe()
	go func() {
		base64.NewEncoder(base64.StdEncoding, w).Write([]byte("some text"))
		w.Close()
	}()
	into, _ := io.ReadAll(r)
	var text bytes.Buffer
	fmt.Fprintf(&text, "%s %+v", into, regexp.MustCompile(`a(b+)`).FindAllString("abba", -1))
	io.Copy(os.Stdout, &text)
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)

	in := make(chan int)
	words := make(chan string)
	out := stages(stages(in, func(v int) int { return v + 1 }), func(v int) int { return len(fmt.Sprint(v)) })
	texts := stages(words, strings.ToUpper)
	var group sync.WaitGroup
	group.Go(func() {
		for i := range 10 {
			in <- i
			words <- fmt.Sprint(grow(i % 4))
		}
		close(in)
		close(words)
	})
	group.Go(func() {
		for v := range out {
			fmt.Println(v, <-texts)
		}
		<-texts
	})
	group.Wait()

	a, b := make(chan int), make(chan int)
	ticker := time.NewTicker(time.Millisecond)
	go func() {
		for i := range 20 {
			a <- i
			<-b
		}
		cancel()
	}()
	fmt.Println(selects(a, b, ctx.Done(), ticker))

	acc := &account{}
	acc.cond = sync.NewCond(acc)
	go acc.add("a", 1)
	fmt.Println(acc.wait("a"), recovers(func() { acc.add("a", -1) }))

	var total atomic.Int64
	var kept sync.Map
	pool := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	for i := range 4 {
		group.Add(1)
		go func() {
			defer group.Done()
			buffer := pool.Get().(*bytes.Buffer)
			fmt.Fprint(buffer, i)
			kept.Store(i, buffer.String())
			pool.Put(buffer)
			total.Add(int64(maphash.Comparable(maphash.MakeSeed(), i) % 2))
			time.Sleep(time.Millisecond)
			var s shape = square{float64(i)}
			println(s.area())
		}()
	}
	group.Wait()
	kept.Range(func(k, v any) bool { fmt.Println(k, v); return true })

	pipes()
	if err := files(os.TempDir()); err != nil {
		log.Fatal(err)
	}
	select {
	case <-signals:
	default:
		fmt.Println(recovers(func() { var m map[string]int; m["x"] = 1 }), runtime.NumGoroutine() > 0)
	}
}
