package big

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Rat is a fraction in lowest terms; its zero value is 0. Methods set their receiver and return it.
type Rat struct {
	// Without digits the denominator is 1.
	a, b Int
}

// NewRat returns a/b.
func NewRat(a, b int64) *Rat { return new(Rat).SetFrac64(a, b) }

// reduce sets z to a/b; b is not 0.
func (z *Rat) reduce(neg bool, a, b nat) *Rat {
	if d := a.gcd(b); len(d) != 1 || d[0] != 1 {
		a, _ = a.div(d)
		b, _ = b.div(d)
	}
	if len(b) == 1 && b[0] == 1 {
		b = nil
	}
	z.a.set(neg, a.clone())
	z.b.set(false, b.clone())
	return z
}

func (x *Rat) denominator() nat {
	if len(x.b.abs) == 0 {
		return natOf(1)
	}
	return x.b.abs
}

// SetFrac sets z to a/b.
func (z *Rat) SetFrac(a, b *Int) *Rat {
	return z.reduce(a.neg != b.neg, a.abs, divisor(b))
}

func (z *Rat) SetFrac64(a, b int64) *Rat { return z.SetFrac(NewInt(a), NewInt(b)) }

func (z *Rat) SetInt(x *Int) *Rat {
	z.a.Set(x)
	z.b.set(false, nil)
	return z
}

func (z *Rat) SetInt64(x int64) *Rat { return z.SetInt(NewInt(x)) }

func (z *Rat) SetUint64(x uint64) *Rat { return z.SetInt(new(Int).SetUint64(x)) }

func (z *Rat) Set(x *Rat) *Rat {
	if z != x {
		z.a.Set(&x.a)
		z.b.Set(&x.b)
	}
	return z
}

// SetFloat64 is exact; nil if f is not finite.
func (z *Rat) SetFloat64(f float64) *Rat {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return nil
	}
	mantissa, exponent := math.Frexp(math.Abs(f))
	a, b := natOf(uint64(mantissa*(1<<53))), natOf(1)
	if exponent -= 53; exponent > 0 {
		a = a.shl(uint(exponent))
	} else {
		b = b.shl(uint(-exponent))
	}
	return z.reduce(f < 0, a, b)
}

// Num is the numerator itself.
func (x *Rat) Num() *Int { return &x.a }

// Denom is the denominator, above 0; the one of a number that was never set is new.
func (x *Rat) Denom() *Int {
	if len(x.b.abs) == 0 {
		return NewInt(1)
	}
	return &x.b
}

func (x *Rat) Sign() int { return x.a.Sign() }

func (x *Rat) IsInt() bool { return len(x.b.abs) == 0 }

func (z *Rat) Abs(x *Rat) *Rat {
	z.Set(x)
	z.a.neg = false
	return z
}

func (z *Rat) Neg(x *Rat) *Rat {
	z.Set(x)
	z.a.Neg(&z.a)
	return z
}

// Inv is 1/x.
func (z *Rat) Inv(x *Rat) *Rat {
	if len(x.a.abs) == 0 {
		panic("division by zero")
	}
	return z.reduce(x.a.neg, x.denominator(), x.a.abs)
}

func (x *Rat) Cmp(y *Rat) int {
	var a, b Int
	a.set(x.a.neg, x.a.abs.mul(y.denominator()))
	b.set(y.a.neg, y.a.abs.mul(x.denominator()))
	return a.Cmp(&b)
}

func (z *Rat) Add(x, y *Rat) *Rat { return z.sum(x, y, y.a.neg) }

func (z *Rat) Sub(x, y *Rat) *Rat { return z.sum(x, y, !y.a.neg) }

func (z *Rat) sum(x, y *Rat, neg bool) *Rat {
	var a, b Int
	a.set(x.a.neg, x.a.abs.mul(y.denominator()))
	b.abs = y.a.abs.mul(x.denominator())
	a.sum(&a, &b, neg)
	return z.reduce(a.neg, a.abs, x.denominator().mul(y.denominator()))
}

func (z *Rat) Mul(x, y *Rat) *Rat {
	return z.reduce(x.a.neg != y.a.neg, x.a.abs.mul(y.a.abs), x.denominator().mul(y.denominator()))
}

// Quo is x/y.
func (z *Rat) Quo(x, y *Rat) *Rat {
	return z.reduce(x.a.neg != y.a.neg, x.a.abs.mul(y.denominator()), divisor(&y.a).mul(x.denominator()))
}

// Float64 is the nearest float64, and whether it is x itself.
func (x *Rat) Float64() (f float64, exact bool) {
	f = x.nearest(53, -1074)
	back := new(Rat).SetFloat64(f)
	return f, back != nil && back.Cmp(x) == 0
}

// Float32 is the nearest float32, and whether it is x itself.
func (x *Rat) Float32() (f float32, exact bool) {
	f = float32(x.nearest(24, -149))
	back := new(Rat).SetFloat64(float64(f))
	return f, back != nil && back.Cmp(x) == 0
}

// nearest rounds to even at so many bits, or where the least float has its last.
func (x *Rat) nearest(precision, least int) float64 {
	if len(x.a.abs) == 0 {
		return 0
	}
	b := x.denominator()
	// The quotient gets two bits more than are kept; more than is needed below the least.
	down := precision + 2 - (x.a.abs.bitLen() - b.bitLen())
	down = min(down, -least+2)
	a := x.a.abs
	if down > 0 {
		a = a.shl(uint(down))
	} else {
		b = b.shl(uint(-down))
	}
	q, r := a.div(b)
	v := q.low64()
	if len(r) > 0 {
		v |= 1
	}
	drop := max(q.bitLen()-precision, least+down, 0)
	if drop > 0 {
		rest, half := v&(1<<drop-1), uint64(1)<<(drop-1)
		v >>= drop
		if rest > half || rest == half && v&1 == 1 {
			v++
		}
	}
	f := math.Ldexp(float64(v), drop-down)
	if x.a.neg {
		return -f
	}
	return f
}

