package main

import "fmt"

const N = 1 << 20

type Big struct {
	n    int
	data [N]byte
	tail int
}

type Nest struct {
	a, b Big
}

func local() int {
	var x [N]byte
	x[5] = 7
	x[N-1] = 1
	return int(x[5]) + int(x[N-1]) + len(x)
}

func viaNew() *Big {
	p := new(Big)
	p.data[N-1] = 9
	return p
}

func viaLit() *Big {
	return &Big{n: 3, tail: 4}
}

func byValue(b Big) int {
	b.data[0]++
	return b.n + int(b.data[0]) + b.tail
}

func ret() Big {
	var b Big
	b.n = 5
	b.data[7] = 8
	return b
}

func (b Big) M() int   { return b.n }
func (b *Big) P() *Big { return b }

var global Big
var garr [N]byte

func run(name string) {
	fmt.Println(name, local())
	fmt.Println(viaNew().data[N-1], viaLit().tail)
	p := viaLit()
	q := *p
	q.data[3] = 3
	fmt.Println(byValue(q), q.data[0], q.M(), q.P().n)
	r := ret()
	r2 := r
	r2.n++
	fmt.Println(r.n, r2.n, r.data[7], r == r2)
	global = q
	global.data[1] = 5
	*p = global
	fmt.Println(p.data[1], p.data[3], global.tail)
	s := make([]Big, 2)
	s[1] = *p
	s[0] = s[1]
	s = append(s[:1], s[1])
	fmt.Println(s[0].data[1], s[1].tail, len(s))
	for i, v := range s {
		fmt.Println(i, v.n)
	}
	for i := range garr {
		if i > 3 {
			break
		}
	}
	var a any = q
	b := a.(Big)
	fmt.Println(b.n, b.tail)
	m := map[int]Big{1: q}
	fmt.Println(m[1].tail, m[2].tail)
	var nest Nest
	nest.a = q
	nest.b = nest.a
	np := &nest
	np.a.n = 77
	fmt.Println(nest.a.n, nest.b.n, np.b.data[3])
	f := func() int { return int(q.data[3]) }
	fmt.Println(f())
	arr := [2]Big{{n: 1}, {n: 2}}
	arr[0], arr[1] = arr[1], arr[0]
	fmt.Println(arr[0].n, arr[1].n)
	var z [N]int32
	z[N-1] = 4
	y := z
	y[0] = 1
	fmt.Println(z[0], y[0], y[N-1], z != y)
	defer func(b Big) { fmt.Println("deferred", b.n) }(q)
	func() {
		defer func() { fmt.Println(recover()) }()
		var w [N]int
		i := N
		w[i%(N+1)] = 1
	}()
}

func main() {
	run("main")
	done := make(chan bool)
	go func() { run("goroutine"); done <- true }()
	<-done
}
