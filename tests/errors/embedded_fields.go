package p

type P *int
type I interface{ m() }
type T struct {
	P
	*I
	*P
	int
	int
	I
}
type U struct {
	T
	*T
}
