package p

var a = missing

func f() unknown {
	undefinedFunc(1)
	return other.Name
}
