// Package regexp finds what regular expressions describe, in time that is linear in the text. It is plain Go: programs
// translate it with themselves.
//
// parse.go and class.go read expressions, prog.go makes programs of them, machine.go runs those; find.go and replace.go
// are what is asked of a match.
package regexp

import (
	"io"
	"slices"
	"strconv"
	"strings"
)

// Regexp is a compiled expression; any number of goroutines may use it.
type Regexp struct {
	expr    string
	program *program
	names   []string
	longest bool
}

// Compile prepares an expression; of several matches at a place the one is meant that Perl would choose.
func Compile(expr string) (*Regexp, error) {
	return compiled(expr, true)
}

// CompilePOSIX prepares an expression in egrep's syntax; the longest match at a place is meant.
func CompilePOSIX(expr string) (*Regexp, error) {
	return compiled(expr, false)
}

func compiled(expr string, perl bool) (*Regexp, error) {
	tree, names, err := parse(expr, perl)
	if err != nil {
		return nil, err
	}
	return &Regexp{expr, compile(tree, len(names)), names, !perl}, nil
}

// MustCompile is Compile for expressions that are known to be right.
func MustCompile(str string) *Regexp {
	re, err := Compile(str)
	if err != nil {
		panic("regexp: Compile(" + quoted(str) + "): " + err.Error())
	}
	return re
}

// MustCompilePOSIX is CompilePOSIX for expressions that are known to be right.
func MustCompilePOSIX(str string) *Regexp {
	re, err := CompilePOSIX(str)
	if err != nil {
		panic("regexp: CompilePOSIX(" + quoted(str) + "): " + err.Error())
	}
	return re
}

func quoted(s string) string {
	if strconv.CanBackquote(s) {
		return "`" + s + "`"
	}
	return strconv.Quote(s)
}

// Match tells whether b has a match.
func Match(pattern string, b []byte) (matched bool, err error) {
	re, err := Compile(pattern)
	if err != nil {
		return false, err
	}
	return re.Match(b), nil
}

// MatchString tells whether s has a match.
func MatchString(pattern string, s string) (matched bool, err error) {
	re, err := Compile(pattern)
	if err != nil {
		return false, err
	}
	return re.MatchString(s), nil
}

// MatchReader tells whether what r holds has a match.
func MatchReader(pattern string, r io.RuneReader) (matched bool, err error) {
	re, err := Compile(pattern)
	if err != nil {
		return false, err
	}
	return re.MatchReader(r), nil
}

const special = `\.+*?()|[]{}^$`

// QuoteMeta returns an expression that matches s alone.
func QuoteMeta(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(special, s[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// String returns the expression as it was written.
func (re *Regexp) String() string {
	return re.expr
}

// Copy returns the same expression once more; no use of one needs it.
func (re *Regexp) Copy() *Regexp {
	copied := *re
	return &copied
}

// Longest makes the longest match at a place the one that is meant.
func (re *Regexp) Longest() {
	re.longest = true
}

// NumSubexp returns how many groups there are.
func (re *Regexp) NumSubexp() int {
	return len(re.names) - 1
}

// SubexpNames returns the names of the groups, the first being that of the whole.
func (re *Regexp) SubexpNames() []string {
	return re.names
}

// SubexpIndex returns the number of the first group of that name, -1 if there is none.
func (re *Regexp) SubexpIndex(name string) int {
	if name == "" {
		return -1
	}
	return slices.Index(re.names, name)
}

// LiteralPrefix returns what every match begins with, and whether that is all of the expression.
func (re *Regexp) LiteralPrefix() (prefix string, complete bool) {
	return re.program.prefix, re.program.complete
}

// AppendText appends the expression.
func (re *Regexp) AppendText(b []byte) ([]byte, error) {
	return append(b, re.expr...), nil
}

// MarshalText returns the expression.
func (re *Regexp) MarshalText() ([]byte, error) {
	return re.AppendText(nil)
}

// UnmarshalText compiles an expression into re.
func (re *Regexp) UnmarshalText(text []byte) error {
	made, err := Compile(string(text))
	if err != nil {
		return err
	}
	*re = *made
	return nil
}

// match returns the positions of the first match from pos on and of its first groups.
func (re *Regexp) match(in input, pos int) []int {
	var m *machine
	if free := re.program.machines.Get(); free != nil {
		m = free.(*machine)
	} else {
		m = newMachine(re.program)
	}
	found := slices.Clone(m.run(in, pos, re.longest))
	re.program.machines.Put(m)
	return found
}
