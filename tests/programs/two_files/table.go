package main

import str "strings"

const limit = 21

var table = []string{str.ToUpper("zero"), str.Repeat("one", 2)}

func double(n int) int { return 2 * n }
