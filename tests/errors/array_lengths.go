package p

var n = 3

const c = 2

var a [n]int
var b [-1]int
var d [1.5]int
var e ["a"]int
var f [c]int
var g [...]int
var h [1 << 62]int
var i [m]int
var j [len(a)]int
