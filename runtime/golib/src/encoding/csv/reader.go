// Package csv reads and writes tables as text: fields between commas, quoted where they must be (RFC 4180).
// It is plain Go: programs translate it with themselves.
package csv

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"
)

// A ParseError says where a record is wrong: lines count from 1, columns are bytes and count from 1.
type ParseError struct {
	StartLine int
	Line      int
	Column    int
	Err       error
}

func (e *ParseError) Error() string {
	switch {
	case e.Err == ErrFieldCount:
		return fmt.Sprintf("record on line %d: %v", e.Line, e.Err)
	case e.StartLine != e.Line:
		return fmt.Sprintf("record on line %d; parse error on line %d, column %d: %v", e.StartLine, e.Line, e.Column, e.Err)
	}
	return fmt.Sprintf("parse error on line %d, column %d: %v", e.Line, e.Column, e.Err)
}

func (e *ParseError) Unwrap() error { return e.Err }

// What may be wrong with a record; ErrTrailingComma is in use no longer.
var (
	ErrBareQuote     = errors.New("bare \" in non-quoted-field")
	ErrQuote         = errors.New("extraneous or missing \" in quoted-field")
	ErrFieldCount    = errors.New("wrong number of fields")
	ErrTrailingComma = errors.New("extra delimiter at end of line")
)

var errDelimiter = errors.New("csv: invalid field or comment delimiter")

func isDelimiter(r rune) bool {
	return r != 0 && r != '"' && r != '\r' && r != '\n' && utf8.ValidRune(r) && r != utf8.RuneError
}

// A Reader takes records from a text.
type Reader struct {
	Comma            rune
	Comment          rune // lines that start with it are passed over; 0: none are
	FieldsPerRecord  int  // 0: as many as the first record has; below: any number
	LazyQuotes       bool
	TrimLeadingSpace bool
	ReuseRecord      bool
	TrailingComma    bool // has no meaning any more

	from   *bufio.Reader
	line   int
	offset int64
	// The record at hand: its text without quotes, where fields end there, and where they began in the input.
	text   []byte
	ends   []int
	begins []position
	last   []string
}

type position struct{ line, column int }

// NewReader returns a reader of comma-separated text.
func NewReader(r io.Reader) *Reader {
	return &Reader{Comma: ',', from: bufio.NewReader(r)}
}

// Read returns the next record, and with ErrFieldCount as well the record that it blames.
func (r *Reader) Read() (record []string, err error) {
	if !r.ReuseRecord {
		return r.record(nil)
	}
	record, err = r.record(r.last)
	r.last = record
	return record, err
}

// FieldPos says where a field of the last record began; the column counts bytes.
func (r *Reader) FieldPos(field int) (line, column int) {
	if field < 0 || field >= len(r.begins) {
		panic("out of range index passed to FieldPos")
	}
	p := r.begins[field]
	return p.line, p.column
}

// InputOffset returns how many bytes the records so far took.
func (r *Reader) InputOffset() int64 { return r.offset }

// ReadAll returns the records up to the end, which is no error.
func (r *Reader) ReadAll() (records [][]string, err error) {
	for {
		record, err := r.record(nil)
		if err == io.EOF {
			return records, nil
		}
		if err != nil {
			return nil, err
		}
		records = append(records, record)
	}
}

// next returns a line with its end, which becomes "\n"; a last line without one is a line, too.
func (r *Reader) next() ([]byte, error) {
	line, err := r.from.ReadBytes('\n')
	n := len(line)
	if n > 0 && err == io.EOF {
		err = nil
		if line[n-1] == '\r' {
			line = line[:n-1]
		}
	}
	r.line++
	r.offset += int64(n)
	if n := len(line); n >= 2 && line[n-2] == '\r' && line[n-1] == '\n' {
		line[n-2] = '\n'
		line = line[:n-1]
	}
	return line, err
}

// ending returns how long the end of the line is.
func ending(line []byte) int {
	if len(line) > 0 && line[len(line)-1] == '\n' {
		return 1
	}
	return 0
}

