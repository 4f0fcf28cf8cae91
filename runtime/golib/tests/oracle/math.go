// Prints what tests/math.rs checks: `go run math.go`.
package main

import (
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"math/bits"
	"os"
)

func main() {
	hash := fnv.New64a()
	out := io.MultiWriter(os.Stdout, hash)
	line := func(a ...any) { fmt.Fprintln(out, a...) }
	state := uint64(1)
	next := func() uint64 {
		state = state*6364136223846793005 + 1442695040888963407
		return state ^ state>>29
	}
	special := []float64{0, math.Copysign(0, -1), 1, -1, 2, -2, 0.5, -0.5, 3, 1.5, math.Inf(1), math.Inf(-1), math.NaN(), 5e-324, math.MaxFloat64, 1e-310, 1e300, 33.5, -33.5, 171, -170.5, 1 << 53, 1<<29 + 0.5, 1e22, 709.5, -745, 1023.5, 2.5, 3.5, -2.5, 0.7, 0.66, 2.4, -1e-10, 143.5, 150, 65, 1 << 62}
	for i := 0; i < 3000; i++ {
		b := next()
		var x float64
		switch i % 5 {
		case 0:
			x = math.Float64frombits(b)
		case 1:
			x = float64(int64(b)) / (1 << 60)
		case 2:
			x = float64(int64(b)) / (1 << 55)
		case 3:
			x = float64(b%2000) / 16
		case 4:
			x = float64(b%1000000) * 0.37
		}
		y := float64(int64(next())) / (1 << 57)
		if i < len(special) {
			x = special[i]
		}
		if i < 2*len(special) && i >= len(special) {
			y = special[i-len(special)]
		}
		bitsof := func(name string, v ...float64) {
			for _, v := range v {
				// Within a few last bits only: these are msun's in a different spelling.
				about := name == "erf" || name == "bessel" || name == "ahyp" || name == "lgamma"
				if v != v {
					line(i, name, "NaN")
				} else if about {
					line(i, name, fmt.Sprintf("%.9e", v))
				} else {
					line(i, name, x, y, math.Float64bits(v))
				}
			}
		}
		bitsof("exp", math.Exp(x), math.Exp(y))
		bitsof("exp2", math.Exp2(x), math.Exp2(y*10))
		bitsof("expm1", math.Expm1(x), math.Expm1(y))
		bitsof("log", math.Log(x), math.Log(math.Abs(y)))
		bitsof("log2", math.Log2(x), math.Log10(x), math.Log1p(x), math.Log1p(y))
		bitsof("sin", math.Sin(x), math.Sin(y))
		bitsof("cos", math.Cos(x), math.Cos(y))
		bitsof("tan", math.Tan(x), math.Tan(y))
		bitsof("atan", math.Atan(x), math.Atan(y), math.Atan2(x, y), math.Atan2(y, x))
		bitsof("asin", math.Asin(x), math.Acos(x))
		bitsof("hyp", math.Sinh(x), math.Cosh(x), math.Tanh(x), math.Sinh(y), math.Tanh(y))
		bitsof("ahyp", math.Asinh(x), math.Acosh(x), math.Atanh(x), math.Asinh(y), math.Atanh(y/64))
		bitsof("pow", math.Pow(x, y), math.Pow(y, x), math.Pow(x, float64(int(y))), math.Pow(math.Abs(y), 3), math.Pow(10, float64(i%640-320)), math.Pow10(i%640-320))
		bitsof("roots", math.Sqrt(x), math.Cbrt(x), math.Hypot(x, y))
		bitsof("mod", math.Mod(x, y), math.Mod(y, x), math.Remainder(x, y), math.Dim(x, y), math.Max(x, y), math.Min(x, y), math.FMA(x, y, x))
		bitsof("round", math.Floor(x), math.Ceil(x), math.Trunc(x), math.Round(x), math.RoundToEven(x), math.Abs(x), math.Copysign(x, y))
		ip, fp := math.Modf(x)
		bitsof("modf", ip, fp)
		fr, ex := math.Frexp(x)
		bitsof("frexp", fr, float64(ex), math.Ldexp(fr, ex), math.Ldexp(x, int(y*10)), math.Ldexp(y, int(y*20)), math.Logb(x), float64(math.Ilogb(x)), math.Nextafter(x, y), float64(math.Nextafter32(float32(x), float32(y))))
		bitsof("gamma", math.Gamma(x), math.Gamma(y))
		lg, sign := math.Lgamma(x)
		bitsof("lgamma", lg, float64(sign))
		bitsof("erf", math.Erf(x), math.Erfc(x), math.Erf(y), math.Erfc(y))
		a := math.Abs(y) + 0.1
		bitsof("bessel", math.J0(a), math.J1(a), math.Jn(3, a), math.Y0(a), math.Y1(a), math.Yn(2, a))
		u, v := uint(next()), uint(next()>>(b%64))
		k := int(b%200) - 100
		h, l := bits.Mul(u, v)
		s, c := bits.Add(u, v, uint(b&1))
		d, e := bits.Sub(u, v, uint(b&1))
		line(bits.Len(v), bits.LeadingZeros32(uint32(v)), bits.TrailingZeros16(uint16(v)), bits.OnesCount(u), bits.Reverse8(uint8(u)), bits.ReverseBytes(u), bits.RotateLeft(u, k), bits.RotateLeft8(uint8(u), k), h, l, s, c, d, e, bits.Rem(u, v, v|1))
		q, r := bits.Div(v/2, u, v|1)
		line(q, r)
	}
	line(math.MaxInt64, uint64(math.MaxUint64), math.Pi, math.MaxFloat32, math.SmallestNonzeroFloat32, math.MaxFloat64, math.SmallestNonzeroFloat64, math.SqrtPhi, math.SqrtE, math.SqrtPi, math.Phi, math.Log2E, math.Log10E)
	fmt.Fprintf(os.Stderr, "%#x\n", hash.Sum64())
}
