package p

var a int

const a = 1

func f(x int, x string) (y, y int) {
	var z int
	var z string
	_ = z
	return
}

type T struct {
	a int
	a string
}
