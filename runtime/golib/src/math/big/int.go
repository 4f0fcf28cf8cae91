package big

import (
	"fmt"
	"math"
	"math/rand"
)

// Int is an integer; its zero value is 0. Methods set their receiver and return it; arguments may be the receiver, too.
type Int struct {
	neg bool
	abs nat
}

// NewInt returns a new integer.
func NewInt(x int64) *Int { return new(Int).SetInt64(x) }

// set takes over abs.
func (z *Int) set(neg bool, abs nat) *Int {
	z.neg, z.abs = neg && len(abs) > 0, abs
	return z
}

// Sign is -1, 0 or 1.
func (x *Int) Sign() int {
	switch {
	case len(x.abs) == 0:
		return 0
	case x.neg:
		return -1
	}
	return 1
}

func (z *Int) SetInt64(x int64) *Int {
	if x < 0 {
		return z.set(true, natOf(-uint64(x)))
	}
	return z.set(false, natOf(uint64(x)))
}

func (z *Int) SetUint64(x uint64) *Int { return z.set(false, natOf(x)) }

func (z *Int) Set(x *Int) *Int {
	if z != x {
		z.set(x.neg, x.abs.clone())
	}
	return z
}

// Bits is the digits themselves, lowest first.
func (x *Int) Bits() []Word { return x.abs }

// SetBits takes abs over.
func (z *Int) SetBits(abs []Word) *Int { return z.set(false, nat(abs).norm()) }

func (z *Int) Abs(x *Int) *Int { return z.Set(x).set(false, z.abs) }

func (z *Int) Neg(x *Int) *Int { return z.Set(x).set(!z.neg, z.abs) }

func (z *Int) Add(x, y *Int) *Int { return z.sum(x, y, y.neg) }

func (z *Int) Sub(x, y *Int) *Int { return z.sum(x, y, !y.neg) }

// sum adds y with another sign.
func (z *Int) sum(x, y *Int, neg bool) *Int {
	switch {
	case x.neg == neg:
		return z.set(neg, x.abs.add(y.abs))
	case x.abs.cmp(y.abs) >= 0:
		return z.set(x.neg, x.abs.sub(y.abs))
	}
	return z.set(neg, y.abs.sub(x.abs))
}

func (z *Int) Mul(x, y *Int) *Int { return z.set(x.neg != y.neg, x.abs.mul(y.abs)) }

// MulRange is the product of all integers from a to b.
func (z *Int) MulRange(a, b int64) *Int {
	switch {
	case a > b:
		return z.SetInt64(1)
	case a <= 0 && b >= 0:
		return z.SetInt64(0)
	case a < 0:
		neg := (b-a)&1 == 0
		return z.set(neg, product(uint64(-b), uint64(-a)))
	}
	return z.set(false, product(uint64(a), uint64(b)))
}

func product(a, b uint64) nat {
	if b-a < 8 {
		z := natOf(a)
		for i := a + 1; i <= b && i > a; i++ {
			z = z.mulWord(Word(i), 0)
		}
		return z
	}
	middle := a + (b-a)/2
	return product(a, middle).mul(product(middle+1, b))
}

// Binomial is how many ways there are to choose k of n.
func (z *Int) Binomial(n, k int64) *Int {
	if k > n {
		return z.SetInt64(0)
	}
	k = min(k, n-k)
	var a, b Int
	a.MulRange(n-k+1, n)
	b.MulRange(1, k)
	return z.Quo(&a, &b)
}

func divisor(y *Int) nat {
	if len(y.abs) == 0 {
		panic("division by zero")
	}
	return y.abs
}

// Quo rounds towards zero, as Go's / does.
func (z *Int) Quo(x, y *Int) *Int {
	q, _ := x.abs.div(divisor(y))
	return z.set(x.neg != y.neg, q)
}

// Rem is what Quo leaves.
func (z *Int) Rem(x, y *Int) *Int {
	_, r := x.abs.div(divisor(y))
	return z.set(x.neg, r)
}

// QuoRem is both; r gets the remainder.
func (z *Int) QuoRem(x, y, r *Int) (*Int, *Int) {
	q, rest := x.abs.div(divisor(y))
	qNeg, rNeg := x.neg != y.neg, x.neg
	return z.set(qNeg, q), r.set(rNeg, rest)
}

// Div rounds so that the remainder is not negative.
func (z *Int) Div(x, y *Int) *Int {
	z.DivMod(x, y, new(Int))
	return z
}

// Mod is what Div leaves.
func (z *Int) Mod(x, y *Int) *Int {
	new(Int).DivMod(x, y, z)
	return z
}

