package regexp

// Classes of characters are sorted pairs of first and last that neither touch nor overlap.

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
)

var posix = map[string][]rune{
	"alnum":  {'0', '9', 'A', 'Z', 'a', 'z'},
	"alpha":  {'A', 'Z', 'a', 'z'},
	"ascii":  {0, 0x7f},
	"blank":  {'\t', '\t', ' ', ' '},
	"cntrl":  {0, 0x1f, 0x7f, 0x7f},
	"digit":  {'0', '9'},
	"graph":  {'!', '~'},
	"lower":  {'a', 'z'},
	"print":  {' ', '~'},
	"punct":  {'!', '/', ':', '@', '[', '`', '{', '~'},
	"space":  {'\t', '\r', ' ', ' '},
	"upper":  {'A', 'Z'},
	"word":   {'0', '9', 'A', 'Z', '_', '_', 'a', 'z'},
	"xdigit": {'0', '9', 'A', 'F', 'a', 'f'},
}

var perl = map[byte][]rune{
	'd': {'0', '9'},
	's': {'\t', '\n', '\f', '\r', ' ', ' '},
	'w': {'0', '9', 'A', 'Z', '_', '_', 'a', 'z'},
}

// class takes a class in brackets.
func (p *parser) class() ([]rune, error) {
	s := p.rest
	t := s[1:]
	negative := strings.HasPrefix(t, "^")
	var class []rune
	if negative {
		t = t[1:]
		if !p.perl {
			class = append(class, '\n', '\n')
		}
	}
	for first := true; t == "" || t[0] != ']' || first; first = false {
		if t != "" && t[0] == '-' && !p.perl && !first && !strings.HasPrefix(t, "-]") {
			_, after, err := next(t[1:])
			if err != nil {
				return nil, err
			}
			return nil, fail(syntax.ErrInvalidCharRange, t[:len(t)-len(after)])
		}
		if strings.HasPrefix(t, "[:") {
			if end := strings.Index(t[2:], ":]"); end >= 0 {
				name, inverted := strings.CutPrefix(t[2:2+end], "^")
				set, ok := posix[name]
				if !ok {
					return nil, fail(syntax.ErrInvalidCharRange, t[:end+4])
				}
				class = append(class, p.finished(set, inverted)...)
				t = t[end+4:]
				continue
			}
		}
		if strings.HasPrefix(t, `\`) && p.perl {
			set, rest, err := p.named(t)
			if err != nil {
				return nil, err
			}
			if set != nil {
				class = append(class, set...)
				t = rest
				continue
			}
		}
		from := t
		lo, rest, err := p.member(t, s)
		if err != nil {
			return nil, err
		}
		hi := lo
		if strings.HasPrefix(rest, "-") && len(rest) >= 2 && rest[1] != ']' {
			if hi, rest, err = p.member(rest[1:], s); err != nil {
				return nil, err
			}
			if hi < lo {
				return nil, fail(syntax.ErrInvalidCharRange, from[:len(from)-len(rest)])
			}
		}
		t = rest
		if p.flags&foldCase != 0 {
			class = append(class, folded([]rune{lo, hi})...)
		} else {
			class = append(class, lo, hi)
		}
	}
	p.rest = t[1:]
	class = sorted(class)
	if negative {
		class = inverse(class)
	}
	return class, nil
}

// member takes one character inside brackets; whole is the text from the opening one.
func (p *parser) member(s, whole string) (rune, string, error) {
	if s == "" {
		return 0, "", fail(syntax.ErrMissingBracket, whole)
	}
	if s[0] == '\\' {
		return escape(s)
	}
	return next(s)
}

// named takes \d and its like and \p{Name}; nil if the text begins with neither.
func (p *parser) named(s string) ([]rune, string, error) {
	if len(s) < 2 || s[0] != '\\' {
		return nil, s, nil
	}
	if set, ok := perl[s[1]|0x20]; ok && s[1]|0x20 >= 'a' {
		return p.finished(set, s[1] < 'a'), s[2:], nil
	}
	if s[1] != 'p' && s[1] != 'P' {
		return nil, s, nil
	}
	inverted := s[1] == 'P'
	c, t, err := next(s[2:])
	if err != nil {
		return nil, "", err
	}
	text := s[:len(s)-len(t)]
	name := text[2:]
	if c == '{' {
		end := strings.IndexByte(s, '}')
		if end < 0 {
			if _, _, err := next(s); err != nil {
				return nil, "", err
			}
			return nil, "", fail(syntax.ErrInvalidCharRange, s)
		}
		text, name, t = s[:end+1], s[3:end], s[end+1:]
	}
	if strings.HasPrefix(name, "^") {
		name = name[1:]
		inverted = !inverted
	}
	set, ok := property(name)
	if !ok {
		return nil, "", fail(syntax.ErrInvalidCharRange, text)
	}
	return p.finished(set, inverted), t, nil
}

func (p *parser) finished(set []rune, inverted bool) []rune {
	if p.flags&foldCase != 0 {
		set = folded(set)
	}
	if inverted {
		set = inverse(set)
	}
	return set
}

// loose is the form of a name in which spelling does not matter.
func loose(name string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(name))
}

// property returns the characters of a category or script.
func property(name string) ([]rune, bool) {
	wanted := loose(name)
	switch wanted {
	case "any":
		return []rune{0, unicode.MaxRune}, true
	case "ascii":
		return []rune{0, unicode.MaxASCII}, true
	}
	for _, known := range properties {
		if slices.Contains(known.names, wanted) {
			return members(known.table), true
		}
	}
	if wanted == "assigned" {
		set, ok := property("Cn")
		return inverse(set), ok
	}
	return nil, false
}

func members(table *unicode.RangeTable) []rune {
	var set []rune
	add := func(lo, hi, stride rune) {
		if stride == 1 {
			set = append(set, lo, hi)
			return
		}
		for r := lo; r <= hi; r += stride {
			set = append(set, r, r)
		}
	}
	for _, r := range table.R16 {
		add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
	}
	for _, r := range table.R32 {
		add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
	}
	return sorted(set)
}

// sorted makes pairs in any order a class.
func sorted(pairs []rune) []rune {
	type span struct{ lo, hi rune }
	spans := make([]span, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		spans = append(spans, span{pairs[i], pairs[i+1]})
	}
	slices.SortFunc(spans, func(a, b span) int { return int(a.lo) - int(b.lo) })
	class := make([]rune, 0, len(pairs))
	for _, s := range spans {
		if n := len(class); n > 0 && s.lo <= class[n-1]+1 {
			class[n-1] = max(class[n-1], s.hi)
		} else {
			class = append(class, s.lo, s.hi)
		}
	}
	return class
}

func inverse(class []rune) []rune {
	out := make([]rune, 0, len(class)+2)
	from := rune(0)
	for i := 0; i < len(class); i += 2 {
		if from < class[i] {
			out = append(out, from, class[i]-1)
		}
		from = class[i+1] + 1
	}
	if from <= unicode.MaxRune {
		out = append(out, from, unicode.MaxRune)
	}
	return out
}

// No character outside of these has another case.
const (
	firstFold = 'A'
	lastFold  = 0x1e943
)

// folded adds the other cases of all characters.
func folded(class []rune) []rune {
	out := slices.Clone(class)
	for i := 0; i < len(class); i += 2 {
		for r := max(class[i], firstFold); r <= min(class[i+1], lastFold); r++ {
			for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
				out = append(out, other, other)
			}
		}
	}
	return sorted(out)
}
