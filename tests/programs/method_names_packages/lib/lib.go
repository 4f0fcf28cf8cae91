// Package library lies in a folder of another name.
package library

type T struct{ Name string }

func (t *T) m() string      { return "library.T.m " + t.Name }
func (t T) private() string { return "library.T.private " + t.Name }

type I interface{ m() string }

type P interface{ private() string }

type Both interface {
	I
	P
}

func Call(i I) string { return i.m() }

func CallPrivate(x any) string {
	if p, ok := x.(P); ok {
		return p.private()
	}
	return "not a library.P"
}
