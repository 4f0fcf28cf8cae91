package main

import "fmt"

func div(a, b int32) int32 { return a / b }

func main() {
	var i8 int8 = 127
	i8++
	var u32 uint32 = 1 << 31
	u32 *= 2
	var i64 int64 = -1 << 63
	fmt.Println(i8, u32, i64-1, -i64, i64/-1)
	min := int32(-2147483648)
	fmt.Println(div(min, -1), min%-1, div(-7, 2), -7%3)
	var n uint = 70
	x := 1
	fmt.Println(x<<n, x<<3, -8>>1, uint8(200)>>3, int64(-1)>>n, uint64(1)<<63)
	f := 3.99
	fmt.Println(int(f), int(-f), uint8(int(f)), float32(0.1), float64(float32(0.1)) == 0.1)
	var b byte = 'a'
	b += 300 % 256
	fmt.Println(b, 'a'+1, int8(b), uint16(n)<<10, ^0, 5&^4, 6^3, 0x_ff, 0b101, 0o17)
	fmt.Println(7.0/2, 7/2, 1e3, 1/3.0, float32(1)/3)
	h := uint32(2166136261)
	for _, c := range []byte("hash me") {
		h ^= uint32(c)
		h *= 16777619
	}
	fmt.Println(h)
	z := 0
	defer func() { fmt.Println(recover()) }()
	fmt.Println(x / z)
}
