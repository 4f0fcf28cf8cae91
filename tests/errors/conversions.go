package p

type T struct{ a int }
type U struct{ b int }
type I interface{ m() }

func f(i int, s string, t T, p *T, b []byte, x float64, e error, g func()) {
	_ = int(s)
	_ = string(x)
	_ = U(t)
	_ = I(t)
	_ = (*U)(p)
	_ = []int(b)
	_ = int("1")
	_ = bool(1)
	_ = int(1.5)
	_ = uint8(300)
	_ = T()
	_ = int(1, 2)
	_ = string(e)
	_ = func(int)(g)
	_ = [2]int(b)
	_ = chan int(nil)
	_ = int(nil)
	_ = *int(p)
	_ = complex64(1)
	_ = float64("a")
}
