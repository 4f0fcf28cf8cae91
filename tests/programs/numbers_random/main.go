// Numbers to text and back, over pseudo-random values: sums of what strconv and math say.
package main

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/bits"
	"math/cmplx"
	"strconv"
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

// What a float may be: any bits, a nice number, one of few digits.
func (g *generator) float() float64 {
	switch g.below(4) {
	case 0:
		return math.Float64frombits(g.next())
	case 1:
		return float64(int64(g.next())) / float64(uint64(1)<<g.below(64))
	case 2:
		return float64(g.below(2000)-1000) / 8
	}
	return float64(g.below(1000000)) * math.Pow10(g.below(60)-30)
}

// A sum of lines.
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

func text(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

func floats(g *generator) {
	s := &sum{name: "floats"}
	for range 4000 {
		f := g.float()
		for _, verb := range "eEfgGbxX" {
			prec := g.below(25) - 1
			if verb == 'f' && math.Abs(f) > 1e30 {
				verb = 'g'
			}
			s.add(strconv.FormatFloat(f, byte(verb), prec, 64), strconv.FormatFloat(float64(float32(f)), byte(verb), prec, 32))
		}
		back, err := strconv.ParseFloat(text(f), 64)
		if back != f && f == f || err != nil {
			fmt.Println("not the same:", f, back, err)
		}
		single := float32(f)
		back, _ = strconv.ParseFloat(strconv.FormatFloat(float64(single), 'e', -1, 32), 32)
		if float32(back) != single && single == single {
			fmt.Println("not the same:", single, back)
		}
	}
	s.print()
}

func parsing(g *generator) {
	s := &sum{name: "parsing"}
	const letters = "0123456789.eE+-_xXpPabcfinINty "
	for range 12000 {
		n := 1 + g.below(9)
		b := make([]byte, n)
		for i := range b {
			if g.below(3) == 0 {
				b[i] = letters[g.below(len(letters))]
			} else {
				b[i] = letters[g.below(10)]
			}
		}
		t := string(b)
		f, err := strconv.ParseFloat(t, 64)
		s.add(text(f), err)
		f, err = strconv.ParseFloat(t+strings.Repeat("7", g.below(20)), 32)
		s.add(text(f), err)
		c, err := strconv.ParseComplex(t, 128)
		s.add(c, err)
		c, err = strconv.ParseComplex("("+t+"+"+t+"i)", 64)
		s.add(c, err)
		i, err := strconv.ParseInt(t, g.below(37), 1<<g.below(7))
		s.add(i, err)
		u, err := strconv.ParseUint(t, 0, 64)
		s.add(u, err)
		a, err := strconv.Atoi(t)
		s.add(a, err)
		v, err := strconv.ParseBool(t[:1])
		s.add(v, err)
	}
	s.print()
}

func integers(g *generator) {
	s := &sum{name: "integers"}
	for range 2000 {
		u := g.next() >> g.below(64)
		i := int64(g.next()) >> g.below(64)
		for base := 2; base <= 36; base++ {
			t := strconv.FormatInt(i, base)
			back, err := strconv.ParseInt(t, base, 64)
			if back != i || err != nil {
				fmt.Println("not the same:", i, base, t, back, err)
			}
			s.add(t, strconv.FormatUint(u, base))
		}
		s.add(bits.Len64(u), bits.OnesCount64(u), bits.Reverse64(u), bits.ReverseBytes32(uint32(u)), bits.RotateLeft16(uint16(u), int(i)))
		hi, lo := bits.Mul64(u, uint64(i))
		q, r := bits.Div64(hi%(u|1), lo, u|1)
		s.add(hi, lo, q, r, bits.TrailingZeros64(u), bits.LeadingZeros8(uint8(u)))
	}
	s.print()
}

func quoting(g *generator) {
	s := &sum{name: "quoting"}
	for range 6000 {
		b := make([]byte, g.below(12))
		for i := range b {
			b[i] = byte(g.next() >> g.below(8))
		}
		t := string(b) + string(rune(g.below(0x3000))) + string(rune(g.below(0x110000)))
		q := strconv.Quote(t)
		back, err := strconv.Unquote(q)
		if back != t || err != nil {
			fmt.Println("not the same:", q, err)
		}
		s.add(q, strconv.QuoteToASCII(t), strconv.QuoteToGraphic(t), strconv.CanBackquote(t))
		r := rune(g.below(0x120000))
		s.add(strconv.QuoteRune(r), strconv.QuoteRuneToASCII(r), strconv.IsPrint(r), strconv.IsGraphic(r))
		const escapes = `\\\\xu0123467abfnrtvU'"` + "`\n"
		e := make([]byte, 1+g.below(8))
		for i := range e {
			e[i] = escapes[g.below(len(escapes))]
		}
		quote := "\"'`"[g.below(3)]
		t = string(quote) + string(e) + string(quote)
		back, err = strconv.Unquote(t)
		s.add(back, err)
		prefix, err := strconv.QuotedPrefix(t + "x")
		s.add(prefix, err)
		c, multi, tail, err := strconv.UnquoteChar(string(e), quote)
		s.add(c, multi, tail, err)
	}
	s.print()
}

func functions(g *generator) {
	one := []struct {
		name string
		f    func(float64) float64
	}{
		{"Acos", math.Acos}, {"Acosh", math.Acosh}, {"Asin", math.Asin}, {"Asinh", math.Asinh}, {"Atan", math.Atan},
		{"Atanh", math.Atanh}, {"Cbrt", math.Cbrt}, {"Ceil", math.Ceil}, {"Cos", math.Cos}, {"Cosh", math.Cosh},
		{"Erf", math.Erf}, {"Erfc", math.Erfc}, {"Erfinv", math.Erfinv}, {"Erfcinv", math.Erfcinv}, {"Exp", math.Exp},
		{"Exp2", math.Exp2}, {"Expm1", math.Expm1}, {"Floor", math.Floor}, {"Gamma", math.Gamma}, {"J0", math.J0},
		{"J1", math.J1}, {"Log", math.Log}, {"Log10", math.Log10}, {"Log1p", math.Log1p}, {"Log2", math.Log2}, {"Logb", math.Logb},
		{"Round", math.Round}, {"RoundToEven", math.RoundToEven}, {"Sin", math.Sin}, {"Sinh", math.Sinh}, {"Sqrt", math.Sqrt},
		{"Tan", math.Tan}, {"Tanh", math.Tanh}, {"Trunc", math.Trunc}, {"Y0", math.Y0}, {"Y1", math.Y1},
	}
	for _, f := range one {
		s := &sum{name: f.name}
		for range 400 {
			x := g.float()
			s.add(text(f.f(x)))
			x = float64(int64(g.next())) / (1 << 63)
			s.add(text(f.f(x)), text(f.f(x*30)))
		}
		s.print()
	}
	two := []struct {
		name string
		f    func(x, y float64) float64
	}{
		{"Atan2", math.Atan2}, {"Dim", math.Dim}, {"Hypot", math.Hypot}, {"Max", math.Max}, {"Min", math.Min}, {"Mod", math.Mod},
		{"Nextafter", math.Nextafter}, {"Pow", math.Pow}, {"Remainder", math.Remainder}, {"Copysign", math.Copysign},
	}
	for _, f := range two {
		s := &sum{name: f.name}
		for range 1000 {
			s.add(text(f.f(g.float(), g.float())))
		}
		s.print()
	}
	s := &sum{name: "several"}
	for range 1000 {
		x := g.float()
		whole, part := math.Modf(x)
		frac, exp := math.Frexp(x)
		log, sign := math.Lgamma(x)
		s.add(text(whole), text(part), text(frac), exp, text(log), sign, text(math.Ldexp(x, g.below(300)-150)))
		s.add(text(math.FMA(x, g.float(), g.float())), math.Signbit(x), text(math.Jn(g.below(10), math.Abs(x))), text(math.Yn(g.below(10), math.Abs(x))))
		s.add(math.Ilogb(x), math.Float32bits(float32(x)), text(math.Pow10(g.below(700)-350)))
	}
	s.print()
}

func complexes(g *generator) {
	special := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, math.Inf(1), math.Inf(-1), math.NaN(), math.Pi, 1e300, -1e-300, 1e15}
	functions := []struct {
		name string
		f    func(complex128) complex128
	}{
		{"cmplx.Acos", cmplx.Acos}, {"cmplx.Acosh", cmplx.Acosh}, {"cmplx.Asin", cmplx.Asin}, {"cmplx.Asinh", cmplx.Asinh},
		{"cmplx.Atan", cmplx.Atan}, {"cmplx.Atanh", cmplx.Atanh}, {"cmplx.Cos", cmplx.Cos}, {"cmplx.Cosh", cmplx.Cosh},
		{"cmplx.Cot", cmplx.Cot}, {"cmplx.Exp", cmplx.Exp}, {"cmplx.Log", cmplx.Log}, {"cmplx.Log10", cmplx.Log10},
		{"cmplx.Sin", cmplx.Sin}, {"cmplx.Sinh", cmplx.Sinh}, {"cmplx.Sqrt", cmplx.Sqrt}, {"cmplx.Tan", cmplx.Tan}, {"cmplx.Tanh", cmplx.Tanh},
	}
	for _, f := range functions {
		s := &sum{name: f.name}
		put := func(x complex128) {
			y := f.f(x)
			s.add(text(real(y)), text(imag(y)))
		}
		for _, re := range special {
			for _, im := range special {
				put(complex(re, im))
			}
		}
		for range 500 {
			put(complex(float64(int64(g.next()))/(1<<60), float64(int64(g.next()))/(1<<60)))
			put(complex(float64(int64(g.next()))/(1<<64), float64(int64(g.next()))/(1<<64)))
			put(complex(g.float(), g.float()))
		}
		s.print()
	}
	s := &sum{name: "cmplx.Pow"}
	for range 1000 {
		x := complex(float64(int64(g.next()))/(1<<61), float64(int64(g.next()))/(1<<61))
		y := complex(float64(int64(g.next()))/(1<<61), float64(g.below(3)))
		p := cmplx.Pow(x, y)
		s.add(text(real(p)), text(imag(p)))
		r, angle := cmplx.Polar(x)
		z := cmplx.Rect(r, angle)
		s.add(text(r), text(angle), text(real(z)), text(imag(z)), strconv.FormatComplex(x, 'g', 5, 128))
	}
	s.print()
}

func main() {
	g := generator(2026)
	floats(&g)
	parsing(&g)
	integers(&g)
	quoting(&g)
	functions(&g)
	complexes(&g)
}
