// Package h has what Rust code holds without having a copy.
package h

import (
	"errors"
	"fmt"
	"runtime"
	"sort"
	"strings"
	"sync"
	"time"
)

// Counter counts under a lock.
type Counter struct {
	mu   sync.Mutex
	n    map[string]int
	Name string
	Next *Counter
	// On is told about each word.
	On func(word string, n int)
}

func NewCounter(name string) *Counter { return &Counter{n: map[string]int{}, Name: name} }

// Add counts a word.
func (c *Counter) Add(word string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n[word]++
	if c.On != nil {
		c.On(word, c.n[word])
	}
	return c.n[word]
}

func (c *Counter) Words() []string {
	if c == nil {
		return []string{"nil"}
	}
	var words []string
	for w := range c.n {
		words = append(words, w)
	}
	sort.Strings(words)
	return words
}

func (c *Counter) Chain(next *Counter) *Counter { c.Next = next; return c }

func (c *Counter) Since(t time.Time) {}

// Free says that the counter is gone.
func Watch(c *Counter, gone func(string)) {
	name := c.Name
	runtime.AddCleanup(c, func(int) { gone(name) }, 0)
}

func Collect() {
	for range 3 {
		runtime.GC()
		time.Sleep(10 * time.Millisecond)
	}
}

func Find(list []*Counter, name string) (*Counter, error) {
	for _, c := range list {
		if c.Name == name {
			return c, nil
		}
	}
	return nil, errNone
}

var errNone = errors.New("no such counter")

func IsNone(err error) bool { return errors.Is(err, errNone) }

// Point has a twin.
type Point struct{ X, Y int }

func (p Point) String() string      { return fmt.Sprintf("(%d, %d)", p.X, p.Y) }
func (p Point) Abs() int            { return p.X*p.X + p.Y*p.Y }
func (p *Point) Move(by Point)      { p.X += by.X; p.Y += by.Y }
func Corner(p *Point) *int          { return &p.X }
func Twice(p *Point)                { p.Move(*p) }
func Same(a, b *Point) bool         { return a == b }

// Secret is a value that Rust cannot copy.
type Secret struct{ word string }

func Seal(word string) Secret        { return Secret{word} }
func (s Secret) Open() string        { return s.word }
func (s *Secret) Change(word string) { s.word = word }
func OpenAll(list []Secret) string {
	var words []string
	for _, s := range list {
		words = append(words, s.Open())
	}
	return strings.Join(words, " ")
}

// Shape is an interface.
type Shape interface {
	fmt.Stringer
	Abs() int
}

func Largest(shapes ...Shape) Shape {
	var best Shape
	for _, s := range shapes {
		if best == nil || s.Abs() > best.Abs() {
			best = s
		}
	}
	return best
}

func Double(s Shape) int { return 2 * s.Abs() }

// Functions.
func Apply(f func(int) int, n int) int                       { return f(n) }
func Adder(by int) func(int) int                             { return func(n int) int { return n + by } }
func Compose(f, g func(string) (string, error)) func(string) (string, error) {
	return func(s string) (string, error) {
		s, err := f(s)
		if err != nil {
			return "", fmt.Errorf("first: %w", err)
		}
		return g(s)
	}
}
func Walk(words []string, visit func(word string, err error) error) error {
	for _, w := range words {
		var err error
		if w == "" {
			err = errNone
		}
		if err := visit(w, err); err != nil {
			return err
		}
	}
	return nil
}
func Guard(f func()) (said string) {
	defer func() {
		if r := recover(); r != nil {
			said = fmt.Sprint("recovered: ", r)
		}
	}()
	f()
	return "fine"
}

var kept []func(int) int

func Keep(f func(int) int) { kept = append(kept, f) }
func Kept(n int) []int {
	var out []int
	for _, f := range kept {
		out = append(out, f(n))
	}
	return out
}
func Drop() { kept = nil }

type Options struct {
	Name string
	Map  func(string) string
	Out  chan<- string
}

func Run(o Options, words []string) int {
	for _, w := range words {
		if o.Map != nil {
			w = o.Map(w)
		}
		o.Out <- o.Name + w
	}
	close(o.Out)
	return len(words)
}

// Channels.
func Echo(in <-chan string, out chan<- string) {
	defer close(out)
	for s := range in {
		out <- strings.ToUpper(s)
	}
}

func Points(n int) <-chan Point {
	ch := make(chan Point)
	go func() {
		defer close(ch)
		for i := range n {
			ch <- Point{i, i * i}
		}
	}()
	return ch
}

func Counters(ch chan *Counter) int {
	n := 0
	for c := range ch {
		n += c.Add("seen")
	}
	return n
}

func Tick(stop <-chan struct{}) chan int {
	ch := make(chan int, 1)
	go func() {
		for i := 0; ; i++ {
			select {
			case ch <- i:
			case <-stop:
				close(ch)
				return
			}
		}
	}()
	return ch
}
