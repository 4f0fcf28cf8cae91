package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

type H struct {
	A uint16
	B int32
	C [3]uint8
	_ uint8
	F float32
	G bool
	I struct{ X, Y int8 }
	Z complex64
}

func main() {
	fmt.Println(hex.EncodeToString([]byte("hello\xff")), hex.EncodedLen(3))
	for _, s := range []string{"48656c6c6f", "4G", "abc", "zz", "", "AB", "a", "g"} {
		b, err := hex.DecodeString(s)
		fmt.Println(b, err)
	}
	fmt.Print(hex.Dump([]byte("the quick brown fox jumps over")))
	var sb strings.Builder
	w := hex.NewEncoder(&sb)
	w.Write([]byte("xyz"))
	fmt.Println(sb.String())
	all, err := io.ReadAll(hex.NewDecoder(strings.NewReader("78797")))
	fmt.Printf("%s %v\n", all, err)
	for _, e := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding, base64.StdEncoding.Strict(), base64.StdEncoding.WithPadding('*')} {
		for _, s := range []string{"", "f", "fo", "foo", "foob", "\xff\xfe\xfd\xfb\xfa"} {
			t := e.EncodeToString([]byte(s))
			d, err := e.DecodeString(t)
			fmt.Println(t, string(d) == s, err, e.EncodedLen(len(s)), e.DecodedLen(len(t)))
		}
		for _, s := range []string{"Zm9v\nYg==", "Zm9vYg=", "Zm9vYg", "Z", "Zm=", "Zh==", "Zm9v=", "Zm9vYg==x", "!m9v", "Zm!v", "=", "====", "Zg==\n", "Zg=\n=", "Zm9=", "AAA=A"} {
			d, err := e.DecodeString(s)
			fmt.Printf("%q %q %v\n", s, d, err)
		}
	}
	sb.Reset()
	bw := base64.NewEncoder(base64.StdEncoding, &sb)
	io.WriteString(bw, "hello ")
	io.WriteString(bw, "world")
	bw.Close()
	fmt.Println(sb.String())
	all, err = io.ReadAll(base64.NewDecoder(base64.StdEncoding, strings.NewReader("aGVsbG8g\nd29ybGQ=\n")))
	fmt.Printf("%s %v\n", all, err)
	all, err = io.ReadAll(base64.NewDecoder(base64.StdEncoding, strings.NewReader("aGVsbG8gd29")))
	fmt.Printf("%s %v\n", all, err)

	b := make([]byte, 8)
	binary.BigEndian.PutUint32(b, 0xdeadbeef)
	binary.LittleEndian.PutUint16(b[4:], 0x1234)
	fmt.Println(b, binary.BigEndian.Uint16(b), binary.LittleEndian.Uint64(b), binary.BigEndian, binary.LittleEndian.String())
	fmt.Println(binary.BigEndian.AppendUint32(nil, 7))
	var order binary.ByteOrder = binary.LittleEndian
	fmt.Println(order.Uint32(b), order == binary.LittleEndian)
	var buf bytes.Buffer
	h := H{A: 1, B: -2, C: [3]uint8{1, 2, 3}, F: 1.5, G: true, Z: complex(1, -1)}
	h.I.X, h.I.Y = -1, 2
	fmt.Println(binary.Write(&buf, binary.BigEndian, &h), buf.Bytes(), binary.Size(h))
	var h2 H
	fmt.Println(binary.Read(&buf, binary.BigEndian, &h2), h2 == h)
	fmt.Println(binary.Read(&buf, binary.BigEndian, &h2), binary.Write(&buf, order, 3), binary.Read(&buf, order, h))
	binary.Write(&buf, order, []int16{1, -2, 3})
	is := make([]int16, 3)
	fmt.Println(binary.Read(&buf, order, is), is, binary.Size(is), binary.Size("x"), binary.Size(uint64(3)))
	for _, x := range []int64{0, 1, -1, 63, -64, 64, 300, -1 << 63, 1<<63 - 1} {
		n := binary.PutVarint(make([]byte, 10), x)
		v := binary.AppendVarint(nil, x)
		y, m := binary.Varint(v)
		z, err := binary.ReadVarint(bytes.NewReader(v))
		fmt.Println(n, v, y, m, z, err)
	}
	fmt.Println(binary.Uvarint([]byte{0x80}))
	fmt.Println(binary.Uvarint([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1}))
	fmt.Println(binary.Uvarint([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2}))
	fmt.Println(binary.ReadUvarint(bytes.NewReader([]byte{0x80})))
	n, err := binary.Decode([]byte{1, 2, 3}, order, &h.A)
	fmt.Println(n, err, h.A)
	defer func() { fmt.Println(recover()) }()
	binary.BigEndian.Uint32(b[:2])
}
