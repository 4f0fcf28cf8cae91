package p

func f(c chan int, r <-chan int, s chan<- int, n int) {
	select {
	case n > 1:
	case c <- "a":
	case x := <-s:
		_ = x
	case r <- 1:
	case n = <-c, 1:
	default:
	default:
	}
	select {
	case f():
	case <-n:
	}
}