// DivMod is both; m gets the remainder.
func (z *Int) DivMod(x, y, m *Int) (*Int, *Int) {
	d := *y
	z.QuoRem(x, y, m)
	if m.neg {
		one := natOf(1)
		if d.neg {
			z.set(z.neg, z.abs.add(one))
			m.Sub(m, &d)
		} else {
			z.sum(z, &Int{abs: one}, true)
			m.Add(m, &d)
		}
	}
	return z, m
}

func (x *Int) Cmp(y *Int) (r int) {
	switch {
	case x.neg == y.neg:
		r = x.abs.cmp(y.abs)
		if x.neg {
			r = -r
		}
	case x.neg:
		r = -1
	default:
		r = 1
	}
	return r
}

// CmpAbs compares without signs.
func (x *Int) CmpAbs(y *Int) int { return x.abs.cmp(y.abs) }

// Int64 is the number if IsInt64, else of no use.
func (x *Int) Int64() int64 {
	v := int64(x.abs.low64())
	if x.neg {
		v = -v
	}
	return v
}

// Uint64 is the number if IsUint64, else of no use.
func (x *Int) Uint64() uint64 { return x.abs.low64() }

func (x *Int) IsInt64() bool {
	v := x.abs.low64()
	return len(x.abs) <= 1 && (v < 1<<63 || x.neg && v == 1<<63)
}

func (x *Int) IsUint64() bool { return !x.neg && len(x.abs) <= 1 }

// Float64 is the nearest float64, and says which way it was rounded.
func (x *Int) Float64() (float64, Accuracy) {
	f := x.abs.float64(0)
	var back Int
	if math.IsInf(f, 0) {
		if x.neg {
			return -f, Below
		}
		return f, Above
	}
	mantissa, exponent := math.Frexp(f)
	back.SetUint64(uint64(mantissa * (1 << 53)))
	if exponent >= 53 {
		back.Lsh(&back, uint(exponent-53))
	} else {
		back.Rsh(&back, uint(53-exponent))
	}
	accuracy := Accuracy(back.abs.cmp(x.abs))
	if x.neg {
		return -f, -accuracy
	}
	return f, accuracy
}

// float64 is x / 2**down, rounded to even.
func (x nat) float64(down int) float64 {
	n := x.bitLen()
	if n <= 64 {
		return math.Ldexp(float64(x.low64()), -down)
	}
	// 64 bits, and whether something is behind them.
	shift := uint(n - 64)
	top := x.shr(shift).low64()
	if x.trailingZeros() < shift {
		top |= 1
	}
	return math.Ldexp(float64(top), int(shift)-down)
}

// SetBytes sets z to the number with these digits of base 256, highest first.
func (z *Int) SetBytes(buf []byte) *Int { return z.set(false, natOfBytes(buf)) }

// Bytes is the digits of base 256 of the absolute value, highest first.
func (x *Int) Bytes() []byte {
	buf := make([]byte, (x.BitLen()+7)/8)
	x.abs.bytes(buf)
	return buf
}

// FillBytes is Bytes with zeros before it, as long as buf.
func (x *Int) FillBytes(buf []byte) []byte {
	if !x.abs.bytes(buf) {
		panic("math/big: buffer too small to fit value")
	}
	return buf
}

// BitLen is how many bits the absolute value has.
func (x *Int) BitLen() int { return x.abs.bitLen() }

// TrailingZeroBits is how often 2 divides x.
func (x *Int) TrailingZeroBits() uint { return x.abs.trailingZeros() }

// Exp is x**y, modulo m if m is neither nil nor 0. A negative y needs the inverse of x; there may be none, then it is nil.
func (z *Int) Exp(x, y, m *Int) *Int {
	base := x
	if y.neg {
		if m == nil || len(m.abs) == 0 {
			return z.SetInt64(1)
		}
		if base = new(Int).ModInverse(x, m); base == nil {
			return nil
		}
	}
	var modulus nat
	if m != nil {
		modulus = m.abs
	}
	neg := base.neg && y.abs.bit(0) == 1
	z.set(neg, base.abs.exp(y.abs, modulus))
	if z.neg && len(modulus) > 0 {
		z.set(false, modulus.sub(z.abs))
	}
	return z
}

