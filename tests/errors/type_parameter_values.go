package p

type Any interface{}

func f[T any, N int | float64, S ~[]E, E any, C comparable](t, t2 T, n N, s S, c C) {
	_ = t == t2
	_ = t + t2
	_ = n + 1
	_ = n % 2
	_ = t.x
	t.m()
	_ = s[0]
	_ = t[0]
	_ = c == c
	_ = c < c
	var i int = n
	_ = int(t)
	_ = int(n)
	switch t.(type) {
	}
	_ = t.(int)
	for range t {
	}
	t()
	_ = *t
	_ = len(t)
	n = 1.5
	t = 1
	t = nil
	var m map[T]int
	_ = T{}
	_ = make(T)
	_ = &T{}
	_, _ = i, m
}
