package p

func g() int { return 1 }

func f(s []int, m map[int]int) {
	1 + 2
	s
	s[0]
	m[1]
	len(s)
	append(s, 1)
	int(3)
	g
	(g())
	"text"
	nil
	f
	int
	len
	-1
}
