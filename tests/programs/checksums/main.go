package main

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"crypto/subtle"
	"encoding"
	"fmt"
	"hash"
	"hash/adler32"
	"hash/crc64"
	"strings"
)

func saved(h, other hash.Hash) {
	state, err := h.(encoding.BinaryMarshaler).MarshalBinary()
	fmt.Printf("%x %v %v\n", state, err, other.(encoding.BinaryUnmarshaler).UnmarshalBinary(state))
	h.Write([]byte("more"))
	other.Write([]byte("more"))
	fmt.Printf("%x %x\n", h.Sum(nil), other.Sum([]byte("before")))
	fmt.Println(other.(encoding.BinaryUnmarshaler).UnmarshalBinary(state[1:]), other.(encoding.BinaryUnmarshaler).UnmarshalBinary(state[:6]))
}

func main() {
	long := []byte(strings.Repeat("long text ", 3000))
	for _, text := range [][]byte{nil, []byte("a"), []byte("The quick brown fox"), long} {
		fmt.Println(adler32.Checksum(text), crc64.Checksum(text, crc64.MakeTable(crc64.ISO)), crc64.Checksum(text, crc64.MakeTable(crc64.ECMA)), crc64.Checksum(text, crc64.MakeTable(0x95ac9329ac4bc9b5)))
		for _, key := range []string{"", "key", strings.Repeat("k", 100)} {
			for _, h := range []func() hash.Hash{md5.New, sha256.New} {
				mac := hmac.New(h, []byte(key))
				mac.Write(text)
				first := mac.Sum(nil)
				mac.Write(text)
				twice := mac.Sum(nil)
				mac.Reset()
				mac.Write(text)
				fmt.Printf("%d %d %x %t %t\n", mac.Size(), mac.BlockSize(), first, hmac.Equal(first, mac.Sum(nil)), hmac.Equal(first, twice))
			}
		}
	}
	a := adler32.New()
	a.Write(long[:7000])
	saved(a, adler32.New())
	c := crc64.New(crc64.MakeTable(crc64.ECMA))
	c.Write(long[:70])
	saved(c, crc64.New(crc64.MakeTable(crc64.ECMA)))
	state, _ := c.(encoding.BinaryMarshaler).MarshalBinary()
	fmt.Println(crc64.New(crc64.MakeTable(crc64.ISO)).(encoding.BinaryUnmarshaler).UnmarshalBinary(state))
	fmt.Println(subtle.ConstantTimeCompare([]byte("ab"), []byte("ab")), subtle.ConstantTimeCompare([]byte("ab"), []byte("ac")), subtle.ConstantTimeCompare(nil, []byte("a")))
	for _, v := range [][2]int{{1, 1}, {1, 2}, {2, 1}, {255, 0}, {1<<31 - 1, 1}, {0, 1<<31 - 1}} {
		x, y := v[0], v[1]
		fmt.Println(subtle.ConstantTimeSelect(1, x, y), subtle.ConstantTimeSelect(0, x, y), subtle.ConstantTimeEq(int32(x), int32(y)), subtle.ConstantTimeByteEq(uint8(x), uint8(y)), subtle.ConstantTimeLessOrEq(x, y))
	}
	b := []byte("old")
	subtle.ConstantTimeCopy(0, b, []byte("new"))
	fmt.Print(string(b), " ")
	subtle.ConstantTimeCopy(1, b, []byte("new"))
	fmt.Println(string(b), subtle.XORBytes(b, []byte{1, 2}, []byte{3, 4, 5}), b)
	defer func() { fmt.Println(recover()) }()
	same := sha256.New()
	hmac.New(func() hash.Hash { return same }, nil)
}
