package main

import "fmt"

func sum(base int, xs ...int) (total int, n int) {
	total = base
	for _, x := range xs {
		total += x
	}
	n = len(xs)
	return
}

func set(xs ...int) { xs[0] = 42 }

func wrap(args ...any) string { return fmt.Sprintln(args...) }

func two() (int, string) { return 7, "seven" }

func take(n int, s string) string { return fmt.Sprint(n, s) }

func main() {
	fmt.Println(sum(1))
	fmt.Println(sum(1, 2, 3))
	xs := []int{4, 5}
	fmt.Println(sum(0, xs...))
	set(xs...)
	fmt.Println(xs, wrap("a", 1, nil))
	fmt.Println(two())
	fmt.Println(take(two()))
	_, s := two()
	fmt.Println(s)
}
