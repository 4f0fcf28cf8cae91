// Prints what tests/strings.rs checks: `go run strings.go`.
package main

import (
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

func main() {
	hash := fnv.New64a()
	out := io.MultiWriter(os.Stdout, hash)
	line := func(a ...any) { fmt.Fprintf(out, "%q\n", a) }
	texts := []string{"", "a", "abc", "aXbXc", "  a b\t\nc  ", "äöü", "ÄÖÜ ß", "日本語", "a\xffb\xfe\xfd", "aaa", "abcabcabc", "Hello, World!", "x y-z_w 1a", "\u00a0\u2003x\u2028", "ſKkK", "ǆǅ", "İı", "a,b,,c,", "\xe6\x97", "0x1F", "\ufffd", "'s it's"}
	args := []string{"", "a", "abc", "X", "b", ",", "ä", "語", "\xff", " ", "aa", "\ufffd", "öa", "abcabc", "\u00a0 "}
	odd := func(r rune) bool { return r%2 == 1 }
	up := func(r rune) rune {
		if r == 'b' {
			return -1
		}
		if r == 'c' {
			return '日'
		}
		return r
	}
	for _, s := range texts {
		line(strings.ToUpper(s), strings.ToLower(s), strings.ToTitle(s), strings.Title(s), strings.TrimSpace(s), strings.Fields(s), strings.FieldsFunc(s, odd), strings.Map(up, s))
		line(strings.IndexFunc(s, odd), strings.LastIndexFunc(s, odd), strings.TrimFunc(s, odd), strings.TrimLeftFunc(s, odd), strings.TrimRightFunc(s, odd), strings.ToValidUTF8(s, "?"), strings.Repeat(s, 3), utf8.RuneCountInString(s), utf8.ValidString(s))
		line(strconv.Quote(s), strconv.QuoteToASCII(s), strconv.QuoteToGraphic(s), strconv.CanBackquote(s))
		line(strings.NewReplacer("a", "1", "b", "", "abc", "Q").Replace(s), strings.NewReplacer("abc", "Q", "a", "1", "", "-").Replace(s), strings.NewReplacer("", "X", "a", "1").Replace(s))
		for _, t := range args {
			line(strings.Index(s, t), strings.LastIndex(s, t), strings.IndexAny(s, t), strings.LastIndexAny(s, t), strings.Count(s, t), strings.Contains(s, t), strings.HasPrefix(s, t), strings.HasSuffix(s, t), strings.Compare(s, t), strings.EqualFold(s, t))
			line(strings.Split(s, t), strings.SplitAfter(s, t), strings.SplitN(s, t, 2), strings.SplitAfterN(s, t, 2), strings.SplitN(s, t, 0), strings.SplitN(s, t, 1))
			line(strings.Trim(s, t), strings.TrimLeft(s, t), strings.TrimRight(s, t), strings.TrimPrefix(s, t), strings.TrimSuffix(s, t), strings.ReplaceAll(s, t, "<>"), strings.Replace(s, t, "<>", 2), strings.Replace(s, t, "", 1))
			b, a, ok := strings.Cut(s, t)
			line(b, a, ok)
		}
		for _, t := range texts {
			line(strings.EqualFold(s, t), strings.Index(s, t), strings.Compare(s, t))
		}
		for _, r := range []rune{'a', 'ä', '語', 0xfffd, -1, 0x110000, 0xd800} {
			line(strings.IndexRune(s, r), strings.ContainsRune(s, r))
		}
	}
	var sum [20]int
	for r := rune(-2); r < 0x110010; r++ {
		for i, ok := range []bool{unicode.IsLetter(r), unicode.IsUpper(r), unicode.IsLower(r), unicode.IsTitle(r), unicode.IsDigit(r), unicode.IsNumber(r), unicode.IsMark(r), unicode.IsPunct(r), unicode.IsSymbol(r), unicode.IsControl(r), unicode.IsSpace(r), unicode.IsPrint(r), unicode.IsGraphic(r), unicode.Is(unicode.Han, r), unicode.In(r, unicode.Latin, unicode.Greek)} {
			if ok {
				sum[i] = sum[i]*31%1000003 + int(r)
			}
		}
		for i, c := range []rune{unicode.ToUpper(r), unicode.ToLower(r), unicode.ToTitle(r), unicode.SimpleFold(r)} {
			if c != r {
				sum[15+i] = sum[15+i]*31%1000003 + int(c)
			}
		}
	}
	line(sum)
	fmt.Fprintf(os.Stderr, "%#x\n", hash.Sum64())
}
