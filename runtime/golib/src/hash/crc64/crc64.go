// Package crc64 is the cyclic redundancy check of 64 bits. It is plain Go: programs translate it with themselves.
package crc64

import (
	"encoding/binary"
	"errors"
	"hash"
)

// Size is how many bytes a checksum has.
const Size = 8

// Polynomials, the lowest power in the highest bit.
const (
	ISO  = 0xd800000000000000
	ECMA = 0xc96c5795d7870f42
)

// A Table is what a polynomial makes of each byte.
type Table [256]uint64

var tables = map[uint64]*Table{ISO: newTable(ISO), ECMA: newTable(ECMA)}

func newTable(poly uint64) *Table {
	t := new(Table)
	for i := range t {
		crc := uint64(i)
		for range 8 {
			if crc&1 == 1 {
				crc = crc>>1 ^ poly
			} else {
				crc >>= 1
			}
		}
		t[i] = crc
	}
	return t
}

// MakeTable returns the table of a polynomial, which nobody may change.
func MakeTable(poly uint64) *Table {
	if t := tables[poly]; t != nil {
		return t
	}
	return newTable(poly)
}

type digest struct {
	crc uint64
	tab *Table
}

// New returns a checksum in the making.
func New(tab *Table) hash.Hash64 { return &digest{0, tab} }

// Update goes on from a checksum.
func Update(crc uint64, tab *Table, p []byte) uint64 {
	crc = ^crc
	for _, b := range p {
		crc = tab[byte(crc)^b] ^ crc>>8
	}
	return ^crc
}

// Checksum returns the checksum of data.
func Checksum(data []byte, tab *Table) uint64 { return Update(0, tab, data) }

func (d *digest) Size() int { return Size }

func (d *digest) BlockSize() int { return 1 }

func (d *digest) Reset() { d.crc = 0 }

func (d *digest) Write(p []byte) (int, error) {
	d.crc = Update(d.crc, d.tab, p)
	return len(p), nil
}

func (d *digest) Sum64() uint64 { return d.crc }

func (d *digest) Sum(in []byte) []byte { return binary.BigEndian.AppendUint64(in, d.crc) }

func (d *digest) Clone() (hash.Cloner, error) {
	copied := *d
	return &copied, nil
}

const magic = "crc\x02"

// sum tells tables apart.
func (t *Table) sum() uint64 {
	var b []byte
	for _, v := range t {
		b = binary.BigEndian.AppendUint64(b, v)
	}
	return Checksum(b, MakeTable(ISO))
}

func (d *digest) MarshalBinary() ([]byte, error) { return d.AppendBinary(nil) }

func (d *digest) AppendBinary(b []byte) ([]byte, error) {
	b = binary.BigEndian.AppendUint64(append(b, magic...), d.tab.sum())
	return binary.BigEndian.AppendUint64(b, d.crc), nil
}

func (d *digest) UnmarshalBinary(b []byte) error {
	if len(b) < len(magic) || string(b[:len(magic)]) != magic {
		return errors.New("hash/crc64: invalid hash state identifier")
	}
	if len(b) != len(magic)+2*Size {
		return errors.New("hash/crc64: invalid hash state size")
	}
	if d.tab.sum() != binary.BigEndian.Uint64(b[4:]) {
		return errors.New("hash/crc64: tables do not match")
	}
	d.crc = binary.BigEndian.Uint64(b[12:])
	return nil
}
