package p

func two() (int, string) { return 1, "" }
func none()              {}

func f(m map[int]int) {
	_ = two() + 1
	x := []int{two()}
	if two() {
	}
	_ = none()
	none() + 1
	var a int = two()
	f(two())
	_ = m[two()]
	return two()
	_ = -two()
	_ = none
	_ = func() (n int, err error) { return 0, nil }() == nil
}
