package p

type A A
type B C
type C B
type D struct{ d D }
type E struct{ f F }
type F struct{ e [2]E }
type G = G
type H = []H
type I interface{ I }
type J interface{ K }
type K interface{ J }
type L struct{ l *L }
type M [len(M{})]int
type N map[N]int

func f() {
	type T T
	type U struct{ u U }
	type V = V
}
