package main

import (
	"errors"
	"fmt"
)

type P struct {
	X, Y int
	N    *int
	S    string
}

type T int

func (t T) String() string { return fmt.Sprintf("T%d", int(t)) }

type E struct{ code int }

func (e *E) Error() string { return fmt.Sprint("E", e.code) }

func main() {
	p := P{1, 2, nil, "s"}
	fmt.Printf("%v %+v %T\n", p, p, p)
	fmt.Printf("%d|%5d|%-5d|%05d|%x|%X|%o|%b|%+d|%c|%q|%U\n", 42, 42, 42, 42, 255, 255, 8, 5, 7, 'A', 'B', 0x1F600)
	fmt.Printf("%f|%.2f|%8.3f|%e|%g|%v|%6.1f%%\n", 3.14159, 2.5, 1.0, 12345.678, 1e21, 0.000001, 99.5)
	fmt.Printf("%s|%10s|%-10s|%.2s|%q|%x\n", "go", "go", "go", "golang", "a\"b\n", "hex")
	fmt.Printf("%t %v %p\n", true, false, nil)
	fmt.Printf("%v %v %v %v\n", []int{1, 2}, map[string]int{"b": 2, "a": 1}, [2]bool{true}, &p == nil)
	fmt.Printf("%v %d %s\n", T(3), T(3), T(3))
	fmt.Printf("%v %v %v\n", &E{4}, errors.New("err"), error(nil))
	fmt.Printf("%T %T %T %T %T %T\n", 1, "s", 1.5, []string{}, map[int]bool{}, T(1))
	fmt.Printf("%*d|%-*d|\n", 5, 1, 4, 2)
	fmt.Printf("%d %s\n", "str", 5)
	fmt.Printf("%d\n", 1, 2)
	fmt.Printf("%d %d\n", 1)
	fmt.Printf("%!\n")
	fmt.Println(&[]int{1}, &P{}, [3]byte{1, 2, 3}, []byte("ab"), 'x', 1e6, 1e20, 1e21, float32(2.5), 100000.0)
	fmt.Print("a", 1, 2, "b", "c", 3.0, nil, "\n")
	s := fmt.Sprint("x", 1, 2, "y") + fmt.Sprintln("end", true)
	fmt.Print(s)
	wrapped := fmt.Errorf("wrap: %w", errors.New("inner"))
	fmt.Println(wrapped, errors.Unwrap(wrapped))
	fmt.Printf("%#x %08b %3c|%-4q|%#q\n", 255, 5, 'z', 'y', "raw")
	fmt.Printf("%6.2v|%t|%v\n", 3.14159, false, struct {
		A int
		B string
	}{1, "x"})
}
