// Package rand is random numbers that nobody can foretell, the system's. It is plain Go: programs translate it with themselves.
package rand

import (
	"errors"
	"io"
	"math/big"
	"os"
	"sync"
)

// Reader is the system's random bytes.
var Reader io.Reader = &system{}

type system struct {
	open sync.Once
	file *os.File
	err  error
}

func (s *system) Read(b []byte) (int, error) {
	s.open.Do(func() { s.file, s.err = os.Open("/dev/urandom") })
	if s.err != nil {
		return 0, s.err
	}
	return io.ReadFull(s.file, b)
}

// Read fills b. It never fails: without random bytes the program ends.
func Read(b []byte) (n int, err error) {
	if _, err := io.ReadFull(Reader, b); err != nil {
		panic("crypto/rand: failed to read random data (see https://go.dev/issue/66821): " + err.Error())
	}
	return len(b), nil
}

// Text returns 26 characters of base32, which are 130 random bits.
func Text() string {
	text := make([]byte, 26)
	Read(text)
	for i, b := range text {
		text[i] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[b%32]
	}
	return string(text)
}

// Int returns a number below max, each as likely as the others.
func Int(rand io.Reader, max *big.Int) (*big.Int, error) {
	if max.Sign() <= 0 {
		panic("crypto/rand: argument to Int is <= 0")
	}
	size := new(big.Int).Sub(max, big.NewInt(1)).BitLen()
	n := new(big.Int)
	if size == 0 {
		return n, nil
	}
	buf := make([]byte, (size+7)/8)
	for {
		if _, err := io.ReadFull(rand, buf); err != nil {
			return nil, err
		}
		buf[0] &= 0xff >> ((8 - size%8) % 8)
		if n.SetBytes(buf); n.Cmp(max) < 0 {
			return n, nil
		}
	}
}

// Prime returns a number with that many bits, the two highest of them set, that is prime as far as ProbablyPrime(20) says.
func Prime(rand io.Reader, bits int) (*big.Int, error) {
	if bits < 2 {
		return nil, errors.New("crypto/rand: prime size must be at least 2-bit")
	}
	buf := make([]byte, (bits+7)/8)
	for {
		if _, err := io.ReadFull(rand, buf); err != nil {
			return nil, err
		}
		buf[0] &= 0xff >> ((8 - bits%8) % 8)
		p := new(big.Int).SetBytes(buf)
		p.SetBit(p, bits-1, 1)
		p.SetBit(p, bits-2, 1)
		if bits > 2 {
			p.SetBit(p, 0, 1)
		}
		if p.ProbablyPrime(20) {
			return p, nil
		}
	}
}
