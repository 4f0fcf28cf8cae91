package p

func f(n int) {
L:
	n++
	for {
		break L
	}
M:
	switch n {
	case 1:
		for {
			continue M
		}
	}
	break N
	continue O
}
