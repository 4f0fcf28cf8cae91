package csv

import (
	"bufio"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Writer writes records; what it holds back comes with Flush.
type Writer struct {
	Comma   rune
	UseCRLF bool

	to *bufio.Writer
}

// NewWriter returns a writer of comma-separated text.
func NewWriter(w io.Writer) *Writer {
	return &Writer{Comma: ',', to: bufio.NewWriter(w)}
}

// Write writes a record, quoting the fields that need it.
func (w *Writer) Write(record []string) error {
	if !isDelimiter(w.Comma) {
		return errDelimiter
	}
	for i, field := range record {
		if i > 0 {
			w.to.WriteRune(w.Comma)
		}
		if w.needsQuotes(field) {
			w.quote(field)
		} else {
			w.to.WriteString(field)
		}
	}
	_, err := w.to.WriteString(w.end())
	return err
}

func (w *Writer) end() string {
	if w.UseCRLF {
		return "\r\n"
	}
	return "\n"
}

func (w *Writer) quote(field string) {
	w.to.WriteByte('"')
	for i := 0; i < len(field); i++ {
		switch c := field[i]; {
		case c == '"':
			w.to.WriteString(`""`)
		case c == '\n':
			w.to.WriteString(w.end())
		case c != '\r' || !w.UseCRLF:
			w.to.WriteByte(c)
		}
	}
	w.to.WriteByte('"')
}

// needsQuotes: a lone `\.` ends the data of some databases, and space in front would be lost.
func (w *Writer) needsQuotes(field string) bool {
	if field == "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(field)
	return field == `\.` || unicode.IsSpace(first) || strings.ContainsRune(field, w.Comma) || strings.ContainsAny(field, "\"\r\n")
}

// WriteAll writes records and flushes.
func (w *Writer) WriteAll(records [][]string) error {
	for _, record := range records {
		if err := w.Write(record); err != nil {
			return err
		}
	}
	return w.to.Flush()
}

// Flush writes what is held back; Error tells what went wrong.
func (w *Writer) Flush() { w.to.Flush() }

// Error returns what went wrong in a Write or Flush before.
func (w *Writer) Error() error {
	_, err := w.to.Write(nil)
	return err
}
