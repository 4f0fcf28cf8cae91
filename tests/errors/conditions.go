package p

func f(n int, s string, p *int) {
	if n {
	}
	for n {
	}
	if s == "" && n {
	}
	for p {
	}
	if f() {
	}
	if n = 1; n {
	}
	if 1 {
	}
}
