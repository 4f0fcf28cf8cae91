package p

func two() (int, int) { return 1, 2 }
func none()           {}

func f() {
	var a, b int
	a, b = 1
	a, b = 1, 2, 3
	a = two()
	a, b = none()
	a, b, c := two()
	var d, e = 1
	var g, h int = 1, 2, 3
	x := none()
	a = none()
}

var i, j = 1
var k, l, m = two()
var n = two()
