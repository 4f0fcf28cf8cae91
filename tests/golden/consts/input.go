package main

import "fmt"

// Weekday counts from Sunday.
type Weekday int

// The days.
const (
	Sunday Weekday = iota
	Monday
	Tuesday
	_
	Thursday
)

const (
	KB = 1 << (10 * (iota + 1))
	MB
	GB
)

const huge = 1 << 100

const (
	pi       = 3.14159
	greeting = "hello"
	newline  = '\n'
)

var names = [...]string{Sunday: "Sun", Monday: "Mon", Thursday: "Thu"}

func (d Weekday) String() string { return names[d] }

func main() {
	fmt.Println(Sunday, Monday, Thursday, len(names))
	fmt.Println(KB, MB, GB, huge>>98, pi*2, greeting, newline)
	var x uint8 = 255
	x++
	fmt.Println(x, ^x, -7/2, -7%2, 1<<3|1, 6&^3)
}
