package p

func f(c chan int, r <-chan int, s chan<- int, n int) {
	r <- 1
	<-s
	n <- 1
	<-n
	c <- "a"
	c <- 1.5
	x, ok := <-c
	for range s {
	}
	var d chan string = c
	r = c
	c = r
	_ = c + c
	_ = len(c) == "a"
}
