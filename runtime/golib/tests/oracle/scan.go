// Prints what tests/scan.rs checks: `go run scan.go`.
package main

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"strings"
)

type Celsius float64

func main() {
	hash := fnv.New64a()
	out := io.MultiWriter(os.Stdout, hash)
	inputs := []string{"", "  ", "1", "12 34", "-5 +7", "0x1F 0b11 0o17 017 1_000", "3.25 -1e3", "1e400 2", "true F 1", "word another", "\"q s\\n\" `raw`", "1\n2\n3", "1 2\n3", "1\r\n2 3", "abc:12", "12:34", "x 5", "300 70000 -129", "99999999999999999999 1", "(1+2i) 3-4i", "deadbeef", "日本 語", "a", "U+0041 U+FF", "50% 5", "12345678", "+Inf NaN", "0x1p4 1p2", "\t7\n\n8", "1,2,3", "tru 1", "fals", "5 x"}
	formats := []string{"%d", "%d %d", "%d:%d", "%s", "%s %s", "%v %v", "%q", "%x", "%c", "%c%c", "%5d%3d", "%2d%2d", "%d\n%d", "%d\n", "%f %f", "%t", "%d%%", "%U %U", "%b", "%o %o", "%s:%d", "abc:%d", "%", "%z", "%d,%d,%d", "%3s%s", "x %d", "%e", "%d %s"}
	for _, in := range inputs {
		for kind := 0; kind < 10; kind++ {
			for mode := 0; mode < 3+len(formats); mode++ {
				var i, j, k int
				var s, t string
				var f, g float64
				var b1, b2 bool
				var i8 int8
				var u16 uint16
				var r rune
				var bs []byte
				var c1 complex128
				var c2 complex64
				var f32 float32
				var ce Celsius
				var args []any
				switch kind {
				case 0:
					args = []any{&i, &j}
				case 1:
					args = []any{&s, &t}
				case 2:
					args = []any{&f, &g}
				case 3:
					args = []any{&b1, &b2}
				case 4:
					args = []any{&i8, &u16}
				case 5:
					args = []any{&r, &bs}
				case 6:
					args = []any{&c1, &c2}
				case 7:
					args = []any{&f32, &ce}
				case 8:
					args = []any{&i}
				case 9:
					args = []any{&i, &s, &k}
				}
				var n int
				var err error
				rest := ""
				switch mode {
				case 0:
					rd := bufio.NewReader(strings.NewReader(in))
					n, err = fmt.Fscan(rd, args...)
					left, _ := io.ReadAll(rd)
					rest = string(left)
				case 1:
					n, err = fmt.Sscanln(in, args...)
				case 2:
					rd := io.LimitReader(strings.NewReader(in), 1000)
					n, err = fmt.Fscanln(rd, args...)
					left, _ := io.ReadAll(rd)
					rest = string(left)
				default:
					n, err = fmt.Sscanf(in, formats[mode-3], args...)
				}
				fmt.Fprintf(out, "%q %d %d: %d %v %q | %d %d %d %q %q %v %v %v %v %d %d %d %q %v %v %v %v\n", in, kind, mode, n, err, rest, i, j, k, s, t, f, g, b1, b2, i8, u16, r, bs, c1, c2, f32, ce)
			}
		}
	}
	var i int
	fmt.Fprintln(out, fmt.Sprint(fmt.Sscan("1", i)), fmt.Sprint(fmt.Sscan("1", &struct{}{})))
	fmt.Fprintf(os.Stderr, "%#x\n", hash.Sum64())
}
