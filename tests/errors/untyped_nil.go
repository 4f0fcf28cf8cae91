package p

var a = nil
var b int = nil

func f() {
	c := nil
	_ = nil
	nil.x()
	_ = nil == nil
	_ = *nil
	for range nil {
	}
	switch nil {
	}
	print(nil)
	_ = []int{nil}
	_ = nil + 1
}
