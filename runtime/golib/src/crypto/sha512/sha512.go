// Package sha512 is the SHA-2 hashes of 64-bit words (FIPS 180-4). It is Go around a native inner loop: programs translate it with themselves.
package sha512

import (
	"encoding/binary"
	"errors"
	"hash"
	"internal/blocks"
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
		blocks.SHA512(&d.state, d.rest[:])
		d.filled = 0
	}
	if whole := len(p) - len(p)%BlockSize; whole > 0 {
		blocks.SHA512(&d.state, p[:whole])
		p = p[whole:]
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
