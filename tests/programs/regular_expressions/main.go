package main

import (
	"bufio"
	"fmt"
	"math/rand"
	"regexp"
	"strings"
)

func try(pattern string, posix bool, texts []string) {
	var re *regexp.Regexp
	var err error
	if posix {
		re, err = regexp.CompilePOSIX(pattern)
	} else {
		re, err = regexp.Compile(pattern)
	}
	if err != nil {
		fmt.Printf("%q %v\n", pattern, err)
		return
	}
	fmt.Printf("%q %d %q\n", pattern, re.NumSubexp(), re.SubexpNames())
	for _, t := range texts {
		fmt.Printf(" %q %v %v", t, re.FindAllStringSubmatchIndex(t, -1), re.FindAllIndex([]byte(t), 2))
		fmt.Printf(" %q %q %v", re.Split(t, -1), re.ReplaceAllString(t, "<$0|$1>"), re.FindReaderIndex(strings.NewReader(t)))
		if !posix {
			l := re.Copy()
			l.Longest()
			fmt.Printf(" %v", l.FindAllStringSubmatchIndex(t, -1))
		}
		fmt.Println()
	}
}

func main() {
	texts := []string{"", "aab", "xab\nab", "日 a語\xff", "AbC-1_x K\u212a ſs"}
	patterns := []string{
		"", "a", "a*", "a+", "a?", "a*?", "a+?", "a??", "(a)(b)?", "(a|ab)(c|bcd)?", "(a*)*", "(a*)+", "(a|b)*", "(|a)*", "(|a)+", "(a|)+", "(a??)*", "^", "$", "^$", "(?m)^", "(?m)$", "(?m)^a", "(?s).", ".", "(?s).*", ".*", `\b`, `\B`, `\bab`, `\A`, `\z`, "[a-c]", "[^a-c]", "[]a]", "[^]a]", "[a-]", "[-a]", "[a-b-c]", "[[:alpha:]]+", "[[:^alpha:]]+", "[[:word:]]", `\d+`, `\D+`, `\w+`, `\W+`, `\s+`, `\S+`, `[\d\s]`, `[^\d\s]`, `[\D]`, `\pL`, `\p{L}+`, `\p{Greek}`, `\P{Han}+`, `\p{^Han}`, `\p{Letter}`, `\p{lowercase_letter}`, `\p{Any}`, `\p{ascii}`, `(?i)k`, `(?i)s+`, `(?i)[k]`, `(?i)[^k]`, `(?i)\p{Lu}`, "(?i)abc", "(?i:a)b", "a(?i)b|c", "(?-i)a", "(?im-s)a", "(?U)a+", "(?U)a+?", "a{2}", "a{2,}", "a{1,2}", "a{0}", "a{0,1}?", "(a){0}", "(a){2}b", "(ab){1,3}", "a{,2}", "a{", "a{1", "a{1,", "a{1,2", "a{x}", "a{02}", "(?P<n>a)(?P<m>b)", "(?<n>a)", `\x41`, `\x{41}`, `\x{65e5}`, `\101`, `\07`, `\a\f\n\r\t\v`, `\.\*`, `\Qa.b\E`, `\Q*`, `\Qab\E+`, `a\Q\Eb`, `\Qa\\E`, "a|b|", "|", "()", "(())", "(a)|b", "((a)|b)*", "(a(b)?)+", "x*", "日", "[日-語]+", "^*", "(^)*", "$?", `\b+`, "(?:a|b)+c?", "a.c", "(?s)a.b", "[a-z]+@[a-z]+\\.org", "(\\w+)\\.(\\w+)", "((a+)(b+)?)+", "(?:(a)|(b)|(c))+", "[^\\n]+", "a**?x", "(?i)ſ", "[^\x00-\U0010FFFF]", "[[:space:][:digit:]]", "a]b", "}", "a}", "x|(?:y)", "(?:)", "(?i)", "(?i)(?-i)A",
		// errors
		"*", "+a", "?", "(*)", "|*", "a**", "a*+", "a*??", "a{2}{3}", "a+*", "(", ")", "a)", "(a", "(?", "(?a", "(?i", "(?i-", "(?i-)", "(?-:a)", "(?P<", "(?P<n", "(?P<>a)", "(?P<a-b>c)", "(?P<n>a)(?P<n>b)", "(?P=n)", "(?=a)", "(?!a)", "(?<=a)", "(?<n", "[", "[a", "[a-", "[]", "[^]", "[b-a]", "[[:foo:]]", "[[:alpha:]", `[\y]`, `\y`, `\`, `a\`, `\1`, `\8`, `\x`, `\x4`, `\xg1`, `\x{`, `\x{}`, `\x{110000}`, `\x{4`, `\x{g}`, `\p`, `\p{`, `\p{Foo}`, `\pX`, `\p{Gre`, `[\p{Foo}]`, `\C`, `\Z`, `\é`, "a{1001}", "a{2,1}", "a{1000}{2}x", "(a{100}){11}", "((a{10}){10}){11}", "a{1,1001}", "a{99999999999}", "\xff", "a\xff", "[\xff]", "[a-\xff]", "(?\xff)", "(?P<\xff>a)", `\` + "\xff", "(?P<né>a)", `[a\`, `[a-\d]`, `[\d-z]`, "(?i)(", "a|*", "(?:*)", "(?s-s-s)", "x{2,3}{", "**", "a{0}{2}", "(?i:*a)",
	}
	for _, p := range patterns {
		try(p, false, texts)
	}
	for _, p := range patterns {
		try(p, true, texts[1:3])
	}
	r := rand.New(rand.NewSource(7))
	pieces := []string{"a", "b", "c", ".", "a", "b", "[ab]", "[^a]", "(", ")", "(", ")", "(?:", ")", "*", "+", "?", "|", "|", "*?", "{2}", "{1,2}", "^", "$", `\b`, "(?i)", "é", `\w`}
	for i := 0; i < 150; i++ {
		var b strings.Builder
		for n := r.Intn(10) + 1; n > 0; n-- {
			b.WriteString(pieces[r.Intn(len(pieces))])
		}
		var ts []string
		for j := 0; j < 1; j++ {
			var t strings.Builder
			for n := r.Intn(9); n > 0; n-- {
				t.WriteString([]string{"a", "b", "c", "A", "é", "\n", " "}[r.Intn(7)])
			}
			ts = append(ts, t.String())
		}
		try(b.String(), i%4 == 0, ts)
	}
	re := regexp.MustCompile(`(?P<first>\w+)\s(?P<last>\w+)`)
	for _, t := range []string{"$last, $first", "${last}x $firstx", "$1 $2 $3 $$ $", "${1", "${}", "$0$10", "$01", "${01}", "$é", "${first }", "$-", "$1_", "a$"} {
		fmt.Printf("%q\n", re.ReplaceAllString("hello world, good day", t))
	}
	fmt.Println(re.SubexpIndex("last"), re.SubexpIndex("x"), re.SubexpIndex(""), re, regexp.QuoteMeta("a.b*[c]\\$é"))
	for n := -1; n < 5; n++ {
		fmt.Printf("%q %q\n", regexp.MustCompile("a").Split("baabac", n), regexp.MustCompile("").Split("abc", n))
	}
	fmt.Printf("%q\n", regexp.MustCompile("b*").ReplaceAll([]byte("abbé"), []byte("-")))
	fmt.Println(regexp.MustCompile("a").ReplaceAll(nil, nil) == nil)
	in := bufio.NewReader(strings.NewReader("xxabyy"))
	fmt.Println(regexp.MustCompile("ab").MatchReader(in))
	fmt.Println(regexp.MatchString("(", "a"))
	func() {
		defer func() { fmt.Println(recover()) }()
		regexp.MustCompile("`(")
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		regexp.MustCompilePOSIX("(?i)")
	}()
	text, err := re.MarshalText()
	fmt.Println(string(text), err)
	fmt.Println(regexp.MustCompile("日本").LiteralPrefix())
	fmt.Println(regexp.MustCompile("ab+").LiteralPrefix())
	fmt.Printf("%q\n", regexp.MustCompile("[a-c]").ReplaceAllStringFunc("abcd", strings.ToUpper))
}
