package p

type T struct{ x int }

func f(p *T, s []int) {
	var a int = "a"
	var b string = 1
	var c []string = s
	var d *int = p
	var e T = nil
	a = 1.5
	b = 'c'
	p = s
	a, b = b, a
	var g float32 = 1e50
	var h int8 = 300
	var i uint = -1
	var j bool = 1
	_, _, _, _, _, _, _ = c, d, e, g, h, i, j
}
