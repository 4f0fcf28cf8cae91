package main

import "fmt"

func main() {
	n := 0
outer:
	for i := 0; i < 5; i++ {
		for j := 0; ; j++ {
			if j > i {
				continue outer
			}
			if i == 3 {
				break outer
			}
			n += i * j
		}
	}
	fmt.Println(n)

	i := 0
again:
	i++
	if i < 10 {
		goto again
	}
	fmt.Println(i)

	for k := range 3 {
		switch k {
		case 1:
			continue
		}
		fmt.Print(k, " ")
	}
	fmt.Println()
	x := 5
	{
		x := x * 2
		x++
		fmt.Print(x, " ")
	}
	if x := x + 1; x > 5 {
		fmt.Print(x, " ")
	} else if y := x * 2; y > 1 {
		fmt.Print(y)
	}
	fmt.Println(x)
	goto end
end:
	fmt.Println("end")
}
