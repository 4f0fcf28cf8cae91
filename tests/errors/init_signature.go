package p

func init() int { return 1 }
func init(x int) {}
func f()         { init() }
