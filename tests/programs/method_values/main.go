package main

import "fmt"

type acc struct{ total int }

func (a *acc) add(n int) int { a.total += n; return a.total }
func (a acc) get() int       { return a.total }

type op func(int) int

func (f op) twice(n int) int { return f(f(n)) }

type stringer interface{ String() string }

type num int

func (n num) String() string { return fmt.Sprintf("num(%d)", int(n)) }

func main() {
	a := acc{}
	add := a.add
	get := a.get // binds a copy now
	add(5)
	add(6)
	fmt.Println(a.total, get(), acc.get(a))
	fmt.Println((*acc).add(&a, 1))
	fmt.Println(op(func(n int) int { return n * 3 }).twice(2))
	var s stringer = num(4)
	f := s.String
	s = num(5)
	fmt.Println(f(), s.String(), stringer.String(s))
	table := map[string]func(...int) int{
		"sum": func(xs ...int) (t int) {
			for _, x := range xs {
				t += x
			}
			return
		},
		"len": func(xs ...int) int { return len(xs) },
	}
	fmt.Println(table["sum"](1, 2, 3), table["len"](), table["none"] == nil)
	for i := 0; i < 2; i++ {
		defer func(n int) { fmt.Println("deferred", n, i) }(i * 10)
	}
	defer add(100)
}
