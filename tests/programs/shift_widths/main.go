package main

import "fmt"

func sh[T int8 | int16 | int32 | int64 | int | uint8 | uint16 | uint32 | uint64 | uint | uintptr](x T, n uint64) (T, T) {
	return x << n, x >> n
}

type My int16

func main() {
	for _, n := range []uint64{0, 1, 7, 8, 15, 16, 31, 32, 63, 64, 65, 1 << 32, 1<<64 - 1} {
		a, b := sh(int8(-77), n)
		c, d := sh(int16(-30000), n)
		e, f := sh(int32(-2000000000), n)
		g, h := sh(int64(-9e18), n)
		i, j := sh(uint8(200), n)
		k, l := sh(uint16(50000), n)
		m, o := sh(uint32(4000000000), n)
		p, q := sh(uint64(1<<63+12345), n)
		r, s := sh(-5, n)
		t, u := sh(uint(1<<63+1), n)
		v, w := sh(uintptr(1<<63+1), n)
		fmt.Println(n, a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u, v, w)
		var n8 = uint8(n)
		var n16 = uint16(n)
		fmt.Println(1<<n8, -1>>n8, My(-3)<<n8, My(-3)>>n16, 'a'<<n8, uint8(255)>>n8, uint32(1)<<n16)
		var i64 = int64(n)
		func() {
			defer func() {
				if e := recover(); e != nil {
					fmt.Println("panic:", e)
				}
			}()
			fmt.Println(1<<i64, 1>>i64)
		}()
		var x My = 123
		x <<= n8
		y := []int32{-100, 100}
		y[0] >>= n
		y[1] <<= n16
		mm := map[string]int8{"a": -3}
		mm["a"] <<= n8
		mm["b"] |= 1 << 3
		mm["a"] >>= n
		fmt.Println(x, y, mm)
	}
	var s uint = 33
	var i = 1 << s
	var j int32 = 1 << s
	var k = uint64(1 << s)
	var w int64 = 1.0 << 33
	var b = make([]byte, 1<<(s-30))
	var u = uint64(1)<<s != 1<<s
	var p = 1<<s == 1<<33
	var ii interface{} = 1 << s
	fmt.Printf("%d %d %d %d %d %v %v %T\n", i, j, k, w, len(b), u, p, ii)
	arr := [64]int{1 << 5: 3}
	fmt.Println(arr[1<<(s-28)], arr[uint8(255)>>(s-25)&63])
}
