package p

var a = 0b12
var b = 0x
var c = 08
var d = 1__0
var e = 0x1.0
var f = 1e
var g = 0b1.0
