package main

import (
	"errors"
	"fmt"
	"io"
)

type shape interface{ area() float64 }

type square float64

func (s square) area() float64 { return float64(s * s) }

func describe(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprintf("integer %v", x)
	case string:
		return "string " + x
	case []int:
		return fmt.Sprint("slice of ", len(x))
	case shape:
		return fmt.Sprint("shape ", x.area())
	case error:
		return "error " + x.Error()
	default:
		return fmt.Sprintf("%T", x)
	}
}

func main() {
	for _, v := range []any{nil, 1, int64(2), "s", []int{1}, square(3), errors.New("e"), 1.5} {
		fmt.Println(describe(v))
	}
	var s shape = square(2)
	sq := s.(square)
	_, isReader := any(s).(io.Reader)
	fmt.Println(sq, isReader)
	switch s.(type) {
	case square:
		fmt.Println("square")
	}
}
