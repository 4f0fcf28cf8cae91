// Package sha512 is the SHA-2 hashes of 64-bit words (FIPS 180-4). It is plain Go: programs translate it with themselves.
package sha512

import (
	"encoding/binary"
	"errors"
	"hash"
	"math/bits"
)

const (
	// BlockSize is how many bytes are worked on at a time.
	BlockSize = 128
	// Size is how many bytes a sum of SHA-512 has.
	Size = 64
	// Size384 is how many bytes a sum of SHA-384 has.
	Size384 = 48
	// Size256 is how many bytes a sum of SHA-512/256 has.
	Size256 = 32
	// Size224 is how many bytes a sum of SHA-512/224 has.
	Size224 = 28
)

// The fractions of the cube roots of the first primes.
var roots = [80]uint64{
	0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
	0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
	0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
	0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
	0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
	0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
	0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
	0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
	0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
	0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
	0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
	0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
	0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
	0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
	0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
	0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
	0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
	0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
	0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
	0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
}

var start512 = [8]uint64{
	0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
	0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
}

var start384 = [8]uint64{
	0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
	0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
}

var start256 = [8]uint64{
	0x22312194fc2bf72c, 0x9f555fa3c84c64c2, 0x2393b86b6f53b151, 0x963877195940eabd,
	0x96283ee2a88effe3, 0xbe5e1e2553863992, 0x2b0199fc2c85b8aa, 0x0eb72ddc81c52ca2,
}

var start224 = [8]uint64{
	0x8c3d37c819544da2, 0x73e1996689dcd4d6, 0x1dfab7ae32ff9c82, 0x679dd514582f9fcf,
	0x0f6d2b697bd44da8, 0x77e36f7304c48942, 0x3f9d85a86a1d36c8, 0x1112e6ad91d692a1,
}

type digest struct {
	state [8]uint64
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

// New returns a hash in the making of SHA-512.
func New() hash.Hash { return started(Size) }

// New384 returns a hash in the making of SHA-384.
func New384() hash.Hash { return started(Size384) }

// New512_256 returns a hash in the making of SHA-512/256.
func New512_256() hash.Hash { return started(Size256) }

// New512_224 returns a hash in the making of SHA-512/224.
func New512_224() hash.Hash { return started(Size224) }

// Sum512 returns the SHA-512 hash of data.
func Sum512(data []byte) [Size]byte {
	d := started(Size)
	d.Write(data)
	sum := d.finish()
	return [Size]byte(sum[:Size])
}

// Sum384 returns the SHA-384 hash of data.
func Sum384(data []byte) [Size384]byte {
	d := started(Size384)
	d.Write(data)
	sum := d.finish()
	return [Size384]byte(sum[:Size384])
}

// Sum512_256 returns the SHA-512/256 hash of data.
func Sum512_256(data []byte) [Size256]byte {
	d := started(Size256)
	d.Write(data)
	sum := d.finish()
	return [Size256]byte(sum[:Size256])
}

// Sum512_224 returns the SHA-512/224 hash of data.
func Sum512_224(data []byte) [Size224]byte {
	d := started(Size224)
	d.Write(data)
	sum := d.finish()
	return [Size224]byte(sum[:Size224])
}

func (d *digest) Reset() {
	*d = digest{size: d.size}
	switch d.size {
	case Size:
		d.state = start512
	case Size384:
		d.state = start384
	case Size256:
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
	var padding [BlockSize + 16]byte
	padding[0] = 0x80
	n := 1 + (2*BlockSize-17-d.filled)%BlockSize
	binary.BigEndian.PutUint64(padding[n+8:], length*8)
	binary.BigEndian.PutUint64(padding[n:], length>>61)
	d.Write(padding[:n+16])
	var sum [Size]byte
	for i, v := range d.state {
		binary.BigEndian.PutUint64(sum[8*i:], v)
	}
	return sum
}

func (d *digest) block(p []byte) {
	var words [80]uint64
	for i := 0; i < 16; i++ {
		words[i] = binary.BigEndian.Uint64(p[8*i:])
	}
	for i := 16; i < len(words); i++ {
		x, y := words[i-15], words[i-2]
		x = bits.RotateLeft64(x, -1) ^ bits.RotateLeft64(x, -8) ^ x>>7
		y = bits.RotateLeft64(y, -19) ^ bits.RotateLeft64(y, -61) ^ y>>6
		words[i] = words[i-16] + x + words[i-7] + y
	}
	s := d.state
	for i, word := range words {
		a, e := s[0], s[4]
		turned := bits.RotateLeft64(e, -14) ^ bits.RotateLeft64(e, -18) ^ bits.RotateLeft64(e, -41)
		t := s[7] + turned + (e&s[5] ^ ^e&s[6]) + roots[i] + word
		turned = bits.RotateLeft64(a, -28) ^ bits.RotateLeft64(a, -34) ^ bits.RotateLeft64(a, -39)
		u := turned + (a&s[1] ^ a&s[2] ^ s[1]&s[2])
		s = [8]uint64{t + u, a, s[1], s[2], s[3] + t, e, s[5], s[6]}
	}
	for i, v := range s {
		d.state[i] += v
	}
}

// What the saved state of each hash begins with.
func (d *digest) magic() string {
	switch d.size {
	case Size384:
		return "sha\x04"
	case Size256:
		return "sha\x06"
	case Size224:
		return "sha\x05"
	}
	return "sha\x07"
}

const savedSize = 4 + 8*8 + BlockSize + 8

// MarshalBinary writes the state in the form that Go writes.
func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, savedSize))
}

// AppendBinary is MarshalBinary behind what b holds.
func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, d.magic()...)
	for _, v := range d.state {
		b = binary.BigEndian.AppendUint64(b, v)
	}
	b = append(b, d.rest[:d.filled]...)
	b = append(b, make([]byte, BlockSize-d.filled)...)
	return binary.BigEndian.AppendUint64(b, d.length), nil
}

// UnmarshalBinary takes up the state again.
func (d *digest) UnmarshalBinary(b []byte) error {
	magic := d.magic()
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return errors.New("crypto/sha512: invalid hash state identifier")
	}
	if len(b) != savedSize {
		return errors.New("crypto/sha512: invalid hash state size")
	}
	b = b[len(magic):]
	for i := range d.state {
		d.state[i] = binary.BigEndian.Uint64(b[8*i:])
	}
	b = b[8*len(d.state):]
	copy(d.rest[:], b[:BlockSize])
	d.length = binary.BigEndian.Uint64(b[BlockSize:])
	d.filled = int(d.length % BlockSize)
	return nil
}