// GCD sets z to the greatest common divisor, and x and y, if they are not nil, so that z = a*x + b*y.
func (z *Int) GCD(x, y, a, b *Int) *Int {
	if x == nil && y == nil {
		return z.set(false, a.abs.gcd(b.abs).clone())
	}
	r0, r1 := new(Int).Abs(a), new(Int).Abs(b)
	s0, s1, t0, t1 := NewInt(1), NewInt(0), NewInt(0), NewInt(1)
	for len(r1.abs) > 0 {
		q, r := new(Int).QuoRem(r0, r1, new(Int))
		r0, r1 = r1, r
		s0, s1 = s1, new(Int).Sub(s0, new(Int).Mul(q, s1))
		t0, t1 = t1, new(Int).Sub(t0, new(Int).Mul(q, t1))
	}
	if len(a.abs) == 0 {
		s0 = NewInt(0)
	}
	if len(b.abs) == 0 {
		t0 = NewInt(0)
	}
	aNeg, bNeg := a.neg, b.neg
	if x != nil {
		x.set(s0.neg != aNeg, s0.abs)
	}
	if y != nil {
		y.set(t0.neg != bNeg, t0.abs)
	}
	return z.Set(r0)
}

// ModInverse is the number whose product with g is 1 modulo n; nil if there is none.
func (z *Int) ModInverse(g, n *Int) *Int {
	n = new(Int).Abs(n)
	var d, x Int
	d.GCD(&x, nil, new(Int).Mod(g, n), n)
	if d.Cmp(NewInt(1)) != 0 {
		return nil
	}
	if x.neg {
		x.Add(&x, n)
	}
	return z.Set(&x)
}

// Jacobi is the symbol (x/y), -1, 0 or 1; y must be odd.
func Jacobi(x, y *Int) int {
	if y.abs.bit(0) == 0 {
		panic(fmt.Sprintf("big: invalid 2nd argument to Int.Jacobi: need odd integer but got %s", y.String()))
	}
	sign := 1
	b := new(Int).Set(y)
	if b.neg {
		if x.neg {
			sign = -1
		}
		b.neg = false
	}
	a := new(Int).Mod(x, b)
	for len(a.abs) > 0 {
		zeros := a.abs.trailingZeros()
		if low := b.abs[0] & 7; zeros&1 == 1 && (low == 3 || low == 5) {
			sign = -sign
		}
		a.Rsh(a, zeros)
		if a.abs[0]&3 == 3 && b.abs[0]&3 == 3 {
			sign = -sign
		}
		a, b = b.Mod(b, a), a
	}
	if b.Cmp(NewInt(1)) != 0 {
		return 0
	}
	return sign
}

// ModSqrt is a square root of x modulo the odd prime p, by Tonelli and Shanks; nil if there is none.
func (z *Int) ModSqrt(x, p *Int) *Int {
	switch Jacobi(x, p) {
	case -1:
		return nil
	case 0:
		return z.SetInt64(0)
	}
	one := NewInt(1)
	x = new(Int).Mod(x, p)
	odd := new(Int).Sub(p, one)
	e := odd.TrailingZeroBits()
	odd.Rsh(odd, e)
	n := NewInt(2)
	for Jacobi(n, p) != -1 {
		n.Add(n, one)
	}
	half := new(Int).Rsh(new(Int).Add(odd, one), 1)
	root := new(Int).Exp(x, half, p)
	b := new(Int).Exp(x, odd, p)
	g := new(Int).Exp(n, odd, p)
	for b.Cmp(one) != 0 {
		m := uint(0)
		for t := new(Int).Set(b); t.Cmp(one) != 0; m++ {
			t.Mod(t.Mul(t, t), p)
		}
		t := new(Int).Exp(g, new(Int).Lsh(one, e-m-1), p)
		g.Mod(g.Mul(t, t), p)
		root.Mod(root.Mul(root, t), p)
		b.Mod(b.Mul(b, g), p)
		e = m
	}
	return z.Set(root)
}

// Sqrt is the root, rounded down; it panics for negative numbers.
func (z *Int) Sqrt(x *Int) *Int {
	if x.neg {
		panic("square root of negative number")
	}
	return z.set(false, x.abs.sqrt())
}

func (z *Int) Lsh(x *Int, n uint) *Int { return z.set(x.neg, x.abs.shl(n)) }

// Rsh rounds down, as Go's >> does.
func (z *Int) Rsh(x *Int, n uint) *Int {
	abs := x.abs.shr(n)
	if x.neg && x.abs.trailingZeros() < n {
		abs = abs.add(natOf(1))
	}
	return z.set(x.neg, abs)
}

// Bit is that of two's complement.
func (x *Int) Bit(i int) uint {
	if i < 0 {
		panic("negative bit index")
	}
	bit := x.abs.bit(uint(i))
	if x.neg && uint(i) > x.abs.trailingZeros() {
		bit ^= 1
	}
	return bit
}

