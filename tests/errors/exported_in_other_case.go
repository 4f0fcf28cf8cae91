package p

import "strings"

var a = strings.contains("a", "b")
var b = strings.toUpper
