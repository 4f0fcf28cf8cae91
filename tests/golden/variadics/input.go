package main

import "fmt"

// sum takes any number of values.
func sum(first int, rest ...int) int {
	for _, n := range rest {
		first += n
	}
	return first
}

func log(format string, args ...any) {
	fmt.Printf(format+"\n", args...)
}

func pair() (int, int) { return 4, 5 }

func main() {
	fmt.Println(sum(1), sum(1, 2, 3), sum(1, []int{2, 3}...), sum(pair()))
	log("plain")
	log("%d and %s", 1, "two")
	all := append([]any{"x"}, 1, nil)
	log("%v %v %v", all...)
}
