package p

func f() {
	if x {
	}
	else {
	}
	for i := 0; i < 10 {
	}
	var := 1
	a b
	switch {
	x:
	}
}
