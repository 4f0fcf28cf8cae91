package regexp

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// replaced returns the text with every match given to replace, which appends what shall stand there; false if there is none.
// from appends a part of the text.
func (re *Regexp) replaced(in input, length int, from func(b []byte, lo, hi int) []byte, replace func(b []byte, match []int) []byte) ([]byte, bool) {
	var out []byte
	kept, found := 0, false
	for pos := 0; pos <= length; {
		match := re.match(in, pos)
		if match == nil {
			break
		}
		found = true
		out = from(out, kept, match[0])
		// Not for an empty match right behind another.
		if match[1] > kept || match[0] == 0 {
			out = replace(out, match)
		}
		kept = match[1]
		_, width := in.step(pos)
		pos = max(match[1], pos+max(width, 1))
	}
	if !found {
		return nil, false
	}
	return from(out, kept, length), true
}

func (re *Regexp) replacedString(src string, replace func(b []byte, match []int) []byte) string {
	from := func(b []byte, lo, hi int) []byte { return append(b, src[lo:hi]...) }
	out, found := re.replaced(stringInput(src), len(src), from, replace)
	if !found {
		return src
	}
	return string(out)
}

func (re *Regexp) replacedBytes(src []byte, replace func(b []byte, match []int) []byte) []byte {
	from := func(b []byte, lo, hi int) []byte { return append(b, src[lo:hi]...) }
	out, found := re.replaced(bytesInput(src), len(src), from, replace)
	if !found {
		return append([]byte(nil), src...)
	}
	return out
}

// ReplaceAllString puts repl in the place of every match; $1 and ${name} in it stand for groups.
func (re *Regexp) ReplaceAllString(src, repl string) string {
	return re.replacedString(src, func(b []byte, match []int) []byte {
		return re.ExpandString(b, repl, src, match)
	})
}

// ReplaceAllLiteralString puts repl in the place of every match.
func (re *Regexp) ReplaceAllLiteralString(src, repl string) string {
	return re.replacedString(src, func(b []byte, match []int) []byte { return append(b, repl...) })
}

// ReplaceAllStringFunc puts what repl returns in the place of every match.
func (re *Regexp) ReplaceAllStringFunc(src string, repl func(string) string) string {
	return re.replacedString(src, func(b []byte, match []int) []byte {
		return append(b, repl(src[match[0]:match[1]])...)
	})
}

// ReplaceAll puts repl in the place of every match; $1 and ${name} in it stand for groups.
func (re *Regexp) ReplaceAll(src, repl []byte) []byte {
	return re.replacedBytes(src, func(b []byte, match []int) []byte {
		return re.Expand(b, repl, src, match)
	})
}

// ReplaceAllLiteral puts repl in the place of every match.
func (re *Regexp) ReplaceAllLiteral(src, repl []byte) []byte {
	return re.replacedBytes(src, func(b []byte, match []int) []byte { return append(b, repl...) })
}

// ReplaceAllFunc puts what repl returns in the place of every match.
func (re *Regexp) ReplaceAllFunc(src []byte, repl func([]byte) []byte) []byte {
	return re.replacedBytes(src, func(b []byte, match []int) []byte {
		return append(b, repl(src[match[0]:match[1]])...)
	})
}

// Expand appends the template with groups of a match in the place of $1 and ${name}.
func (re *Regexp) Expand(dst []byte, template []byte, src []byte, match []int) []byte {
	return re.expand(dst, string(template), match, func(b []byte, lo, hi int) []byte {
		return append(b, src[lo:hi]...)
	})
}

// ExpandString is Expand for strings.
func (re *Regexp) ExpandString(dst []byte, template string, src string, match []int) []byte {
	return re.expand(dst, template, match, func(b []byte, lo, hi int) []byte {
		return append(b, src[lo:hi]...)
	})
}

func (re *Regexp) expand(dst []byte, template string, match []int, from func(b []byte, lo, hi int) []byte) []byte {
	for {
		before, after, ok := strings.Cut(template, "$")
		dst = append(dst, before...)
		if !ok {
			return dst
		}
		template = after
		if strings.HasPrefix(template, "$") {
			dst = append(dst, '$')
			template = template[1:]
			continue
		}
		name, rest, ok := reference(template)
		if !ok {
			dst = append(dst, '$')
			continue
		}
		template = rest
		if number, err := strconv.Atoi(name); err == nil && isNumber(name) {
			dst = appendGroup(dst, number, match, from)
			continue
		}
		for i, known := range re.names {
			if known == name && 2*i+1 < len(match) && match[2*i] >= 0 {
				dst = appendGroup(dst, i, match, from)
				break
			}
		}
	}
}

func appendGroup(dst []byte, number int, match []int, from func(b []byte, lo, hi int) []byte) []byte {
	if 2*number+1 < len(match) && match[2*number] >= 0 {
		return from(dst, match[2*number], match[2*number+1])
	}
	return dst
}

func isNumber(name string) bool {
	return strings.Trim(name, "0123456789") == "" && (name == "0" || name[0] != '0')
}

// reference takes the name behind a dollar sign, in braces or as long as it goes on.
func reference(s string) (name, rest string, ok bool) {
	braces := strings.HasPrefix(s, "{")
	if braces {
		s = s[1:]
	}
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' {
			break
		}
		n += size
	}
	if n == 0 {
		return "", "", false
	}
	name, rest = s[:n], s[n:]
	if braces {
		if !strings.HasPrefix(rest, "}") {
			return "", "", false
		}
		rest = rest[1:]
	}
	return name, rest, true
}
