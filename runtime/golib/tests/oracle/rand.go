// Prints what tests/rand.rs checks: `go run rand.go`.
package main

import (
	"fmt"
	"hash/fnv"
	"io"
	"math/cmplx"
	"math/rand"
	"os"
)

func main() {
	hash := fnv.New64a()
	out := io.MultiWriter(os.Stdout, hash)
	line := func(a ...any) { fmt.Fprintln(out, a...) }
	for _, seed := range []int64{1, 42, 0, -7, 1 << 40, 2147483647} {
		r := rand.New(rand.NewSource(seed))
		for i := 0; i < 700; i++ {
			line(r.Int63(), r.Uint32(), r.Uint64(), r.Int31(), r.Int(), r.Intn(i+1), r.Int31n(64), r.Int63n(1<<40+int64(i)), r.Intn(1<<33), r.Float64(), r.Float32(), r.NormFloat64(), r.ExpFloat64())
		}
		line(r.Perm(20))
		x := []int{1, 2, 3, 4, 5, 6, 7, 8, 9}
		r.Shuffle(len(x), func(i, j int) { x[i], x[j] = x[j], x[i] })
		b := make([]byte, 11)
		n, err := r.Read(b)
		line(x, b, n, err)
		r.Read(b[:3])
		line(b)
		for i := 0; i < 5000; i++ {
			line(r.NormFloat64(), r.ExpFloat64())
		}
	}
	parts := []float64{0, 1, -1, 0.3, -2.5, 7, 1e-9, 1e9}
	for _, a := range parts {
		for _, b := range parts {
			z := complex(a, b)
			line(cmplx.Abs(z), cmplx.Phase(z), cmplx.Conj(z), cmplx.Sqrt(z), cmplx.Log(z), cmplx.Pow(z, 2+1i), cmplx.Rect(a, b), cmplx.Log10(z))
			if b < 100 && a < 100 {
				line(cmplx.Exp(z), cmplx.Sin(z), cmplx.Cos(z), cmplx.Sinh(z), cmplx.Cosh(z))
			}
		}
	}
	fmt.Fprintf(os.Stderr, "%#x\n", hash.Sum64())
}