func first(line []byte) rune {
	c, _ := utf8.DecodeRune(line)
	return c
}

func (r *Reader) record(into []string) ([]string, error) {
	if r.Comma == r.Comment || !isDelimiter(r.Comma) || r.Comment != 0 && !isDelimiter(r.Comment) {
		return nil, errDelimiter
	}
	line, failed := r.next()
	for failed == nil && (len(line) == ending(line) || r.Comment != 0 && first(line) == r.Comment) {
		line, failed = r.next()
	}
	if failed == io.EOF {
		return nil, failed
	}
	err := r.fields(line, failed)
	record := into[:0]
	if cap(record) < len(r.ends) {
		record = make([]string, 0, len(r.ends))
	}
	text, begin := string(r.text), 0
	for _, end := range r.ends {
		record = append(record, text[begin:end])
		begin = end
	}
	if r.FieldsPerRecord == 0 {
		r.FieldsPerRecord = len(record)
	} else if r.FieldsPerRecord > 0 && len(record) != r.FieldsPerRecord && err == nil {
		start := r.line
		if len(r.begins) > 0 {
			start = r.begins[0].line
		}
		err = &ParseError{start, start, 1, ErrFieldCount}
	}
	return record, err
}

// fields takes the record apart that starts with this line; failed is why the line is the last.
func (r *Reader) fields(line []byte, failed error) error {
	r.text, r.ends, r.begins = r.text[:0], r.ends[:0], r.begins[:0]
	start := r.line
	at := position{start, 1}
	comma := utf8.RuneLen(r.Comma)
	forward := func(n int) {
		line = line[n:]
		at.column += n
	}
	for {
		if r.TrimLeadingSpace {
			n := bytes.IndexFunc(line, func(c rune) bool { return !unicode.IsSpace(c) })
			if n < 0 {
				n = len(line)
				at.column -= ending(line)
			}
			forward(n)
		}
		r.begins = append(r.begins, at)
		if len(line) == 0 || line[0] != '"' {
			end := bytes.IndexRune(line, r.Comma)
			field := line[:len(line)-ending(line)]
			if end >= 0 {
				field = line[:end]
			}
			if quote := bytes.IndexByte(field, '"'); quote >= 0 && !r.LazyQuotes {
				r.begins = r.begins[:len(r.begins)-1]
				return &ParseError{start, r.line, at.column + quote, ErrBareQuote}
			}
			r.text = append(r.text, field...)
			r.ends = append(r.ends, len(r.text))
			if end < 0 {
				return failed
			}
			forward(end + comma)
			continue
		}
		forward(1)
		more := false
	quoted:
		for {
			end := bytes.IndexByte(line, '"')
			switch {
			case end >= 0:
				r.text = append(r.text, line[:end]...)
				forward(end + 1)
				switch c := first(line); {
				case c == '"':
					r.text = append(r.text, '"')
					forward(1)
				case len(line) > 0 && c == r.Comma:
					forward(comma)
					more = true
					break quoted
				case ending(line) == len(line):
					break quoted
				case r.LazyQuotes:
					r.text = append(r.text, '"')
				default:
					r.begins = r.begins[:len(r.begins)-1]
					return &ParseError{start, r.line, at.column - 1, ErrQuote}
				}
			case len(line) > 0:
				// the field goes on in the next line
				r.text = append(r.text, line...)
				if failed != nil {
					r.begins = r.begins[:len(r.begins)-1]
					return failed
				}
				at.column += len(line)
				line, failed = r.next()
				if len(line) > 0 {
					at = position{at.line + 1, 1}
				}
				if failed == io.EOF {
					failed = nil
				}
			default:
				if !r.LazyQuotes && failed == nil {
					r.begins = r.begins[:len(r.begins)-1]
					return &ParseError{start, at.line, at.column, ErrQuote}
				}
				break quoted
			}
		}
		r.ends = append(r.ends, len(r.text))
		if !more {
			return failed
		}
	}
}
