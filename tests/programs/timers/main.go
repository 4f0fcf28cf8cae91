package main

import (
	"fmt"
	"time"
)

func main() {
	start := time.Now()
	order := make(chan int, 3)
	for _, ms := range []int{30, 10, 20} {
		go func() {
			time.Sleep(time.Duration(ms) * time.Millisecond)
			order <- ms
		}()
	}
	fmt.Println(<-order, <-order, <-order)
	d := time.Since(start)
	fmt.Println(d >= 30*time.Millisecond, d < 5*time.Second)
	fmt.Println(1500*time.Millisecond, 2*time.Hour+3*time.Minute, time.Duration(1500)*time.Microsecond)
}
