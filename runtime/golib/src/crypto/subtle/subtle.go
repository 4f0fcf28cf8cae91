// Package subtle compares and chooses in a time that does not depend on the values. It is plain Go: programs translate it with
// themselves, and what a compiler makes of it may differ in time after all.
package subtle

// ConstantTimeCompare returns 1 if the bytes are equal, else 0; lengths are compared at once.
func ConstantTimeCompare(x, y []byte) int {
	if len(x) != len(y) {
		return 0
	}
	var difference byte
	for i := range x {
		difference |= x[i] ^ y[i]
	}
	return ConstantTimeByteEq(difference, 0)
}

// ConstantTimeSelect returns x if v is 1 and y if v is 0.
func ConstantTimeSelect(v, x, y int) int { return ^(v-1)&x | (v-1)&y }

// ConstantTimeByteEq returns 1 if x == y, else 0.
func ConstantTimeByteEq(x, y uint8) int {
	return int((uint32(x^y) - 1) >> 31)
}

// ConstantTimeEq returns 1 if x == y, else 0.
func ConstantTimeEq(x, y int32) int {
	return int((uint64(uint32(x^y)) - 1) >> 63)
}

// ConstantTimeCopy copies y into x, which is as long, if v is 1, and leaves x if v is 0.
func ConstantTimeCopy(v int, x, y []byte) {
	if len(x) != len(y) {
		panic("subtle: slices have different lengths")
	}
	keep, take := byte(v-1), byte(^(v - 1))
	for i := range x {
		x[i] = x[i]&keep | y[i]&take
	}
}

// ConstantTimeLessOrEq returns 1 if x <= y, else 0; neither is negative nor above 1<<31 - 1.
func ConstantTimeLessOrEq(x, y int) int {
	return int((int32(x)-int32(y)-1)>>31) & 1
}

// XORBytes sets dst to x ^ y over the shorter of both and returns how many bytes that were.
func XORBytes(dst, x, y []byte) int {
	n := min(len(x), len(y))
	if len(dst) < n {
		panic("subtle.XORBytes: dst too short")
	}
	for i := range n {
		dst[i] = x[i] ^ y[i]
	}
	return n
}

// WithDataIndependentTiming calls f.
func WithDataIndependentTiming(f func()) { f() }
