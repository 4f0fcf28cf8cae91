// The Scan family over pseudo-random inputs and formats, and values that scan themselves.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"strings"
)

type generator uint64

func (g *generator) next() uint64 {
	*g += 0x9e3779b97f4a7c15
	z := uint64(*g)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (g *generator) below(n int) int { return int(g.next() % uint64(n)) }

type sum struct {
	name string
	hash uint64
	n    int
	buf  []byte
}

func (s *sum) add(parts ...any) {
	h := fnv.New64a()
	s.buf = fmt.Appendln(s.buf[:0], parts...)
	h.Write(s.buf)
	s.hash = s.hash*31 + h.Sum64()
	s.n++
}

func (s *sum) print() { fmt.Printf("%-14s %5d %016x\n", s.name, s.n, s.hash) }

var words = []string{"1", "-2", "+3", "0x1f", "077", "0b101", "1_000", "3.5", "-1e3", "2p4", "0x1p-2", "nan", "+Inf", "true", "F", "TRUE", "tru", "abc", "héllo",
	`"q\tq"`, "`raw`", "'x'", "(1+2i)", "1-2i", "U+12", "\n", " \n", "\r\n", "\t", "  ", "%", ",", "300", "65536", "99999999999999999999", "é", "日本", ".", "e", "ffZZ", "4142"}

func (g *generator) text() string {
	var b strings.Builder
	for range 1 + g.below(6) {
		b.WriteString(words[g.below(len(words))])
		if g.below(4) > 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// Variables of many types.
type variables struct {
	b   bool
	i   int
	i8  int8
	i16 int16
	u   uint
	u8  uint8
	p   uintptr
	f   float64
	f32 float32
	c   complex128
	s   string
	y   []byte
	r   rune
	n   named
}

type named string

func (v *variables) operands(g *generator) []any {
	all := []any{&v.b, &v.i, &v.i8, &v.i16, &v.u, &v.u8, &v.p, &v.f, &v.f32, &v.c, &v.s, &v.y, &v.r, &v.n}
	list := make([]any, 1+g.below(3))
	for i := range list {
		list[i] = all[g.below(len(all))]
	}
	return list
}

// Reads byte by byte, without taking any back.
type single struct{ r io.Reader }

func (s single) Read(b []byte) (int, error) {
	if len(b) > 1 {
		b = b[:1]
	}
	return s.r.Read(b)
}

func plain(g *generator) {
	s := &sum{name: "plain"}
	for range 4000 {
		t := g.text()
		var v variables
		list := v.operands(g)
		n, err := fmt.Sscan(t, list...)
		s.add(n, err, v)
		v = variables{}
		n, err = fmt.Sscanln(t, list...)
		s.add(n, err, v)
		v = variables{}
		r := bytes.NewBufferString(t)
		n, err = fmt.Fscan(r, list...)
		s.add(n, err, v, r.String())
		v = variables{}
		left := strings.NewReader(t)
		n, err = fmt.Fscanln(single{left}, list...)
		s.add(n, err, v, left.Len())
	}
	s.print()
}

func formats(g *generator) {
	s := &sum{name: "formats"}
	pieces := []string{"%d", "%v", "%s", "%q", "%x", "%X", "%o", "%b", "%c", "%t", "%e", "%g", "%U", "%5d", "%3s", "%2v", "%1c", "%%", " ", "\n", ",", "a", "%z", "%", "é", "  \n "}
	for range 8000 {
		t := g.text()
		var f strings.Builder
		for range 1 + g.below(5) {
			f.WriteString(pieces[g.below(len(pieces))])
		}
		var v variables
		list := v.operands(g)
		n, err := fmt.Sscanf(t, f.String(), list...)
		s.add(n, err, v)
		v = variables{}
		r := bufio.NewReader(strings.NewReader(t))
		n, err = fmt.Fscanf(r, f.String(), list...)
		rest, _ := io.ReadAll(r)
		s.add(n, err, v, string(rest))
	}
	s.print()
}

// A value in brackets, which scans itself.
type bracketed struct {
	text string
	verb rune
	wid  int
	ok   bool
}

func (b *bracketed) Scan(state fmt.ScanState, verb rune) error {
	b.verb = verb
	b.wid, b.ok = state.Width()
	state.SkipSpace()
	r, size, err := state.ReadRune()
	if err != nil {
		return err
	}
	if r != '[' || size != 1 {
		state.UnreadRune()
		return errors.New("no bracket")
	}
	token, err := state.Token(false, func(r rune) bool { return r != ']' })
	if err != nil {
		return err
	}
	b.text = string(token)
	state.ReadRune()
	return nil
}

// Two numbers with a colon between them, by way of Fscanf.
type colon struct{ a, b int }

func (c *colon) Scan(state fmt.ScanState, verb rune) error {
	_, err := fmt.Fscanf(state, "%d:%d", &c.a, &c.b)
	return err
}

type word string

func (w *word) Scan(state fmt.ScanState, verb rune) error {
	token, err := state.Token(true, nil)
	*w = word(token)
	if len(token) == 0 {
		return io.EOF
	}
	return err
}

type wild struct{}

func (wild) Scan(fmt.ScanState, rune) error { panic("wild") }

func scanners() {
	for _, t := range []string{"[a b] 7", "  [x]12", "x", "", "[open", "\n[a] 3", "[é日]x"} {
		var b bracketed
		var i int
		n, err := fmt.Sscan(t, &b, &i)
		fmt.Println(n, err, b, i)
		b, i = bracketed{}, 0
		n, err = fmt.Sscanln(t, &b, &i)
		fmt.Println(n, err, b, i)
		b, i = bracketed{}, 0
		n, err = fmt.Sscanf(t, "%3z%d", &b, &i)
		fmt.Println(n, err, b, i)
	}
	var c colon
	var w, x word
	n, err := fmt.Sscan("3:4 some words", &c, &w, &x)
	fmt.Println(n, err, c, w, x)
	n, err = fmt.Sscan("3;4", &c)
	fmt.Println(n, err, c)
	n, err = fmt.Sscanf("12:345", "%v", &c)
	fmt.Println(n, err, c)
	n, err = fmt.Sscan("one", &w, &x)
	fmt.Println(n, err, w, x)
	n, err = fmt.Fscan(single{strings.NewReader("éa [b] 5:6")}, &w, new(bracketed), &c)
	fmt.Println(n, err, w, c)
	n, err = fmt.Sscan("7", 7)
	fmt.Println(n, err)
	n, err = fmt.Sscan("7", new(struct{}), nil)
	fmt.Println(n, err)
	defer func() { fmt.Println("recovered:", recover()) }()
	fmt.Sscan("7", wild{})
}

// Variables whose type nothing but their declaration says.
func declared() (sum float64) {
	var f float64
	var g float32
	var name string
	n, err := fmt.Sscanf("1.5 x 2.25", "%g %s %g", &f, &name, &g)
	fmt.Println(n, err, f, name, g)
	p := new(2.5)
	for range 2 {
		sum += f * *p
	}
	return sum
}

func main() {
	fmt.Println(declared())
	g := generator(7)
	plain(&g)
	formats(&g)
	scanners()
}
