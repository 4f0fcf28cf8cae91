// Readers, writers and scanners of bufio over pseudo-random texts, sizes and ways of reading.
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

func (s *sum) print() { fmt.Printf("%-10s %5d %016x\n", s.name, s.n, s.hash) }

func (g *generator) text(n int) string {
	words := []string{"\n", "\r\n", " ", "  ", "word", "é", "日本", "\xff", "\xe6\x97", "\t", "\u00a0", "x", "longer-word", ",", "\r"}
	var b strings.Builder
	for range g.below(n) {
		b.WriteString(words[g.below(len(words))])
	}
	return b.String()
}

var errBroken = errors.New("broken")

// Gives a few bytes at a time, now and then none, and fails or ends at the end.
type slow struct {
	g    *generator
	rest string
	err  error
}

func (s *slow) Read(b []byte) (int, error) {
	if s.rest == "" {
		return 0, s.err
	}
	n := min(len(b), len(s.rest), s.g.below(8))
	copy(b, s.rest[:n])
	s.rest = s.rest[n:]
	if s.rest == "" && s.g.below(2) == 0 {
		return n, s.err
	}
	return n, nil
}

func (g *generator) reader(text string) io.Reader {
	err := io.EOF
	if g.below(4) == 0 {
		err = errBroken
	}
	return &slow{g, text, err}
}

func readers(g *generator) {
	s := &sum{name: "readers"}
	for range 3000 {
		r := bufio.NewReaderSize(g.reader(g.text(40)), 16+g.below(20))
		for range 12 {
			switch g.below(13) {
			case 0:
				b, err := r.ReadByte()
				s.add(b, err, r.UnreadByte())
			case 1:
				c, n, err := r.ReadRune()
				s.add(c, n, err, r.UnreadRune())
			case 2:
				c, n, err := r.ReadRune()
				s.add(c, n, err, r.UnreadByte())
			case 3:
				b, err := r.Peek(g.below(20))
				s.add(string(b), err, r.Buffered() >= len(b))
			case 4:
				n, err := r.Discard(g.below(9))
				s.add(n, err)
			case 5:
				line, prefix, err := r.ReadLine()
				s.add(string(line), prefix, err)
			case 6:
				b, err := r.ReadSlice('\n')
				s.add(string(b), err)
			case 7:
				t, err := r.ReadString(" \nx"[g.below(3)])
				s.add(t, err)
			case 8:
				b, err := r.ReadBytes(' ')
				s.add(string(b), err)
			case 9:
				b := make([]byte, g.below(12))
				n, err := io.ReadFull(r, b)
				s.add(string(b[:n]), err)
			case 10:
				if g.below(6) == 0 {
					var b bytes.Buffer
					n, err := r.WriteTo(&b)
					s.add(n, err, b.String())
				}
			case 11:
				s.add(r.UnreadRune(), r.Size())
			case 12:
				if g.below(6) == 0 {
					r.Reset(strings.NewReader("reset " + g.text(10)))
				}
			}
		}
	}
	s.print()
}

// Takes a few bytes, then fails.
type narrow struct {
	b    bytes.Buffer
	room int
}

func (w *narrow) Write(p []byte) (int, error) {
	n := min(w.room, len(p))
	w.room -= n
	w.b.Write(p[:n])
	if n < len(p) {
		return n, errBroken
	}
	return n, nil
}

func writers(g *generator) {
	s := &sum{name: "writers"}
	for range 2000 {
		w := &narrow{room: g.below(300)}
		b := bufio.NewWriterSize(w, 1+g.below(30))
		for range 10 {
			switch g.below(8) {
			case 0:
				s.add(b.WriteByte('b'))
			case 1:
				n, err := b.WriteRune(rune(g.below(0x11000)))
				s.add(n, err)
			case 2:
				n, err := b.WriteString(g.text(12))
				s.add(n, err)
			case 3:
				n, err := b.Write([]byte(g.text(12)))
				s.add(n, err)
			case 4:
				s.add(b.Flush(), b.Buffered(), b.Available(), b.Size())
			case 5:
				n, err := b.ReadFrom(g.reader(g.text(20)))
				s.add(n, err)
			case 6:
				n, err := fmt.Fprintf(b, "%05d|", g.below(1000))
				s.add(n, err)
			case 7:
				free := b.AvailableBuffer()
				free = append(free, "appended"...)
				n, err := b.Write(free)
				s.add(n, err)
			}
		}
		s.add(b.Flush(), w.b.String())
	}
	s.print()
}

func scanners(g *generator) {
	commas := func(data []byte, atEOF bool) (int, []byte, error) {
		if i := bytes.IndexByte(data, ','); i >= 0 {
			return i + 1, data[:i], nil
		}
		if atEOF && len(data) > 0 {
			return len(data), data, bufio.ErrFinalToken
		}
		return 0, nil, nil
	}
	stops := func(data []byte, atEOF bool) (int, []byte, error) {
		n, token, err := bufio.ScanWords(data, atEOF)
		if string(token) == "x" {
			return n, nil, bufio.ErrFinalToken
		}
		if string(token) == "longer-word" {
			return n, token, errBroken
		}
		return n, token, err
	}
	odd := func(data []byte, atEOF bool) (int, []byte, error) {
		switch {
		case len(data) > 0 && data[0] == 'x':
			return -1, nil, nil
		case len(data) > 0 && data[0] == '\t':
			return len(data) + 1, nil, nil
		}
		return bufio.ScanRunes(data, atEOF)
	}
	splits := []bufio.SplitFunc{bufio.ScanLines, bufio.ScanWords, bufio.ScanRunes, bufio.ScanBytes, commas, stops, odd}
	s := &sum{name: "scanners"}
	for range 3000 {
		sc := bufio.NewScanner(g.reader(g.text(50)))
		if g.below(2) == 0 {
			sc.Buffer(make([]byte, 0, g.below(16)), 8+g.below(40))
		}
		sc.Split(splits[g.below(len(splits))])
		for sc.Scan() {
			s.add(sc.Text(), len(sc.Bytes()))
		}
		s.add(sc.Err(), sc.Scan())
	}
	s.print()
	long := bufio.NewScanner(strings.NewReader(strings.Repeat("a", 100_000)))
	fmt.Println(long.Scan(), long.Err())
	defer func() { fmt.Println("recovered:", recover()) }()
	empty := bufio.NewScanner(strings.NewReader(""))
	empty.Split(func([]byte, bool) (int, []byte, error) { return 0, []byte{}, nil })
	for empty.Scan() {
	}
}

func main() {
	g := generator(4096)
	readers(&g)
	writers(&g)
	scanners(&g)
}
