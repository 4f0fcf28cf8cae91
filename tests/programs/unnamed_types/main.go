package main

import "fmt"

type T struct {
	in struct {
		a int
		b struct{ c string }
	}
	s []struct{ k, v int }
	m map[struct{ x, y int }]string
	_ int
	f func(struct{ q int }) interface{ M() int }
	i interface {
		M() int
	}
	c chan struct{}
}
type X int

func (x X) M() int { return int(x) }

type Tree struct {
	l, r *Tree
	v    int
}
type List []*Tree
type Mat [2][2]float64

func (m *Mat) Set(i, j int, v float64) { m[i][j] = v }
func (m Mat) Tr() float64              { return m[0][0] + m[1][1] }

type Fn func(Fn) Fn
type PP **int
type MM map[string]MM
type CC chan CC
type II interface{ Self() II }
type SI struct{}

func (s SI) Self() II { return s }

func main() {
	var t T
	t.in.a = 1
	t.in.b.c = "z"
	t.s = append(t.s, struct{ k, v int }{1, 2})
	t.s = append(t.s, struct{ k, v int }{3, 4})
	t.s[1].v++
	t.m = map[struct{ x, y int }]string{{1, 2}: "a"}
	fmt.Println(t.in, t.s, t.m[struct{ x, y int }{1, 2}])
	t.f = func(s struct{ q int }) interface{ M() int } { return X(s.q) }
	t.i = t.f(struct{ q int }{4})
	fmt.Println(t.i.M(), t.i == X(4))
	pt := &t.in
	pt.b.c += "y"
	fmt.Printf("%v %+v\n", t.in, t.s)
	var e1 any = struct{ a int }{1}
	_, ok := e1.(struct{ a int })
	fmt.Println(ok)
	fmt.Printf("%T %T\n", e1, t.i)
	tests := []struct {
		name string
		in   []int
		want int
	}{
		{"a", []int{1, 2}, 3},
		{"b", nil, 0},
	}
	for _, tt := range tests {
		s := 0
		for _, x := range tt.in {
			s += x
		}
		fmt.Println(tt.name, s == tt.want)
	}
	var m Mat
	m.Set(0, 0, 1)
	m.Set(1, 1, 2)
	m[0][1] = 5
	fmt.Println(m, m.Tr(), len(m))
	m2 := m
	m2[0][0]++
	fmt.Println(m == m2, m2[0])
	for i, r := range m {
		for j := range r {
			fmt.Print(i, j, r[j], " ")
		}
	}
	fmt.Println()
	mm := MM{"a": {"b": nil}}
	fmt.Println(len(mm["a"]), mm["a"]["b"] == nil)
	cc := make(CC, 1)
	cc <- cc
	fmt.Println(<-cc == cc)
	var ii II = SI{}
	fmt.Println(ii.Self().Self() == ii)
	var l List = List{&Tree{v: 1}, nil}
	l[0].l = &Tree{v: 5}
	fmt.Println(l[0].l.v, len(l))
	k := 3
	pk := &k
	var pp PP = &pk
	**pp = 6
	fmt.Println(k)
	done := make(chan struct{})
	go func() { close(done) }()
	<-done
	type pair struct {
		T
		n int
	}
	p := pair{n: 3}
	p.in.a = 8
	fmt.Println(p.in.a, p.n)
	x := struct {
		X
		fmt.Stringer
	}{X: 3}
	fmt.Println(x.M(), x.Stringer == nil)
	a := [...]struct{ a, b int }{{1, 2}, {3, 4}}
	a[1].b = 9
	fmt.Println(a)
	var z struct{ v T2 }
	z.v.w = 3
	fmt.Println(z)
}

type T2 = struct{ w int }
