package regexp

// The text of an expression becomes a tree. Flags are those of the place in the text; the tree needs none of them:
// folded letters are classes already, and ^ and $ have become the test they mean.

import (
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"
)

type operation uint8

const (
	opEmpty operation = iota
	opClass
	opTest
	opCapture
	opRepeat
	opConcat
	opAlternate
)

// Tests of a position.
const (
	testBeginLine uint32 = 1 << iota
	testEndLine
	testBeginText
	testEndText
	testWord
	testNoWord
)

const unlimited = -1

type node struct {
	op operation
	// Of a class: pairs of first and last, sorted; of a test, and of a capture its number.
	class []rune
	test  uint32
	group int
	// Of a repetition.
	min, max int
	lazy     bool
	subs     []*node
}

type flags uint8

const (
	foldCase flags = 1 << iota
	multiLine
	dotNewline
	nonGreedy
)

const (
	maxRepeat = 1000
	maxDepth  = 1000
)

type parser struct {
	whole string
	rest  string
	flags flags
	perl  bool
	names []string
	depth int
}

func fail(code syntax.ErrorCode, expr string) error {
	return &syntax.Error{Code: code, Expr: expr}
}

// parse returns the tree and the names of the groups, the whole being the first.
func parse(expr string, perl bool) (*node, []string, error) {
	p := &parser{whole: expr, rest: expr, perl: perl, names: []string{""}}
	if !perl {
		p.flags = multiLine
	}
	tree, err := p.alternatives()
	if err == nil && p.rest != "" {
		err = fail(syntax.ErrUnexpectedParen, expr)
	}
	if err != nil {
		return nil, nil, err
	}
	return tree, p.names, nil
}

// next takes a character.
func next(s string) (rune, string, error) {
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 {
		return 0, "", fail(syntax.ErrInvalidUTF8, s)
	}
	return r, s[size:], nil
}

// alternatives ends at a closing parenthesis or the end of the text.
func (p *parser) alternatives() (*node, error) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return nil, fail(syntax.ErrNestingDepth, p.whole)
	}
	var list []*node
	for {
		sequence, err := p.sequence()
		if err != nil {
			return nil, err
		}
		list = append(list, sequence)
		if !strings.HasPrefix(p.rest, "|") {
			break
		}
		p.rest = p.rest[1:]
	}
	if len(list) == 1 {
		return list[0], nil
	}
	return &node{op: opAlternate, subs: list}, nil
}

func (p *parser) sequence() (*node, error) {
	var list []*node
	// Where a repetition began that nothing has followed yet.
	repetition := ""
	for p.rest != "" && p.rest[0] != '|' && p.rest[0] != ')' {
		before := p.rest
		min, max, isRepeat, err := p.repetition()
		if err != nil {
			return nil, err
		}
		if isRepeat {
			lazy := p.flags&nonGreedy != 0
			if p.perl {
				if strings.HasPrefix(p.rest, "?") {
					p.rest = p.rest[1:]
					lazy = !lazy
				}
				if repetition != "" {
					return nil, fail(syntax.ErrInvalidRepeatOp, repetition[:len(repetition)-len(p.rest)])
				}
			}
			text := before[:len(before)-len(p.rest)]
			if len(list) == 0 {
				return nil, fail(syntax.ErrMissingRepeatArgument, text)
			}
			n := &node{op: opRepeat, min: min, max: max, lazy: lazy, subs: []*node{list[len(list)-1]}}
			if (min >= 2 || max >= 2) && !fits(n, maxRepeat) {
				return nil, fail(syntax.ErrInvalidRepeatSize, text)
			}
			list[len(list)-1] = n
			repetition = before
			continue
		}
		repetition = ""
		list, err = p.atom(list)
		if err != nil {
			return nil, err
		}
	}
	switch len(list) {
	case 0:
		return &node{op: opEmpty}, nil
	case 1:
		return list[0], nil
	}
	return &node{op: opConcat, subs: list}, nil
}

// repetition takes *, +, ? and {n,m}; a brace that opens no such thing is an ordinary character.
func (p *parser) repetition() (min, max int, ok bool, err error) {
	switch p.rest[0] {
	case '*':
		min, max = 0, unlimited
	case '+':
		min, max = 1, unlimited
	case '?':
		min, max = 0, 1
	case '{':
		min, max, rest, ok := counts(p.rest[1:])
		if !ok {
			return 0, 0, false, nil
		}
		if min < 0 || min > maxRepeat || max > maxRepeat || max >= 0 && min > max {
			return 0, 0, false, fail(syntax.ErrInvalidRepeatSize, p.rest[:len(p.rest)-len(rest)])
		}
		p.rest = rest
		return min, max, true, nil
	default:
		return 0, 0, false, nil
	}
	p.rest = p.rest[1:]
	return min, max, true, nil
}

