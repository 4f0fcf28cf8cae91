// Cyclic structures come and go; memory must stay flat. `main 60s` churns for a minute.
package main

import (
	"fmt"
	"os"
	"runtime"
	"time"
)

type node struct {
	key        int
	prev, next *node
	children   []*node
	owner      map[int]*node
	call       func() int
}

type list struct {
	table      map[int]*node
	head, tail *node
	most       int
}

func newList(most int) *list {
	l := &list{table: map[int]*node{}, head: &node{}, tail: &node{}, most: most}
	l.head.next, l.tail.prev = l.tail, l.head
	return l
}

func (l *list) remove(n *node) {
	n.prev.next, n.next.prev = n.next, n.prev
	delete(l.table, n.key)
}

// use moves the key to the front; the oldest one leaves, still linked to others.
func (l *list) use(key int) {
	if n, ok := l.table[key]; ok {
		l.remove(n)
	} else if len(l.table) == l.most {
		l.remove(l.tail.prev)
	}
	n := &node{key: key, prev: l.head, next: l.head.next}
	n.prev.next, n.next.prev = n, n
	l.table[key] = n
}

// knot is a structure full of cycles: through pointers, slices, maps, closures and channels.
func knot(size int) *node {
	root := &node{owner: map[int]*node{}}
	back := make(chan *node, 1)
	back <- root
	for i := range size {
		n := &node{key: i, prev: root, owner: root.owner}
		n.next = n
		n.call = func() int { return n.key + len(back) }
		root.children = append(root.children, n)
		root.owner[i] = n
	}
	return root
}

func live() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func main() {
	lasts := time.Second
	if len(os.Args) > 1 {
		lasts, _ = time.ParseDuration(os.Args[1])
	}
	l := newList(20000)
	random, sum := uint64(1), 0
	var first, most uint64
	rounds := 0
	for begun := time.Now(); time.Since(begun) < lasts || rounds < 3; rounds++ {
		for range 200000 {
			random = random*6364136223846793005 + 1442695040888963407
			l.use(int(random >> 33 % 40000))
		}
		done := make(chan int)
		for range 4 {
			go func() {
				n := 0
				for range 20 {
					n += knot(500).children[7].call()
				}
				done <- n
			}()
		}
		for range 4 {
			sum += <-done
		}
		now := live()
		if rounds == 0 {
			first = now
		}
		most = max(most, now)
	}
	if len(os.Args) > 1 {
		fmt.Println(rounds, "rounds, live at first", first>>10, "KB, at most", most>>10, "KB")
	}
	fmt.Println(len(l.table), sum == rounds*4*20*8, most < first+first/2)
}
