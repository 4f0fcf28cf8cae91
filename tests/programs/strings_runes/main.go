package main

import (
	"fmt"
	"strings"
)

func reverse(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}

func main() {
	s := "héllo, 世界"
	fmt.Println(len(s), len([]rune(s)), s[1], s[:1]+s[3:5], reverse(s))
	for i, r := range "aé\xff世" {
		fmt.Print(i, ":", r, " ")
	}
	fmt.Println()
	b := []byte("bytes")
	b[0] = 'B'
	b = append(b, " and more"...)
	fmt.Println(string(b), string(rune(0x4e16)), "a" < "b", "abc" == "ab"+"c")
	raw := `raw\n` + "\t|"
	fmt.Println(raw, len(raw))
	fmt.Println(strings.Contains(s, "llo"), strings.Index(s, "世"), strings.Split("a,b,,c", ","), strings.Fields("  x  y "))
	fmt.Println(strings.TrimSpace("  x "), strings.ToUpper("abc"), strings.Repeat("-", 5), strings.Join([]string{"a", "b"}, "+"))
	fmt.Println(strings.HasPrefix(s, "hé"), strings.HasSuffix(s, "x"), strings.Replace("aaa", "a", "b", 2), strings.TrimLeft("xxay", "x"))
	var sb strings.Builder
	for i := 0; i < 3; i++ {
		fmt.Fprintf(&sb, "%d;", i)
	}
	sb.WriteString("end")
	sb.WriteByte('!')
	fmt.Println(sb.String(), sb.Len())
	switch {
	case strings.EqualFold("Go", "GO"):
		fmt.Printf("%q %x %v\n", s, "hi", []string{"a b", "c"})
	}
}
