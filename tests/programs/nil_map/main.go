package main

type T struct {
	next *T
	v    int
}

func main() {
	var m map[string]int
	println(m["a"], len(m))
	var t *T
	defer func() {
		println(recover().(error).Error())
		m["a"] = 1
	}()
	println(t.next.v)
}
