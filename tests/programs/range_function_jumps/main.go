package main

import "fmt"

type Seq[T any] func(yield func(T) bool)

func count(n int) Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print("[done", n, "]")
		for i := 0; i < n; i++ {
			if !yield(i) {
				fmt.Print("[stop", i, "]")
				return
			}
		}
	}
}
func pairs(s string) func(func(int, rune) bool) {
	return func(y func(int, rune) bool) {
		for i, r := range s {
			if !y(i, r) {
				return
			}
		}
	}
}
func forever(y func() bool) {
	for y() {
	}
}
func bad(y func(int) bool) {
	y(1)
	y(2)
}
func find(n int) (r int) {
	defer func() { r += 1000 }()
	for x := range count(10) {
		if x == n {
			return x * 10
		}
	}
	return -1
}
func lab() (out []int) {
outer:
	for x := range count(5) {
		for y := range count(5) {
			switch {
			case y == 1 && x == 0:
				continue outer
			case y == 2:
				break
			case x == 2:
				break outer
			case x == 1 && y == 3:
				goto next
			}
			out = append(out, x*10+y)
		}
		continue
	next:
		out = append(out, 99)
	}
	return
}
func multi() (int, string, error) {
	for i, r := range pairs("héllo") {
		for range forever {
			if r == 'l' {
				return i, string(r), nil
			}
			break
		}
	}
	return 0, "", fmt.Errorf("none")
}
func try(n string, f func()) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println(n, "panic:", e)
		}
	}()
	f()
}
func gotoOut() string {
	for x := range count(3) {
		if x == 1 {
			goto out
		}
	}
	return "no"
out:
	return "went out"
}

type List[T any] struct{ head *node[T] }
type node[T any] struct {
	v    T
	next *node[T]
}

func (l *List[T]) Push(v T) { l.head = &node[T]{v, l.head} }
func (l *List[T]) All() func(func(int, T) bool) {
	return func(y func(int, T) bool) {
		i := 0
		for n := l.head; n != nil; n = n.next {
			if !y(i, n.v) {
				return
			}
			i++
		}
	}
}
func filter[T any](s func(func(T) bool), f func(T) bool) func(func(T) bool) {
	return func(y func(T) bool) {
		s(func(t T) bool {
			if f(t) {
				return y(t)
			}
			return true
		})
	}
}
func main() {
	for x := range count(3) {
		fmt.Print(x, " ")
	}
	fmt.Println()
	for x := range count(5) {
		if x == 2 {
			break
		}
		fmt.Print(x, " ")
	}
	fmt.Println()
	for range count(2) {
		fmt.Print(".")
	}
	fmt.Println()
	fmt.Println(find(3))
	fmt.Println(find(20))
	fmt.Println(lab())
	fmt.Println(multi())
	fmt.Println(gotoOut())
	try("bad break", func() {
		for x := range bad {
			fmt.Print(x)
			break
		}
	})
	try("bad panic", func() {
		for x := range bad {
			panic(x)
		}
	})
	var saved func(int) bool
	try("late", func() {
		for x := range func(y func(int) bool) { saved = y; y(1) } {
			fmt.Print("x", x)
		}
		saved(2)
	})
	try("nil iter", func() {
		var f func(func() bool)
		for range f {
		}
	})
	var i, j int
	for i = range count(4) {
		j += i
	}
	fmt.Println(i, j)
	var arr [2]int
	for arr[1], arr[0] = range func(y func(int, int) bool) { y(3, 4) } {
	}
	fmt.Println(arr)
	l := &List[string]{}
	l.Push("a")
	l.Push("b")
	l.Push("c")
	for i, v := range l.All() {
		if i == 2 {
			continue
		}
		fmt.Print(i, v, " ")
	}
	fmt.Println()
	for x := range filter(count(10), func(i int) bool { return i%3 == 0 }) {
		fmt.Print(x, ",")
	}
	fmt.Println()
	var fs []func() int
	for x := range count(3) {
		fs = append(fs, func() int { x++; return x })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	for i := range 3 {
		defer fmt.Print("d", i, " ")
	}
	for i := range uint8(3) {
		fmt.Printf("%T%v ", i, i)
	}
	const k = 2
	for i := range k {
		fmt.Printf("%T%v ", i, i)
	}
	for range 2 {
		fmt.Print("x")
	}
	n := 3
	for i := range n {
		n = 10
		i *= 2
		fmt.Print(i, " ")
	}
	fmt.Println()
	func() {
		for x := range count(3) {
			func() {
				defer func() { recover() }()
				if x == 1 {
					panic("p")
				}
				fmt.Print("ok", x)
			}()
			select {
			default:
				if x == 1 {
					continue
				}
			}
			fmt.Print("end", x)
		}
	}()
	fmt.Println()
}
