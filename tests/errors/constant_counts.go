package p

const a, b = 1
const c = 1, 2
const (
	d, e = 1, 2
	g
	h, i, j
)
const k
