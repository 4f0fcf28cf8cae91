// Two goroutines hit a ball to each other over one channel until the referee takes it away.
package main

import "fmt"

// Ball counts how often it was hit.
type Ball struct {
	Hits int
	Last string
}

func player(name string, table chan *Ball, limit int, done chan<- *Ball) {
	for ball := range table {
		ball.Hits++
		ball.Last = name
		if ball.Hits == limit {
			done <- ball
			return
		}
		table <- ball
	}
}

func main() {
	table := make(chan *Ball)
	done := make(chan *Ball)
	go player("ping", table, 100001, done)
	go player("pong", table, 100001, done)
	table <- new(Ball)
	ball := <-done
	fmt.Println("hits:", ball.Hits)
}
