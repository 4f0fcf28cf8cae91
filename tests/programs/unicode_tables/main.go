// What unicode says of every character, and its tables by name.
package main

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

type sum struct{ hash uint64 }

func (s *sum) add(v int) { s.hash = (s.hash ^ uint64(uint32(v))) * 1099511628211 }

func characters() {
	tests := []struct {
		name string
		f    func(rune) bool
	}{
		{"IsControl", unicode.IsControl}, {"IsDigit", unicode.IsDigit}, {"IsGraphic", unicode.IsGraphic}, {"IsLetter", unicode.IsLetter},
		{"IsLower", unicode.IsLower}, {"IsMark", unicode.IsMark}, {"IsNumber", unicode.IsNumber}, {"IsPrint", unicode.IsPrint},
		{"IsPunct", unicode.IsPunct}, {"IsSpace", unicode.IsSpace}, {"IsSymbol", unicode.IsSymbol}, {"IsTitle", unicode.IsTitle},
		{"IsUpper", unicode.IsUpper},
	}
	for _, t := range tests {
		var s sum
		n := 0
		for r := rune(-2); r <= unicode.MaxRune+2; r++ {
			if t.f(r) {
				n++
				s.add(int(r))
			}
		}
		fmt.Printf("%-10s %6d %016x\n", t.name, n, s.hash)
	}
	cases := []struct {
		name string
		f    func(rune) rune
	}{
		{"ToLower", unicode.ToLower}, {"ToTitle", unicode.ToTitle}, {"ToUpper", unicode.ToUpper}, {"SimpleFold", unicode.SimpleFold},
		{"Turkish", unicode.TurkishCase.ToUpper}, {"Azeri", unicode.AzeriCase.ToLower}, {"TurkTitle", unicode.TurkishCase.ToTitle},
		{"To(9)", func(r rune) rune { return unicode.To(9, r) }},
	}
	for _, t := range cases {
		var s sum
		n := 0
		for r := rune(-2); r <= unicode.MaxRune+2; r++ {
			if c := t.f(r); c != r {
				n++
				s.add(int(r))
				s.add(int(c))
			}
		}
		fmt.Printf("%-10s %6d %016x\n", t.name, n, s.hash)
	}
}

func tables() {
	for i, m := range []map[string]*unicode.RangeTable{unicode.Categories, unicode.Scripts, unicode.Properties, unicode.FoldCategory, unicode.FoldScript} {
		h := fnv.New64a()
		n := 0
		for _, name := range slices.Sorted(maps.Keys(m)) {
			t := m[name]
			fmt.Fprintln(h, name, t.R16, t.R32, t.LatinOffset)
			for r := rune(0); r < 0x30000; r += 7 {
				if unicode.Is(t, r) {
					n++
				}
			}
		}
		fmt.Printf("%d: %d tables, %d, %016x\n", i, len(m), n, h.Sum64())
	}
	fmt.Println(len(unicode.CategoryAliases), unicode.CategoryAliases["Letter"], unicode.CategoryAliases["Titlecase_Letter"])
	fmt.Println(unicode.Categories["L"] == unicode.L, unicode.Scripts["Greek"] == unicode.Greek, len(unicode.CaseRanges), len(unicode.GraphicRanges), len(unicode.PrintRanges))
	h := fnv.New64a()
	fmt.Fprintln(h, unicode.CaseRanges)
	fmt.Printf("%016x %v\n", h.Sum64(), unicode.TurkishCase)
	own := &unicode.RangeTable{R16: []unicode.Range16{{'a', 'z', 5}}, R32: []unicode.Range32{{0x10000, 0x10010, 2}}, LatinOffset: 1}
	fmt.Println(unicode.Is(own, 'f'), unicode.Is(own, 'g'), unicode.In(0x10002, unicode.Latin, own), unicode.IsOneOf([]*unicode.RangeTable{own}, 0x10003))
	special := unicode.SpecialCase{{Lo: 'a', Hi: 'b', Delta: [3]rune{1, 2, 3}}}
	fmt.Println(strings.ToUpperSpecial(special, "abc ß ǆ"), strings.ToLowerSpecial(unicode.TurkishCase, "Iİ Qß"), strings.ToTitleSpecial(unicode.AzeriCase, "iı ǆ"))
	fmt.Println(string(bytes.ToUpperSpecial(unicode.TurkishCase, []byte("iı\xff x"))), string(bytes.ToLowerSpecial(special, []byte("ABC"))), string(bytes.ToTitleSpecial(special, []byte("abc"))))
	fmt.Printf("%T %v %T\n", special, special[0], special[0].Delta)
}

func encodings() {
	var s sum
	for r := rune(-1); r < 0x110010; r += 29 {
		b := utf8.AppendRune(nil, r)
		back, n := utf8.DecodeRune(b)
		last, m := utf8.DecodeLastRuneInString("x" + string(b))
		s.add(int(back))
		s.add(int(last)*8 + n + m*64)
		a, z := utf16.EncodeRune(r)
		s.add(int(a) ^ int(z)<<8 ^ int(utf16.DecodeRune(a, z)))
		s.add(utf8.RuneLen(r) + utf16.RuneLen(r)*16)
		if utf8.ValidRune(r) != utf8.Valid(b) && r >= 0 && r <= unicode.MaxRune && (r < 0xd800 || r > 0xdfff) {
			fmt.Println("odd", r)
		}
	}
	fmt.Printf("%016x\n", s.hash)
	// all sequences of three bytes from a few
	few := []byte{0, 'a', 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff}
	for _, a := range few {
		for _, b := range few {
			for _, c := range few {
				for _, d := range []byte{0x80, 'x', 0xbf} {
					t := []byte{a, b, c, d}
					r, n := utf8.DecodeRune(t)
					l, m := utf8.DecodeLastRune(t)
					s.add(int(r)*8 + n)
					s.add(int(l)*8 + m)
					s.add(utf8.RuneCount(t))
					full := 0
					for i := range t {
						if utf8.FullRune(t[:i]) {
							full |= 1 << i
						}
					}
					s.add(full)
					for i, r := range string(t) {
						s.add(i<<24 ^ int(r))
					}
				}
			}
		}
	}
	fmt.Printf("%016x\n", s.hash)
}

func main() {
	characters()
	tables()
	encodings()
}
