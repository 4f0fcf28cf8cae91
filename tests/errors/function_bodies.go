package p

func a()
func b() int
