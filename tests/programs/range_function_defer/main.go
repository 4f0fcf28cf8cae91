package main

import (
	"errors"
	"fmt"
	"iter"
	"slices"
)

func seq(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("iterator done")
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func one() {
	defer fmt.Println("first")
	for i := range seq(3) {
		defer fmt.Println("deferred", i)
		fmt.Println("body", i)
	}
	fmt.Println("after loop")
}

func two() (r int) {
	defer func() { r *= 10 }()
	for i := range seq(5) {
		defer func() { r += i }()
		if i == 3 {
			return 100
		}
	}
	return 1
}

func three() (err error) {
	for i := range seq(3) {
		defer func() {
			if e := recover(); e != nil {
				err = fmt.Errorf("recovered %v in %d", e, i)
			}
		}()
		if i == 1 {
			panic("boom")
		}
	}
	return nil
}

func four() {
	for i := range seq(2) {
		for j := range seq(2) {
			defer fmt.Println("nested", i, j)
		}
		defer fmt.Println("outer", i)
	}
	fmt.Println("end four")
}

func five() int {
	for i := range seq(2) {
		func() {
			defer fmt.Println("literal's own", i)
			for j := range seq(2) {
				defer fmt.Println("in literal", i, j)
			}
			fmt.Println("literal ends")
		}()
	}
	return 5
}

func six() {
	for _, v := range slices.All([]string{"a", "b"}) {
		defer func(s string) { fmt.Println("arg", s) }(v)
	}
	for v := range seq(4) {
		if v == 1 {
			continue
		}
		if v == 3 {
			break
		}
		defer fmt.Println("kept", v)
	}
}

type T struct{ n int }

func (t *T) Close() { fmt.Println("close", t.n) }

func seven() {
	for i := range seq(2) {
		t := &T{i}
		defer t.Close()
		f := t.Close
		defer f()
	}
}

func bad1(yield func(int) bool) {
	yield(1)
	yield(2)
}
func bad2(yield func(int) bool) {
	defer func() { fmt.Println("iterator recovers", recover()) }()
	yield(1)
}
func bad3(yield func(int) bool) {
	func() {
		defer func() { recover() }()
		yield(1)
	}()
	yield(2)
}

var saved func(int) bool

func bad4(yield func(int) bool) { saved = yield; yield(1) }

func try(name string, f func()) {
	defer func() {
		e := recover()
		fmt.Printf("%s: %T %v\n", name, e, e)
		if err, ok := e.(error); ok {
			var re interface{ RuntimeError() }
			fmt.Println(errors.As(err, &re))
		}
	}()
	f()
}

func labels() int {
	n := 0
outer:
	for i := range seq(3) {
		for j := range seq(3) {
			n++
			switch {
			case j == 1 && i == 0:
				continue outer
			case i == 2:
				break outer
			}
			for k := range seq(2) {
				if k == 1 {
					continue outer
				}
				if i == 1 && j == 2 {
					goto done
				}
				n += 10
			}
		}
	}
done:
	return n
}

func ret2() (int, string) {
	for i := range seq(3) {
		for j := range seq(3) {
			defer fmt.Println("d", i, j)
			if j == 1 {
				return i*10 + j, "out"
			}
		}
	}
	return 0, ""
}

func recov() (s string) {
	defer func() {
		for range seq(1) {
			s = fmt.Sprint("got ", recover())
		}
	}()
	panic("direct")
}

func pull() {
	next, stop := iter.Pull(seq(3))
	defer stop()
	for {
		v, ok := next()
		if !ok {
			break
		}
		fmt.Println("pulled", v)
	}
}

func loopDefer() {
	i := 0
	for i = range seq(3) {
		defer func() { fmt.Println("i is", i) }()
	}
}

func main() {
	one()
	fmt.Println(two())
	fmt.Println(three())
	four()
	fmt.Println(five())
	six()
	seven()
	try("bad1", func() {
		for range bad1 {
			break
		}
	})
	try("bad1ok", func() {
		for range bad1 {
		}
	})
	try("bad2", func() {
		for range bad2 {
			panic("in body")
		}
	})
	try("bad3", func() {
		for range bad3 {
			panic("in body")
		}
	})
	try("bad4", func() {
		for range bad4 {
		}
		saved(1)
	})
	try("bad4b", func() {
		for range bad4 {
			saved(2)
		}
	})
	try("panic", func() {
		for range seq(2) {
			panic(errors.New("plain"))
		}
	})
	fmt.Println(labels())
	fmt.Println(ret2())
	try("recov", func() { fmt.Println(recov()) })
	pull()
	loopDefer()
}
