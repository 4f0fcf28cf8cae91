package main

import "fmt"

func main() {
	var prints []func()
	for i := 0; i < 2; i++ {
		prints = append(prints, func() { fmt.Println("each its own", i) })
	}
	total := 0
	for _, word := range []string{"a", "b"} {
		prints = append(prints, func() {
			total += len(word)
			fmt.Println(word, total)
		})
	}
	for _, print := range prints {
		print()
	}
	fmt.Println(total)
}
