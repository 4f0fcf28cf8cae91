package p

type S struct{}

func f(n int, x float64) {
	_ = make()
	_ = make(int)
	_ = make([]int)
	_ = make([]int, 1, 2, 3)
	_ = make([]int, -1)
	_ = make([]int, "a")
	_ = make([]int, 2, 1)
	_ = make([]int, x)
	_ = make([]int, 1.5)
	_ = make(map[int]int, 1, 2)
	_ = make(S)
	_ = make(n)
	_ = make([]int, 1<<63)
	_ = new()
	_ = new(int, int)
	_ = new(nil)
	_ = make(chan int, n)
	make([]int, 1)
	new(int)
}
