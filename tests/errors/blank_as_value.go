package p

var x = _

func f() {
	_ = _
	_()
}
