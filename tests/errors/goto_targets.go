package p

func f(n int) {
	goto in
	{
	in:
		n++
	}
	goto over
	x := 1
	_ = x
over:
	goto nowhere
twice:
	goto twice
twice:
	n--
}
