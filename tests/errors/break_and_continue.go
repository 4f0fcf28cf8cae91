package p

func f(n int) {
	break
	continue
	if n > 0 {
		break
	}
	switch n {
	case 1:
		continue
	}
	select {}
	func() { break }()
}
