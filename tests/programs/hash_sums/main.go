package main

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding"
	"fmt"
	"hash"
	"hash/maphash"
	"io"
	"io/ioutil"
	"strings"
	"unique"
)

type pair struct {
	a int
	b string
}

func main() {
	news := []func() hash.Hash{md5.New, sha1.New, sha256.New, sha256.New224, sha512.New, sha512.New384, sha512.New512_256, sha512.New512_224}
	var text []byte
	for i := 0; i < 300; i++ {
		text = append(text, byte(i*7))
	}
	for _, n := range news {
		h := n()
		fmt.Println(h.Size(), h.BlockSize())
		var all []byte
		for i := 0; i < 300; i++ {
			h.Reset()
			h.Write(text[:i])
			all = h.Sum(all[:0])
			if i%37 == 0 || i == 64 || i == 55 || i == 56 || i == 111 || i == 112 || i == 128 {
				fmt.Printf("%d %x\n", i, all)
			}
		}
		h.Reset()
		io.WriteString(h, strings.Repeat("abc", 50))
		saved, err := h.(encoding.BinaryMarshaler).MarshalBinary()
		fmt.Printf("%q %v\n", saved, err)
		again := n()
		fmt.Println(again.(encoding.BinaryUnmarshaler).UnmarshalBinary(saved))
		for i := 0; i < 400; i++ {
			h.Write(text[i%17 : i%17+i%90])
			again.Write(text[i%17 : i%17+i%90])
		}
		fmt.Printf("%x %v\n", h.Sum(nil), string(h.Sum(nil)) == string(again.Sum(nil)))
		fmt.Println(again.(encoding.BinaryUnmarshaler).UnmarshalBinary(saved[:9]))
		fmt.Println(again.(encoding.BinaryUnmarshaler).UnmarshalBinary([]byte("x")))
	}
	fmt.Printf("%x\n%x\n%x\n%x\n%x\n", md5.Sum(text), sha1.Sum(text), sha256.Sum256(text), sha256.Sum224(text), sha512.Sum512(text))
	fmt.Printf("%x\n%x\n%x\n", sha512.Sum384(text), sha512.Sum512_256(text), sha512.Sum512_224(text))

	u, v, w := unique.Make("a"+fmt.Sprint(1)), unique.Make("a1"), unique.Make("a2")
	fmt.Println(u == v, u == w, u.Value(), w.Value())
	fmt.Println(unique.Make(any(1)) == unique.Make(any(1)), unique.Make(any(1)) == unique.Make(any(int8(1))))
	fmt.Println(unique.Make(pair{1, "x"}) == unique.Make(pair{1, "x"}), unique.Make(pair{1, "x"}).Value())

	seed := maphash.MakeSeed()
	var h maphash.Hash
	h.SetSeed(seed)
	for i := range text {
		h.WriteByte(text[i])
	}
	fmt.Println(h.Sum64() == maphash.Bytes(seed, text), maphash.Bytes(seed, text) == maphash.String(seed, string(text)))
	fmt.Println(maphash.Comparable(seed, pair{1, "x"}) == maphash.Comparable(seed, pair{1, "x"}))
	fmt.Println(maphash.Comparable(seed, pair{1, "x"}) == maphash.Comparable(seed, pair{2, "x"}))
	fmt.Println(maphash.Comparable[any](seed, 0.0) == maphash.Comparable[any](seed, -1/1e300/1e300))
	all, err := ioutil.ReadAll(strings.NewReader("all"))
	fmt.Printf("%s %v\n", all, err)
}
