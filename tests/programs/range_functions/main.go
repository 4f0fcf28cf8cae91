package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print("[end]")
		for i := 0; i < n; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func pairs(yield func(string, int) bool) {
	_ = yield("a", 1) && yield("b", 2) && yield("c", 3)
}

func find(want int) (int, string) {
	for i := range count(10) {
		if i == want {
			return i, "found"
		}
	}
	return -1, "none"
}

func named(want int) (pos int, err error) {
	pos = -1
	for i := range count(10) {
		if i == want {
			pos = i
			return
		}
		if i == 5 {
			return 99, fmt.Errorf("at %d", i)
		}
	}
	return
}

func nested() string {
outer:
	for i := range count(5) {
		for k, v := range pairs {
			if v == 2 {
				continue outer
			}
			if i == 3 {
				break outer
			}
			if i == 2 && k == "zz" {
				return "no"
			}
			fmt.Print(i, k, " ")
		}
	}
	for i := range count(3) {
		for range pairs {
			if i == 1 {
				return "from inside"
			}
		}
	}
	return "end"
}

func withDefer() (s string) {
	defer func() { s += "!" }()
	for i := range count(4) {
		if i == 2 {
			return "deferred"
		}
	}
	return "x"
}

func bad(yield func(int) bool) {
	yield(1)
	yield(2)
}

func main() {
	sum := 0
	for i := range count(5) {
		if i == 3 {
			continue
		}
		sum += i
	}
	fmt.Println(sum)
	for k, v := range pairs {
		fmt.Print(k, v, ";")
		if v == 2 {
			break
		}
	}
	fmt.Println()
	fmt.Println(find(4))
	fmt.Println(find(40))
	fmt.Println(named(3))
	fmt.Println(named(30))
	fmt.Println(nested())
	fmt.Println(withDefer())
	n := 0
	for range count(3) {
		n++
	}
	var last int
	for last = range count(4) {
	}
	fmt.Println(n, last)
	for i, x := range slices.Backward([]string{"x", "y"}) {
		fmt.Print(i, x, " ")
	}
	m := map[string]int{"one": 1, "two": 2}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		fmt.Print(k, " ")
	}
	var fs []func() int
	for i := range count(3) {
		fs = append(fs, func() int { i *= 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	for i := range count(6) {
		switch i {
		case 1:
			continue
		case 4:
			break
		default:
			fmt.Print("<", i, ">")
		}
	}
	fmt.Println()
	defer func() { fmt.Println(recover()) }()
	for range bad {
		break
	}
}
