package p

func f(n int) {
	defer n
	go 1
	defer int(1)
	go len("a")
	defer append([]int{}, 1)
	defer f
	go func() {}
	defer (f(1))
	go f()
	defer panic(1)
	defer recover()
}
