package main

import (
	"fmt"
	"os"
)

func main() {
	defer fmt.Println("deferred calls don't run at os.Exit")
	fmt.Println("leaving")
	fmt.Fprintln(os.Stderr, "on stderr")
	os.Exit(3)
}
