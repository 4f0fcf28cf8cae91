package p

func f(n int, x interface{}) {
	switch n {
	case 1:
		fallthrough
	case 2:
		if n > 1 {
			fallthrough
		}
	case 3:
		fallthrough
	}
	switch x.(type) {
	case int:
		fallthrough
	default:
	}
	for {
		fallthrough
	}
	fallthrough
}
