package p

func f(n int, s string, e interface{}, g func(), m []int) {
	switch n {
	case 1, 2:
	case 2:
	case "a":
	case 1.5:
	case n, n:
	}
	switch s {
	case "a", "a":
	}
	switch {
	case n:
	case n > 1:
	case true, true:
	}
	switch g {
	case nil:
	case g:
	}
	switch m {
	case nil:
	}
	switch [1]func(){} {
	}
	switch e {
	case 1, 1, int8(1):
	case m:
	}
	switch n {
	default:
	case 1:
	default:
	}
	switch f() {
	}
}
