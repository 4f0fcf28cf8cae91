package regexp

// The tree becomes a program in the manner of Thompson: instructions with one or two successors.

import (
	"sync"
	"unicode/utf8"
)

type code uint8

const (
	codeFail code = iota
	codeMatch
	codeRune
	// First out, then other.
	codeFork
	codeTest
	// Notes the position in slot arg.
	codeSlot
	codeJump
)

type instruction struct {
	code  code
	out   int
	other int
	arg   uint32
	class []rune
}

type program struct {
	code  []instruction
	start int
	slots int
	// Matches begin at the beginning of the text alone.
	anchored bool
	// What every match begins with; the whole of it if complete.
	prefix   string
	complete bool
	machines sync.Pool
}

func compile(tree *node, groups int) *program {
	p := &program{slots: 2 * groups}
	p.emit(instruction{code: codeFail})
	match := p.emit(instruction{code: codeMatch})
	p.start = p.node(tree, match)
	p.findPrefix()
	return p
}

func (p *program) emit(i instruction) int {
	p.code = append(p.code, i)
	return len(p.code) - 1
}

// node returns where the program of a tree begins that goes on at next.
func (p *program) node(n *node, next int) int {
	switch n.op {
	case opClass:
		return p.emit(instruction{code: codeRune, class: n.class, out: next})
	case opTest:
		return p.emit(instruction{code: codeTest, arg: n.test, out: next})
	case opCapture:
		end := p.emit(instruction{code: codeSlot, arg: uint32(2*n.group + 1), out: next})
		return p.emit(instruction{code: codeSlot, arg: uint32(2 * n.group), out: p.node(n.subs[0], end)})
	case opConcat:
		for i := len(n.subs) - 1; i >= 0; i-- {
			next = p.node(n.subs[i], next)
		}
	case opAlternate:
		last := len(n.subs) - 1
		start := p.node(n.subs[last], next)
		for i := last - 1; i >= 0; i-- {
			start = p.emit(instruction{code: codeFork, out: p.node(n.subs[i], next), other: start})
		}
		return start
	case opRepeat:
		return p.repeat(n, next)
	}
	return next
}

func (p *program) fork(lazy bool, into, past int) int {
	if lazy {
		into, past = past, into
	}
	return p.emit(instruction{code: codeFork, out: into, other: past})
}

func (p *program) repeat(n *node, next int) int {
	sub := n.subs[0]
	if n.max == unlimited {
		// The loop is closed when the place of its fork is known.
		loop := p.emit(instruction{code: codeJump})
		body := p.node(sub, loop)
		p.code[loop].out = p.fork(n.lazy, body, next)
		start := body
		switch {
		case n.min > 0:
			for i := 1; i < n.min; i++ {
				start = p.node(sub, start)
			}
		case nullable(sub):
			// As (x+)?: an x that matches nothing comes before no x at all.
			start = p.fork(n.lazy, body, next)
		default:
			start = loop
		}
		return start
	}
	start := next
	for i := n.min; i < n.max; i++ {
		start = p.fork(n.lazy, p.node(sub, start), next)
	}
	for i := 0; i < n.min; i++ {
		start = p.node(sub, start)
	}
	return start
}

func nullable(n *node) bool {
	switch n.op {
	case opClass:
		return false
	case opCapture:
		return nullable(n.subs[0])
	case opRepeat:
		return n.min == 0 || nullable(n.subs[0])
	case opConcat:
		for _, sub := range n.subs {
			if !nullable(sub) {
				return false
			}
		}
	case opAlternate:
		for _, sub := range n.subs {
			if nullable(sub) {
				return true
			}
		}
		return false
	}
	return true
}

func (p *program) findPrefix() {
	skip := func(at int) int {
		for p.code[at].code == codeSlot || p.code[at].code == codeJump {
			at = p.code[at].out
		}
		return at
	}
	at := skip(p.start)
	p.anchored = p.code[at].code == codeTest && p.code[at].arg == testBeginText
	if p.anchored {
		at = skip(p.code[at].out)
	}
	var prefix []byte
	for {
		i := &p.code[at]
		if i.code != codeRune || len(i.class) != 2 || i.class[0] != i.class[1] || i.class[0] == utf8.RuneError {
			break
		}
		prefix = utf8.AppendRune(prefix, i.class[0])
		at = skip(i.out)
	}
	p.prefix, p.complete = string(prefix), p.code[at].code == codeMatch && !p.anchored
}

func (i *instruction) matches(r rune) bool {
	class := i.class
	if len(class) == 2 {
		return class[0] <= r && r <= class[1]
	}
	lo, hi := 0, len(class)/2
	for lo < hi {
		middle := (lo + hi) / 2
		if class[2*middle+1] < r {
			lo = middle + 1
		} else {
			hi = middle
		}
	}
	return 2*lo < len(class) && class[2*lo] <= r
}
