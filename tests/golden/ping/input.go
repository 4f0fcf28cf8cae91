package main

import (
	"fmt"
	"time"
)

func worker(id int, jobs <-chan int, done chan<- string) {
	for job := range jobs {
		done <- fmt.Sprintf("worker %d did job %d", id, job)
	}
}

func main() {
	jobs, done := make(chan int), make(chan string)
	go worker(1, jobs, done)
	for job := range 3 {
		jobs <- job
		select {
		case report := <-done:
			fmt.Println(report)
		case <-time.After(time.Second):
			fmt.Println("too slow")
		}
	}
}
