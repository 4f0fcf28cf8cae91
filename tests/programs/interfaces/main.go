package main

import (
	"fmt"
	"sort"
)

type Reader interface{ Read() string }
type Writer interface{ Write(s string) int }
type ReadWriter interface {
	Reader
	Writer
}

type buffer struct{ data []string }

func (b *buffer) Read() string {
	if len(b.data) == 0 {
		return ""
	}
	s := b.data[0]
	b.data = b.data[1:]
	return s
}

func (b *buffer) Write(s string) int {
	b.data = append(b.data, s)
	return len(s)
}

type byLen []string

func (s byLen) Len() int           { return len(s) }
func (s byLen) Less(i, j int) bool { return len(s[i]) < len(s[j]) }
func (s byLen) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }

type nothing struct{}

func maybe(fail bool) error {
	if fail {
		return fmt.Errorf("failed")
	}
	return nil
}

func main() {
	var rw ReadWriter = &buffer{}
	fmt.Println(rw.Write("hello"), rw.Write("world"))
	var r Reader = rw
	fmt.Println(r.Read())
	if w, ok := r.(Writer); ok {
		fmt.Println(w.Write("x"), r == rw)
	}
	words := byLen{"ccc", "a", "bb"}
	sort.Sort(words)
	fmt.Println(words, sort.IsSorted(words))
	var a, b any = 1, 1
	var c any = int64(1)
	fmt.Println(a == b, a == c, a != nil, any(nothing{}) == any(nothing{}))
	if err := maybe(false); err != nil {
		fmt.Println("wrong")
	}
	if err := maybe(true); err != nil {
		fmt.Println(err)
	}
	var nilbuf *buffer
	var iface Reader = nilbuf
	fmt.Println(iface == nil, nilbuf == nil)
	list := []any{1, "two", 3.0, []int{4}, map[string]int{"five": 5}, nil, struct{}{}}
	for _, v := range list[:7] {
		fmt.Printf("%T ", v)
	}
	fmt.Println()
}
