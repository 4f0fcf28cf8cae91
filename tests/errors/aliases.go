package p

type A = int
type B = struct{ x A }
type C = *C
type D = E
type E = D
type F = missing
type G = []A

func (A) m() {}
func (B) n() {}

var a A = "x"
var b B = 1
var c G = []string{}
