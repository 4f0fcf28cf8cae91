package main

import "fmt"

type B byte
type R rune
type Bs []B
type S string
type I4 [4]int
type PI *[4]int
type PP *P
type P struct{ x, y int }
type Q P

func three() ([]int, int, int)      { return []int{1}, 2, 3 }
func two() (float64, float64)       { return 1, 2 }
func cp() ([]byte, string)          { return buf, "xyz" }
func del() (map[string]int, string) { return m, "a" }
func anys() ([]any, int, string)    { return nil, 1, "s" }

var buf = make([]byte, 2)
var m = map[string]int{"a": 1, "b": 2}

func main() {
	bs := []B("héy")
	rs := []R("héy")
	fmt.Println(bs, rs, string(bs), string(rs), S(bs[:1]), Bs("q"), string(Bs("zz")), []byte(S("ab")), []rune(S("é")))
	ii := make([]int, 4)
	pi := PI(ii)
	pi[1] = 5
	p4 := (*I4)(ii)
	p4[2] = 6
	a4 := I4(ii)
	fmt.Println(ii, *p4, a4, [2]int(ii))
	p := &P{1, 2}
	q := (*Q)(p)
	q.x = 9
	pp := PP(p)
	pp.y = 8
	fmt.Println(*p, *q, Q(*p), P(*q), (*P)(pp).y)
	fmt.Println(append(three()))
	fmt.Println(complex(two()), copy(cp()), string(buf))
	delete(del())
	fmt.Println(m, append(anys()))
	var e any = 3
	switch {
	case e == 3:
		fmt.Println("three")
	}
	x := []int{1}
	f := func() int { x = append(x, 1, 1); return 2 }
	a, b, c := cap(x), f(), len(x)
	fmt.Println(a, b, c)
	n := 0
	for i := int8(126); i <= 127; i++ {
		n++
		if n > 300 || i < 0 {
			break
		}
	}
	for i := uint8(250); i <= 254; i++ {
		n++
	}
	fmt.Println(n)
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = (*[5]int)(ii)
	}()
	type T1 struct {
		A int `json:"a"`
	}
	type T2 struct{ A int }
	fmt.Println(T2(T1{4}), struct{ A int }(T2{5}))
	var fn func(int) int = func(i int) int { return i + 1 }
	type F func(int) int
	ff := F(fn)
	fmt.Println(ff(1), (func(int) int)(ff)(2))
	var r <-chan int = make(chan int, 1)
	fmt.Println(cap(r), r != nil, uint8(int8(n)), string(rune(0x4e16)), uintptr(7)+1)
}
