package main

import "fmt"

func main() {
	z := complex(1, 2)
	var w complex64 = 3i
	z *= z
	fmt.Println(z, real(z), imag(w), z == -3+4i, complex128(w)+z)
	steps := 0
	for c, p := 0.5+0.5i, 0i; real(p)*real(p)+imag(p)*imag(p) < 4 && steps < 50; steps++ {
		p = p*p + c
	}
	fmt.Println(steps)
}
