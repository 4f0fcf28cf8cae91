package json

import (
	"bytes"
	"io"
	"reflect"
)

// Encoder writes JSON values to a stream, one a line.
type Encoder struct {
	w              io.Writer
	err            error
	plain          bool
	prefix, indent string
}

// NewEncoder returns an encoder that writes to w.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{w: w} }

// Encode writes v and a line's end.
func (enc *Encoder) Encode(v any) error {
	if enc.err != nil {
		return enc.err
	}
	e := encoder{html: !enc.plain}
	if err := e.value(reflect.ValueOf(v), false); err != nil {
		return err
	}
	out := append(e.out, '\n')
	if enc.prefix != "" || enc.indent != "" {
		out = appendIndent(nil, out, enc.prefix, enc.indent)
	}
	if _, err := enc.w.Write(out); err != nil {
		enc.err = err
		return err
	}
	return nil
}

// SetIndent makes the encoder write as Indent does; two empty strings turn that off.
func (enc *Encoder) SetIndent(prefix, indent string) { enc.prefix, enc.indent = prefix, indent }

// SetEscapeHTML says whether what HTML would take for its own is escaped. It is at first.
func (enc *Encoder) SetEscapeHTML(on bool) { enc.plain = !on }

// Decoder reads JSON values from a stream.
type Decoder struct {
	r   io.Reader
	buf []byte
	// What of buf is read, and how much of the stream lies before buf.
	pos    int
	before int64
	// What ended the stream, and what made the rest of no use.
	end, err             error
	useNumber, onlyKnown bool
	// The arrays and objects that Token is in, as '[' and '{', and what it waits for in the innermost.
	open  []byte
	state tokenState
	above []tokenState
}

type tokenState int

const (
	atValue tokenState = iota
	atFirstElement
	atComma
	atElement
	atFirstKey
	atKey
	atColon
	atFieldValue
	atFieldComma
)

// NewDecoder returns a decoder that reads from r, more than it needs at once.
func NewDecoder(r io.Reader) *Decoder { return &Decoder{r: r} }

// UseNumber makes numbers for interfaces a Number.
func (dec *Decoder) UseNumber() { dec.useNumber = true }

// DisallowUnknownFields makes keys that a struct has no field for an error.
func (dec *Decoder) DisallowUnknownFields() { dec.onlyKnown = true }

// Buffered returns what was read from the stream and not used yet, until the next Decode.
func (dec *Decoder) Buffered() io.Reader { return bytes.NewReader(dec.buf[dec.pos:]) }

// InputOffset returns where in the stream the last token or value ended.
func (dec *Decoder) InputOffset() int64 { return dec.before + int64(dec.pos) }

// fill reads more; false if there is none.
func (dec *Decoder) fill() bool {
	if dec.end != nil {
		return false
	}
	if dec.pos > 0 {
		dec.before += int64(dec.pos)
		dec.buf = dec.buf[:copy(dec.buf, dec.buf[dec.pos:])]
		dec.pos = 0
	}
	const least = 512
	if cap(dec.buf)-len(dec.buf) < least {
		larger := make([]byte, len(dec.buf), 2*cap(dec.buf)+least)
		copy(larger, dec.buf)
		dec.buf = larger
	}
	n, err := dec.r.Read(dec.buf[len(dec.buf):cap(dec.buf)])
	dec.buf = dec.buf[:len(dec.buf)+n]
	dec.end = err
	return true
}

// peek returns the next byte that is no space, without taking it.
func (dec *Decoder) peek() (byte, error) {
	for {
		for i := dec.pos; i < len(dec.buf); i++ {
			if c := dec.buf[i]; !isSpace(c) {
				dec.pos = i
				return c, nil
			}
		}
		if !dec.fill() {
			return 0, dec.end
		}
	}
}

// whole reads until buf has the whole next value, and returns where it ends.
func (dec *Decoder) whole() (int, error) {
	for {
		s := scanner{data: dec.buf, pos: dec.pos, inArray: "element"}
		err := s.value(len(dec.open))
		switch {
		case err == nil && (s.pos < len(dec.buf) || !isDigit(dec.buf[s.pos-1])):
			return s.pos, nil
		case err != nil && !s.short:
			err.(*SyntaxError).Offset += dec.before
			dec.err = err
			return 0, err
		case dec.fill():
		case err == nil:
			return s.pos, nil
		case dec.end != io.EOF:
			dec.err = dec.end
			return 0, dec.end
		case len(bytes.TrimSpace(dec.buf[dec.pos:])) > 0:
			dec.err = io.ErrUnexpectedEOF
			return 0, dec.err
		default:
			dec.err = io.EOF
			return 0, io.EOF
		}
	}
}

