// Prints what tests/fmt.rs checks: `go run fmt.go`.
package main

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

type Point struct {
	X, Y int
}

func (p Point) String() string { return fmt.Sprintf("<%d,%d>", p.X, p.Y) }

type Inner struct {
	A int
	b string
}
type Outer struct {
	Inner
	P  *Inner
	I  any
	S  fmt.Stringer
	s  fmt.Stringer
	E  error
	M  map[string]int
	L  []Point
	B  []byte
	Ar [2]bool
	F  func()
	C  complex64
	p  Point
}
type Kind int

func (k Kind) String() string {
	if k < 0 {
		panic("negative")
	}
	return "kind"
}

type Bad struct{ p *int }

func (b *Bad) Error() string { return fmt.Sprint(*b.p) }

type Go struct{ N int }

func (Go) GoString() string { return "Go!" }

type Shape struct{ N int }

func (s Shape) Format(f fmt.State, verb rune) {
	w, wok := f.Width()
	p, pok := f.Precision()
	fmt.Fprintf(f, "[%c %v %v %v %v %v%v%v%v%v]", verb, w, wok, p, pok, f.Flag('+'), f.Flag('-'), f.Flag('#'), f.Flag(' '), f.Flag('0'))
	io.WriteString(f, fmt.FormatString(f, verb))
}

type Name string
type Fail string

func (f Fail) Error() string { return "F:" + string(f) }

type Ints []int
type Text []byte

func main() {
	hash := fnv.New64a()
	out := io.MultiWriter(os.Stdout, hash)
	line := func(format string, a ...any) { fmt.Fprintf(out, "%s\n", fmt.Sprintf(format, a...)) }
	inner := Inner{1, "two"}
	outer := Outer{inner, nil, nil, nil, nil, nil, nil, nil, nil, [2]bool{true, false}, nil, 1 + 2i, Point{3, 4}}
	full := Outer{inner, nil, 7, Point{1, 2}, Point{5, 6}, Fail("oops"), map[string]int{"b": 2, "a": 1}, []Point{{1, 2}, {3, 4}}, []byte("hi"), [2]bool{}, nil, -1i, Point{}}
	var nilPoint *Point
	var nilBad *Bad
	var nilErr error
	values := []any{
		nil, true, 42, -7, uint8(200), int64(-1 << 63), uint64(1<<64 - 1), uintptr(255), 3.5, float32(-0.25), 1 + 2i, complex64(-1),
		"héllo\n", "", "a`b", "\xff\x00z", Name("n"), 'x', []int{1, 2}, []string{"a", "b c"}, []byte("ab\x01"), []byte(nil), []any{1, "x", nil, 2.5},
		[3]int{1, 2, 3}, [2]byte{1, 255}, [0]int{}, Ints{3}, Text("tx"), [][]int{{1}, nil, {}}, map[string]int{"z": 1, "a": 2}, map[int]string(nil), map[Kind]bool{2: true, 1: false},
		map[any]int{"b": 1, 2: 2, 1: 3, "a": 4, 2.5: 5, true: 6, uint8(1): 7, int64(5): 8}, map[[2]int]string{{2, 1}: "x", {1, 5}: "y"}, map[float64]bool{2: true, -1: false}, map[bool]int{true: 1, false: 0},
		Point{1, 2}, &Point{3, 4}, nilPoint, inner, &inner, outer, &outer, full, struct{}{}, struct {
			A any
			b any
		}{1, "q"}, Kind(3), Kind(-1), []Kind{1, -1}, errors.New("fail"), nilErr, nilBad, &Bad{}, Go{5}, []Go{{6}}, Shape{1}, []Shape{{1}},
		fmt.Errorf("wrap: %w", Fail("eof")), (func())(nil), (chan int)(nil), []error{Fail("e"), nil}, [1]any{Point{8, 9}}, &[]int{1}, &map[string]int{"k": 1}, &[1]string{"s"}, new(*int),
	}
	for _, v := range values[:len(values)-1] {
		for _, format := range []string{"%v", "%+v", "%#v", "%T", "%s", "%d", "%q", "%x", "%X", "%t", "%5v|", "%-6v|", "%06v", "%.2s", "%#x", "% x", "%# X", "%+q", "%#q", "%8.3s|", "%c", "%U", "%e", "%o", "%z", "%w", "%+d", "%6.2f", "%08.3d", "%-+8d|", "%G", "%b", "%!"} {
			line(format, v)
		}
		line("%s", fmt.Sprint(v, v, "s", v, 1, 2, "t"))
		line("%s", fmt.Sprintln("x", v, 1))
	}
	line("%d %s", 1)
	line("%d", 1, 2, "x", nil)
	line("%!d %-")
	line("%")
	line("100%%|%5%|%-5d|", 1)
	line("%[2]d %[1]d %d %[3]*.[2]*[1]f|%[9]d %[x]d %[2]", 1, 2, 3)
	line("%[1]d %[1]v %[2]q %q", 1, "two")
	line("%*d|%-*d|%.*f|%*d|%.*d", 5, 1, -6, 2, 2, 3.15169, "x", 4, -1, 5)
	line("%[3]*.[2]*[1]f|%6.[2]*[1]f|%[5]d", 12.0, 2, 6)
	line("%99999999d|%.99999999d", 1, 2)
	line("%-010d|%+05d|% 05d|%+.3q|%x|%X", 5, 6, 7, "abcdef", "hello", []string{"ab", "c"})
	line("%世 %é", 1, 2)
	line("%.3v|%10.2v|%v", "abcdef", 3.15169, []float64{1, 2.5})
	line("%t %v %p", "x", &struct{ A int }{1}, 5)
	line("%s %v", []any{nil, 1, "x"}, [2][]int{{1}, {2}})
	line("%6d|%-6d|%06d|%x", []int{1, -2}, []int{1, -2}, []int{1, -2}, []int{10, 11})
	line("%q %v %d", []string{"a"}, []bool{true}, map[string]int{"a": 1})
	err := fmt.Errorf("a %w b %w %w", io.EOF, errors.New("x"), nil)
	line("%v %T %v", err, err, errors.Is(err, io.EOF))
	err = fmt.Errorf("%w %d", "no", 1)
	line("%v %T", err, err)
	line("%v", errors.Join(io.EOF, nil, io.ErrUnexpectedEOF))
	var point Point
	line("%s|%v|%d", &point, point, point)
	fmt.Fprintf(os.Stderr, "%#x\n", hash.Sum64())
}
