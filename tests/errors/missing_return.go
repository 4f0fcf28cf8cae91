package p

func a() int {}

func b(n int) int {
	if n > 0 {
		return 1
	}
}

func c(n int) int {
	for {
		break
	}
}

func d(n int) int {
	switch n {
	case 1:
		return 1
	}
}

func e() int {
	for {
	}
}

func g() int { panic(1) }

func h() int {
	panic := func(int) {}
	panic(1)
}

var i = func() int { _ = 1 }
