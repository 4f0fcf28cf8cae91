func worker(jobs <-chan int, results chan<- int) {
	for j := range jobs {
		results <- 2 * j
	}
}

func start(n int, jobs <-chan int, results chan<- int) {
	for range n {
		go worker(jobs, results)
	}
}
