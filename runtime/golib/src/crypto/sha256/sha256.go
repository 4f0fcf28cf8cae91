// Package sha256 is the SHA-2 hashes of 32-bit words (FIPS 180-4). It is Go around a native inner loop: programs translate it with themselves.
package sha256

import (
	"encoding/binary"
	"errors"
	"hash"
	"internal/blocks"
)

const (
	// BlockSize is how many bytes are worked on at a time.
	BlockSize = 64
	// Size is how many bytes a sum of SHA-256 has.
	Size = 32
	// Size224 is how many bytes a sum of SHA-224 has.
	Size224 = 28
)

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
		blocks.SHA256(&d.state, d.rest[:])
		d.filled = 0
	}
	if whole := len(p) - len(p)%BlockSize; whole > 0 {
		blocks.SHA256(&d.state, p[:whole])
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
