// Package adler32 is the checksum of RFC 1950. It is plain Go: programs translate it with themselves.
package adler32

import (
	"encoding/binary"
	"errors"
	"hash"
)

// Size is how many bytes a checksum has.
const Size = 4

const (
	modulus = 65521
	// So many bytes can be added up before a sum of 32 bits must be reduced.
	run = 5552
)

type digest uint32

// New returns a checksum in the making.
func New() hash.Hash32 {
	d := digest(1)
	return &d
}

// Checksum returns the checksum of data.
func Checksum(data []byte) uint32 { return uint32(digest(1).update(data)) }

func (d digest) update(p []byte) digest {
	low, high := uint32(d&0xffff), uint32(d>>16)
	for len(p) > 0 {
		n := min(len(p), run)
		for _, b := range p[:n] {
			low += uint32(b)
			high += low
		}
		low %= modulus
		high %= modulus
		p = p[n:]
	}
	return digest(high<<16 | low)
}

func (d *digest) Reset() { *d = 1 }

func (d *digest) Size() int { return Size }

func (d *digest) BlockSize() int { return 4 }

func (d *digest) Write(p []byte) (int, error) {
	*d = d.update(p)
	return len(p), nil
}

func (d *digest) Sum32() uint32 { return uint32(*d) }

func (d *digest) Sum(in []byte) []byte { return binary.BigEndian.AppendUint32(in, uint32(*d)) }

func (d *digest) Clone() (hash.Cloner, error) {
	copied := *d
	return &copied, nil
}

const magic = "adl\x01"

func (d *digest) MarshalBinary() ([]byte, error) { return d.AppendBinary(nil) }

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	return binary.BigEndian.AppendUint32(append(b, magic...), uint32(*d)), nil
}

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return errors.New("hash/adler32: invalid hash state identifier")
	}
	if len(b) != len(magic)+Size {
		return errors.New("hash/adler32: invalid hash state size")
	}
	*d = digest(binary.BigEndian.Uint32(b[len(magic):]))
	return nil
}
