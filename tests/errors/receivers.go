package p

import "time"

type P *int
type I interface{ m() }
type T struct{}

func (int) a()       {}
func (P) b()         {}
func (I) c()         {}
func (*I) d()        {}
func (**T) e()       {}
func (time.Time) f() {}
func ([]int) g()     {}
func (missing) h()   {}
func (t T) i(t int)  {}
func (T) _()         {}
func (*P) j()        {}
func (x T) x()       {}
