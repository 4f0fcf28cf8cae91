package main

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

type other int

func (other) Signal()        {}
func (other) String() string { return "other" }

func main() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt, syscall.SIGUSR1)
	p, err := os.FindProcess(os.Getpid())
	fmt.Println(p.Pid == os.Getpid(), err, p.Signal(os.Interrupt))
	fmt.Println(<-c)
	fmt.Println(syscall.Kill(os.Getpid(), syscall.SIGUSR1))
	fmt.Println(<-c)
	fmt.Println(p.Signal(syscall.Signal(0)), p.Signal(other(2)))
	fmt.Println(syscall.Kill(1<<30, 0), errors.Is(syscall.Kill(1<<30, 0), os.ErrProcessDone))
	gone, err := os.FindProcess(1 << 30)
	fmt.Println(err, gone.Signal(os.Interrupt), errors.Is(gone.Kill(), os.ErrProcessDone))
	fmt.Println(p.Release(), p.Signal(os.Interrupt))

}