// counts takes what follows the opening brace; a number that is too big is -1 for the smaller one and too big for the other.
func counts(s string) (min, max int, rest string, ok bool) {
	min, s, ok = number(s)
	if !ok || s == "" {
		return 0, 0, "", false
	}
	max = min
	if s[0] == ',' {
		s = s[1:]
		if s == "" {
			return 0, 0, "", false
		}
		if s[0] == '}' {
			max = unlimited
		} else if max, s, ok = number(s); !ok {
			return 0, 0, "", false
		}
	}
	if s == "" || s[0] != '}' {
		return 0, 0, "", false
	}
	return min, max, s[1:], true
}

func number(s string) (n int, rest string, ok bool) {
	digits := 0
	for digits < len(s) && '0' <= s[digits] && s[digits] <= '9' {
		if n < 1e8 {
			n = n*10 + int(s[digits]-'0')
		}
		digits++
	}
	if digits == 0 || digits > 1 && s[0] == '0' {
		return 0, "", false
	}
	return n, s[digits:], true
}

// fits tells whether repetitions inside one another stay below n copies.
func fits(tree *node, n int) bool {
	if tree.op == opRepeat {
		most := tree.max
		if most == 0 {
			return true
		}
		if most < 0 {
			most = tree.min
		}
		if most > n {
			return false
		}
		if most > 0 {
			n /= most
		}
	}
	for _, sub := range tree.subs {
		if !fits(sub, n) {
			return false
		}
	}
	return true
}

// atom takes anything but a repetition and adds it to the list; flags add nothing.
func (p *parser) atom(list []*node) ([]*node, error) {
	test := func(test uint32) ([]*node, error) {
		p.rest = p.rest[1:]
		return append(list, &node{op: opTest, test: test}), nil
	}
	switch p.rest[0] {
	case '(':
		return p.group(list)
	case '[':
		class, err := p.class()
		return append(list, &node{op: opClass, class: class}), err
	case '^':
		if p.flags&multiLine != 0 {
			return test(testBeginLine)
		}
		return test(testBeginText)
	case '$':
		if p.flags&multiLine != 0 {
			return test(testEndLine)
		}
		return test(testEndText)
	case '.':
		p.rest = p.rest[1:]
		class := []rune{0, unicode.MaxRune}
		if p.flags&dotNewline == 0 {
			class = []rune{0, '\n' - 1, '\n' + 1, unicode.MaxRune}
		}
		return append(list, &node{op: opClass, class: class}), nil
	case '\\':
		if p.perl && len(p.rest) >= 2 {
			switch p.rest[1] {
			case 'A':
				p.rest = p.rest[1:]
				return test(testBeginText)
			case 'b':
				p.rest = p.rest[1:]
				return test(testWord)
			case 'B':
				p.rest = p.rest[1:]
				return test(testNoWord)
			case 'z':
				p.rest = p.rest[1:]
				return test(testEndText)
			case 'C':
				return nil, fail(syntax.ErrInvalidEscape, p.rest[:2])
			case 'Q':
				return p.quoted(list)
			}
			class, rest, err := p.named(p.rest)
			if err != nil {
				return nil, err
			}
			if class != nil {
				p.rest = rest
				return append(list, &node{op: opClass, class: class}), nil
			}
		}
		r, rest, err := escape(p.rest)
		if err != nil {
			return nil, err
		}
		p.rest = rest
		return append(list, p.literal(r)), nil
	}
	r, rest, err := next(p.rest)
	if err != nil {
		return nil, err
	}
	p.rest = rest
	return append(list, p.literal(r)), nil
}

func (p *parser) literal(r rune) *node {
	class := []rune{r, r}
	if p.flags&foldCase != 0 {
		class = folded(class)
	}
	return &node{op: opClass, class: class}
}

// quoted takes \Q up to \E or the end.
func (p *parser) quoted(list []*node) ([]*node, error) {
	text, rest, _ := strings.Cut(p.rest[2:], `\E`)
	p.rest = rest
	for text != "" {
		r, rest, err := next(text)
		if err != nil {
			return nil, err
		}
		list = append(list, p.literal(r))
		text = rest
	}
	return list, nil
}

func (p *parser) group(list []*node) ([]*node, error) {
	name, captures := "", true
	outer := p.flags
	if p.perl && strings.HasPrefix(p.rest, "(?") {
		var err error
		isFlags := false
		if name, captures, isFlags, err = p.option(); err != nil || isFlags {
			return list, err
		}
	} else {
		p.rest = p.rest[1:]
	}
	number := len(p.names)
	if captures {
		p.names = append(p.names, name)
	}
	inner, err := p.alternatives()
	if err != nil {
		return nil, err
	}
	if p.rest == "" {
		return nil, fail(syntax.ErrMissingParen, p.whole)
	}
	p.rest = p.rest[1:]
	p.flags = outer
	if captures {
		inner = &node{op: opCapture, group: number, subs: []*node{inner}}
	} else {
		// A node of its own: a repetition that follows is not one of the last part alone.
		inner = &node{op: opConcat, subs: []*node{inner}}
	}
	return append(list, inner), nil
}

