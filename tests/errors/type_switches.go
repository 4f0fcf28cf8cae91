package p

type I interface{ M() }

func f(i I, e interface{}, n int) {
	switch i.(type) {
	case int:
	case string, error:
	}
	switch e.(type) {
	case int:
	case string, int:
	case nil:
	case nil:
	case error, error:
	}
	switch n.(type) {
	}
	switch _ := e.(type) {
	}
	switch x := e.(type) {
	case int:
	}
	switch e.(type) {
	default:
	default:
	}
	switch e.(type) {
	case 1:
	case missing:
	}
	switch x := e.(type) {
	case int, string:
		x++
	case bool:
		x++
	}
}
