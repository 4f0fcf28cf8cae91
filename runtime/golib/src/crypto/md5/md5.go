// Package md5 is the MD5 hash of RFC 1321. It is plain Go: programs translate it with themselves.
//
// Broken as a means of safety; good for names of things that nobody attacks.
package md5

import (
	"encoding/binary"
	"errors"
	"hash"
	"math/bits"
)

const (
	// BlockSize is how many bytes are worked on at a time.
	BlockSize = 64
	// Size is how many bytes a sum has.
	Size = 16
)

// The sines that RFC 1321 derives its constants from, as integers.
var sines = [64]uint32{
	0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
	0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
	0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
	0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
	0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
	0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
	0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
	0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
}

// How far each of the four rounds turns.
var turns = [16]int{7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21}

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

func (d *digest) block(p []byte) {
	var words [16]uint32
	for i := range words {
		words[i] = binary.LittleEndian.Uint32(p[4*i:])
	}
	a, b, c, e := d.state[0], d.state[1], d.state[2], d.state[3]
	for i := 0; i < 64; i++ {
		var mixed uint32
		var word int
		switch i / 16 {
		case 0:
			mixed, word = b&c|^b&e, i
		case 1:
			mixed, word = e&b|^e&c, (5*i+1)%16
		case 2:
			mixed, word = b^c^e, (3*i+5)%16
		default:
			mixed, word = c^(b|^e), 7*i%16
		}
		turned := bits.RotateLeft32(a+mixed+sines[i]+words[word], turns[i/16*4+i%4])
		a, e, c, b = e, c, b, b+turned
	}
	d.state[0] += a
	d.state[1] += b
	d.state[2] += c
	d.state[3] += e
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