// option takes what begins with (? : a name, or flags, which hold in the group that they stand in or open one.
func (p *parser) option() (name string, captures, isFlags bool, err error) {
	s := p.rest
	for _, opening := range []string{"(?P<", "(?<"} {
		if strings.HasPrefix(s, opening) && len(s) > len(opening) {
			end := strings.IndexByte(s, '>')
			if end < 0 {
				if !utf8.ValidString(s) {
					return "", false, false, fail(syntax.ErrInvalidUTF8, s)
				}
				return "", false, false, fail(syntax.ErrInvalidNamedCapture, s)
			}
			name = s[len(opening):end]
			if !utf8.ValidString(name) {
				return "", false, false, fail(syntax.ErrInvalidUTF8, name)
			}
			if !isName(name) {
				return "", false, false, fail(syntax.ErrInvalidNamedCapture, s[:end+1])
			}
			p.rest = s[end+1:]
			return name, true, false, nil
		}
	}
	t := s[2:]
	set := p.flags
	negative, any := false, false
	for t != "" {
		var r rune
		if r, t, err = next(t); err != nil {
			return "", false, false, err
		}
		var flag flags
		switch r {
		case 'i':
			flag = foldCase
		case 'm':
			flag = multiLine
		case 's':
			flag = dotNewline
		case 'U':
			flag = nonGreedy
		case '-':
			if negative {
				return "", false, false, fail(syntax.ErrInvalidPerlOp, s[:len(s)-len(t)])
			}
			negative, any = true, false
			continue
		case ':', ')':
			if negative && !any {
				return "", false, false, fail(syntax.ErrInvalidPerlOp, s[:len(s)-len(t)])
			}
			if r == ')' {
				p.flags = set
				p.rest = t
				return "", false, true, nil
			}
			p.rest = t
			p.flags = set
			return "", false, false, nil
		default:
			return "", false, false, fail(syntax.ErrInvalidPerlOp, s[:len(s)-len(t)])
		}
		any = true
		if negative {
			set &^= flag
		} else {
			set |= flag
		}
	}
	return "", false, false, fail(syntax.ErrInvalidPerlOp, s)
}

func isName(s string) bool {
	for i := 0; i < len(s); i++ {
		if !syntax.IsWordChar(rune(s[i])) {
			return false
		}
	}
	return s != ""
}

// escape takes a backslash and what stands for one character.
func escape(s string) (rune, string, error) {
	t := s[1:]
	if t == "" {
		return 0, "", fail(syntax.ErrTrailingBackslash, "")
	}
	c, t, err := next(t)
	if err != nil {
		return 0, "", err
	}
	switch c {
	case '0', '1', '2', '3', '4', '5', '6', '7':
		isOctal := func() bool { return t != "" && '0' <= t[0] && t[0] <= '7' }
		// One digit that is not 0 would refer back to a group.
		if c != '0' && !isOctal() {
			break
		}
		r := c - '0'
		for i := 0; i < 2 && isOctal(); i++ {
			r = r*8 + rune(t[0]-'0')
			t = t[1:]
		}
		return r, t, nil
	case 'x':
		if t == "" {
			break
		}
		if c, t, err = next(t); err != nil {
			return 0, "", err
		}
		if c == '{' {
			digits, r := 0, rune(0)
			for {
				if t == "" {
					return 0, "", fail(syntax.ErrInvalidEscape, s)
				}
				if c, t, err = next(t); err != nil {
					return 0, "", err
				}
				if c == '}' {
					break
				}
				v := hexDigit(c)
				if v < 0 {
					return 0, "", fail(syntax.ErrInvalidEscape, s[:len(s)-len(t)])
				}
				r = r*16 + v
				if r > unicode.MaxRune {
					return 0, "", fail(syntax.ErrInvalidEscape, s[:len(s)-len(t)])
				}
				digits++
			}
			if digits == 0 {
				break
			}
			return r, t, nil
		}
		high := hexDigit(c)
		if t == "" {
			break
		}
		if c, t, err = next(t); err != nil {
			return 0, "", err
		}
		low := hexDigit(c)
		if high < 0 || low < 0 {
			break
		}
		return high*16 + low, t, nil
	case 'a':
		return '\a', t, nil
	case 'f':
		return '\f', t, nil
	case 'n':
		return '\n', t, nil
	case 'r':
		return '\r', t, nil
	case 't':
		return '\t', t, nil
	case 'v':
		return '\v', t, nil
	default:
		if c < utf8.RuneSelf && (c == '_' || !syntax.IsWordChar(c)) {
			return c, t, nil
		}
	}
	return 0, "", fail(syntax.ErrInvalidEscape, s[:len(s)-len(t)])
}

func hexDigit(c rune) rune {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	}
	return -1
}
