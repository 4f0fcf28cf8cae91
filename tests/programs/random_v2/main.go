package main

import (
	"fmt"
	"math/rand"
	randv2 "math/rand/v2"
	"runtime"
	"time"
)

func chacha() {
	c := randv2.NewChaCha8([32]byte([]byte("thirty-two bytes make one seed..")))
	sum := uint64(0)
	for i := range 1000 {
		v := c.Uint64()
		sum = sum*31 + v
		if i%124 < 2 {
			fmt.Printf("%016x ", v)
		}
	}
	fmt.Println(sum)
	var p [13]byte
	fmt.Println(c.Read(p[:]))
	state, err := c.MarshalBinary()
	fmt.Printf("%x %x %v\n", p, state, err)
	var d randv2.ChaCha8
	fmt.Println(d.UnmarshalBinary(state))
	c.Read(p[:5])
	fmt.Print(p[:5], c.Uint64(), " ")
	d.Read(p[:5])
	fmt.Println(p[:5], d.Uint64())
	fmt.Println(d.UnmarshalBinary(state[1:]), d.UnmarshalBinary([]byte("readbuf:")), d.UnmarshalBinary(append([]byte("chacha8:\xff"), state[len(state)-39:]...)))
	c.Seed([32]byte{1})
	r := randv2.New(c)
	fmt.Println(r.IntN(100), r.Perm(5), r.NormFloat64())
}

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
	zipf := rand.NewZipf(old, 1.5, 2, 50)
	fmt.Println(zipf.Uint64(), zipf.Uint64(), zipf.Uint64(), rand.NewZipf(old, 1, 2, 50) == nil)
	chacha()
	type small int8
	k, u := randv2.N(small(3)), randv2.N[uintptr](1)
	fmt.Println(k >= 0 && k < 3, u, randv2.N(time.Second) < time.Second)
	fmt.Println(runtime.NumCgoCall())
	defer func() { fmt.Println(recover()) }()
	r.IntN(0)
}
