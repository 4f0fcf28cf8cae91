// Text: strings, bytes, fmt, strconv and bufio.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"
)

func prose(words int) string {
	var b strings.Builder
	state := uint32(1)
	for i := 0; i < words; i++ {
		state = state*1664525 + 1013904223
		fmt.Fprintf(&b, "w%d", state>>16%5000)
		if i%12 == 11 {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func wordCount() any {
	text := prose(300000)
	counts := map[string]int{}
	scanner := bufio.NewScanner(strings.NewReader(text))
	scanner.Split(bufio.ScanWords)
	for scanner.Scan() {
		counts[scanner.Text()]++
	}
	words := make([]string, 0, len(counts))
	for w := range counts {
		words = append(words, w)
	}
	sort.Slice(words, func(i, j int) bool {
		if counts[words[i]] != counts[words[j]] {
			return counts[words[i]] > counts[words[j]]
		}
		return words[i] < words[j]
	})
	return fmt.Sprint(len(words), words[0], counts[words[0]])
}

func lines() any {
	text := []byte(prose(400000))
	total, longest := 0, 0
	for q := 0; q < 5; q++ {
		scanner := bufio.NewScanner(bytes.NewReader(text))
		for scanner.Scan() {
			line := scanner.Text()
			total += len(strings.Fields(line))
			longest = max(longest, len(line))
		}
	}
	return total + longest
}

func nucleotides() any {
	bases := "ACGT"
	state := uint32(42)
	seq := make([]byte, 0)
	for i := 0; i < 300000; i++ {
		state = state*1664525 + 1013904223
		seq = append(seq, bases[state>>30])
	}
	text := string(seq)
	total := 0
	for _, k := range []int{1, 2, 3, 4, 6, 12} {
		counts := map[string]int{}
		for i := 0; i+k <= len(text); i++ {
			counts[text[i:i+k]]++
		}
		total += len(counts) + counts["ACGT"]
	}
	return total
}

func builder() any {
	total := 0
	for q := 0; q < 40; q++ {
		var b strings.Builder
		for i := 0; i < 100000; i++ {
			b.WriteString("item ")
			b.WriteByte(byte('a' + i%26))
			b.WriteRune('é')
		}
		total += b.Len()
	}
	return total
}

func byteAppend() any {
	total := 0
	buf := make([]byte, 0, 16)
	for q := 0; q < 200; q++ {
		buf = buf[:0]
		for i := 0; i < 200000; i++ {
			buf = append(buf, byte(i))
		}
		total += len(buf)
	}
	return total
}

func hex(data []byte) []byte {
	const digits = "0123456789abcdef"
	out := make([]byte, 0, len(data)*2)
	for _, b := range data {
		out = append(out, digits[b>>4], digits[b&15])
	}
	return out
}

func hexDump() any {
	data := make([]byte, 1<<16)
	for i := range data {
		data[i] = byte(i * 7)
	}
	total := 0
	for q := 0; q < 200; q++ {
		total += int(hex(data)[q])
	}
	return total
}

func runes() any {
	text := strings.Repeat("Grüße, 世界! plain ascii text follows here. ", 2000)
	letters, other := 0, 0
	for q := 0; q < 100; q++ {
		for _, r := range text {
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
				letters++
			} else if r > 127 {
				other++
			}
		}
	}
	return letters*3 + other
}

func reverse(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}

func reversal() any {
	s := strings.Repeat("abcdé世", 50)
	for i := 0; i < 20001; i++ {
		s = reverse(s)
	}
	return len(s)
}

func concat() any {
	total := 0
	for i := 0; i < 1000000; i++ {
		s := "key" + strconv.Itoa(i) + ":" + strconv.Itoa(i*7)
		total += len(s)
	}
	return total
}

func sprintf() any {
	total := 0
	for i := 0; i < 300000; i++ {
		total += len(fmt.Sprintf("%d %s %5.2f %x %v", i, "name", float64(i)/3, i, i%2 == 0))
	}
	return total
}

type point struct{ X, Y int }

func sprint() any {
	total := 0
	for i := 0; i < 300000; i++ {
		total += len(fmt.Sprint("value", i, point{i, -i}))
	}
	return total
}

func printing() any {
	null, err := os.OpenFile("/dev/null", os.O_WRONLY, 0)
	if err != nil {
		panic(err)
	}
	w := bufio.NewWriter(null)
	for i := 0; i < 500000; i++ {
		fmt.Fprintln(w, i, "line", i*2)
	}
	w.Flush()
	return w.Buffered()
}

func splitJoin() any {
	text := strings.Repeat("alpha,beta,gamma,delta,", 1000)
	total := 0
	for i := 0; i < 150; i++ {
		parts := strings.Split(text, ",")
		joined := strings.Join(parts, ";")
		replaced := strings.ReplaceAll(joined, "beta", "BETA!")
		total += len(replaced) + strings.Count(replaced, "BETA") + strings.Index(replaced, "zeta")
		total += len(strings.ToUpper(replaced)) + len(strings.TrimSpace(parts[0]))
	}
	return total
}

func numbersToText() any {
	total := 0
	for i := 0; i < 2000000; i++ {
		s := strconv.Itoa(i * 31)
		n, err := strconv.Atoi(s)
		if err != nil {
			panic(err)
		}
		total += n + len(s)
	}
	return total
}

func floatsToText() any {
	total := 0.0
	for i := 1; i < 300000; i++ {
		s := strconv.FormatFloat(float64(i)/7, 'g', -1, 64)
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			panic(err)
		}
		total += f
	}
	return int(total)
}

type parser struct {
	text string
	pos  int
}

func (p *parser) space() {
	for p.pos < len(p.text) && (p.text[p.pos] == ' ' || p.text[p.pos] == '\n') {
		p.pos++
	}
}

func (p *parser) value() any {
	p.space()
	switch c := p.text[p.pos]; {
	case c == '{':
		p.pos++
		m := map[string]any{}
		for p.space(); p.text[p.pos] != '}'; p.space() {
			key := p.str()
			p.space()
			p.pos++
			m[key] = p.value()
			p.space()
			if p.text[p.pos] == ',' {
				p.pos++
			}
		}
		p.pos++
		return m
	case c == '[':
		p.pos++
		var list []any
		for p.space(); p.text[p.pos] != ']'; p.space() {
			list = append(list, p.value())
			p.space()
			if p.text[p.pos] == ',' {
				p.pos++
			}
		}
		p.pos++
		return list
	case c == '"':
		return p.str()
	case c >= '0' && c <= '9' || c == '-':
		start := p.pos
		for p.pos < len(p.text) && strings.IndexByte("0123456789+-.eE", p.text[p.pos]) >= 0 {
			p.pos++
		}
		f, err := strconv.ParseFloat(p.text[start:p.pos], 64)
		if err != nil {
			panic(err)
		}
		return f
	case strings.HasPrefix(p.text[p.pos:], "true"):
		p.pos += 4
		return true
	}
	panic(fmt.Sprintf("unexpected %q", p.text[p.pos]))
}

func (p *parser) str() string {
	p.space()
	p.pos++
	start := p.pos
	for p.text[p.pos] != '"' {
		p.pos++
	}
	p.pos++
	return p.text[start : p.pos-1]
}

func weigh(v any) float64 {
	switch v := v.(type) {
	case map[string]any:
		s := 0.0
		for _, x := range v {
			s += weigh(x)
		}
		return s
	case []any:
		s := 0.0
		for _, x := range v {
			s += weigh(x)
		}
		return s
	case string:
		return float64(len(v))
	case float64:
		return v
	case bool:
		return 1
	}
	return 0
}

func json() any {
	item := `{"id": 17, "name": "widget", "tags": ["a", "b", "c"], "price": 12.5, "stock": true},`
	text := "[" + strings.Repeat(item, 2000) + "]"
	total := 0.0
	for i := 0; i < 20; i++ {
		p := parser{text: text}
		total += weigh(p.value())
	}
	return total
}

func main() {
	run("word count", wordCount)
	run("lines and fields", lines)
	run("k-nucleotide", nucleotides)
	run("strings.Builder", builder)
	run("append of bytes", byteAppend)
	run("hex by append", hexDump)
	run("range of a string", runes)
	run("reverse by runes", reversal)
	run("concatenation", concat)
	run("Sprintf", sprintf)
	run("Sprint of structs", sprint)
	run("Fprintln to bufio", printing)
	run("Split, Join, Replace", splitJoin)
	run("Itoa and Atoi", numbersToText)
	run("floats and text", floatsToText)
	run("JSON by hand", json)
}

// run says how long f took, unless the command line names others.
func run(name string, f func() any) {
	if len(os.Args) > 1 && os.Args[1] != name {
		return
	}
	start := time.Now()
	result := f()
	fmt.Printf("%s\t%d\t%v\n", name, time.Since(start).Nanoseconds(), result)
}
