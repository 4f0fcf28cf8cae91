// Prints what tests/bufio.rs checks: `go run bufio.go`.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"strings"
)

type Chunks struct {
	s string
	n int
}

func (c *Chunks) Read(p []byte) (int, error) {
	if c.s == "" {
		return 0, io.EOF
	}
	n := copy(p, c.s[:min(c.n, len(c.s))])
	c.s = c.s[n:]
	return n, nil
}

type Out struct{ all []byte }

func (o *Out) Write(p []byte) (int, error) {
	o.all = append(o.all, p...)
	o.all = append(o.all, '|')
	return len(p), nil
}

func main() {
	hash := fnv.New64a()
	out := io.MultiWriter(os.Stdout, hash)
	line := func(a ...any) { fmt.Fprintf(out, "%q\n", a) }
	texts := []string{"", "a", "one\ntwo\r\n\nthree", " x  yy\tz\n", "日本\xff語\xe6", strings.Repeat("long line ", 20) + "\nend\n", "\n", "\r\n\r", "no newline at all but more than sixteen"}
	for _, text := range texts {
		for _, chunk := range []int{1, 3, 1000} {
			for i, split := range []bufio.SplitFunc{bufio.ScanLines, bufio.ScanWords, bufio.ScanRunes, bufio.ScanBytes} {
				s := bufio.NewScanner(&Chunks{text, chunk})
				s.Split(split)
				if i == 1 {
					s.Buffer(make([]byte, 4), 8)
				}
				var tokens []string
				for s.Scan() {
					tokens = append(tokens, s.Text())
				}
				line(tokens, s.Err(), s.Text())
			}
			r := bufio.NewReaderSize(&Chunks{text, chunk}, 16)
			for {
				s, err := r.ReadString('\n')
				line(s, err)
				if err != nil {
					break
				}
			}
			r = bufio.NewReaderSize(&Chunks{text, chunk}, 16)
			for {
				s, more, err := r.ReadLine()
				line(s, more, err)
				if err != nil {
					break
				}
			}
			r = bufio.NewReaderSize(&Chunks{text, chunk}, 16)
			for i := 0; i < 40; i++ {
				c, n, err := r.ReadRune()
				line(c, n, err, r.UnreadRune(), r.UnreadRune())
				p, err := r.Peek(3)
				line(p, err, r.Buffered())
				b, err := r.ReadByte()
				line(b, err, r.UnreadByte(), r.UnreadByte())
				d, err := r.Discard(i % 4)
				line(d, err)
				buf := make([]byte, i%3)
				k, err := r.Read(buf)
				line(k, err, buf)
			}
			p, err := r.Peek(17)
			line(p, err)
			all, err := io.ReadAll(bufio.NewReader(&Chunks{text, chunk}))
			line(all, err)
			o := &Out{}
			w := bufio.NewWriterSize(o, 8)
			n, err := w.WriteString(text)
			line(n, err, w.Buffered(), w.Available())
			w.WriteByte('x')
			w.WriteRune('語')
			m, err := io.Copy(w, &Chunks{text, chunk})
			w.Write([]byte(text))
			line(m, err, w.Flush(), o.all)
			o = &Out{}
			m, err = bufio.NewReaderSize(&Chunks{text, chunk}, 16).WriteTo(o)
			line(m, err, o.all)
			var b bytes.Buffer
			b.WriteString(text)
			b.WriteByte('-')
			b.Write([]byte(text))
			b.WriteRune('ä')
			line(b.String(), b.Len(), b.Cap())
			l1, err := b.ReadString('\n')
			l2, err2 := b.ReadBytes('e')
			line(l1, err, l2, err2, b.UnreadByte(), b.UnreadByte(), b.Next(3), b.Len(), b.Cap())
			c, sz, err := b.ReadRune()
			line(c, sz, err, b.UnreadRune(), b.UnreadRune())
			m, err = b.ReadFrom(&Chunks{text, chunk})
			line(m, err, b.String(), b.Len(), b.Cap())
			b.Grow(100)
			line(b.Cap(), b.Available())
			b.Truncate(b.Len() / 2)
			m, err = b.WriteTo(o)
			line(m, err, o.all, b.Cap())
			lr := io.LimitReader(io.MultiReader(strings.NewReader(text), &Chunks{text, chunk}), int64(len(text)+2))
			var t bytes.Buffer
			all, err = io.ReadAll(io.TeeReader(lr, &t))
			line(all, err, t.String())
			k, err := io.ReadFull(strings.NewReader(text), make([]byte, 5))
			line(k, err)
			cn, err := io.CopyN(io.Discard, strings.NewReader(text), 7)
			line(cn, err)
			sr := strings.NewReader(text)
			pos, err := sr.Seek(-1, io.SeekEnd)
			line(pos, err, sr.Len())
			by := []byte(text)
			line(bytes.Fields(by), bytes.Split(by, []byte("\n")), bytes.ToUpper(by), bytes.TrimSpace(by), bytes.Contains(by, []byte("e")), bytes.Count(by, nil), bytes.Replace(by, []byte("o"), []byte("0"), 1), bytes.Equal(by, all), bytes.IndexByte(by, 'e'), bytes.Title(by), bytes.Runes(by), bytes.Repeat(by[:min(2, len(by))], 2))
			bef, aft, ok := bytes.Cut(by, []byte("e"))
			line(bef, aft, ok, bytes.Join([][]byte{by, by}, []byte("+")))
		}
	}
	fmt.Fprintf(os.Stderr, "%#x\n", hash.Sum64())
}
