// Package shape has shapes.
package shape

import (
	"fmt"
	"math"

	"example.com/m3/internal/errors"
)

// Tau is a circle.
const Tau = 2 * math.Pi

// Count of shapes made.
var Count int

var table = map[string]int{"a": Count + 1}

type Shape interface {
	Area() float64
	secret() string
}

type Base struct {
	Name string
	id   int
}

func (b *Base) SetName(n string) { b.Name = n }
func (b Base) secret() string    { return fmt.Sprintf("%s#%d", b.Name, b.id) }

type Circle struct {
	Base
	R float64
}

func (c Circle) Area() float64 { return c.R * c.R * Tau / 2 }

func New(r float64) *Circle {
	Count++
	return &Circle{Base{"circle", Count}, r}
}

func Secret(s Shape) string { return s.secret() }

func Pair() struct{ A, B int } { return struct{ A, B int }{1, table["a"]} }

func init() { fmt.Println("init shape", len(table)); Count = 10 }

type Kind int

const (
	Round Kind = iota
	Flat
)

func (k Kind) String() string { return [...]string{"round", "flat"}[k] }

func Check(r float64) error {
	if r < 0 {
		return errors.New("negative", r)
	}
	return nil
}
