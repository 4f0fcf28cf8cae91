package main

import "fmt"

var a = b + 1
var b = f()
var c, d = pair()
var trace = log("trace")

func f() int { log("f"); return c * 2 }

func pair() (int, string) { log("pair"); return 20, "d" }

var logged []string

func log(s string) string {
	logged = append(logged, s)
	return s
}

func init() { log("init 1") }

func init() { log("init 2") }

func main() {
	fmt.Println(a, b, c, d, trace, logged)
}
