package main

import (
	"errors"
	"time"
)

func main() {
	go func() {
		panic(errors.New("from a goroutine"))
	}()
	time.Sleep(5 * time.Second)
}