// SetString reads a/b or a number with point and exponent.
func (z *Rat) SetString(s string) (*Rat, bool) {
	if a, b, ok := strings.Cut(s, "/"); ok {
		var num, den Int
		if _, ok := num.SetString(a, 0); !ok {
			return nil, false
		}
		if b == "" || b[0] == '-' || b[0] == '+' {
			return nil, false
		}
		if _, ok := den.SetString(b, 0); !ok || len(den.abs) == 0 {
			return nil, false
		}
		return z.SetFrac(&num, &den), true
	}
	neg := strings.HasPrefix(s, "-")
	if neg || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	exponent := 0
	if at := strings.IndexAny(s, "eE"); at >= 0 && !strings.HasPrefix(s, "0x") && !strings.HasPrefix(s, "0X") {
		e, err := strconv.Atoi(s[at+1:])
		if err != nil {
			return nil, false
		}
		s, exponent = s[:at], e
	}
	whole, fraction, point := strings.Cut(s, ".")
	base := 10
	if !point {
		base = 0
		if trimmed := strings.TrimLeft(whole, "0"); len(whole) > 1 && (trimmed == "" || '0' <= trimmed[0] && trimmed[0] <= '9') {
			base = 10
		}
	}
	abs, ok := parse(whole+fraction, base)
	if !ok {
		return nil, false
	}
	exponent -= len(fraction)
	scale := natOf(10).exp(natOf(uint64(max(exponent, -exponent))), nil)
	if exponent >= 0 {
		return z.reduce(neg, abs.mul(scale), natOf(1)), true
	}
	return z.reduce(neg, abs, scale), true
}

// String is a/b, also if b is 1.
func (x *Rat) String() string {
	return x.a.String() + "/" + x.denominator().text(10)
}

// RatString is a/b, or a if b is 1.
func (x *Rat) RatString() string {
	if x.IsInt() {
		return x.a.String()
	}
	return x.String()
}

// FloatString is the number with so many digits behind the point, the last one rounded, halves away from zero.
func (x *Rat) FloatString(prec int) string {
	scaled := x.a.abs
	if prec > 0 {
		scaled = scaled.mul(natOf(10).exp(natOf(uint64(prec)), nil))
	}
	b := x.denominator()
	q, r := scaled.div(b)
	if r.shl(1).cmp(b) >= 0 {
		q = q.add(natOf(1))
	}
	text := q.text(10)
	if prec > 0 {
		if len(text) <= prec {
			text = strings.Repeat("0", prec+1-len(text)) + text
		}
		text = text[:len(text)-prec] + "." + text[len(text)-prec:]
	}
	if x.a.neg {
		return "-" + text
	}
	return text
}

// FloatPrec is how many digits behind the point do not repeat, and whether none do: then FloatString(n) is exact.
func (x *Rat) FloatPrec() (n int, exact bool) {
	b := x.denominator()
	twos := int(b.trailingZeros())
	b = b.shr(uint(twos))
	fives := 0
	for {
		q, r := b.divWord(5)
		if r != 0 {
			break
		}
		b = q
		fives++
	}
	return max(twos, fives), b.cmp(natOf(1)) == 0
}

// Scan is for fmt's functions that scan.
func (z *Rat) Scan(s fmt.ScanState, ch rune) error {
	token, err := s.Token(true, func(r rune) bool { return strings.ContainsRune("+-/0123456789.eE", r) })
	if err != nil {
		return err
	}
	if !strings.ContainsRune("efgEFGv", ch) {
		return errors.New("Rat.Scan: invalid verb")
	}
	if _, ok := z.SetString(string(token)); !ok {
		return errors.New("Rat.Scan: invalid syntax")
	}
	return nil
}

// AppendText appends RatString.
func (x *Rat) AppendText(b []byte) ([]byte, error) { return append(b, x.RatString()...), nil }

// MarshalText writes RatString.
func (x *Rat) MarshalText() ([]byte, error) { return []byte(x.RatString()), nil }

// UnmarshalText reads what SetString reads.
func (z *Rat) UnmarshalText(text []byte) error {
	if _, ok := z.SetString(string(text)); !ok {
		return fmt.Errorf("math/big: cannot unmarshal %q into a *big.Rat", text)
	}
	return nil
}

// GobEncode writes the number for encoding/gob.
func (x *Rat) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	a := x.a.Bytes()
	version := byte(1 << 1)
	if x.a.neg {
		version |= 1
	}
	buf := binary.BigEndian.AppendUint32([]byte{version}, uint32(len(a)))
	return append(append(buf, a...), x.b.Bytes()...), nil
}

// GobDecode reads what GobEncode wrote.
func (z *Rat) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		*z = Rat{}
		return nil
	}
	if len(buf) < 5 {
		return errors.New("Rat.GobDecode: buffer too small")
	}
	if buf[0]>>1 != 1 {
		return fmt.Errorf("Rat.GobDecode: encoding version %d not supported", buf[0]>>1)
	}
	n := uint64(binary.BigEndian.Uint32(buf[1:]))
	if uint64(len(buf)-5) < n {
		return errors.New("Rat.GobDecode: invalid length")
	}
	z.a.set(buf[0]&1 != 0, natOfBytes(buf[5:5+n]))
	z.b.set(false, natOfBytes(buf[5+n:]))
	return nil
}
