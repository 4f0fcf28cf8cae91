package regexp

// Runs a program over a text in one pass, all threads side by side (Pike): time grows with the product of both lengths and
// never beyond. The order of threads is their preference.

import (
	"bytes"
	"io"
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

const endOfText rune = -1

// A text that is read from front to back.
type input interface {
	// What stands at a position and how long it is.
	step(pos int) (rune, int)
	// What stands before a position.
	before(pos int) rune
	// The next place of a text from a position on; -1 if there is none, and pos if that cannot be known.
	index(text string, pos int) int
}

type stringInput string

func (s stringInput) step(pos int) (rune, int) {
	if pos >= len(s) {
		return endOfText, 0
	}
	if c := s[pos]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(string(s[pos:]))
}

func (s stringInput) before(pos int) rune {
	if pos == 0 {
		return endOfText
	}
	r, _ := utf8.DecodeLastRuneInString(string(s[:pos]))
	return r
}

func (s stringInput) index(text string, pos int) int {
	if i := strings.Index(string(s[pos:]), text); i >= 0 {
		return pos + i
	}
	return -1
}

type bytesInput []byte

func (b bytesInput) step(pos int) (rune, int) {
	if pos >= len(b) {
		return endOfText, 0
	}
	if c := b[pos]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRune(b[pos:])
}

func (b bytesInput) before(pos int) rune {
	if pos == 0 {
		return endOfText
	}
	r, _ := utf8.DecodeLastRune(b[:pos])
	return r
}

func (b bytesInput) index(text string, pos int) int {
	if i := bytes.Index(b[pos:], []byte(text)); i >= 0 {
		return pos + i
	}
	return -1
}

// A reader is asked once for each position, in order.
type readerInput struct {
	r     io.RuneReader
	ended bool
}

func (in *readerInput) step(int) (rune, int) {
	if in.ended {
		return endOfText, 0
	}
	r, n, err := in.r.ReadRune()
	if err != nil {
		in.ended = true
		return endOfText, 0
	}
	return r, n
}

func (in *readerInput) before(int) rune { return endOfText }

func (in *readerInput) index(_ string, pos int) int { return pos }

// Threads in their order, each at another instruction.
type threads struct {
	// Which place in list an instruction has, if that place names it.
	place []uint32
	list  []uint32
	// slots numbers for each instruction.
	slots []int
}

type machine struct {
	program *program
	now     threads
	then    threads
	slots   []int
	found   []int
}

func newMachine(p *program) *machine {
	n := len(p.code)
	make1 := func() threads {
		return threads{place: make([]uint32, n), list: make([]uint32, 0, n), slots: make([]int, n*p.slots)}
	}
	return &machine{program: p, now: make1(), then: make1(), slots: make([]int, p.slots), found: make([]int, p.slots)}
}

// run finds the first match from pos on; its positions are valid until the next run.
func (m *machine) run(in input, pos int, longest bool) []int {
	p := m.program
	matched := false
	m.now.list = m.now.list[:0]
	last := in.before(pos)
	r, width := in.step(pos)
	for {
		if len(m.now.list) == 0 {
			if matched || p.anchored && pos != 0 {
				break
			}
			if p.prefix != "" && !p.anchored {
				at := in.index(p.prefix, pos)
				if at < 0 {
					break
				}
				if at != pos {
					pos = at
					last = in.before(pos)
					r, width = in.step(pos)
				}
			}
		}
		if !matched && (pos == 0 || !p.anchored) {
			for i := range m.slots {
				m.slots[i] = -1
			}
			m.slots[0] = pos
			m.add(&m.now, p.start, pos, last, r)
		}
		after, afterWidth := endOfText, 0
		if width > 0 {
			after, afterWidth = in.step(pos + width)
		}
		m.then.list = m.then.list[:0]
	threads:
		for _, at := range m.now.list {
			i := &p.code[at]
			slots := m.now.slots[int(at)*p.slots:][:p.slots]
			if longest && matched && m.found[0] < slots[0] {
				continue
			}
			switch i.code {
			case codeMatch:
				if !longest || !matched || m.found[1] < pos {
					copy(m.found, slots)
					m.found[1] = pos
				}
				matched = true
				if !longest {
					break threads
				}
			case codeRune:
				if width > 0 && i.matches(r) {
					copy(m.slots, slots)
					m.add(&m.then, i.out, pos+width, r, after)
				}
			}
		}
		m.now, m.then = m.then, m.now
		if width == 0 {
			break
		}
		pos += width
		last, r, width = r, after, afterWidth
	}
	if !matched {
		return nil
	}
	return m.found
}

// add starts a thread at every instruction that can be reached without reading; m.slots are its positions.
func (m *machine) add(t *threads, at, pos int, last, r rune) {
	for {
		if place := t.place[at]; int(place) < len(t.list) && t.list[place] == uint32(at) {
			return
		}
		t.place[at] = uint32(len(t.list))
		t.list = append(t.list, uint32(at))
		i := &m.program.code[at]
		switch i.code {
		case codeFail:
			return
		case codeMatch, codeRune:
			copy(t.slots[at*m.program.slots:], m.slots)
			return
		case codeFork:
			m.add(t, i.out, pos, last, r)
			at = i.other
		case codeTest:
			if !holds(i.arg, last, r) {
				return
			}
			at = i.out
		case codeJump:
			at = i.out
		case codeSlot:
			old := m.slots[i.arg]
			m.slots[i.arg] = pos
			m.add(t, i.out, pos, last, r)
			m.slots[i.arg] = old
			return
		}
	}
}

func holds(test uint32, last, r rune) bool {
	switch test {
	case testBeginLine:
		return last == endOfText || last == '\n'
	case testEndLine:
		return r == endOfText || r == '\n'
	case testBeginText:
		return last == endOfText
	case testEndText:
		return r == endOfText
	}
	return (syntax.IsWordChar(last) != syntax.IsWordChar(r)) == (test == testWord)
}
