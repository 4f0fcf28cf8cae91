// Prints what tests/tables.rs checks: `go run floats.go`.
package main

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"os"
	"strconv"
)

func main() {
	hash := fnv.New64a()
	out := bufio.NewWriter(io.MultiWriter(os.Stdout, hash))
	state := uint64(1)
	next := func() uint64 {
		state = state*6364136223846793005 + 1442695040888963407
		return state ^ state>>29
	}
	for i := 0; i < 4000; i++ {
		bits := next()
		var f float64
		switch i % 4 {
		case 0:
			f = math.Float64frombits(bits)
		case 1:
			f = float64(int64(bits)>>(bits%50)) / 64
		case 2:
			f = float64(bits%1000000) / 1000
		case 3:
			f = float64(math.Float32frombits(uint32(bits)))
		}
		for _, verb := range []byte("bgGeEfxX") {
			for _, bits := range []int{32, 64} {
				fmt.Fprintln(out, strconv.FormatFloat(f, verb, -1, bits))
			}
			if verb != 'b' {
				for _, prec := range []int{0, 1, 2, 5, 17, 30} {
					fmt.Fprintln(out, strconv.FormatFloat(f, verb, prec, 64))
				}
			}
		}
		text := strconv.FormatFloat(f, 'g', 3+i%20, 64)
		back, err := strconv.ParseFloat(text, 64)
		fmt.Fprintln(out, math.Float64bits(back), err)
		back, err = strconv.ParseFloat(text, 32)
		fmt.Fprintln(out, math.Float64bits(back), err)
		for j, format := range []string{"%v", "%6.2f|", "%+.3e", "%#g", "%012.4g", "%-12v|", "% x", "%#.3x", "%+08.1f", "%#v", "%#.0f", "% 8.3G", "%#.4g", "%#X", "%08v"} {
			if j%3 == i%3 {
				fmt.Fprintf(out, format+"\n", f)
				fmt.Fprintf(out, format+"\n", float32(f))
				fmt.Fprintf(out, format+"\n", complex(f, -f))
			}
		}
		for j, format := range []string{"%d", "%+5d", "%-8d|", "%08d", "%.4d", "%x", "%#X", "%o", "%#o", "%O", "%b", "%#b", "%c", "%q", "%U", "%#U", "% d", "%+.3d", "%#v", "%8.3d", "%#08x", "%-#8x|"} {
			if j%4 == i%4 {
				n := int64(bits) >> (bits % 64)
				fmt.Fprintf(out, format+"\n", n)
				fmt.Fprintf(out, format+"\n", uint32(n))
				fmt.Fprintf(out, format+"\n", int8(n))
			}
		}
		fmt.Fprintln(out, strconv.FormatInt(int64(bits), 2+i%35), strconv.FormatUint(bits, 2+i%35))
	}
	out.Flush()
	fmt.Fprintf(os.Stderr, "%#x\n", hash.Sum64())
}
