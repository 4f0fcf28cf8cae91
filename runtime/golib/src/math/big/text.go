package big

import (
	"errors"
	"fmt"
	"io"
	"math/bits"
	"strings"
)

// MaxBase is the largest base of texts.
const MaxBase = 10 + ('z' - 'a' + 1) + ('Z' - 'A' + 1)

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// power is the largest power of base that is a digit, and which it is.
func power(base int) (Word, int) {
	p, n := Word(base), 1
	for {
		high, low := bits.Mul(uint(p), uint(base))
		if high != 0 {
			return p, n
		}
		p, n = Word(low), n+1
	}
}

// text writes the digits.
func (x nat) text(base int) string {
	if base < 2 || base > MaxBase {
		panic("invalid base")
	}
	if len(x) == 0 {
		return "0"
	}
	p, n := power(base)
	// p**1, p**2, p**4 .. up to the root of x.
	powers := []nat{{p}}
	for {
		last := powers[len(powers)-1]
		square := last.mul(last)
		if x.cmp(square) < 0 {
			break
		}
		powers = append(powers, square)
	}
	var out []byte
	// A number is halved until it is a digit of base p. What is not the first part has all its zeros.
	var write func(x nat, level int, full bool)
	write = func(x nat, level int, full bool) {
		if level == 0 {
			out = appendDigits(out, x.low64(), uint64(base), n, full)
			return
		}
		high, low := x.div(powers[level-1])
		if full || len(high) > 0 {
			write(high, level-1, full)
			full = true
		}
		write(low, level-1, full)
	}
	write(x, len(powers), false)
	return string(out)
}

func appendDigits(out []byte, v, base uint64, n int, full bool) []byte {
	var buf [wordBits]byte
	at := len(buf)
	for v > 0 || full && at > len(buf)-n {
		at--
		buf[at] = digits[v%base]
		v /= base
	}
	return append(out, buf[at:]...)
}

func digitOf(c byte, base int) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'z':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'Z':
		if base <= 36 {
			return int(c-'A') + 10
		}
		return int(c-'A') + 36
	}
	return MaxBase
}

// parse reads a whole text without a sign. Base 0 goes by a prefix and allows _ between digits.
func parse(s string, base int) (nat, bool) {
	separators := base == 0
	last := byte(0)
	if base == 0 {
		base = 10
		if len(s) > 1 && s[0] == '0' {
			switch s[1] | 0x20 {
			case 'x':
				base = 16
			case 'o':
				base = 8
			case 'b':
				base = 2
			default:
				base = 8
				s = "00" + s[1:]
			}
			s, last = s[2:], '0'
		}
	}
	if s == "" || base < 2 || base > MaxBase {
		return nil, false
	}
	p, n := power(base)
	var z nat
	var part Word
	count := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '_' && separators {
			if last == '_' || last == 0 || i == len(s)-1 {
				return nil, false
			}
			last = c
			continue
		}
		last = c
		d := digitOf(c, base)
		if d >= base {
			return nil, false
		}
		part = part*Word(base) + Word(d)
		if count++; count == n {
			z = z.mulWord(p, part)
			part, count = 0, 0
		}
	}
	rest := Word(1)
	for range count {
		rest *= Word(base)
	}
	if count > 0 {
		z = z.mulWord(rest, part)
	}
	return z, true
}

// Text returns the number in a base from 2 to MaxBase.
func (x *Int) Text(base int) string {
	if x == nil {
		return "<nil>"
	}
	if x.neg {
		return "-" + x.abs.text(base)
	}
	return x.abs.text(base)
}

// Append appends Text(base).
func (x *Int) Append(buf []byte, base int) []byte { return append(buf, x.Text(base)...) }

func (x *Int) String() string { return x.Text(10) }

// SetString sets z to the whole of s in a base; base 0 goes by a prefix. Without success z is of no use.
func (z *Int) SetString(s string, base int) (*Int, bool) {
	neg := strings.HasPrefix(s, "-")
	if neg || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	abs, ok := parse(s, base)
	if !ok {
		return nil, false
	}
	z.set(neg, abs)
	return z, true
}

// Format is for the verbs b o d x X and O, s and v, with fmt's flags.
func (x *Int) Format(s fmt.State, verb rune) {
	base := 10
	switch verb {
	case 'b':
		base = 2
	case 'o', 'O':
		base = 8
	case 'd', 's', 'v':
	case 'x', 'X':
		base = 16
	default:
		fmt.Fprintf(s, "%%!%c(big.Int=%s)", verb, x.String())
		return
	}
	if x == nil {
		fmt.Fprint(s, "<nil>")
		return
	}
	sign := ""
	switch {
	case x.neg:
		sign = "-"
	case s.Flag('+'):
		sign = "+"
	case s.Flag(' '):
		sign = " "
	}
	prefix := ""
	if s.Flag('#') {
		switch verb {
		case 'b':
			prefix = "0b"
		case 'o':
			prefix = "0"
		case 'x', 'X':
			prefix = "0" + string(verb)
		}
	}
	if verb == 'O' {
		prefix = "0o"
	}
	text := x.abs.text(base)
	if verb == 'X' {
		text = strings.ToUpper(text)
	}
	var left, zeros, right int
	precision, precise := s.Precision()
	if precise {
		switch {
		case len(text) < precision:
			zeros = precision - len(text)
		case text == "0" && precision == 0:
			return
		}
	}
	if width, ok := s.Width(); ok {
		if gap := width - len(sign) - len(prefix) - zeros - len(text); gap > 0 {
			switch {
			case s.Flag('-'):
				right = gap
			case s.Flag('0') && !precise:
				zeros = gap
			default:
				left = gap
			}
		}
	}
	out := strings.Repeat(" ", left) + sign + prefix + strings.Repeat("0", zeros) + text + strings.Repeat(" ", right)
	io.WriteString(s, out)
}

// Scan is for fmt's functions that scan.
func (z *Int) Scan(s fmt.ScanState, ch rune) error {
	s.SkipSpace()
	base := 0
	switch ch {
	case 'b':
		base = 2
	case 'o':
		base = 8
	case 'd':
		base = 10
	case 'x', 'X':
		base = 16
	case 's', 'v':
	default:
		return errors.New("Int.Scan: invalid verb")
	}
	first := true
	token, err := s.Token(false, func(r rune) bool {
		ok := r == '_' || first && (r == '-' || r == '+') || r < 0x80 && digitOf(byte(r), 36) < 36
		first = false
		return ok
	})
	if err != nil {
		return err
	}
	if _, ok := z.SetString(string(token), base); !ok {
		return errors.New("number has no digits")
	}
	return nil
}

// AppendText appends the number in base 10.
func (x *Int) AppendText(b []byte) ([]byte, error) { return x.Append(b, 10), nil }

// MarshalText writes the number in base 10.
func (x *Int) MarshalText() ([]byte, error) { return []byte(x.String()), nil }

// UnmarshalText reads what SetString reads with base 0.
func (z *Int) UnmarshalText(text []byte) error {
	if _, ok := z.SetString(string(text), 0); !ok {
		return fmt.Errorf("math/big: cannot unmarshal %q into a *big.Int", text)
	}
	return nil
}

// MarshalJSON writes the number.
func (x *Int) MarshalJSON() ([]byte, error) {
	if x == nil {
		return []byte("null"), nil
	}
	return x.MarshalText()
}

// UnmarshalJSON reads a number; null changes nothing.
func (z *Int) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		return nil
	}
	return z.UnmarshalText(text)
}
