// Hashes of many lengths, written at once and in pieces, around the ends of blocks and of the pieces that golib copies.
package main

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding"
	"encoding/hex"
	"fmt"
	"hash"
	"hash/crc32"
)

func main() {
	data := make([]byte, 20000)
	for i := range data {
		data[i] = byte(i*i>>3 + i*7)
	}
	var lengths []int
	for n := 0; n <= 300; n++ {
		lengths = append(lengths, n)
	}
	lengths = append(lengths, 4095, 4096, 4097, 4159, 4160, 8191, 8192, 8193, 12288, 20000)
	makers := []struct {
		name string
		make func() hash.Hash
	}{
		{"md5", md5.New}, {"sha1", sha1.New}, {"sha224", sha256.New224}, {"sha256", sha256.New}, {"sha384", sha512.New384},
		{"sha512", sha512.New}, {"sha512/224", sha512.New512_224}, {"sha512/256", sha512.New512_256},
		{"crc32", func() hash.Hash { return crc32.NewIEEE() }},
		{"crc32c", func() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Castagnoli)) }},
		{"koopman", func() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Koopman)) }},
	}
	for _, m := range makers {
		all := m.make()
		for _, n := range lengths {
			once := m.make()
			once.Write(data[:n])
			sum := once.Sum(nil)
			all.Write(sum)
			for _, step := range []int{1, 63, 64, 65, 1000, 4097} {
				if step == 1 && n > 300 {
					continue
				}
				h := m.make()
				for rest := data[:n]; len(rest) > 0; {
					k := min(step, len(rest))
					h.Write(rest[:k])
					rest = rest[k:]
				}
				if got := h.Sum(nil); !bytes.Equal(got, sum) {
					fmt.Printf("%s: %d bytes by %d: %x and %x\n", m.name, n, step, got, sum)
				}
			}
		}
		fmt.Println(m.name, hex.EncodeToString(all.Sum(nil)), all.Size(), all.BlockSize())
	}
	// A state goes on where it was saved.
	h := sha256.New()
	h.Write(data[:5000])
	state, err := h.(encoding.BinaryMarshaler).MarshalBinary()
	fmt.Println(len(state), err)
	next := sha256.New()
	fmt.Println(next.(encoding.BinaryUnmarshaler).UnmarshalBinary(state))
	next.Write(data[5000:])
	fmt.Println(hex.EncodeToString(next.Sum(nil)) == fmt.Sprintf("%x", sha256.Sum256(data)))
	fmt.Println(crc32.ChecksumIEEE(data), crc32.Update(crc32.ChecksumIEEE(data[:77]), crc32.IEEETable, data[77:]))
	fmt.Println(crc32.Checksum(data, crc32.MakeTable(crc32.IEEE)), crc32.Update(12345, crc32.MakeTable(0xedb88320), data[:9]))
}
