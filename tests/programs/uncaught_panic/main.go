package main

import "fmt"

func inner(xs []int, i int) int { return xs[i] }

func main() {
	defer fmt.Println("deferred calls run")
	fmt.Println(inner([]int{1, 2, 3}, 1))
	fmt.Println(inner([]int{1, 2, 3}, 5))
}
