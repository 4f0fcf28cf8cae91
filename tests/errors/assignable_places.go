package p

const c = 1

type T struct{ x int }

func f() T { return T{} }

func g(m map[string]T, s string) {
	c = 2
	1 = 2
	f().x = 1
	m["a"].x = 1
	s[0] = 'a'
	f = nil
	"a"[0] = 1
	(s) = "ok"
	T = 1
	nil = 1
	c++
	g++
	s++
	len = 1
}
