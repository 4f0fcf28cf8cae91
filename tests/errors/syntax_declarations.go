package p

x := 1

func f( {
}

var 1 int
type
const = 2
