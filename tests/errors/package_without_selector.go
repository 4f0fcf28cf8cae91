package p

import "fmt"

var x = fmt
var y fmt
var z = fmt.println
