// Package hmac makes codes that tell whether a message comes from somebody who knows the key (RFC 2104).
// It is plain Go: programs translate it with themselves.
package hmac

import (
	"crypto/subtle"
	"hash"
)

type code struct {
	inner, outer           hash.Hash
	innerStart, outerStart []byte
}

// New returns a code in the making, over the hashes that h makes.
func New(h func() hash.Hash, key []byte) hash.Hash {
	c := &code{inner: h(), outer: h()}
	if isSame(c.inner, c.outer) {
		panic("crypto/hmac: hash generation function does not produce unique values")
	}
	size := c.inner.BlockSize()
	if len(key) > size {
		c.outer.Write(key)
		key = c.outer.Sum(nil)
	}
	c.innerStart, c.outerStart = make([]byte, size), make([]byte, size)
	copy(c.innerStart, key)
	copy(c.outerStart, key)
	for i := range size {
		c.innerStart[i] ^= 0x36
		c.outerStart[i] ^= 0x5c
	}
	c.inner.Write(c.innerStart)
	return c
}

// Hashes that cannot be compared are not the same.
func isSame(a, b hash.Hash) (same bool) {
	defer func() { _ = recover() }()
	return a == b
}

// Equal compares two codes in a time that does not depend on them.
func Equal(mac1, mac2 []byte) bool {
	return subtle.ConstantTimeCompare(mac1, mac2) == 1
}

func (c *code) Write(p []byte) (int, error) { return c.inner.Write(p) }

func (c *code) Size() int { return c.outer.Size() }

func (c *code) BlockSize() int { return c.inner.BlockSize() }

func (c *code) Reset() {
	c.inner.Reset()
	c.inner.Write(c.innerStart)
}

func (c *code) Sum(in []byte) []byte {
	c.outer.Reset()
	c.outer.Write(c.outerStart)
	c.outer.Write(c.inner.Sum(nil))
	return c.outer.Sum(in)
}
