// Command lru shows a cache that forgets what was not used for longest.
package main

import "fmt"

// entry is a node of a doubly linked list; the newest entry is first.
type entry struct {
	key, value int
	prev, next *entry
}

// Cache holds at most capacity entries.
type Cache struct {
	capacity int
	byKey    map[int]*entry
	root     entry // sentinel: root.next is the newest, root.prev the oldest
	hits     int
	misses   int
}

// New returns an empty cache.
func New(capacity int) *Cache {
	c := &Cache{capacity: capacity, byKey: make(map[int]*entry, capacity)}
	c.root.next = &c.root
	c.root.prev = &c.root
	return c
}

// unlink takes e out of the list.
func unlink(e *entry) {
	e.prev.next = e.next
	e.next.prev = e.prev
}

// pushFront makes e the newest.
func (c *Cache) pushFront(e *entry) {
	e.prev = &c.root
	e.next = c.root.next
	e.prev.next = e
	e.next.prev = e
}

// Get returns the value of key and makes it the newest.
func (c *Cache) Get(key int) (value int, ok bool) {
	e, ok := c.byKey[key]
	if !ok {
		c.misses++
		return 0, false
	}
	c.hits++
	unlink(e)
	c.pushFront(e)
	return e.value, true
}

// Put stores value under key; the oldest entry makes room if need be.
func (c *Cache) Put(key, value int) {
	if e := c.byKey[key]; e != nil {
		e.value = value
		unlink(e)
		c.pushFront(e)
		return
	}
	if len(c.byKey) == c.capacity {
		oldest := c.root.prev
		unlink(oldest)
		delete(c.byKey, oldest.key)
	}
	e := &entry{key: key, value: value}
	c.byKey[key] = e
	c.pushFront(e)
}

// Keys lists the keys, newest first.
func (c *Cache) Keys() []int {
	keys := make([]int, 0, len(c.byKey))
	for e := c.root.next; e != &c.root; e = e.next {
		keys = append(keys, e.key)
	}
	return keys
}

func main() {
	c := New(3)
	for i := 1; i <= 4; i++ {
		c.Put(i, i*i)
	}
	fmt.Println(c.Keys())

	if v, ok := c.Get(2); ok {
		fmt.Println("2 ->", v)
	}
	if _, ok := c.Get(1); !ok {
		fmt.Println("1 was forgotten")
	}
	c.Put(5, 25)
	fmt.Println(c.Keys())

	// A simple random walk: near keys are asked for again and again.
	seed := uint32(1)
	key := 0
	for n := 0; n < 10000; n++ {
		seed = seed*1664525 + 1013904223
		key += int(seed>>30) - 1
		if _, ok := c.Get(key); !ok {
			c.Put(key, n)
		}
	}
	fmt.Printf("%d hits, %d misses\n", c.hits, c.misses)
}
