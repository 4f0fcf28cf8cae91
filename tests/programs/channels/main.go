package main

import "fmt"

type msg struct {
	id    int
	reply chan string
}

func server(in <-chan msg) {
	for m := range in {
		m.reply <- fmt.Sprint("reply ", m.id)
	}
}

func main() {
	buf := make(chan int, 3)
	buf <- 1
	buf <- 2
	fmt.Println(len(buf), cap(buf))
	close(buf)
	for v := range buf {
		fmt.Println("got", v)
	}
	v, ok := <-buf
	fmt.Println(v, ok)

	in := make(chan msg)
	go server(in)
	reply := make(chan string)
	for i := range 3 {
		in <- msg{i, reply}
		fmt.Println(<-reply)
	}
	close(in)

	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		buf <- 1
	}()
	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		close(buf)
	}()
	var none chan int
	select {
	case <-none:
		fmt.Println("impossible")
	default:
		fmt.Println("nil is never ready")
	}
	sync := make(chan struct{})
	chans := [2]chan int{make(chan int), make(chan int)}
	go func() {
		chans[0] <- 10
		chans[1] <- 20
		sync <- struct{}{}
	}()
	fmt.Println(<-chans[0] + <-chans[1])
	<-sync
	var send chan<- int = chans[0]
	var recv <-chan int = chans[0]
	go func() { send <- 7 }()
	fmt.Println(<-recv)
}
