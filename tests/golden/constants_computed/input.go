// Constants are declared as they were written; what they are compared with becomes a pattern.
package main

import (
	"fmt"
	"time"
)

type F uint16

const (
	A F = 1 << iota
	B
	_
	C
	AB  = A | B
	All = A | B | C
)

const (
	KB = 1 << (10 * (iota + 1))
	MB
	GB
)

const (
	Day  = 24 * time.Hour
	Week = 7 * Day
	n    = 60 * 60 * 24
	neg  = -5
	m    = n/7 + neg
	big  = 1<<63 - 1
	huge = 1<<64 - 1
	c    = 'a' + 1
	i8   = int8(-1 << 7)
	u    = ^uint8(0)
	lo   = iota
	mix  = lo*2 + iota
	half = float64(n) / 2
	l    = len("abc") + 1
	bit  = uint8(n & 0xff)
)

type T int

const (
	X T = iota + 1
	Y
	Z = X + Y
	W = T(lo) + X*2
)

func main() {
	const n = n + 1
	const local = 1 << 3
	fmt.Println(A, B, C, AB, All, KB, MB, GB, Day, Week, n, neg, m, big, uint64(huge), c, i8, u, lo, mix, half, l, bit, X, Y, Z, W, local)
	f := A | B
	if f&(A|C) == A && f&^B == A {
		fmt.Println("ok", f|C, MB>>10, 1<<local, All&^A)
	}
	switch f {
	case A | B:
		fmt.Println("ab")
	case C:
		fmt.Println("c")
	}
	switch s := fmt.Sprint(f); s {
	case "3", "4":
		fmt.Println("three")
	case "":
	}
	switch r := 'x'; r {
	case 'x', '\'', '"', '\\', '世', '\u200b':
		fmt.Println("rune")
	case 0x10ffff:
	}
	switch time.Duration(f) {
	case 3:
		fmt.Println("d")
	case time.Second, Day:
	}
	switch time.Unix(0, 0).UTC().Month() {
	case time.January, time.February, 13:
	default:
	}
	var q byte = ' '
	q += 'a' - 'A'
	fmt.Println(q, 0755, 1_000_000, 0X_FF, 0b11, .5, 1., 1e3, 1_0.25, 0x1p4, 'a'+int64(q), "a\\b", `c:\d`, `"`, `x
y`)
}
