package main

import (
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
)

func main() {
	texts := []string{
		"a\tb\tc\naaa\tbbbb\tc\n\nx\ty\n",
		"a\tb\tc\t\naaaa\tbb\tccccc\t\n",
		"\t\tindent\n\tone\n",
		"é\tüü\nlong text here\tz\n",
		"a\vb\vc\n\v\vx\n",
		"no newline\tat end",
		"one\fa\tb\naa\tb\f",
		"<b>x</b>\ty&amp;z\t1\nabc\tdef\t2\n",
		"a\xffb\tc\xff\td\ne\tf\n",
		"name\tage\nAlice\t30\nBob\t4\n\tnone\nX\t\n",
		"a\n\tb\n\t\tc\n",
		"1\t2\t3\n11\t22\n111\t222\t333\t444\n",
	}
	for _, cfg := range []struct {
		min, tab, pad int
		ch            byte
		flags         uint
	}{{0, 8, 1, ' ', 0}, {5, 0, 2, '.', tabwriter.AlignRight}, {0, 8, 0, '\t', 0}, {8, 8, 1, '\t', tabwriter.Debug}, {0, 4, 1, '*', tabwriter.Debug | tabwriter.AlignRight | tabwriter.FilterHTML}, {2, 8, 1, ' ', tabwriter.TabIndent | tabwriter.DiscardEmptyColumns | tabwriter.StripEscape}} {
		for _, t := range texts {
			var sb strings.Builder
			w := tabwriter.NewWriter(&sb, cfg.min, cfg.tab, cfg.pad, cfg.ch, cfg.flags)
			for _, c := range []byte(t) {
				w.Write([]byte{c})
			}
			w.Flush()
			var sb2 strings.Builder
			w.Init(&sb2, cfg.min, cfg.tab, cfg.pad, cfg.ch, cfg.flags)
			fmt.Fprint(w, t)
			w.Flush()
			fmt.Printf("%q %v\n", sb.String(), sb.String() == sb2.String())
		}
	}
	w := new(tabwriter.Writer)
	w.Init(os.Stdout, 5, 0, 1, ' ', tabwriter.AlignRight|tabwriter.Debug)
	fmt.Fprintln(w, "a\tb\tc\td\t.")
	fmt.Fprintln(w, "123\t12345\t1234567\t123456789\t.")
	w.Flush()
}