// SetBit is x with one bit of two's complement set to 0 or 1.
func (z *Int) SetBit(x *Int, i int, b uint) *Int {
	if i < 0 {
		panic("negative bit index")
	}
	if b > 1 {
		panic("set bit is not 0 or 1")
	}
	if x.Bit(i) == b {
		return z.Set(x)
	}
	return z.sum(x, new(Int).Lsh(NewInt(1), uint(i)), b == 0)
}

// Not is ^x.
func (z *Int) Not(x *Int) *Int { return z.Sub(new(Int).Neg(x), NewInt(1)) }

// bitwise is an operation on two's complement: of a negative number on the bits of -x-1, turned over.
func (z *Int) bitwise(x, y *Int, op func(a, b Word) Word) *Int {
	a, b := x.abs, y.abs
	var aMask, bMask Word
	if x.neg {
		a, aMask = a.sub(natOf(1)), ^Word(0)
	}
	if y.neg {
		b, bMask = b.sub(natOf(1)), ^Word(0)
	}
	mask := op(aMask, bMask)
	abs := a.bitwise(b, func(a, b Word) Word { return op(a^aMask, b^bMask) ^ mask })
	if mask != 0 {
		abs = abs.add(natOf(1))
	}
	return z.set(mask != 0, abs)
}

func (z *Int) And(x, y *Int) *Int {
	return z.bitwise(x, y, func(a, b Word) Word { return a & b })
}

func (z *Int) AndNot(x, y *Int) *Int {
	return z.bitwise(x, y, func(a, b Word) Word { return a &^ b })
}

func (z *Int) Or(x, y *Int) *Int {
	return z.bitwise(x, y, func(a, b Word) Word { return a | b })
}

func (z *Int) Xor(x, y *Int) *Int {
	return z.bitwise(x, y, func(a, b Word) Word { return a ^ b })
}

// Rand sets z to a number below n.
func (z *Int) Rand(rnd *rand.Rand, n *Int) *Int {
	if n.Sign() <= 0 {
		return z.SetInt64(0)
	}
	size := uint(n.BitLen())
	words := int((size + wordBits - 1) / wordBits)
	for {
		abs := make(nat, words)
		for i := range abs {
			abs[i] = Word(rnd.Uint32()) | Word(rnd.Uint32())<<32
		}
		if abs = abs.norm().low(size); abs.cmp(n.abs) < 0 {
			return z.set(false, abs)
		}
	}
}

var smallPrimes = [...]uint64{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53}

// ProbablyPrime is certain below 2**64; above, a number that is not prime passes each of n+12 rounds with a chance of a quarter at most.
func (x *Int) ProbablyPrime(n int) bool {
	if n < 0 {
		panic("negative n for ProbablyPrime")
	}
	if x.neg || len(x.abs) == 0 {
		return false
	}
	for _, p := range smallPrimes {
		if _, r := x.abs.divWord(Word(p)); r == 0 {
			return len(x.abs) == 1 && uint64(x.abs[0]) == p
		}
	}
	if len(x.abs) == 1 && x.abs[0] < 59*59 {
		return x.abs[0] > 1
	}
	// The first twelve primes are witnesses enough below 2**64.
	for _, p := range smallPrimes[:12] {
		if !x.abs.passes(natOf(p)) {
			return false
		}
	}
	if len(x.abs) == 1 {
		return true
	}
	rnd := rand.New(rand.NewSource(int64(x.abs[0])))
	limit := new(Int).Sub(x, NewInt(3))
	for range n {
		if !x.abs.passes(new(Int).Add(new(Int).Rand(rnd, limit), NewInt(2)).abs) {
			return false
		}
	}
	return true
}

// passes is a round of Miller and Rabin's test.
func (x nat) passes(witness nat) bool {
	one := natOf(1)
	minus := x.sub(one)
	twos := minus.trailingZeros()
	y := witness.exp(minus.shr(twos), x)
	if y.cmp(one) == 0 || y.cmp(minus) == 0 {
		return true
	}
	for range twos - 1 {
		if _, y = y.mul(y).div(x); y.cmp(minus) == 0 {
			return true
		}
	}
	return false
}

// GobEncode writes the number for encoding/gob.
func (x *Int) GobEncode() ([]byte, error) {
	if x == nil {
		return nil, nil
	}
	version := byte(1 << 1)
	if x.neg {
		version |= 1
	}
	return append([]byte{version}, x.Bytes()...), nil
}

// GobDecode reads what GobEncode wrote.
func (z *Int) GobDecode(buf []byte) error {
	if len(buf) == 0 {
		z.set(false, nil)
		return nil
	}
	if buf[0]>>1 != 1 {
		return fmt.Errorf("Int.GobDecode: encoding version %d not supported", buf[0]>>1)
	}
	z.set(buf[0]&1 != 0, natOfBytes(buf[1:]))
	return nil
}
