package p

func f(m map[string]int, r <-chan int, s []int, x float64, i int, c complex128) {
	close(r)
	close(s)
	close()
	delete(m)
	delete(m, 1)
	delete(s, 1)
	clear(i)
	clear(m, m)
	_ = complex(1)
	_ = complex(x, float32(1))
	_ = complex(i, i)
	_ = complex("a", 1)
	_ = real(x)
	_ = imag("a")
	_ = min()
	_ = max(1, "a")
	_ = min(s)
	_ = max(i, x)
	panic()
	panic(1, 2)
	print(f())
	recover(1)
	_ = len
	_ = print(1)
	_ = real(c) + i
}
