package main

import (
	"errors"
	"fmt"
)

// safeDiv turns a panic into an error.
func safeDiv(a, b int) (q int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("caught: %v", r)
		}
	}()
	return a / b, nil
}

func steps() {
	for i := 0; i < 3; i++ {
		defer fmt.Println("undo", i)
	}
	fmt.Println("done")
}

func main() {
	fmt.Println(safeDiv(7, 2))
	fmt.Println(safeDiv(1, 0))
	steps()
	defer func() {
		fmt.Println("main:", recover())
	}()
	panic(errors.New("last"))
}