// Decode stores the next value in what v points to, as Unmarshal does. At the end of the stream it returns io.EOF.
func (dec *Decoder) Decode(v any) error {
	if dec.err != nil {
		return dec.err
	}
	if err := dec.beforeValue(); err != nil {
		return err
	}
	if !dec.waitsForValue() {
		return &SyntaxError{"not at beginning of value", dec.InputOffset()}
	}
	end, err := dec.whole()
	if err != nil {
		return err
	}
	d := decoder{
		data: dec.buf[:end], pos: dec.pos, base: -int64(dec.pos), useNumber: dec.useNumber, onlyKnown: dec.onlyKnown,
	}
	err = d.decode(v)
	dec.pos = end
	dec.afterValue()
	return err
}

// beforeValue takes the comma or colon that stands before a value.
func (dec *Decoder) beforeValue() error {
	var wanted byte
	var name string
	var next tokenState
	switch dec.state {
	case atComma:
		wanted, name, next = ',', "comma after array element", atElement
	case atColon:
		wanted, name, next = ':', "colon after object key", atFieldValue
	default:
		return nil
	}
	c, err := dec.peek()
	if err != nil {
		return err
	}
	if c != wanted {
		return &SyntaxError{"expected " + name, dec.InputOffset()}
	}
	dec.pos++
	dec.state = next
	return nil
}

func (dec *Decoder) waitsForValue() bool {
	switch dec.state {
	case atValue, atFirstElement, atElement, atFieldValue:
		return true
	}
	return false
}

func (dec *Decoder) afterValue() {
	switch dec.state {
	case atFirstElement, atElement:
		dec.state = atComma
	case atFieldValue:
		dec.state = atFieldComma
	}
}

// Token is a Delim, bool, float64, Number, string, or nil.
type Token any

// Delim is one of [ ] { }.
type Delim rune

func (d Delim) String() string { return string(d) }

// More reports whether the array or object that Token is in has another element.
func (dec *Decoder) More() bool {
	c, err := dec.peek()
	return err == nil && c != ']' && c != '}'
}

// Token returns the next token, io.EOF at the end of the stream. Commas and colons are none; delimiters match.
func (dec *Decoder) Token() (Token, error) {
	for {
		c, err := dec.peek()
		if err != nil {
			return nil, err
		}
		switch {
		case c == '[' || c == '{':
			if !dec.waitsForValue() {
				return dec.misplaced(c)
			}
			dec.pos++
			dec.above = append(dec.above, dec.state)
			dec.open = append(dec.open, c)
			dec.state = atFirstElement
			if c == '{' {
				dec.state = atFirstKey
			}
			return Delim(c), nil
		case c == ']' && (dec.state == atFirstElement || dec.state == atComma),
			c == '}' && (dec.state == atFirstKey || dec.state == atFieldComma):
			dec.pos++
			last := len(dec.open) - 1
			dec.state = dec.above[last]
			dec.above, dec.open = dec.above[:last], dec.open[:last]
			dec.afterValue()
			return Delim(c), nil
		case c == ':' && dec.state == atColon:
			dec.pos++
			dec.state = atFieldValue
		case c == ',' && (dec.state == atComma || dec.state == atFieldComma):
			comma := dec.InputOffset()
			dec.pos++
			if next, _ := dec.peek(); next == ']' || next == '}' {
				return nil, &SyntaxError{"invalid character ',' looking for beginning of value", comma + 1}
			}
			if dec.state == atComma {
				dec.state = atElement
			} else {
				dec.state = atKey
			}
		case c == '"' && (dec.state == atFirstKey || dec.state == atKey):
			var key string
			state := dec.state
			dec.state = atValue
			err := dec.Decode(&key)
			dec.state = state
			if err != nil {
				return nil, err
			}
			dec.state = atColon
			return key, nil
		case c == ']' || c == '}' || c == ':' || c == ',' || !dec.waitsForValue():
			return dec.misplaced(c)
		default:
			var v any
			if err := dec.Decode(&v); err != nil {
				return nil, err
			}
			return v, nil
		}
	}
}

func (dec *Decoder) misplaced(c byte) (Token, error) {
	where := "looking for beginning of value"
	switch dec.state {
	case atFieldValue:
		if c == ']' || c == '}' {
			where = "after object key:value pair"
		}
	case atComma:
		where = "after array element"
	case atFirstKey, atKey:
		return nil, &SyntaxError{"object member name must be a string", dec.InputOffset() + 1}
	case atColon:
		where = "after object key"
	case atFieldComma:
		where = "after object key:value pair"
	}
	quoted, size := quoteRune(dec.buf[dec.pos:])
	return nil, &SyntaxError{"invalid character " + quoted + " " + where, dec.InputOffset() + int64(size)}
}
