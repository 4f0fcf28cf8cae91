jobs := make(chan int)
done := make(chan bool)
go func() {
	// Count until told to stop.
	for i := 0; ; i++ {
		select {
		case jobs <- i:
		case <-done:
			close(jobs)
			return
		}
	}
}()
for n := range jobs {
	if n == 3 {
		done <- true
		break
	}
	fmt.Println("job", n)
}
