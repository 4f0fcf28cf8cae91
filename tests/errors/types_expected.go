package p

var v = 1

const c = 1

func g() {}

var a v
var b c
var d g
var e 1
var f []v
var h map[v]int
var i *c
var j chan g
var k func(v) c
var l struct{ x v }
var m nil
var n len
var o T.x

type T struct{ x int }
