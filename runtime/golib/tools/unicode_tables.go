// Prints golib's Unicode tables: `go run unicode_tables.go categories|scripts|folds|cases`, see src/unicode/tables.
package main

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"unicode"
)

func main() {
	switch os.Args[1] {
	case "categories":
		fmt.Print("//! Unicode's general categories and the properties that Go uses. Written by tools/unicode_tables.go.\n//! Long because it is one table.\n\n")
		fmt.Println("use super::super::range_table::tables;")
		fmt.Println()
		aliases := map[string][]string{"L": {"Letter"}, "Ll": {"Lower"}, "Lt": {"Title"}, "Lu": {"Upper"}, "M": {"Mark"}, "N": {"Number"},
			"Nd": {"Digit"}, "P": {"Punct"}, "S": {"Symbol"}, "Z": {"Space"}, "C": {"Other"}}
		print("CATEGORIES", unicode.Categories, aliases)
		print("PROPERTIES", unicode.Properties, nil)
		categoryAliases()
	case "scripts":
		fmt.Print("//! Unicode's scripts. Written by tools/unicode_tables.go.\n\n")
		fmt.Println("use super::super::range_table::tables;")
		fmt.Println()
		print("SCRIPTS", unicode.Scripts, nil)
	case "folds":
		fmt.Print("//! What lies outside of a category or script, and is in it but for case. Written by tools/unicode_tables.go.\n\n")
		fmt.Println("use super::super::range_table::tables;")
		fmt.Println()
		print("FOLD_CATEGORIES", prefixed("FoldCategory", unicode.FoldCategory), nil)
		print("FOLD_SCRIPTS", prefixed("FoldScript", unicode.FoldScript), nil)
	case "cases":
		cases()
	}
}

// The names of variables that Rust alone uses.
func prefixed(prefix string, tables map[string]*unicode.RangeTable) map[string]*unicode.RangeTable {
	all := map[string]*unicode.RangeTable{}
	for name, table := range tables {
		all[prefix+"_"+name] = table
	}
	return all
}

func categoryAliases() {
	var names []string
	for name := range unicode.CategoryAliases {
		names = append(names, name)
	}
	sort.Strings(names)
	fmt.Println()
	fmt.Println("/// Long names of categories.")
	fmt.Printf("pub(crate) static ALIASES: [(&str, &str); %d] = [", len(names))
	var cells []string
	for _, name := range names {
		cells = append(cells, fmt.Sprintf("(%q, %q),", name, unicode.CategoryAliases[name]))
	}
	wrap(cells)
	fmt.Println("];")
}

func print(list string, tables map[string]*unicode.RangeTable, aliases map[string][]string) {
	var names []string
	for name := range tables {
		names = append(names, name)
	}
	sort.Strings(names)
	fmt.Printf("tables! { %s;\n", list)
	for _, name := range names {
		t := tables[name]
		fmt.Printf("    %s RAW_%s (%s) %d [", name, strings.ToUpper(name)+suffix(name), strings.Join(aliases[name], " "), t.LatinOffset)
		var cells []string
		for _, r := range t.R16 {
			cells = append(cells, fmt.Sprintf("%#x %#x %d,", r.Lo, r.Hi, r.Stride))
		}
		wrap(cells)
		cells = nil
		fmt.Print("] [")
		for _, r := range t.R32 {
			cells = append(cells, fmt.Sprintf("%#x %#x %d,", r.Lo, r.Hi, r.Stride))
		}
		wrap(cells)
		fmt.Println("];")
	}
	fmt.Println("}")
}

// LC and Lc would have one name otherwise.
func suffix(name string) string {
	if name == "LC" {
		return "_ALL"
	}
	return ""
}

func wrap(cells []string) {
	width := 200
	for _, cell := range cells {
		if width+len(cell)+1 > 108 {
			fmt.Print("\n        ")
			width = 8
		} else {
			fmt.Print(" ")
			width++
		}
		fmt.Print(cell)
		width += len(cell)
	}
	if len(cells) > 0 {
		fmt.Print("\n    ")
	}
}

func cases() {
	fmt.Print("//! Unicode's simple case mappings. Written by tools/unicode_tables.go.\n\n")
	fmt.Println("use super::super::casing::{CaseRange, range};")
	fmt.Println()
	fmt.Println("/// First and last character, and what upper, lower and title case add; `ALTERNATE`: upper and lower take turns.")
	fmt.Printf("pub(crate) static CASES: [CaseRange; %d] = [", len(unicode.CaseRanges))
	var cells []string
	for _, c := range unicode.CaseRanges {
		d := func(i int) string {
			if c.Delta[i] > unicode.MaxRune {
				return "ALTERNATE"
			}
			return fmt.Sprint(c.Delta[i])
		}
		cells = append(cells, fmt.Sprintf("range(%#x, %#x, [%s, %s, %s]),", c.Lo, c.Hi, d(0), d(1), d(2)))
	}
	wrap(cells)
	fmt.Println("];")
	fmt.Println("/// See `CASES`.")
	fmt.Println("pub(crate) const ALTERNATE: i32 = 0x110000;")
	fmt.Println()
	cells = nil
	for r := rune(0); r <= unicode.MaxRune; r++ {
		next := unicode.ToLower(r)
		if next == r {
			next = unicode.ToUpper(r)
		}
		if fold := unicode.SimpleFold(r); fold != next {
			cells = append(cells, fmt.Sprintf("(%#x, %#x),", r, fold))
		}
	}
	fmt.Println("/// Characters with more than one other case, and the next of their round.")
	fmt.Printf("pub(crate) static ROUNDS: [(i32, i32); %d] = [", len(cells))
	wrap(cells)
	fmt.Println("];")
}
