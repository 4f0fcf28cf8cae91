// Runes and bytes read and put back by turns, from readers that give little at a time, over the ends of the buffer.
package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// few gives n bytes at a time at most.
type few struct {
	r io.Reader
	n int
}

func (f few) Read(p []byte) (int, error) { return f.r.Read(p[:min(f.n, len(p))]) }

func main() {
	text := strings.Repeat("aé€😀\xffz\xe2\x82", 7)
	for _, n := range []int{1, 2, 3, 100} {
		r := bufio.NewReaderSize(few{strings.NewReader(text), n}, 16)
		var out strings.Builder
		for i := 0; ; i++ {
			c, size, err := r.ReadRune()
			if err != nil {
				fmt.Println(err)
				break
			}
			fmt.Fprintf(&out, "%c%d", c, size)
			switch i % 5 {
			case 1:
				fmt.Fprint(&out, r.UnreadRune(), r.UnreadRune())
				again, size, _ := r.ReadRune()
				fmt.Fprint(&out, again == c, size)
			case 2:
				fmt.Fprint(&out, r.UnreadByte(), r.UnreadRune())
				b, err := r.ReadByte()
				fmt.Fprint(&out, b, err)
			case 3:
				if b, err := r.ReadByte(); err == nil {
					fmt.Fprint(&out, b, r.UnreadRune(), r.UnreadByte(), r.Buffered() > 0)
				}
			case 4:
				p, err := r.Peek(2)
				fmt.Fprint(&out, p, err, r.UnreadRune())
			}
			out.WriteByte(' ')
		}
		fmt.Println(out.String())
	}
}
