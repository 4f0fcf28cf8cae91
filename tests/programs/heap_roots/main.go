// Every place that may be the only one to hold a pointer, one function each: whoever collects must look there. A collection
// follows each store, and new objects then take the memory of whatever was lost.
package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"reflect"
	"runtime"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type node struct {
	next *node
	text string
	num  int
}

func list(n int) *node {
	var head *node
	for i := n; i > 0; i-- {
		head = &node{head, fmt.Sprint("node ", i), i}
	}
	return head
}

func (n *node) sum() int {
	sum := 0
	for ; n != nil; n = n.next {
		if n.text != fmt.Sprint("node ", n.num) {
			panic("the memory of a live object was used again")
		}
		sum += n.num
	}
	return sum
}

func collect() {
	runtime.GC()
	for i := 0; i < 8; i++ {
		rest := make([]*node, 0, 500)
		for j := 0; j < 500; j++ {
			rest = append(rest, &node{text: "other", num: -1})
		}
		runtime.KeepAlive(rest)
	}
}

var (
	pointer   *node
	slice     []*node
	table     map[string]*node
	boxed     any
	structure struct{ inner struct{ list *node } }
	array     [4]*node
	function  func() int
)

func variables() int {
	pointer, slice = list(10), []*node{list(3), list(4)}
	table = map[string]*node{"a": list(5)}
	boxed = list(6)
	structure.inner.list = list(7)
	array[3] = list(8)
	held := list(9)
	function = func() int { return held.sum() }
	collect()
	return pointer.sum() + slice[0].sum() + slice[1].sum() + table["a"].sum() + boxed.(*node).sum() +
		structure.inner.list.sum() + array[3].sum() + function()
}

func captures() int {
	var total atomic.Int64
	var group sync.WaitGroup
	for i := 1; i <= 40; i++ {
		group.Add(2)
		a := list(i)
		go func() {
			total.Add(int64(a.sum()))
			group.Done()
		}()
		b, c, d, e, f, g, h, j, k, l := list(1), list(2), list(3), list(4), list(5), list(6), list(7), list(8), list(9), list(10)
		go func() {
			sum := b.sum() + c.sum() + d.sum() + e.sum() + f.sum() + g.sum() + h.sum() + j.sum() + k.sum() + l.sum()
			total.Add(int64(sum))
			group.Done()
		}()
		if i%10 == 0 {
			collect()
		}
	}
	group.Wait()
	return int(total.Load())
}

func arguments() int {
	results := make(chan int, 20)
	for i := 1; i <= 20; i++ {
		go func(n *node, texts []string) { results <- n.sum() + len(texts[1]) }(list(i), []string{"", fmt.Sprint(i * i)})
	}
	collect()
	sum := 0
	for i := 0; i < 20; i++ {
		sum += <-results
	}
	return sum
}

func deferred() (total int) {
	for i := 1; i <= 30; i++ {
		n := list(i)
		defer func() {
			collect()
			total += n.sum()
		}()
	}
	defer func(n *node) { total += n.sum() }(list(100))
	collect()
	return 1
}

func buffers() int {
	c := make(chan *node, 50)
	texts := make(chan string, 50)
	for i := 1; i <= 50; i++ {
		c <- list(i)
		texts <- strings.Repeat("x", i)
	}
	collect()
	sum := 0
	for i := 0; i < 50; i++ {
		sum += (<-c).sum() + len(<-texts)
	}
	return sum
}

func senders() int {
	c, d := make(chan *node), make(chan []*node)
	for i := 1; i <= 10; i++ {
		go func() { c <- list(i) }()
		go func() {
			select {
			case d <- []*node{list(i)}:
			case <-context.Background().Done():
			}
		}()
	}
	for runtime.NumGoroutine() < 21 {
		runtime.Gosched()
	}
	time.Sleep(2 * time.Millisecond)
	collect()
	sum := 0
	for i := 0; i < 10; i++ {
		sum += (<-c).sum()
		sum += (<-d)[0].sum()
	}
	return sum
}

func receivers() int {
	c, results := make(chan *node), make(chan int)
	for i := 1; i <= 10; i++ {
		kept := list(i)
		go func() {
			got := <-c
			collect()
			results <- kept.sum() + got.sum()
		}()
	}
	collect()
	for i := 1; i <= 10; i++ {
		c <- list(i)
	}
	sum := 0
	for i := 0; i < 10; i++ {
		sum += <-results
	}
	return sum
}

func timers() int {
	results := make(chan int, 10)
	for i := 1; i <= 5; i++ {
		n := list(i)
		time.AfterFunc(time.Duration(i)*time.Millisecond, func() { results <- n.sum() })
	}
	ticker := time.NewTicker(time.Millisecond)
	stopped := time.AfterFunc(time.Hour, func() { results <- -1 })
	after := time.After(5 * time.Millisecond)
	collect()
	sum := 0
	for i := 0; i < 5; i++ {
		sum += <-results
	}
	<-after
	<-ticker.C
	collect()
	<-ticker.C
	ticker.Stop()
	if stopped.Stop() {
		sum++
	}
	return sum
}

type failure struct{ list *node }

func (f *failure) Error() string { return fmt.Sprint(f.list.sum()) }

func panics() (text string) {
	defer func() {
		collect()
		text = fmt.Sprint(recover())
	}()
	defer func() {
		defer func() {
			collect()
			text += fmt.Sprint(recover())
		}()
		collect()
		panic(fmt.Errorf("second %w", &failure{list(20)}))
	}()
	panic(&failure{list(30)})
}

