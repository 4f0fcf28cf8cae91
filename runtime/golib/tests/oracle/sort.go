// Prints what tests/sort.rs checks: `go run sort.go`.
package main

import (
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"os"
	"sort"
)

type Item struct {
	Key  int8
	Name string
	Id   int
}
type Items []Item

func (x Items) Len() int           { return len(x) }
func (x Items) Less(i, j int) bool { return x[i].Key < x[j].Key }
func (x Items) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }

func main() {
	hash := fnv.New64a()
	out := io.MultiWriter(os.Stdout, hash)
	line := func(a ...any) { fmt.Fprintln(out, a...) }
	state := uint64(1)
	next := func() uint64 {
		state = state*6364136223846793005 + 1442695040888963407
		return state>>33 ^ state>>13
	}
	for round := 0; round < 60; round++ {
		n := []int{0, 1, 2, 7, 12, 13, 30, 49, 50, 51, 100, 300, 1000, 3000}[round%14]
		make1 := func() []Item {
			x := make([]Item, n)
			for i := range x {
				var k int
				switch round % 7 {
				case 0:
					k = int(next() % 256)
				case 1:
					k = i
				case 2:
					k = n - i
				case 3:
					k = int(next() % 4)
				case 4:
					k = i / 8
					if next()%20 == 0 {
						k = int(next())
					}
				case 5:
					k = i % 16
				case 6:
					k = 5
				}
				x[i] = Item{int8(k), "n", i}
			}
			return x
		}
		ids := func(x []Item) (ids []int) {
			for _, e := range x {
				ids = append(ids, e.Id)
			}
			return
		}
		calls := 0
		x := make1()
		sort.Slice(x, func(i, j int) bool { calls++; return x[i].Key < x[j].Key })
		line(ids(x), calls, sort.SliceIsSorted(x, func(i, j int) bool { return x[i].Key < x[j].Key }))
		x = make1()
		calls = 0
		sort.SliceStable(x, func(i, j int) bool { calls++; return x[i].Key < x[j].Key })
		line(ids(x), calls)
		x = make1()
		sort.Sort(Items(x))
		line(ids(x), sort.IsSorted(Items(x)))
		x = make1()
		sort.Sort(sort.Reverse(Items(x)))
		line(ids(x), sort.IsSorted(Items(x)))
		x = make1()
		sort.Stable(Items(x))
		line(ids(x))
		x = make1()
		coin := uint64(0)
		sort.Slice(x, func(i, j int) bool { coin = coin*6364136223846793005 + 1442695040888963407; return coin>>62 == 1 })
		line(ids(x))
		fs := make([]float64, n)
		is := make([]int, n)
		ss := make([]string, n)
		for i := range fs {
			fs[i] = float64(int8(next())) * math.Copysign(0, float64(int8(next())))
			if next()%3 == 0 {
				fs[i] = float64(int8(next()))
			}
			if next()%9 == 0 {
				fs[i] = math.NaN()
			}
			is[i] = int(next()%1000) - 500
			ss[i] = fmt.Sprint(next() % 1000)
		}
		sort.Float64s(fs)
		sort.Ints(is)
		sort.Strings(ss)
		line(fs, is, ss, sort.Float64sAreSorted(fs), sort.IntsAreSorted(is), sort.StringsAreSorted(ss))
		line(sort.SearchInts(is, 17), sort.SearchStrings(ss, "5"), sort.Search(n, func(i int) bool { return is[i] >= 0 }))
		sort.Sort(sort.Reverse(sort.IntSlice(is)))
		line(is)
	}
	fmt.Fprintf(os.Stderr, "%#x\n", hash.Sum64())
}
