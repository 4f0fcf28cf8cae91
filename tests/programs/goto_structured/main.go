package main

import "fmt"

func forward(m [][]int) int {
	n := 0
	for i, r := range m {
		k := i * 2
		for _, v := range r {
			if v == 9 {
				goto found
			}
			if v == 7 {
				break
			}
			n += v + k
		}
		continue
	found:
		n += 100
		if n > 300 {
			break
		}
	}
	return n
}

func backward() (out []int) {
	for i := 0; i < 4; i++ {
		c := 0
	again:
		c++
		x := c * 10
		f := func() int { return x }
		if c < i {
			out = append(out, f())
			goto again
		}
		if i == 2 {
			continue
		}
		switch {
		case c == 3:
			goto again
		case c > 4:
			break
		}
		if c > 3 {
			break
		}
		out = append(out, -i)
	}
	return
}

func both(n int) string {
	s := ""
	if n > 2 {
		goto end
	}
loop:
	for {
		s += "x"
		if len(s) > 2 {
			break loop
		}
		n++
		if n > 2 {
			goto end
		}
	}
end:
	return s + "."
}

func labelled() int {
	i := 0
start:
	for i < 10 {
		i++
		switch i {
		case 3:
			continue start
		case 5:
			i = 8
			goto start
		case 9:
			break start
		}
	}
	return i
}

func main() {
	fmt.Println(forward([][]int{{1, 9, 2}, {3, 7, 4}, {9}, {5}, {9}, {9}}))
	fmt.Println(backward(), both(0), both(3), labelled())
}
