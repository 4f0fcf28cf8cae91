// Copyright nobody.

// Package main says things.
// Second line.
package main // here

// imports
import "fmt" // fmt

/* block
   of text
*/

// Point is a point.
//
//	code
type Point struct { // opens
	// X is across.
	X int // across
	/* Y */ Y int

	Z int `json:"z"` // tagged
	// last
}

// detached

// Sum adds.
func (p Point) Sum() int { // body
	// first
	s := p.X + // inside
		p.Y

	// before return
	return s // trailing
	// after return
}

const (
	// A is first.
	A = iota // a
	B        // b

	// C after blank
	C
)

// vars
var (
	x = 1 // one
	// y doc
	y = f( // call
		2,
	)
)

type I interface {
	// M does.
	M() int // m
	/* N */ N()
}

func f(a /* the a */ int) int { return a /* ret */ }

// Empty does nothing.
func Empty() {
	// nothing here
}

//go:noinline
func noinl() {}

func main() {
	// switch
	switch x := y; x { // sw
	// case one
	case 1: // c1
		// in one
		fmt.Println("one")
	// case two
	case 2:
		fmt.Println("two") // two

		fmt.Println("again")
	// default
	default:
		// only comment
	}
	if x > 0 { // if
		// then
	} else if x < 0 { // elif
		// neg
	} else { // else
		// zero
	}
	for i := 0; i < 1; i++ { // for
		continue // cont
	}
	p := Point{
		X: 1, // the x
		// the y
		Y: 2,
	}
	func() { // lit
		// in lit
		fmt.Println(p.Sum()) /* a */ /* b */
	}()
	fmt.Println(A, B, C, x, y,
		// arg comment
		f(3))
	ch := make(chan int, 1)
	select { // sel
	// send
	case ch <- 1: // sent
		// did
	default: // def
	}
	go func() {
		// goroutine
	}()
	fmt.Println("// not a comment /* nor this */ __args(1) __blank!();")
	Empty()
	noinl()
	// end of main
}

// end of file
