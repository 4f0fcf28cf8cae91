// Package maphash hashes bytes and comparable values for tables. It is plain Go: programs translate it with themselves.
//
// A hash depends on the bytes and the seed alone, not on how the bytes were cut into writes; it differs between runs.
package maphash

import (
	"encoding/binary"
	"fmt"
	"hash"
	"math"
	"math/bits"
	"math/rand/v2"
	"reflect"
)

const blockSize = 128

// Odd numbers with about as many ones as zeros.
const (
	mix0 = 0x9e3779b97f4a7c15
	mix1 = 0xd6e8feb86659fd93
	mix2 = 0xa0761d6478bd642f
)

// Seed selects a hash function; the zero Seed is none.
type Seed struct {
	s uint64
}

// MakeSeed returns a new seed.
func MakeSeed() Seed {
	for {
		if s := rand.Uint64(); s != 0 {
			return Seed{s}
		}
	}
}

// Hash computes the hash of bytes. The zero Hash picks a seed when it is first used.
type Hash struct {
	_     [0]func()
	seed  Seed
	state uint64
	// Bytes that do not fill a block yet.
	rest   [blockSize]byte
	filled int
	length uint64
}

// Bytes returns the hash of b.
func Bytes(seed Seed, b []byte) uint64 {
	var h Hash
	h.SetSeed(seed)
	h.Write(b)
	return h.Sum64()
}

// String returns the hash of the bytes of s.
func String(seed Seed, s string) uint64 {
	var h Hash
	h.SetSeed(seed)
	h.WriteString(s)
	return h.Sum64()
}

func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

func (h *Hash) start() {
	if h.seed.s == 0 {
		h.seed = MakeSeed()
		h.state = h.seed.s
	}
}

func (h *Hash) block(state uint64, b []byte) uint64 {
	for ; len(b) >= 16; b = b[16:] {
		low, high := binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
		state = mix(low^mix1^state, high^mix2) + mix0
	}
	return state
}

// Write takes more bytes; it never fails.
func (h *Hash) Write(b []byte) (int, error) {
	h.start()
	n := len(b)
	h.length += uint64(n)
	for len(b) > 0 {
		taken := copy(h.rest[h.filled:], b)
		h.filled += taken
		b = b[taken:]
		h.flush()
	}
	return n, nil
}

// WriteString is Write for a string.
func (h *Hash) WriteString(s string) (int, error) {
	h.start()
	n := len(s)
	h.length += uint64(n)
	for len(s) > 0 {
		taken := copy(h.rest[h.filled:], s)
		h.filled += taken
		s = s[taken:]
		h.flush()
	}
	return n, nil
}

// WriteByte is Write for one byte.
func (h *Hash) WriteByte(b byte) error {
	h.start()
	h.length++
	h.rest[h.filled] = b
	h.filled++
	h.flush()
	return nil
}

func (h *Hash) flush() {
	if h.filled == blockSize {
		h.state = h.block(h.state, h.rest[:])
		h.filled = 0
	}
}

// Seed returns the seed, which a zero Hash picks now.
func (h *Hash) Seed() Seed {
	h.start()
	return h.seed
}

// SetSeed starts anew with a seed, which must not be zero.
func (h *Hash) SetSeed(seed Seed) {
	if seed.s == 0 {
		panic("maphash: use of uninitialized Seed")
	}
	h.seed = seed
	h.Reset()
}

// Reset forgets all bytes and keeps the seed.
func (h *Hash) Reset() {
	h.start()
	h.state = h.seed.s
	h.filled = 0
	h.length = 0
}

// Sum64 returns the hash of what was written so far; more can follow.
func (h *Hash) Sum64() uint64 {
	h.start()
	var rest [blockSize]byte
	copy(rest[:], h.rest[:h.filled])
	state := h.block(h.state, rest[:(h.filled+15)&^15])
	return mix(state^mix0, mix(h.length^mix1, h.seed.s^mix2)^mix1)
}

// Sum appends the bytes of Sum64, the highest first.
func (h *Hash) Sum(b []byte) []byte {
	return binary.BigEndian.AppendUint64(b, h.Sum64())
}

// Size returns how many bytes Sum appends.
func (h *Hash) Size() int { return 8 }

// BlockSize returns how many bytes are best written at a time.
func (h *Hash) BlockSize() int { return blockSize }

// Clone returns a copy with the same seed and bytes.
func (h *Hash) Clone() (hash.Cloner, error) {
	h.start()
	copied := new(Hash)
	copied.seed, copied.state, copied.filled, copied.length = h.seed, h.state, h.filled, h.length
	copied.rest = h.rest
	return copied, nil
}

// Comparable returns the hash of a value; equal values have the same.
func Comparable[T comparable](seed Seed, v T) uint64 {
	var h Hash
	h.SetSeed(seed)
	WriteComparable(&h, v)
	return h.Sum64()
}

// WriteComparable adds a value to what is hashed.
func WriteComparable[T comparable](h *Hash, x T) {
	h.value(reflect.ValueOf(&x).Elem())
}

func (h *Hash) number(n uint64) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], n)
	h.Write(b[:])
}

// Equal floats hash the same: the two zeros do, and each NaN is equal to none.
func (h *Hash) float(f float64) {
	switch {
	case f == 0:
		h.number(0)
	case f != f:
		h.number(rand.Uint64())
	default:
		h.number(math.Float64bits(f))
	}
}

func (h *Hash) value(v reflect.Value) {
	h.WriteString(v.Type().String())
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			h.WriteByte(1)
		} else {
			h.WriteByte(0)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		h.number(uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		h.number(v.Uint())
	case reflect.Float32, reflect.Float64:
		h.float(v.Float())
	case reflect.Complex64, reflect.Complex128:
		h.float(real(v.Complex()))
		h.float(imag(v.Complex()))
	case reflect.String:
		h.number(uint64(v.Len()))
		h.WriteString(v.String())
	case reflect.Pointer, reflect.UnsafePointer, reflect.Chan:
		h.number(uint64(v.Pointer()))
	case reflect.Array:
		for i := 0; i < v.Len(); i++ {
			h.value(v.Index(i))
		}
	case reflect.Struct:
		for i := 0; i < v.NumField(); i++ {
			if v.Type().Field(i).Name != "_" {
				h.value(v.Field(i))
			}
		}
	case reflect.Interface:
		if v.IsNil() {
			h.WriteByte(0)
		} else {
			h.value(v.Elem())
		}
	default:
		panic(fmt.Errorf("hash of unhashable type %s", v.Type()))
	}
}
