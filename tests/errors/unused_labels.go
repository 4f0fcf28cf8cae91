package p

func f() {
unused:
	for {
		break
	}
used:
	for {
		continue used
	}
}
