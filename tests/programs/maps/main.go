package main

import (
	"fmt"
	"sort"
)

type key struct {
	x, y int
	name string
}

func main() {
	m := map[key][]int{}
	for i := 0; i < 10; i++ {
		k := key{i % 2, i % 3, "k"}
		m[k] = append(m[k], i)
	}
	fmt.Println(len(m), m[key{0, 0, "k"}], m[key{9, 9, ""}] == nil)
	counts := map[rune]int{}
	for _, r := range "mississippi" {
		counts[r]++
	}
	var rs []int
	for r := range counts {
		rs = append(rs, int(r))
	}
	sort.Ints(rs)
	for _, r := range rs {
		fmt.Printf("%c=%d ", r, counts[rune(r)])
	}
	fmt.Println()
	if _, ok := counts['z']; !ok {
		delete(counts, 'z')
		delete(counts, 's')
	}
	fmt.Println(len(counts), counts)
	nested := map[string]map[string]int{"a": {"b": 1}}
	nested["a"]["c"] += 5
	fmt.Println(nested, nested["x"]["y"])
	big := make(map[int]int)
	for i := 0; i < 10000; i++ {
		big[i*7] = i
	}
	for k := range big {
		if k%2 == 0 {
			delete(big, k)
		}
	}
	sum := 0
	for k, v := range big {
		sum += k - v
	}
	fmt.Println(len(big), sum)
	anys := map[any]string{1: "int", "1": "string", 1.5: "float", key{1, 2, "x"}: "key"}
	fmt.Println(anys[1], anys["1"], anys[1.5], anys[key{1, 2, "x"}], len(anys[int64(1)]))
	clear(m)
	fmt.Println(len(m))
}
