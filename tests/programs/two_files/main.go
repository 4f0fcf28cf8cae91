package main

import "fmt"

func main() {
	fmt.Println(table[1], double(limit))
}
