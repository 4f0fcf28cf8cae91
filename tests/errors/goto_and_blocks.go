package p

func f(n int) {
	for {
		goto end
	}
	if n > 0 {
		goto inner
	} else {
	inner:
	}
end:
	switch n {
	case 1:
		goto two
	case 2:
	two:
	}
}
