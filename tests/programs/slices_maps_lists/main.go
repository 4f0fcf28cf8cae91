package main

import (
	"cmp"
	"container/heap"
	"container/list"
	"container/ring"
	"fmt"
	"maps"
	"slices"
	"strings"
)

type person struct {
	name string
	age  int
}
type IntHeap []int

func (h IntHeap) Len() int           { return len(h) }
func (h IntHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h IntHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *IntHeap) Push(x any)        { *h = append(*h, x.(int)) }
func (h *IntHeap) Pop() any {
	old := *h
	n := len(old)
	x := old[n-1]
	*h = old[:n-1]
	return x
}

func main() {
	s := []int{3, 1, 2, 3}
	slices.Sort(s)
	fmt.Println(s, slices.Contains(s, 2), slices.Index(s, 9), slices.Max(s), slices.Min(s))
	fmt.Println(slices.Compact(slices.Clone(s)), slices.Insert(s, 1, 7, 8), slices.Delete(slices.Clone(s), 0, 2))
	ps := []person{{"bob", 3}, {"al", 5}, {"cy", 3}, {"dee", 1}}
	slices.SortFunc(ps, func(a, b person) int { return cmp.Or(cmp.Compare(a.age, b.age), strings.Compare(a.name, b.name)) })
	fmt.Println(ps)
	i, ok := slices.BinarySearchFunc(ps, 5, func(p person, a int) int { return p.age - a })
	fmt.Println(i, ok, slices.Equal(s, s))
	m := map[string]int{"a": 1, "b": 2}
	ks := slices.Sorted(maps.Keys(m))
	fmt.Println(ks, slices.Collect(maps.Values(map[int]int{1: 2})), maps.Equal(m, maps.Clone(m)))
	h := &IntHeap{5, 2, 8}
	heap.Init(h)
	heap.Push(h, 3)
	for h.Len() > 0 {
		fmt.Print(heap.Pop(h), " ")
	}
	fmt.Println()
	l := list.New()
	l.PushBack(1)
	l.PushFront(0)
	l.InsertAfter("x", l.Front())
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Print(e.Value, " ")
	}
	r := ring.New(3)
	for i := 0; i < 3; i++ {
		r.Value = i
		r = r.Next()
	}
	r.Do(func(v any) { fmt.Print(v, ",") })
	fmt.Println(r.Len(), slices.Repeat([]int{1, 2}, 2), slices.Concat([]int{1}, []int{2, 3}))
	slices.Chunk([]int{1, 2, 3}, 2)(func(c []int) bool { fmt.Print(c); return true })
	fmt.Println(slices.ContainsFunc(ks, func(s string) bool { return s > "a" }), slices.IsSorted(ks))
}
