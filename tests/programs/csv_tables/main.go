package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

func show(r *csv.Reader) {
	for {
		record, err := r.Read()
		var pe *csv.ParseError
		fmt.Printf("%d %q %v %t %d", len(record), record, err, errors.As(err, &pe), r.InputOffset())
		for i := range record {
			line, column := r.FieldPos(i)
			fmt.Print(" ", line, ":", column)
		}
		fmt.Println()
		if err == io.EOF || err != nil && pe == nil {
			return
		}
	}
}

func main() {
	texts := []string{
		"a,b,c\n1,2,3\n",
		"a,b\r\n\"x\r\ny\",z\r\n\n\nlast,one\r",
		"a,b\n1\n1,2,3\n4,5\n",
		"\"a \"\"word\"\"\",b\n",
		"a\"b,c\nd,e\n",
		"\"a\"b,c\nd,e\n",
		"x,\"never\nclosed",
		"x,\"closed at the end\"",
		"\"\",,\n,\n",
		"# no comment\n  lead, trail  \n",
		"",
		"\n\n",
	}
	for i, text := range texts {
		fmt.Println("--", i)
		show(csv.NewReader(strings.NewReader(text)))
	}
	r := csv.NewReader(strings.NewReader("# comment\nä;  \"ö\"; x\"y\n;\"a\"b\"\n"))
	r.Comma, r.Comment, r.LazyQuotes, r.TrimLeadingSpace, r.FieldsPerRecord, r.ReuseRecord = ';', '#', true, true, -1, true
	show(r)
	all, err := csv.NewReader(strings.NewReader("a,b\nc,d\n")).ReadAll()
	fmt.Println(all, err)
	all, err = csv.NewReader(strings.NewReader("a,b\nc\n")).ReadAll()
	fmt.Println(all, err, errors.Is(err, csv.ErrFieldCount))
	bad := csv.NewReader(strings.NewReader("a"))
	bad.Comma = '\n'
	_, err = bad.Read()
	fmt.Println(err)

	w := csv.NewWriter(os.Stdout)
	records := [][]string{{"plain", "", "with,comma", `with "quotes"`}, {" lead", "trail ", "two\nlines", "cr\rlf\r\n", `\.`}, {""}, {}}
	fmt.Println(w.WriteAll(records))
	w.Comma, w.UseCRLF = 'é', true
	for _, record := range records {
		w.Write(append(record, "é", ","))
	}
	w.Flush()
	w.Comma = '"'
	fmt.Println(w.Write(nil), w.Error())
}
