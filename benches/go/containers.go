// Containers: slices, maps, sorting, and structures of pointers.
package main

import (
	"container/heap"
	"container/list"
	"fmt"
	"os"
	"slices"
	"sort"
	"strconv"
	"time"
)

type rng struct{ s uint64 }

func (r *rng) next() uint64 {
	r.s ^= r.s << 13
	r.s ^= r.s >> 7
	r.s ^= r.s << 17
	return r.s
}

type tree struct{ left, right *tree }

func grow(depth int) *tree {
	if depth == 0 {
		return &tree{}
	}
	return &tree{grow(depth - 1), grow(depth - 1)}
}

func (t *tree) count() int {
	if t.left == nil {
		return 1
	}
	return 1 + t.left.count() + t.right.count()
}

func trees() any {
	n := 0
	for i := 0; i < 100; i++ {
		n += grow(14).count()
	}
	return n
}

type entry struct {
	key, value int
	prev, next *entry
}

type lru struct {
	cap        int
	m          map[int]*entry
	head, tail *entry
}

func (l *lru) unlink(e *entry) { e.prev.next, e.next.prev = e.next, e.prev }

func (l *lru) front(e *entry) {
	e.prev, e.next = l.head, l.head.next
	e.prev.next, e.next.prev = e, e
}

func cache() any {
	l := &lru{cap: 100000, m: map[int]*entry{}, head: &entry{}, tail: &entry{}}
	l.head.next, l.tail.prev = l.tail, l.head
	r, hits := rng{88172645463325252}, 0
	for i := 0; i < 2000000; i++ {
		k := int(r.next() % 200000)
		if e, ok := l.m[k]; ok {
			hits++
			l.unlink(e)
			l.front(e)
			continue
		}
		if len(l.m) >= l.cap {
			last := l.tail.prev
			l.unlink(last)
			delete(l.m, last.key)
		}
		e := &entry{key: k, value: i}
		l.m[k] = e
		l.front(e)
	}
	return hits
}

type node struct {
	id         int
	prev, next *node
	edges      []*node
	owner      *node
}

func graph() any {
	const n = 50000
	all := make([]*node, n)
	for i := range all {
		all[i] = &node{id: i}
	}
	for i := range all {
		all[i].next, all[i].prev = all[(i+1)%n], all[(i+n-1)%n]
	}
	r, sum := rng{88172645463325252}, 0
	for i := 0; i < 1000000; i++ {
		j := int(r.next() % n)
		old := all[j]
		fresh := &node{id: i, prev: old.prev, next: old.next}
		fresh.prev.next, fresh.next.prev = fresh, fresh
		for e := 0; e < 3; e++ {
			to := all[int(r.next()%n)]
			fresh.edges = append(fresh.edges, to)
			sum += to.id
		}
		fresh.owner = fresh.edges[0]
		fresh.edges[0].owner = fresh
		old.prev, old.owner, old.edges = old, nil, nil
		all[j] = fresh
	}
	return sum
}

func appending() any {
	sum := 0
	for q := 0; q < 30; q++ {
		var list []*entry
		var ints []int
		for i := 0; i < 100000; i++ {
			list = append(list, &entry{key: i, value: i * 2})
			ints = append(ints, i)
		}
		for _, e := range list {
			sum += e.value
		}
		for _, x := range ints {
			sum += x
		}
	}
	return sum
}

func appendInts() any {
	total := 0
	buf := make([]int, 0, 4)
	for q := 0; q < 500; q++ {
		buf = buf[:0]
		for i := 0; i < 100000; i++ {
			buf = append(buf, i)
		}
		total += len(buf)
	}
	return total
}

const many = 500000

func key(i int) int { return int(uint64(i) * 0x9E3779B97F4A7C15) }

func filled() map[int]int {
	m := make(map[int]int)
	for i := 0; i < many; i++ {
		m[key(i)] = i
	}
	return m
}

func mapInsert() any {
	n := 0
	for q := 0; q < 3; q++ {
		n += len(filled())
	}
	return n
}

var big map[int]int

func mapLookup() any {
	m, r, sum := big, rng{88172645463325252}, 0
	for i := 0; i < 5*many; i++ {
		if v, ok := m[key(int(r.next()%(2*many)))]; ok {
			sum += v
		}
	}
	return sum
}

func mapDelete() any {
	m := big
	n := 0
	for q := 0; q < 3; q++ {
		for i := 0; i < many/2; i++ {
			delete(m, key(2*i))
		}
		n += len(m)
		for i := 0; i < many/2; i++ {
			m[key(2*i)] = 2 * i
		}
	}
	return n
}

func mapRange() any {
	sum := 0
	for q := 0; q < 20; q++ {
		for k, v := range big {
			sum += k ^ v
		}
	}
	return sum
}

func mapWords() any {
	r := rng{88172645463325252}
	words := make([]string, 20000)
	for i := range words {
		words[i] = "word" + strconv.Itoa(i)
	}
	m := map[string]int{}
	for i := 0; i < 3000000; i++ {
		m[words[r.next()%uint64(len(words))]]++
	}
	return len(m)
}

type coord struct{ x, y int }

func mapStructs() any {
	m := map[coord]int{}
	for i := 0; i < 2000000; i++ {
		m[coord{i % 500, i * 7 % 300}] += i
	}
	return len(m)
}