func blocking() int {
	results := make(chan int)
	for i := 0; i < 4; i++ {
		n := list(10)
		go func() {
			text, err := os.ReadFile("/proc/self/stat")
			if err != nil || len(text) == 0 {
				panic("cannot read")
			}
			_, err = os.Open(fmt.Sprint("/no/such/file/", n.num))
			results <- n.sum() + len(err.Error())
		}()
	}
	collect()
	sum := 0
	for i := 0; i < 4; i++ {
		sum += <-results
	}
	return sum
}

func maps() int {
	m := make(map[int]*node)
	texts := make(map[string]string)
	for i := 1; i <= 200; i++ {
		m[i] = list(2)
		texts[fmt.Sprint("key ", i)] = fmt.Sprint("value ", i)
		if i%50 == 0 {
			collect()
		}
	}
	sum := 0
	for i, n := range m {
		if i%2 == 0 {
			delete(m, i)
		}
		if i%100 == 0 {
			collect()
		}
		sum += n.sum()
	}
	for key, value := range texts {
		if strings.TrimPrefix(key, "key ") != strings.TrimPrefix(value, "value ") {
			panic("wrong entry")
		}
	}
	return sum + len(m)
}

func sorting() string {
	nodes, words := []*node{}, []string{}
	for i := 0; i < 60; i++ {
		nodes = append(nodes, &node{text: fmt.Sprint(i * 7 % 60)})
		words = append(words, fmt.Sprint("word ", i*7%60))
	}
	less := 0
	sort.Slice(nodes, func(i, j int) bool {
		if less++; less%40 == 0 {
			collect()
		}
		return fmt.Sprint("x", nodes[i].text) < fmt.Sprint("x", nodes[j].text)
	})
	done := make(chan bool)
	go func() {
		collect()
		done <- true
	}()
	sort.Strings(words)
	<-done
	texts := ""
	for _, n := range nodes[:5] {
		texts += n.text + " "
	}
	return texts + strings.Join(words[:3], ",")
}

func library() string {
	var builder strings.Builder
	var pool sync.Pool
	var shared sync.Map
	var value atomic.Value
	pool.New = func() any { return list(1) }
	for i := 0; i < 30; i++ {
		fmt.Fprintf(&builder, "%d,", i)
		shared.Store(fmt.Sprint(i), list(i))
		pool.Put(list(3))
	}
	value.Store(list(12))
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), "key", list(4)))
	defer cancel()
	collect()
	n, _ := shared.Load("29")
	pooled := pool.Get().(*node).num
	return fmt.Sprint(len(builder.String()), n.(*node).sum(), pooled, value.Load().(*node).sum(),
		ctx.Value("key").(*node).sum(), path.Join("/a", fmt.Sprint("b", 1), "../c"))
}

type fields struct {
	Name string
	List *node
	node
}

func (f fields) Total(extra []*node) int { return f.List.sum() + extra[0].sum() }

func reflection() string {
	v := reflect.New(reflect.TypeOf(fields{})).Elem()
	v.Field(0).SetString(fmt.Sprint("name ", 1))
	v.Field(1).Set(reflect.ValueOf(list(5)))
	method := v.MethodByName("Total")
	f := reflect.MakeFunc(reflect.TypeOf(func(*node) int { return 0 }), func(args []reflect.Value) []reflect.Value {
		collect()
		return []reflect.Value{reflect.ValueOf(args[0].Interface().(*node).sum())}
	})
	m := reflect.MakeMap(reflect.TypeOf(map[string]*node{}))
	m.SetMapIndex(reflect.ValueOf("k"), reflect.ValueOf(list(6)))
	collect()
	names := ""
	for _, field := range reflect.VisibleFields(v.Type()) {
		names += fmt.Sprint(field.Name, field.Index)
	}
	total := method.Call([]reflect.Value{reflect.ValueOf([]*node{list(8)})})[0].Int()
	made := f.Interface().(func(*node) int)(list(9))
	return fmt.Sprint(names, v.Field(0), total, made, m.MapIndex(reflect.ValueOf("k")).Interface().(*node).sum())
}

func iterators() int {
	each := func(yield func(*node) bool) {
		for i := 1; i <= 5; i++ {
			n := list(i)
			if !yield(n) {
				return
			}
			n.sum()
		}
	}
	sum := 0
	for n := range each {
		collect()
		sum += n.sum()
	}
	return sum
}

func interior() int {
	numbers := &list(3).next.num
	tail := strings.Repeat("ab", 50)[90:]
	part := make([]*node, 10)
	for i := range part {
		part[i] = list(i)
	}
	part = part[8:]
	end := part[2:]
	collect()
	return *numbers + len(tail) + part[1].sum() + len(end) + strings.Count(tail, "ab")
}

func main() {
	fmt.Println("variables", variables())
	fmt.Println("captures", captures())
	fmt.Println("arguments", arguments())
	fmt.Println("deferred", deferred())
	fmt.Println("buffers", buffers())
	fmt.Println("senders", senders())
	fmt.Println("receivers", receivers())
	fmt.Println("timers", timers())
	fmt.Println("panics", panics())
	fmt.Println("blocking", blocking())
	fmt.Println("maps", maps())
	fmt.Println("sorting", sorting())
	fmt.Println("library", library())
	fmt.Println("reflection", reflection())
	fmt.Println("iterators", iterators())
	fmt.Println("interior", interior())
}
