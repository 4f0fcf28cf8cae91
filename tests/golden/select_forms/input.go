package main

import "fmt"

func main() {
	in, out := make(chan int, 1), make(chan string, 1)
	var never chan bool
	in <- 1
	select {
	case v := <-in:
		fmt.Println("received", v)
	case <-never:
		fmt.Println("never")
	}
	select {
	case out <- "sent":
	case v, ok := <-in:
		fmt.Println(v, ok)
	}
	fmt.Println(<-out)
	close(in)
	var v int
	ok := true
	select {
	case v, ok = <-in:
	}
	fmt.Println(v, ok)
loop:
	for {
		select {
		case s := <-out:
			fmt.Println(s)
		default:
			break loop
		}
	}
}
