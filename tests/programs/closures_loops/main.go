package main

import "fmt"

// closures over loop variables, goto, shadowing, labelled jumps

func main() {
	defer hidden()
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
		i := i * 2
		fs = append(fs, func() int { i++; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ", f(), " ")
	}
	fmt.Println()

	// loop variable per iteration, changed in the post statement by copy
	var gs []func()
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		gs = append(gs, func() { fmt.Print(i, ":", j, " "); i = 100 })
		if i == 2 {
			j--
		}
	}
	for _, g := range gs {
		g()
		g()
	}
	fmt.Println()

	i := 0
	var hs []func() int
loop:
	x := i * i
	hs = append(hs, func() int { x++; return x })
	i++
	if i < 4 {
		goto loop
	}
	for _, h := range hs {
		fmt.Print(h(), h(), " ")
	}
	fmt.Println()

	n := 0
outer:
	for a := range 4 {
		switch {
		case a == 1:
			continue outer
		case a == 3:
			break outer
		}
		for b := range 4 {
			select {
			default:
				if b == 2 {
					continue outer
				}
				if a == 2 {
					break
				}
				n += 100
			}
			n += a*10 + b
		}
	}
	fmt.Println(n)

	err := fmt.Errorf("outer")
	if v, err := 1, error(nil); v > 0 {
		err := fmt.Errorf("inner %v", err)
		fmt.Println(err)
		{
			err, v := v, err
			fmt.Println(err, v)
		}
	} else if err := fmt.Errorf("never"); err != nil {
		fmt.Println(err)
	}
	fmt.Println(err)

	type T struct{ n int }
	t := T{1}
	{
		type T struct{ s string }
		t := T{"s"}
		fmt.Printf("%+v %T\n", t, t)
		{
			T := func(x int) int { return x + 1 }
			fmt.Println(T(1))
		}
	}
	fmt.Printf("%+v %T\n", t, t)

	true := false
	nil := 3
	len := func(s string) string { return s + "!" }
	fmt.Println(true, nil, len("x"))
	var iota = 5
	const c = 7
	{
		const c = c + 1
		fmt.Println(c, iota)
	}

	// goto out of nested blocks, into the enclosing one
	k := 0
again:
	for {
		for j := 0; ; j++ {
			k++
			if k%3 == 0 {
				goto check
			}
			if j > 1 {
				continue again
			}
		}
	check:
		if k > 7 {
			goto done
		}
	}
done:
	fmt.Println(k)

	s := 0
	for i := range 10 {
		defer func() {
			s += i
			if i == 0 {
				fmt.Println("sum", s)
			}
		}()
		i *= 2
	}
	func() {
		for p := new(int); *p < 3; *p++ {
			defer func() { fmt.Print(*p, " ") }()
		}
	}()
	fmt.Println()
	for i := range 3 {
		i := i
		go func(j *int) { *j = 9 }(new(int))
		func() { i++ }()
		fmt.Print(i, " ")
	}
	fmt.Println()
	var rec func(int) func() int
	rec = func(n int) func() int {
		if n == 0 {
			return func() int { return n }
		}
		inner := rec(n - 1)
		return func() int { n++; return n + inner() }
	}
	r := rec(3)
	fmt.Println(r(), r())
}

func small(i int) bool { return i < 4 }

// What the body declares under the name of a loop's variable is not what the loop counts with.
func hidden() {
	s := 0
	for i := 0; small(i); i++ {
		i := i * 2
		i++
		s += i
	}
	var fs []func() int
	for i, j := 0, 5; i < j; i, j = i+1, j-1 {
		fs = append(fs, func() int { i += 10; j++; return i + j })
		j := 3
		i := i * j
		s += i
	}
	for i := 0; small(i); i += 2 {
		const i = 5
		s += i
	}
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
		i := i * 2
		fs = append(fs, func() int { i++; return i })
		if i == 2 {
			continue
		}
		fs = append(fs, func() int { i++; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ", f(), " ")
	}
	fmt.Println(s)
}
