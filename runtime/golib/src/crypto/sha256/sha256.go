// Package sha256 is the SHA-2 hashes of 32-bit words (FIPS 180-4). It is plain Go: programs translate it with themselves.
package sha256

import (
	"encoding/binary"
	"errors"
	"hash"
	"math/bits"
)

const (
	// BlockSize is how many bytes are worked on at a time.
	BlockSize = 64
	// Size is how many bytes a sum of SHA-256 has.
	Size = 32
	// Size224 is how many bytes a sum of SHA-224 has.
	Size224 = 28
)

// The fractions of the cube roots of the first primes.
var roots = [64]uint32{
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
}

var start256 = [8]uint32{
	0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
}

var start224 = [8]uint32{
	0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4,
}

type digest struct {
	state [8]uint32
	// Bytes that do not fill a block yet.
	rest   [BlockSize]byte
	filled int
	length uint64
	size   int
}

func started(size int) *digest {
	d := &digest{size: size}
	d.Reset()
	return d
}

// New returns a hash in the making of SHA-256.
func New() hash.Hash { return started(Size) }

// New224 returns a hash in the making of SHA-224.
func New224() hash.Hash { return started(Size224) }

// Sum256 returns the SHA-256 hash of data.
func Sum256(data []byte) [Size]byte {
	d := started(Size)
	d.Write(data)
	sum := d.finish()
	return [Size]byte(sum[:Size])
}

// Sum224 returns the SHA-224 hash of data.
func Sum224(data []byte) [Size224]byte {
	d := started(Size224)
	d.Write(data)
	sum := d.finish()
	return [Size224]byte(sum[:Size224])
}

func (d *digest) Reset() {
	*d = digest{size: d.size}
	switch d.size {
	case Size:
		d.state = start256
	case Size224:
		d.state = start224
	}
}

func (d *digest) Size() int { return d.size }

func (d *digest) BlockSize() int { return BlockSize }

func (d *digest) Clone() (hash.Cloner, error) {
	copied := *d
	return &copied, nil
}

// Write takes more bytes; it never fails.
func (d *digest) Write(p []byte) (int, error) {
	n := len(p)
	d.length += uint64(n)
	if d.filled > 0 {
		taken := copy(d.rest[d.filled:], p)
		d.filled += taken
		p = p[taken:]
		if d.filled < BlockSize {
			return n, nil
		}
		d.block(d.rest[:])
		d.filled = 0
	}
	for ; len(p) >= BlockSize; p = p[BlockSize:] {
		d.block(p[:BlockSize])
	}
	d.filled = copy(d.rest[:], p)
	return n, nil
}

// Sum goes on from a copy, so that more can be written.
func (d *digest) Sum(b []byte) []byte {
	copied := *d
	sum := copied.finish()
	return append(b, sum[:copied.Size()]...)
}

func (d *digest) finish() [Size]byte {
	length := d.length
	var padding [BlockSize + 8]byte
	padding[0] = 0x80
	n := 1 + (2*BlockSize-9-d.filled)%BlockSize
	binary.BigEndian.PutUint64(padding[n+0:], length*8)
	d.Write(padding[:n+8])
	var sum [Size]byte
	for i, v := range d.state {
		binary.BigEndian.PutUint32(sum[4*i:], v)
	}
	return sum
}

func (d *digest) block(p []byte) {
	var words [64]uint32
	for i := 0; i < 16; i++ {
		words[i] = binary.BigEndian.Uint32(p[4*i:])
	}
	for i := 16; i < len(words); i++ {
		x, y := words[i-15], words[i-2]
		x = bits.RotateLeft32(x, -7) ^ bits.RotateLeft32(x, -18) ^ x>>3
		y = bits.RotateLeft32(y, -17) ^ bits.RotateLeft32(y, -19) ^ y>>10
		words[i] = words[i-16] + x + words[i-7] + y
	}
	s := d.state
	for i, word := range words {
		a, e := s[0], s[4]
		turned := bits.RotateLeft32(e, -6) ^ bits.RotateLeft32(e, -11) ^ bits.RotateLeft32(e, -25)
		t := s[7] + turned + (e&s[5] ^ ^e&s[6]) + roots[i] + word
		turned = bits.RotateLeft32(a, -2) ^ bits.RotateLeft32(a, -13) ^ bits.RotateLeft32(a, -22)
		u := turned + (a&s[1] ^ a&s[2] ^ s[1]&s[2])
		s = [8]uint32{t + u, a, s[1], s[2], s[3] + t, e, s[5], s[6]}
	}
	for i, v := range s {
		d.state[i] += v
	}
}

// What the saved state of each hash begins with.
func (d *digest) magic() string {
	switch d.size {
	case Size224:
		return "sha\x02"
	}
	return "sha\x03"
}

const savedSize = 4 + 4*8 + BlockSize + 8

// MarshalBinary writes the state in the form that Go writes.
func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, savedSize))
}

// AppendBinary is MarshalBinary behind what b holds.
func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, d.magic()...)
	for _, v := range d.state {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	b = append(b, d.rest[:d.filled]...)
	b = append(b, make([]byte, BlockSize-d.filled)...)
	return binary.BigEndian.AppendUint64(b, d.length), nil
}

// UnmarshalBinary takes up the state again.
func (d *digest) UnmarshalBinary(b []byte) error {
	magic := d.magic()
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return errors.New("crypto/sha256: invalid hash state identifier")
	}
	if len(b) != savedSize {
		return errors.New("crypto/sha256: invalid hash state size")
	}
	b = b[len(magic):]
	for i := range d.state {
		d.state[i] = binary.BigEndian.Uint32(b[4*i:])
	}
	b = b[4*len(d.state):]
	copy(d.rest[:], b[:BlockSize])
	d.length = binary.BigEndian.Uint64(b[BlockSize:])
	d.filled = int(d.length % BlockSize)
	return nil
}
