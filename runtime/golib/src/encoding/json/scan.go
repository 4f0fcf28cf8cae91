package json

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// How deep arrays and objects may lie in each other.
const maxDepth = 10000

// A scanner finds where JSON values end, and what is not JSON.
type scanner struct {
	data []byte
	pos  int
	// Messages call what lies in an array an element or a value.
	inArray string
	// Set if the error is only that the data ends.
	short bool
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func (s *scanner) space() {
	for s.pos < len(s.data) && isSpace(s.data[s.pos]) {
		s.pos++
	}
}

// fail says what is wrong with the byte at pos, or that there is none.
func (s *scanner) fail(where string) error {
	if s.pos >= len(s.data) {
		s.short = true
		return &SyntaxError{"unexpected end of JSON input", int64(len(s.data))}
	}
	quoted, size := quoteRune(s.data[s.pos:])
	return &SyntaxError{"invalid character " + quoted + " " + where, int64(s.pos + size)}
}

// cut is fail for a token that began at start.
func (s *scanner) cut(start int, where string) error {
	err := s.fail(where)
	if s.short {
		err.(*SyntaxError).Offset = int64(start)
	}
	return err
}

// quoteRune is the first rune of b as messages show it, and how long it is.
func quoteRune(b []byte) (string, int) {
	r, size := utf8.DecodeRune(b)
	if r == utf8.RuneError && size == 1 {
		return `'\x` + strconv.FormatUint(uint64(b[0]), 16) + "'", 1
	}
	return strconv.QuoteRune(r), size
}

// value goes behind the value that begins at pos.
func (s *scanner) value(depth int) error {
	s.space()
	if s.pos >= len(s.data) {
		return s.fail("")
	}
	switch c := s.data[s.pos]; {
	case c == '{' || c == '[':
		if depth >= maxDepth {
			s.pos++
			return &SyntaxError{"exceeded max depth", int64(s.pos)}
		}
		if c == '{' {
			return s.object(depth + 1)
		}
		return s.array(depth + 1)
	case c == '"':
		return s.str()
	case c == '-' || isDigit(c):
		return s.number()
	case c == 't':
		return s.literal("true")
	case c == 'f':
		return s.literal("false")
	case c == 'n':
		return s.literal("null")
	}
	return s.fail("looking for beginning of value")
}

func (s *scanner) object(depth int) error {
	s.pos++
	s.space()
	if s.pos < len(s.data) && s.data[s.pos] == '}' {
		s.pos++
		return nil
	}
	for {
		s.space()
		if s.pos >= len(s.data) || s.data[s.pos] != '"' {
			return s.fail("looking for beginning of object key string")
		}
		if err := s.str(); err != nil {
			return err
		}
		s.space()
		if s.pos >= len(s.data) || s.data[s.pos] != ':' {
			return s.fail("after object key")
		}
		s.pos++
		if err := s.value(depth); err != nil {
			return err
		}
		if done, err := s.next('}', "after object key:value pair"); done || err != nil {
			return err
		}
	}
}

func (s *scanner) array(depth int) error {
	s.pos++
	s.space()
	if s.pos < len(s.data) && s.data[s.pos] == ']' {
		s.pos++
		return nil
	}
	for {
		if err := s.value(depth); err != nil {
			return err
		}
		if done, err := s.next(']', "after array "+s.inArray); done || err != nil {
			return err
		}
	}
}

// next takes a comma or the end of an array or object.
func (s *scanner) next(end byte, where string) (done bool, err error) {
	s.space()
	if s.pos < len(s.data) {
		switch s.data[s.pos] {
		case ',':
			s.pos++
			return false, nil
		case end:
			s.pos++
			return true, nil
		}
	}
	return false, s.fail(where)
}

func (s *scanner) str() error {
	data := s.data
	i := s.pos + 1
	for i < len(data) {
		switch c := data[i]; {
		case c == '"':
			s.pos = i + 1
			return nil
		case c == '\\':
			start := i
			i++
			if i >= len(data) {
				s.pos = i
				return s.cut(start, "")
			}
			switch data[i] {
			case 'b', 'f', 'n', 'r', 't', '\\', '/', '"':
			case 'u':
				for range 4 {
					i++
					if i >= len(data) {
						s.pos = i
						return s.cut(start, "")
					}
					if !isHex(data[i]) {
						return badEscape(data[start:], start)
					}
				}
			default:
				return badEscape(data[start:], start)
			}
		case c < ' ':
			s.pos = i
			return s.fail("in string")
		}
		i++
	}
	s.pos = len(data)
	return s.fail("")
}

// badEscape is the error for the escape that b begins with.
func badEscape(b []byte, at int) error {
	size := 2
	if b[1] == 'u' {
		size = min(6, len(b))
	}
	shown := "`" + string(b[:size]) + "`"
	if strings.ContainsAny(shown[1:size+1], "` \t\n") {
		shown = strconv.Quote(string(b[:size]))
	}
	return &SyntaxError{"invalid escape sequence " + shown + " in string", int64(at + size)}
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' }

func (s *scanner) number() error {
	start := s.pos
	if s.data[s.pos] == '-' {
		s.pos++
	}
	if s.pos < len(s.data) && s.data[s.pos] == '0' {
		s.pos++
	} else if err := s.digits(start); err != nil {
		return err
	}
	if s.pos < len(s.data) && s.data[s.pos] == '.' {
		s.pos++
		if err := s.digits(start); err != nil {
			return err
		}
	}
	if s.pos < len(s.data) && (s.data[s.pos] == 'e' || s.data[s.pos] == 'E') {
		s.pos++
		if s.pos < len(s.data) && (s.data[s.pos] == '+' || s.data[s.pos] == '-') {
			s.pos++
		}
		return s.digits(start)
	}
	return nil
}

// digits takes one or more; the number began at start.
func (s *scanner) digits(start int) error {
	if s.pos >= len(s.data) || !isDigit(s.data[s.pos]) {
		return s.cut(start, "in numeric literal")
	}
	for s.pos < len(s.data) && isDigit(s.data[s.pos]) {
		s.pos++
	}
	return nil
}

func (s *scanner) literal(text string) error {
	for i := 0; i < len(text); i++ {
		if s.pos >= len(s.data) || s.data[s.pos] != text[i] {
			return s.fail("in literal " + text + " (expecting '" + text[i:i+1] + "')")
		}
		s.pos++
	}
	return nil
}

// check says whether data is one JSON value with nothing behind it.
func check(data []byte) error { return checkAs(data, "element") }

func checkAs(data []byte, inArray string) error {
	s := scanner{data: data, inArray: inArray}
	if err := s.value(0); err != nil {
		return err
	}
	s.space()
	if s.pos < len(data) {
		return s.fail("after top-level value")
	}
	return nil
}

// Valid reports whether data is JSON.
func Valid(data []byte) bool { return check(data) == nil }
