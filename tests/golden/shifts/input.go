package main

import "fmt"

const flag = 1 << 3

func main() {
	n := uint(70)
	var u8 uint8 = 200
	var i int32 = -8
	fmt.Println(1<<n == 0, u8<<1, u8>>3, i>>1, i>>n, flag<<2)
	u8 <<= 2
	i &^= 4
	fmt.Println(u8, i, ^i, uint32(i)>>28, u8&0x0f|1, 5^3)
	a, b := 7, -2
	fmt.Println(a/b, a%b, a/2, -a/2)
}
