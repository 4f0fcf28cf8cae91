package p

var a = "open
var b = "\xg0"
var c = 1
