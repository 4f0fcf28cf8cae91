package main

import (
	"fmt"
	"math/rand"
	randv2 "math/rand/v2"
	"runtime"
)

func main() {
	r := randv2.New(randv2.NewPCG(1, 2))
	fmt.Println(r.Uint64(), r.Int64(), r.Uint32(), r.Int32(), r.Int(), r.Uint())
	fmt.Println(r.IntN(10), r.IntN(16), r.Int64N(1<<40+1), r.Int32N(7), r.Uint32N(100), r.Uint64N(1<<63+5), r.UintN(3), r.Uint64N(1<<40))
	fmt.Println(r.Float64(), r.Float32(), r.Perm(6))
	for i := 0; i < 2000; i++ {
		r.NormFloat64()
		r.ExpFloat64()
	}
	fmt.Println(r.NormFloat64(), r.ExpFloat64())
	s := []int{1, 2, 3, 4, 5}
	r.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	fmt.Println(s)
	z := randv2.NewZipf(r, 1.5, 2, 1000)
	fmt.Println(z.Uint64(), z.Uint64(), z.Uint64(), randv2.NewZipf(r, 1, 2, 3) == nil)
	p := randv2.NewPCG(3, 4)
	b, err := p.MarshalBinary()
	var q randv2.PCG
	fmt.Println(b, err, q.UnmarshalBinary(b), p.Uint64() == q.Uint64(), q.UnmarshalBinary(b[1:]))
	n := randv2.IntN(5)
	fmt.Println(n >= 0 && n < 5, len(randv2.Perm(4)))
	old := rand.New(rand.NewSource(1))
	fmt.Println(old.NormFloat64(), old.ExpFloat64(), old.Intn(10))
	fmt.Println(runtime.NumCgoCall())
	defer func() { fmt.Println(recover()) }()
	r.IntN(0)
}
