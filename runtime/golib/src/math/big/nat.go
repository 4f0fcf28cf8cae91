// Package big is integers and fractions of any size. It is plain Go: programs translate it with themselves.
package big

import "math/bits"

// A Word is a digit.
type Word uint

const wordBits = bits.UintSize

// nat is a natural number, lowest digit first, without zeros at the end. Functions on it change no argument unless they say so.
type nat []Word

func (x nat) norm() nat {
	n := len(x)
	for n > 0 && x[n-1] == 0 {
		n--
	}
	return x[:n]
}

func natOf(v uint64) nat {
	if v == 0 {
		return nil
	}
	return nat{Word(v)}
}

func (x nat) clone() nat { return append(nat(nil), x...) }

func (x nat) low64() uint64 {
	if len(x) == 0 {
		return 0
	}
	return uint64(x[0])
}

func (x nat) cmp(y nat) int {
	if len(x) != len(y) {
		if len(x) < len(y) {
			return -1
		}
		return 1
	}
	for i := len(x) - 1; i >= 0; i-- {
		if x[i] != y[i] {
			if x[i] < y[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}

func (x nat) bitLen() int {
	if len(x) == 0 {
		return 0
	}
	return (len(x)-1)*wordBits + bits.Len(uint(x[len(x)-1]))
}

func (x nat) trailingZeros() uint {
	for i, d := range x {
		if d != 0 {
			return uint(i*wordBits + bits.TrailingZeros(uint(d)))
		}
	}
	return 0
}

func (x nat) bit(i uint) uint {
	if i/wordBits >= uint(len(x)) {
		return 0
	}
	return uint(x[i/wordBits]>>(i%wordBits)) & 1
}

func (x nat) add(y nat) nat {
	if len(x) < len(y) {
		x, y = y, x
	}
	z := make(nat, len(x)+1)
	z[len(x)] = addTo(z[:copy(z, x)], y)
	return z.norm()
}

// addTo adds y, which is not longer, to z in place.
func addTo(z, y nat) Word {
	var carry uint
	for i, d := range y {
		s, c := bits.Add(uint(z[i]), uint(d), carry)
		z[i], carry = Word(s), c
	}
	for i := len(y); carry != 0 && i < len(z); i++ {
		s, c := bits.Add(uint(z[i]), 0, carry)
		z[i], carry = Word(s), c
	}
	return Word(carry)
}

// sub is for a y that is not larger.
func (x nat) sub(y nat) nat {
	z := x.clone()
	subFrom(z, y)
	return z.norm()
}

// subFrom takes y, which is not longer, from z in place.
func subFrom(z, y nat) Word {
	var borrow uint
	for i, d := range y {
		s, b := bits.Sub(uint(z[i]), uint(d), borrow)
		z[i], borrow = Word(s), b
	}
	for i := len(y); borrow != 0 && i < len(z); i++ {
		s, b := bits.Sub(uint(z[i]), 0, borrow)
		z[i], borrow = Word(s), b
	}
	return Word(borrow)
}

// mulAdd adds x*y to z in place, which is one longer than x at most, and returns what does not fit.
func mulAdd(z, x nat, y Word) Word {
	var carry uint
	z = z[:len(x)]
	for i, d := range x {
		high, low := bits.Mul(uint(d), uint(y))
		low, c := bits.Add(low, uint(z[i]), 0)
		high += c
		low, c = bits.Add(low, carry, 0)
		z[i], carry = Word(low), high+c
	}
	return Word(carry)
}

// From so many digits on, three products of halves cost less than four.
const karatsuba = 40

func (x nat) mul(y nat) nat {
	if len(x) < len(y) {
		x, y = y, x
	}
	switch {
	case len(y) == 0:
		return nil
	case len(y) < karatsuba:
		z := make(nat, len(x)+len(y))
		for i, d := range y {
			z[i+len(x)] = mulAdd(z[i:], x, d)
		}
		return z.norm()
	case len(x) > 2*len(y):
		// Pieces that are as long as y.
		z := make(nat, len(x)+len(y))
		for i := 0; i < len(x); i += len(y) {
			piece := x[i:min(i+len(y), len(x))].norm()
			addTo(z[i:], piece.mul(y))
		}
		return z.norm()
	}
	half := (len(x) + 1) / 2
	xl, xh := x[:half].norm(), x[half:]
	yl, yh := y[:min(half, len(y))].norm(), y[min(half, len(y)):]
	low, high := xl.mul(yl), xh.mul(yh)
	middle := xl.add(xh).mul(yl.add(yh))
	subFrom(middle, low)
	subFrom(middle, high)
	z := make(nat, len(x)+len(y)+1)
	copy(z, low)
	addTo(z[half:], middle.norm())
	addTo(z[2*half:], high)
	return z.norm()
}

func (x nat) mulWord(y, more Word) nat {
	z := make(nat, len(x)+1)
	z[0] = more
	carry := more
	for i, d := range x {
		high, low := bits.Mul(uint(d), uint(y))
		low, c := bits.Add(low, uint(carry), 0)
		z[i], carry = Word(low), Word(high+c)
	}
	z[len(x)] = carry
	return z.norm()
}

func (x nat) divWord(y Word) (nat, Word) {
	z := make(nat, len(x))
	var rest uint
	for i := len(x) - 1; i >= 0; i-- {
		q, r := bits.Div(rest, uint(x[i]), uint(y))
		z[i], rest = Word(q), r
	}
	return z.norm(), Word(rest)
}

// div is the long division of Knuth's algorithm D; y is not 0.
func (x nat) div(y nat) (q, r nat) {
	if x.cmp(y) < 0 {
		return nil, x.clone()
	}
	if len(y) == 1 {
		q, rest := x.divWord(y[0])
		return q, natOf(uint64(rest))
	}
	shift := uint(bits.LeadingZeros(uint(y[len(y)-1])))
	v := y.shl(shift)
	u := make(nat, len(x)+1)
	copy(u, x.shl(shift))
	n := len(v)
	top, second := uint(v[n-1]), uint(v[n-2])
	q = make(nat, len(u)-n)
	product := make(nat, n+1)
	for i := len(u) - n - 1; i >= 0; i-- {
		guess := ^uint(0)
		if first := uint(u[i+n]); first < top {
			var rest uint
			guess, rest = bits.Div(first, uint(u[i+n-1]), top)
			high, low := bits.Mul(guess, second)
			for high > rest || high == rest && low > uint(u[i+n-2]) {
				guess--
				var over uint
				rest, over = bits.Add(rest, top, 0)
				if over != 0 {
					break
				}
				high, low = bits.Mul(guess, second)
			}
		}
		clear(product)
		product[n] = mulAdd(product, v, Word(guess))
		if subFrom(u[i:i+n+1], product) != 0 {
			guess--
			addTo(u[i:i+n+1], v)
		}
		q[i] = Word(guess)
	}
	return q.norm(), u.norm().shr(shift)
}

func (x nat) shl(n uint) nat {
	if len(x) == 0 {
		return nil
	}
	words, n := int(n/wordBits), n%wordBits
	z := make(nat, len(x)+words+1)
	for i, d := range x {
		z[i+words] |= d << n
		z[i+words+1] = d >> (wordBits - n)
	}
	return z.norm()
}

func (x nat) shr(n uint) nat {
	words, n := int(n/wordBits), n%wordBits
	if words >= len(x) {
		return nil
	}
	z := x[words:].clone()
	for i := range z {
		z[i] >>= n
		if i+1 < len(z) {
			z[i] |= z[i+1] << (wordBits - n)
		}
	}
	return z.norm()
}

// low is x modulo 2**n.
func (x nat) low(n uint) nat {
	words := int((n + wordBits - 1) / wordBits)
	if len(x) < words {
		return x
	}
	z := x[:words].clone()
	if n%wordBits != 0 {
		z[words-1] &= 1<<(n%wordBits) - 1
	}
	return z.norm()
}

func (x nat) bitwise(y nat, op func(a, b Word) Word) nat {
	z := make(nat, max(len(x), len(y)))
	for i := range z {
		var a, b Word
		if i < len(x) {
			a = x[i]
		}
		if i < len(y) {
			b = y[i]
		}
		z[i] = op(a, b)
	}
	return z.norm()
}

// exp is x**y, modulo m if there is one.
func (x nat) exp(y, m nat) nat {
	reduce := func(z nat) nat {
		if len(m) > 0 {
			_, z = z.div(m)
		}
		return z
	}
	if len(m) == 1 && m[0] == 1 {
		return nil
	}
	z := natOf(1)
	x = reduce(x)
	for i := y.bitLen() - 1; i >= 0; i-- {
		z = reduce(z.mul(z))
		if y.bit(uint(i)) == 1 {
			z = reduce(z.mul(x))
		}
	}
	return z
}

// sqrt is the root, rounded down, by Newton's method.
func (x nat) sqrt() nat {
	if len(x) == 0 {
		return nil
	}
	z := natOf(1).shl(uint(x.bitLen()+1) / 2)
	for {
		q, _ := x.div(z)
		next := z.add(q).shr(1)
		if next.cmp(z) >= 0 {
			return z
		}
		z = next
	}
}

func (x nat) gcd(y nat) nat {
	for len(y) > 0 {
		_, r := x.div(y)
		x, y = y, r
	}
	return x
}

// bytes is the digits of base 256, highest first, written at the end of buf; false if there is no room.
func (x nat) bytes(buf []byte) bool {
	clear(buf)
	at := len(buf)
	for _, d := range x {
		for range wordBits / 8 {
			if at == 0 {
				if d != 0 {
					return false
				}
				continue
			}
			at--
			buf[at] = byte(d)
			d >>= 8
		}
	}
	return true
}

func natOfBytes(b []byte) nat {
	z := make(nat, (len(b)+wordBits/8-1)/(wordBits/8))
	for i, c := range b {
		at := len(b) - 1 - i
		z[at/(wordBits/8)] |= Word(c) << (at % (wordBits / 8) * 8)
	}
	return z.norm()
}
