package main

import (
	"fmt"
	"strings"
)

func reverse(s string) string {
	rs := []rune(s)
	for i, j := 0, len(rs)-1; i < j; i, j = i+1, j-1 {
		rs[i], rs[j] = rs[j], rs[i]
	}
	return string(rs)
}

func main() {
	s := "héllo"
	fmt.Println(len(s), s[1], s[1:3] == "é", s+", "+reverse(s))
	b := []byte(s)
	b[0] = 'H'
	fmt.Println(string(b), string(rune(955)), s < "z")
	var sb strings.Builder
	for i, r := range s {
		if r == 'l' {
			continue
		}
		fmt.Fprintf(&sb, "%d%c ", i, r)
	}
	fmt.Println(sb.String())
	raw := `a\n"b"
c`
	fmt.Println(raw, "\xff\u00e9"[0])
}
