package main

import (
	"fmt"
	"os"
	"strconv"
)

func main() {
	sum := 0
	for i, arg := range os.Args[1:] {
		n, err := strconv.Atoi(arg)
		if err != nil {
			fmt.Println(i, err)
			continue
		}
		sum += n
	}
	fmt.Println(len(os.Args)-1, sum)
}
