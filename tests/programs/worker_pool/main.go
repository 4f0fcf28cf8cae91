package main

import (
	"fmt"
	"sync"
)

type job struct{ id, n int }

type answer struct {
	id    int
	value int
}

func collatz(n int) (steps int) {
	for n != 1 {
		if n%2 == 0 {
			n /= 2
		} else {
			n = 3*n + 1
		}
		steps++
	}
	return steps
}

func main() {
	jobs := make(chan job, 16)
	answers := make(chan answer, 16)
	var wg sync.WaitGroup
	for w := 0; w < 4; w++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range jobs {
				answers <- answer{j.id, collatz(j.n)}
			}
		}()
	}
	go func() {
		for i := 1; i <= 2000; i++ {
			jobs <- job{i, i}
		}
		close(jobs)
		wg.Wait()
		close(answers)
	}()
	best := answer{}
	total := 0
	for a := range answers {
		total += a.value
		if a.value > best.value || a.value == best.value && a.id < best.id {
			best = a
		}
	}
	fmt.Println(best, total)
}
