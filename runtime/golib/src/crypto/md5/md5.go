// Package md5 is the MD5 hash of RFC 1321. It is Go around a native inner loop: programs translate it with themselves.
//
// Broken as a means of safety; good for names of things that nobody attacks.
package md5

import (
	"encoding/binary"
	"errors"
	"hash"
	"internal/blocks"
)

const (
	// BlockSize is how many bytes are worked on at a time.
	BlockSize = 64
	// Size is how many bytes a sum has.
	Size = 16
)

var start = [4]uint32{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}

type digest struct {
	state [4]uint32
	// Bytes that do not fill a block yet.
	rest   [BlockSize]byte
	filled int
	length uint64
}

// New returns a hash in the making.
func New() hash.Hash {
	d := new(digest)
	d.Reset()
	return d
}

// Sum returns the hash of data.
func Sum(data []byte) [Size]byte {
	var d digest
	d.Reset()
	d.Write(data)
	return d.finish()
}

func (d *digest) Reset() {
	*d = digest{state: start}
}

func (d *digest) Size() int { return Size }

func (d *digest) BlockSize() int { return BlockSize }

func (d *digest) Clone() (hash.Cloner, error) {
	copied := *d
	return &copied, nil
}

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
		blocks.MD5(&d.state, d.rest[:])
		d.filled = 0
	}
	if whole := len(p) - len(p)%BlockSize; whole > 0 {
		blocks.MD5(&d.state, p[:whole])
		p = p[whole:]
	}
	d.filled = copy(d.rest[:], p)
	return n, nil
}

// Sum goes on from a copy, so that more can be written.
func (d *digest) Sum(b []byte) []byte {
	copied := *d
	sum := copied.finish()
	return append(b, sum[:]...)
}

func (d *digest) finish() [Size]byte {
	length := d.length
	var padding [BlockSize + 8]byte
	padding[0] = 0x80
	n := 1 + (BlockSize+55-d.filled)%BlockSize
	binary.LittleEndian.PutUint64(padding[n:], length*8)
	d.Write(padding[:n+8])
	var sum [Size]byte
	for i, v := range d.state {
		binary.LittleEndian.PutUint32(sum[4*i:], v)
	}
	return sum
}

const magic = "md5\x01"

const savedSize = len(magic) + 4*4 + BlockSize + 8

// MarshalBinary writes the state in the form that Go writes.
func (d *digest) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, savedSize))
}

// AppendBinary is MarshalBinary behind what b holds.
func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, magic...)
	for _, v := range d.state {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	b = append(b, d.rest[:d.filled]...)
	b = append(b, make([]byte, BlockSize-d.filled)...)
	return binary.BigEndian.AppendUint64(b, d.length), nil
}

// UnmarshalBinary takes up the state again.
func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return errors.New("crypto/md5: invalid hash state identifier")
	}
	if len(b) != savedSize {
		return errors.New("crypto/md5: invalid hash state size")
	}
	b = b[len(magic):]
	for i := range d.state {
		d.state[i] = binary.BigEndian.Uint32(b[4*i:])
	}
	b = b[16:]
	copy(d.rest[:], b[:BlockSize])
	d.length = binary.BigEndian.Uint64(b[BlockSize:])
	d.filled = int(d.length % BlockSize)
	return nil
}
