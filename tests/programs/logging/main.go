package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
)

type W struct{}

func (W) Write(p []byte) (int, error) { fmt.Printf("W:%q\n", p); return len(p), nil }

func main() {
	var b bytes.Buffer
	l := log.New(&b, "pre: ", 0)
	l.Println("hello", 3)
	l.Printf("x=%d", 4)
	l.Print("a", "b", 1, 2)
	l.SetPrefix("q:")
	l.SetFlags(log.Lmsgprefix)
	l.Output(2, "out")
	fmt.Print(b.String())
	fmt.Println(l.Prefix(), l.Flags(), log.Flags(), log.LstdFlags)
	log.SetFlags(0)
	log.SetOutput(W{})
	log.Println("std")
	func() {
		defer func() { fmt.Println("rec", recover()) }()
		log.Panicf("bad %d", 7)
	}()
	log.SetOutput(os.Stdout)
	log.Fatalln("end")
}
