package main

import (
	"fmt"
	"math"
	"time"
)

type Color int

const (
	Red Color = iota
	Green
	_
	Blue
)
const (
	KB = 1 << (10 * (iota + 1))
	MB
	GB
)
const Big = 1 << 100
const Small = Big >> 98
const Huge = 1e1000
const Ratio = Huge / 1e999
const F = 1.5
const I = 3.0
const R = 'x'
const S = "hello" + " " + "world"
const Bad = "\xff\xfe"
const C = 2i * 3
const B = 1 < 2
const U uint64 = math.MaxUint64
const Max = math.MaxUint64
const Neg = -1
const F32 float32 = 0.1
const Dur = 3 * time.Second
const (
	a, b = iota, iota * 10
	c, d
)
const Len = len("abcd")

type Weekday string

const Mon Weekday = "mon"

func (c Color) String() string { return [...]string{"R", "G", "?", "B"}[c] }

var (
	v1               = v2 + 1
	v2               = f()
	v3, v4           = pair()
	v5       Color   = Blue
	v6               = 0x10
	v7       float32 = 3
	v8       any     = 5
	v9       error
	v10      = [...]int{1, 2, 3}
	v11      = map[string][]int{"a": {1}, "b": nil}
	v12      = func() int { return v10[1] }
	v13      = &v6
	v14      = "str"
	_        = sideEffect()
	v15      *int
	v16           = Bad
	v17           = -0.0
	v18           = 'r'
	v19      byte = 'b'
	v20           = 1 + 2i
	v21           = uint8(255)
	v22           = Mon
	v23           = time.Duration(5)
	v24           = struct{ a, b int }{1, 2}
	v25, v26      = 1, "two"
	v27           = len(v10)
	v28           = Huge / Huge
)

func f() int              { return v6 * 2 }
func pair() (int, string) { return v1, "p" }
func sideEffect() int     { fmt.Println("side"); return 0 }
func init()               { fmt.Println("init1", v1) }
func init()               { fmt.Println("init2", v2) }

func main() {
	fmt.Println(Red, Green, Blue, KB, MB, GB, Small, Ratio, F, I, R, S, len(Bad), C, B, U, uint64(Max), Neg, F32, Dur, a, b, c, d, Len, Mon)
	var x uint8 = I
	var y float64 = KB
	var z float32 = F
	var w complex64 = R
	var q int64 = KB
	fmt.Println(x, y, z, w, q, x<<I, y*Small, Big/(1<<99), float64(Big), math.Pi, Max>>60)
	fmt.Println(v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11["a"], v12(), *v13, v14, v15, len(v16), v17, v18, v19, v20, v21, v22, v23, v24, v25, v26, v27, v28)
	v6++
	v10[1] = 7
	v24.b++
	p := &v10[2]
	*p = 8
	v11["c"] = append(v11["c"], 3)
	fmt.Println(*v13, v12(), v24, v10, len(v11))
	const local = KB + 1
	const lt Color = 1
	type T struct{ a int }
	type Color struct{ t T }
	fmt.Printf("%v %v %+v %T\n", local, lt, Color{T{1}}, Color{})
	const R = "shadow"
	fmt.Println(R)
	switch R := 3; R {
	case I:
		fmt.Println("three")
	}
	if y == KB && z == F {
		fmt.Println(1<<3 == 8, 'a'+1, "x"+S)
	}
	var arr [Len]int
	fmt.Println(len(arr), cap(arr[:2]))
	other()
}
func other() {
	type T struct{ b string }
	type Color int
	fmt.Printf("%T %+v %v\n", T{}, T{"q"}, Color(2))
}
