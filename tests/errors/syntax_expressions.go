package p

var a = 1 +
var b = (1
var c = []int{1 2}
var d = f(1 2)
var e = [1:]
var g = x.
