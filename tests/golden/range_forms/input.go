package main

import "fmt"

func count(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func main() {
	numbers := []int{3, 4}
	for i := range numbers {
		fmt.Println(i)
	}
	for _, n := range numbers {
		fmt.Println(n)
	}
	for i, n := range numbers {
		fmt.Println(i, n)
	}
	for range 2 {
		fmt.Println("again")
	}
	for i, r := range "hé" {
		fmt.Println(i, r)
	}
	for i, v := range [2]string{"a", "b"} {
		fmt.Println(i, v)
	}
	for k, v := range map[string]int{"k": 1} {
		fmt.Println(k, v)
	}
	c := make(chan int, 2)
	c <- 1
	c <- 2
	close(c)
	for v := range c {
		fmt.Println(v)
	}
	for v := range count(5) {
		if v == 2 {
			break
		}
		fmt.Println(v)
	}
	var i int
	for i = range numbers {
	}
	fmt.Println(i)
}
