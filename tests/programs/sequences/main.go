// The iterators of strings and bytes, iter.Pull over them, and errors.AsType.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode"
)

func show[S ~string | ~[]byte](name string, seq iter.Seq[S]) {
	fmt.Print(name, ":")
	for part := range seq {
		fmt.Printf(" %q", part)
	}
	fmt.Println()
}

func first[V any](seq iter.Seq[V], n int) iter.Seq[V] {
	return func(yield func(V) bool) {
		if n <= 0 {
			return
		}
		i := 0
		for v := range seq {
			if i++; !yield(v) || i == n {
				return
			}
		}
	}
}

type mine struct{ code int }

func (m mine) Error() string { return fmt.Sprint("code ", m.code) }

type like struct{}

func (like) Error() string { return "like" }
func (like) As(target any) bool {
	if m, ok := target.(*mine); ok {
		*m = mine{42}
		return true
	}
	return false
}

type timeout interface {
	error
	Timeout() bool
}

func main() {
	for _, s := range []string{"", "one", "one\n", "one\ntwo\r\n\nthree", "\n\n", "a,b,,c,", ",", "  some \t words\u00a0here  ", "日本語 \xff x"} {
		fmt.Printf("%q\n", s)
		show("lines", strings.Lines(s))
		show("split", strings.SplitSeq(s, ","))
		show("after", strings.SplitAfterSeq(s, ","))
		show("runes", strings.SplitSeq(s, ""))
		show("fields", strings.FieldsSeq(s))
		show("digits", strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) }))
		b := []byte(s)
		show("lines", bytes.Lines(b))
		show("split", bytes.SplitSeq(b, []byte(",")))
		show("after", bytes.SplitAfterSeq(b, []byte(",")))
		show("runes", bytes.SplitAfterSeq(b, nil))
		show("fields", bytes.FieldsSeq(b))
		show("words", bytes.FieldsFuncSeq(b, unicode.IsSpace))
		fmt.Println(slices.Equal(slices.Collect(strings.SplitSeq(s, ",")), strings.Split(s, ",")))
	}
	show("two", first(strings.SplitSeq("a b c d", " "), 2))
	b := []byte("one two three")
	for field := range bytes.FieldsSeq(b) {
		fmt.Printf("%s %d;", field, cap(field))
		copy(b, "ONE TWO")
	}
	fmt.Println()

	next, stop := iter.Pull(strings.Lines("a\nb\nc"))
	for range 5 {
		fmt.Print(next())
		fmt.Print(" ")
	}
	stop()
	fmt.Println(next())
	both, stop := iter.Pull2(slices.All([]string{"x", "y"}))
	fmt.Println(both())
	stop()
	fmt.Println(both())
	keys := slices.Sorted(maps.Keys(map[string]int{"b": 1, "a": 2}))
	fmt.Println(keys)
	var named iter.Seq[int] = func(yield func(int) bool) { _ = yield(1) && yield(2) }
	fmt.Printf("%T %T %v\n", named, strings.Lines(""), slices.Collect(named))
	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		next, _ := iter.Pull(iter.Seq[int](func(yield func(int) bool) { yield(1); panic("in seq") }))
		fmt.Println(next())
		fmt.Println(next())
	}()

	err := fmt.Errorf("wrapped: %w", errors.Join(errors.New("x"), mine{7}))
	m, ok := errors.AsType[mine](err)
	fmt.Println(m, ok)
	m, ok = errors.AsType[mine](fmt.Errorf("%w", like{}))
	fmt.Println(m, ok)
	m, ok = errors.AsType[mine](errors.New("x"))
	fmt.Println(m, ok)
	m, ok = errors.AsType[mine](nil)
	fmt.Println(m, ok)
	_, err = os.Open("/no/such/file")
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		fmt.Println(p.Op, p.Path, p.Err)
	}
	t, ok := errors.AsType[timeout](fmt.Errorf("again: %w", err))
	fmt.Println(t, ok, ok && t.Timeout())
}
