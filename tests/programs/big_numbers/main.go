// Integers and fractions of any size: every operation on small and large ones, texts in all bases, conversions.
package main

import (
	"fmt"
	"math"
	"math/big"
	"math/rand"
)

func n(s string) *big.Int {
	z, ok := new(big.Int).SetString(s, 0)
	if !ok {
		panic(s)
	}
	return z
}

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "panic:", r)
		}
	}()
	f()
}

func main() {
	f := big.NewInt(1)
	for i := int64(2); i <= 100; i++ {
		f.Mul(f, big.NewInt(i))
	}
	fmt.Println(f, f.BitLen(), f.TrailingZeroBits(), f.Sign())
	a, b := big.NewInt(0), big.NewInt(1)
	for range 500 {
		a.Add(a, b)
		a, b = b, a
	}
	fmt.Println(a)
	vals := []*big.Int{n("0"), n("1"), n("-1"), n("7"), n("-7"), n("18446744073709551615"), n("18446744073709551616"), n("-18446744073709551616"), n("123456789012345678901234567890"), n("-987654321098765432109876543210987654321"), n("0xffffffffffffffffffffffffffffffff"), n("-9223372036854775808"), n("9223372036854775807")}
	rnd := rand.New(rand.NewSource(5))
	for _, bits := range []uint{64, 100, 640, 3000, 9000} {
		vals = append(vals, new(big.Int).Rand(rnd, new(big.Int).Lsh(big.NewInt(1), bits)))
	}
	h := uint64(14695981039346656037)
	note := func(x *big.Int) {
		for _, c := range []byte(x.Text(16)) {
			h = (h ^ uint64(c)) * 1099511628211
		}
	}
	for i, x := range vals {
		note(x)
		if i < 13 {
			fmt.Println(x, x.Text(2), x.Text(36), x.Text(62), x.IsInt64(), x.IsUint64(), x.Int64(), x.Uint64())
			fl, acc := x.Float64()
			fmt.Println(fl, acc, x.Bytes(), x.TrailingZeroBits())
		}
		for j, y := range vals {
			z := new(big.Int)
			note(z.Add(x, y))
			note(z.Sub(x, y))
			note(z.Mul(x, y))
			note(z.And(x, y))
			note(z.Or(x, y))
			note(z.Xor(x, y))
			note(z.AndNot(x, y))
			note(z.GCD(nil, nil, x, y))
			p, q := new(big.Int), new(big.Int)
			z.GCD(p, q, x, y)
			p.Add(p, new(big.Int)) // Go may say -0
			q.Add(q, new(big.Int))
			if i < 10 && j < 10 {
				fmt.Print(z, " ", p, " ", q, ";")
			}
			fmt.Print(x.Cmp(y), x.CmpAbs(y), " ")
			if y.Sign() != 0 {
				note(z.Quo(x, y))
				note(z.Rem(x, y))
				note(z.Div(x, y))
				note(z.Mod(x, y))
				q, r := z.QuoRem(x, y, new(big.Int))
				note(q)
				note(r)
				q, r = z.DivMod(x, y, new(big.Int))
				note(q)
				note(r)
				if inv := z.ModInverse(x, y); inv != nil {
					note(inv)
				}
				if y.Bit(0) == 1 {
					h += uint64(big.Jacobi(x, y) + 1)
				}
			}
		}
		z := new(big.Int)
		for _, s := range []uint{0, 1, 5, 63, 64, 65, 200} {
			note(z.Lsh(x, s))
			note(z.Rsh(x, s))
			fmt.Print(x.Bit(int(s)))
			note(z.SetBit(x, int(s), 1))
			note(z.SetBit(x, int(s), 0))
		}
		note(z.Not(x))
		note(z.Neg(x))
		note(z.Abs(x))
		if x.Sign() >= 0 {
			note(z.Sqrt(x))
		}
		fmt.Println(h, x.ProbablyPrime(5))
		s := x.String()
		back, ok := z.SetString(s, 10)
		if !ok || back.Cmp(x) != 0 {
			fmt.Println("BAD", s)
		}
		fmt.Println(len(s), s[len(s)-1:], len(x.Text(7)))
	}
	fmt.Println(new(big.Int).Exp(big.NewInt(2), big.NewInt(1000), nil))
	fmt.Println(new(big.Int).Exp(big.NewInt(3), n("123456789012345678901234567890"), n("1000000007")))
	fmt.Println(new(big.Int).Exp(big.NewInt(-3), big.NewInt(5), big.NewInt(7)), new(big.Int).Exp(big.NewInt(3), big.NewInt(-1), big.NewInt(7)), new(big.Int).Exp(big.NewInt(3), big.NewInt(-1), nil))
	fmt.Println(new(big.Int).Binomial(100, 50), new(big.Int).MulRange(10, 20), new(big.Int).MulRange(-5, -2), new(big.Int).MulRange(-1, 1), new(big.Int).MulRange(5, 2))
	fmt.Println(new(big.Int).ModSqrt(big.NewInt(10), big.NewInt(13)), new(big.Int).ModSqrt(big.NewInt(2), big.NewInt(17)), new(big.Int).ModSqrt(big.NewInt(3), big.NewInt(7)))
	p := n("170141183460469231731687303715884105727")
	fmt.Println(p.ProbablyPrime(20), new(big.Int).Add(p, big.NewInt(2)).ProbablyPrime(20))
	c := 0
	for i := int64(-5); i < 5000; i++ {
		if big.NewInt(i).ProbablyPrime(0) {
			c++
		}
	}
	fmt.Println(c)
	x := n("-255")
	fmt.Printf("%d|%x|%X|%#x|%b|%o|%#o|%O|%s|%v|%10d|%-10d|%010d|%+d|% d|%.5d|%8.5x|%t|%q\n", x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x)
	y := n("255")
	fmt.Printf("%+d|% d|%#X|%010x|%.0d|%v|%v|%+v\n", y, y, y, y, big.NewInt(0), []*big.Int{x, y}, map[string]*big.Int{"a": y}, *big.NewInt(0))
	var nilInt *big.Int
	fmt.Println(nilInt, fmt.Sprintf("%d", nilInt))
	for _, s := range []string{"0x1F", "0b101", "0o17", "017", "1_000", "_1", "1__0", "1_", "-5", "+5", "", "-", "12a", "0x", "09", "0", "00"} {
		z, ok := new(big.Int).SetString(s, 0)
		fmt.Print(s, "=", z, ok, " ")
		z, ok = new(big.Int).SetString(s, 10)
		fmt.Print(z, ok, " ")
	}
	fmt.Println()
	var sc big.Int
	k, err := fmt.Sscan("  12345678901234567890123 x", &sc)
	fmt.Println(k, err, &sc)
	k, err = fmt.Sscanf("ff", "%x", &sc)
	fmt.Println(k, err, &sc)
	t, err := x.MarshalText()
	fmt.Println(string(t), err, sc.UnmarshalText([]byte("zz")))
	j, _ := y.MarshalJSON()
	fmt.Println(string(j), sc.UnmarshalJSON([]byte("99999999999999999999")), &sc)
	g, _ := x.GobEncode()
	fmt.Println(g, sc.GobDecode(g), &sc)
	fmt.Println(new(big.Int).SetBytes([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9}), y.FillBytes(make([]byte, 4)), string(y.Append([]byte("v="), 10)))
	try("div0", func() { new(big.Int).Div(x, new(big.Int)) })
	try("sqrt", func() { new(big.Int).Sqrt(x) })
	try("fill", func() { n("65536").FillBytes(make([]byte, 2)) })
	z := n("100")
	z.Add(z, z).Mul(z, z).Sub(z, big.NewInt(1))
	fmt.Println(z, z.Quo(z, z), new(big.Int).Set(z))
	q, r := n("17"), n("5")
	q.DivMod(q, r, r)
	fmt.Println(q, r)
	u := big.NewInt(0).SetUint64(math.MaxUint64)
	fmt.Println(u, u.IsInt64(), u.IsUint64())
	// pi digits (Gosper)
	qq, rr, tt, kk, nn, ll := big.NewInt(1), big.NewInt(0), big.NewInt(1), int64(1), int64(3), int64(3)
	tmp, tmp2 := new(big.Int), new(big.Int)
	for i := 0; i < 60; {
		tmp.Mul(qq, big.NewInt(4)).Add(tmp, rr).Sub(tmp, tt)
		tmp2.Mul(tt, big.NewInt(nn))
		if tmp.Cmp(tmp2) < 0 {
			fmt.Print(nn)
			i++
			rr.Sub(rr, tmp2).Mul(rr, big.NewInt(10))
			qq3 := new(big.Int).Mul(qq, big.NewInt(30))
			qq.Mul(qq, big.NewInt(10))
			_ = qq3
			num := new(big.Int).Mul(new(big.Int).Div(qq, big.NewInt(10)), big.NewInt(3))
			num.Mul(num, big.NewInt(10)).Add(num, rr)
			nn = new(big.Int).Div(num, tt).Int64()
		} else {
			nr := new(big.Int).Mul(qq, big.NewInt(2))
			nr.Add(nr, rr).Mul(nr, big.NewInt(ll))
			num := new(big.Int).Mul(qq, big.NewInt(7*kk+2))
			num.Add(num, new(big.Int).Mul(rr, big.NewInt(ll)))
			den := new(big.Int).Mul(tt, big.NewInt(ll))
			nn = num.Div(num, den).Int64()
			qq.Mul(qq, big.NewInt(kk))
			tt = den
			ll += 2
			kk++
			rr = nr
		}
	}
	fmt.Println()
	// rationals
	sum := new(big.Rat)
	for i := int64(1); i <= 30; i++ {
		sum.Add(sum, big.NewRat(1, i))
	}
	fmt.Println(sum, sum.FloatString(20), sum.RatString())
	for _, s := range []string{"1/3", "-4/6", "3.25", "1e3", "-1.5e-3", "10", "010", "0x10", "1/0", "a", "1/-2", ".5", "5.", "0.1", "1e400", "1e-400", "4.9e-324", "0.30000000000000004", "123456789123456789123456789/7"} {
		x, ok := new(big.Rat).SetString(s)
		if !ok {
			fmt.Println(s, "bad")
			continue
		}
		f, exact := x.Float64()
		f32, e32 := x.Float32()
		np, ex := x.FloatPrec()
		fmt.Println(s, x, x.RatString(), x.FloatString(0), x.FloatString(5), f, exact, f32, e32, x.IsInt(), x.Sign(), x.Num(), x.Denom(), np, ex)
	}
	rv := []*big.Rat{big.NewRat(0, 1), big.NewRat(1, 2), big.NewRat(-3, 4), big.NewRat(10, -5), new(big.Rat).SetFloat64(0.1), new(big.Rat).SetInt64(7)}
	for _, x := range rv {
		for _, y := range rv {
			z := new(big.Rat)
			fmt.Print(z.Add(x, y), " ", z.Sub(x, y), " ", z.Mul(x, y), " ", x.Cmp(y), " ")
			if y.Sign() != 0 {
				fmt.Print(z.Quo(x, y))
			}
			fmt.Println()
		}
		if x.Sign() != 0 {
			fmt.Println(new(big.Rat).Inv(x), new(big.Rat).Neg(x), new(big.Rat).Abs(x))
		}
	}
	for i := range 2000 {
		f := math.Float64frombits(rnd.Uint64())
		if math.IsNaN(f) || math.IsInf(f, 0) {
			continue
		}
		x := new(big.Rat).SetFloat64(f)
		if i%2 == 0 {
			x.Mul(x, big.NewRat(3, 7))
		}
		g, ex := x.Float64()
		g32, ex32 := x.Float32()
		h = h*31 + math.Float64bits(g) + uint64(math.Float32bits(g32))
		if ex {
			h++
		}
		if ex32 {
			h += 7
		}
		l := new(big.Int).Rand(rnd, new(big.Int).Lsh(big.NewInt(1), uint(i)))
		lf, acc := l.Float64()
		h = h*31 + math.Float64bits(lf) + uint64(acc)
	}
	fmt.Println(h, new(big.Rat).SetFloat64(math.NaN()))
	fmt.Printf("%v %s %T %v\n", sum, big.NewRat(1, 2), sum, []*big.Rat{big.NewRat(3, 1)})
	k, err = fmt.Sscan("3/4", sum)
	fmt.Println(k, err, sum)
	big1 := new(big.Int).Exp(big.NewInt(7), big.NewInt(20000), nil)
	s := big1.String()
	fmt.Println(len(s), s[:30], s[len(s)-30:])
	b2, _ := new(big.Int).SetString(s, 10)
	fmt.Println(b2.Cmp(big1), new(big.Int).Sqrt(big1).BitLen(), new(big.Int).Quo(big1, b2.Rsh(b2, 30000)).BitLen())
}
