package p

var a = a
var b = c
var c = b
var d = f()

func f() int { return g() }
func g() int { return d }

const h = i
const i = h

var j, k = l()

func l() (int, int) { return k, 1 }

type T struct{}

func (T) m() int { return n }

var n = T{}.m()