func smallMaps() any {
	total := 0
	for q := 0; q < 1000000; q++ {
		m := map[string]int{"one": 1, "two": 2, "three": 3}
		m["four"] = q
		total += m["two"] + m["four"]
	}
	return total
}

func smallLookups() any {
	m := map[string]int{"add": 1, "sub": 2, "mul": 3, "div": 4, "mod": 5}
	ops := []string{"add", "div", "nop", "sub", "mod"}
	ids := map[int]string{1: "a", 2: "b", 3: "c", 7: "d"}
	total := 0
	for i := 0; i < 10000000; i++ {
		total += m[ops[i%5]] + len(ids[i&7])
	}
	return total
}

func smallRange() any {
	m := map[int]int{1: 2, 3: 4, 5: 6, 7: 8}
	total := 0
	for i := 0; i < 3000000; i++ {
		for k, v := range m {
			total += k * v
		}
	}
	return total
}

func sets() any {
	total := 0
	for q := 0; q < 200; q++ {
		seen := make(map[int]bool)
		for i := 0; i < 10000; i++ {
			x := i * i % 4093
			if !seen[x] {
				seen[x] = true
				total++
			}
		}
	}
	return total
}

func quick(a []int) {
	if len(a) < 2 {
		return
	}
	p := a[len(a)/2]
	i, j := 0, len(a)-1
	for i <= j {
		for a[i] < p {
			i++
		}
		for a[j] > p {
			j--
		}
		if i <= j {
			a[i], a[j] = a[j], a[i]
			i++
			j--
		}
	}
	quick(a[:j+1])
	quick(a[i:])
}

func randoms(n int) []int {
	list, r := make([]int, n), rng{88172645463325252}
	for i := range list {
		list[i] = int(r.next() >> 1)
	}
	return list
}

func quicksort() any {
	list := randoms(3000000)
	quick(list)
	return list[1000]
}

func sortInts() any {
	list := randoms(2000000)
	slices.Sort(list)
	return list[1000]
}

func sortSlice() any {
	list := randoms(1000000)
	sort.Slice(list, func(i, j int) bool { return list[i] < list[j] })
	return list[1000]
}

type byValue []entry

func (b byValue) Len() int           { return len(b) }
func (b byValue) Less(i, j int) bool { return b[i].value < b[j].value }
func (b byValue) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

func sortSort() any {
	list := make([]entry, 500000)
	for i, x := range randoms(len(list)) {
		list[i] = entry{key: i, value: x}
	}
	sort.Sort(byValue(list))
	return list[1000].key
}

func sortFunc() any {
	list := make([]string, 300000)
	for i, x := range randoms(len(list)) {
		list[i] = strconv.Itoa(x)
	}
	slices.SortFunc(list, func(a, b string) int {
		if a < b {
			return -1
		} else if a > b {
			return 1
		}
		return 0
	})
	return list[1000]
}

type queue []*entry

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].value < q[j].value }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(*entry)) }
func (q *queue) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}

func heaps() any {
	q, sum := &queue{}, 0
	for i, x := range randoms(500000) {
		heap.Push(q, &entry{key: i, value: x})
		if q.Len() > 1000 {
			sum += heap.Pop(q).(*entry).key
		}
	}
	return sum
}

func lists() any {
	total := 0
	for q := 0; q < 20; q++ {
		l := list.New()
		for i := 0; i < 50000; i++ {
			l.PushBack(i)
		}
		for e := l.Front(); e != nil; e = e.Next() {
			total += e.Value.(int)
		}
	}
	return total
}

func copies() any {
	from := randoms(1 << 16)
	to := make([]int, len(from))
	total := 0
	for q := 0; q < 3000; q++ {
		copy(to, from[q:])
		total += to[q]
	}
	return total
}

func search() any {
	list := make([]int, 1<<16)
	for i := range list {
		list[i] = i * 3
	}
	found := 0
	for i := 0; i < 3000000; i++ {
		x := i * 7919 % (3 << 16)
		if j := sort.SearchInts(list, x); j < len(list) && list[j] == x {
			found++
		}
	}
	return found
}

func fibs() any {
	memo := map[int]int{}
	var f func(n int) int
	f = func(n int) int {
		if n < 2 {
			return n
		}
		if v, ok := memo[n]; ok {
			return v
		}
		v := f(n-1) + f(n-2)
		memo[n] = v
		return v
	}
	total := 0
	for q := 0; q < 20000; q++ {
		clear(memo)
		total += f(90)
	}
	return total
}

func main() {
	run("binary-trees", trees)
	run("LRU cache", cache)
	run("graph", graph)
	run("append of pointers", appending)
	run("append of ints", appendInts)
	run("map insert", mapInsert)
	if len(os.Args) == 1 || os.Args[1] == "map lookup" || os.Args[1] == "map delete" || os.Args[1] == "range of a map" {
		big = filled()
	}
	run("map lookup", mapLookup)
	run("map delete", mapDelete)
	run("range of a map", mapRange)
	run("map of words", mapWords)
	run("map of structs", mapStructs)
	run("small maps", smallMaps)
	run("small lookups", smallLookups)
	run("range of a small map", smallRange)
	run("sets", sets)
	run("quicksort by hand", quicksort)
	run("slices.Sort", sortInts)
	run("sort.Slice", sortSlice)
	run("sort.Sort of structs", sortSort)
	run("slices.SortFunc", sortFunc)
	run("container/heap", heaps)
	run("container/list", lists)
	run("copy", copies)
	run("binary search", search)
	run("memo in a map", fibs)
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
