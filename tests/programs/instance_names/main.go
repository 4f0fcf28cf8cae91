package main

import (
	"fmt"
	"unsafe"
)

type last[T any] struct {
	n    int32
	last T
}
type fm struct{}
type stringer interface{ String() string }

func p[T any]() { fmt.Printf("%T\n", *new(last[T])) }

// as instances, because of Sizeof
func q[T any]() { fmt.Printf("%T\n", *new(other[T])) }

type other[T any] struct {
	n    int32
	next *other[T]
}

func (o other[T]) size() int { return int(unsafe.Sizeof(*new(T))) }

func main() {
	p[struct{}]()
	p[[0]string]()
	p[struct{ a, b int }]()
	p[struct {
		A int `x:"y"`
		b *fm
	}]()
	p[struct{ fm }]()
	p[interface{ M(int) string }]()
	p[interface{ m(...int) (string, error) }]()
	p[any]()
	p[error]()
	p[fmt.Stringer]()
	p[func(int, ...string) (int, error)]()
	p[func()]()
	p[func(a fm) (x fm)]()
	p[map[string]struct{}]()
	p[chan struct{}]()
	p[<-chan (<-chan int)]()
	p[chan<- func()]()
	p[chan (<-chan int)]()
	p[[]last[struct{}]]()
	p[unsafe.Pointer]()
	p[byte]()
	p[rune]()
	p[[]interface{}]()
	q[struct{}]()
	q[interface{ m(...int) (string, error) }]()
	q[chan struct{}]()
	q[func(a fm) (x fm)]()
	q[struct {
		A int `x:"y"`
		b *fm
	}]()
	q[struct{ fm }]()
	q[[]last[struct{}]]()
	q[any]()
	q[fmt.Stringer]()
}
