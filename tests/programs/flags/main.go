package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"time"
)

type list []string

func (l *list) String() string     { return fmt.Sprint(*l) }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

func main() {
	fs := flag.NewFlagSet("prog", flag.ContinueOnError)
	fs.SetOutput(os.Stdout)
	b := fs.Bool("b", false, "a bool")
	n := fs.Int("n", 5, "the `count` of things")
	s := fs.String("name", "def", "a name\nof two lines")
	e := fs.String("empty", "", "nothing")
	d := fs.Duration("d", time.Second, "how long")
	f := fs.Float64("f", 0, "a float")
	u := fs.Uint64("u", 7, "unsigned")
	var i64 int64
	fs.Int64Var(&i64, "i64", -3, "")
	var l list
	fs.Var(&l, "l", "a list")
	fs.Func("fn", "call me", func(s string) error {
		if s == "bad" {
			return errors.New("no good")
		}
		fmt.Println("fn", s)
		return nil
	})
	fs.BoolFunc("bf", "bool func", func(s string) error { fmt.Println("bf", s); return nil })
	fs.PrintDefaults()
	err := fs.Parse([]string{"-b", "--n", "0x10", "-name=x y", "-l", "a", "-l=b", "-d", "1m3s", "-f=2.5", "-u", "9", "-fn", "q", "-bf", "rest", "-b"})
	fmt.Println(err, *b, *n, *s, *e, *d, *f, *u, i64, l, fs.Args(), fs.NArg(), fs.NFlag(), fs.Arg(0), fs.Arg(9) == "", fs.Parsed())
	fs.Visit(func(f *flag.Flag) { fmt.Println(f.Name, f.Value, f.DefValue) })
	fmt.Println(fs.Lookup("n").Value.(flag.Getter).Get(), fs.Lookup("zz") == nil, fs.Set("zz", "1"), fs.Set("n", "x"), fs.Set("n", "99999999999999999999"), *n)
	for _, a := range [][]string{{"-n"}, {"-n", "x"}, {"-b=maybe"}, {"-zz"}, {"---x"}, {"-fn=bad"}, {"--", "-b"}, {"-"}, {"-h"}, {"-d=5"}} {
		fs.Usage = func() { fmt.Println("USAGE") }
		err := fs.Parse(a)
		fmt.Println(a, err, fs.Args(), errors.Is(err, flag.ErrHelp))
	}
	fs.Usage = nil
	fs.Parse([]string{"-q"})
	func() {
		defer func() { fmt.Println(recover()) }()
		fs.Int("n", 1, "again")
	}()
	p := flag.NewFlagSet("", flag.PanicOnError)
	p.SetOutput(os.Stdout)
	func() {
		defer func() { fmt.Println(recover()) }()
		p.Parse([]string{"-x"})
	}()
	x := flag.Int("x", 3, "x")
	flag.Parse()
	fmt.Println(*x, flag.Args(), flag.NFlag())
	flag.CommandLine.SetOutput(os.Stdout)
	flag.PrintDefaults()
	flag.Usage = func() { fmt.Println("own usage") }
	flag.CommandLine.Parse([]string{"-nope"})
}
