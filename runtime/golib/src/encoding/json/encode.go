package json

import (
	"cmp"
	"encoding"
	"encoding/base64"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

var (
	marshalerType     = reflect.TypeFor[Marshaler]()
	textMarshalerType = reflect.TypeFor[encoding.TextMarshaler]()
	numberType        = reflect.TypeFor[Number]()
)

// Marshal returns v as JSON.
func Marshal(v any) ([]byte, error) {
	e := encoder{html: true}
	if err := e.value(reflect.ValueOf(v), false); err != nil {
		return nil, err
	}
	return e.out, nil
}

// MarshalIndent is Marshal with each element on a line of its own, as Indent writes it.
func MarshalIndent(v any, prefix, indent string) ([]byte, error) {
	b, err := Marshal(v)
	if err != nil {
		return nil, err
	}
	return appendIndent(nil, b, prefix, indent), nil
}

type encoder struct {
	out  []byte
	html bool
	// How many pointers, maps and slices lie above; from some depth on they are remembered, to find cycles.
	depth int
	above map[any]struct{}
}

const depthOfCycles = 1000

// enter is called for what can lie in itself; key says what it is.
func (e *encoder) enter(v reflect.Value, key any) error {
	if e.depth++; e.depth <= depthOfCycles {
		return nil
	}
	if _, ok := e.above[key]; ok {
		return &UnsupportedValueError{v, fmt.Sprintf("encountered a cycle via %s", v.Type())}
	}
	if e.above == nil {
		e.above = map[any]struct{}{}
	}
	e.above[key] = struct{}{}
	return nil
}

func (e *encoder) leave(key any) {
	if e.depth > depthOfCycles {
		delete(e.above, key)
	}
	e.depth--
}

func (e *encoder) value(v reflect.Value, quoted bool) error {
	if !v.IsValid() {
		e.out = append(e.out, "null"...)
		return nil
	}
	t := v.Type()
	if done, err := e.byMethod(v, t); done {
		return err
	}
	switch v.Kind() {
	case reflect.Bool:
		return e.scalar(strconv.AppendBool(nil, v.Bool()), quoted)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return e.scalar(strconv.AppendInt(nil, v.Int(), 10), quoted)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return e.scalar(strconv.AppendUint(nil, v.Uint(), 10), quoted)
	case reflect.Float32:
		return e.float(v, 32, quoted)
	case reflect.Float64:
		return e.float(v, 64, quoted)
	case reflect.String:
		return e.text(v, t, quoted)
	case reflect.Interface:
		if v.IsNil() {
			break
		}
		return e.value(v.Elem(), false)
	case reflect.Pointer:
		if v.IsNil() {
			break
		}
		key := v.Interface
		if !v.CanInterface() {
			key = func() any { return v.Pointer() }
		}
		if err := e.enter(v, key()); err != nil {
			return err
		}
		err := e.value(v.Elem(), quoted)
		e.leave(key())
		return err
	case reflect.Struct:
		return e.fields(v, t)
	case reflect.Map:
		return e.mapping(v, t)
	case reflect.Slice:
		return e.slice(v, t)
	case reflect.Array:
		return e.elements(v)
	default:
		return &UnsupportedTypeError{t}
	}
	e.out = append(e.out, "null"...)
	return nil
}

// mayHaveMethods is false for most types that have none, and fast.
func mayHaveMethods(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Struct, reflect.Pointer, reflect.Interface:
		return true
	}
	return t.PkgPath() != ""
}

// byMethod lets types write themselves that do.
func (e *encoder) byMethod(v reflect.Value, t reflect.Type) (done bool, err error) {
	if !mayHaveMethods(t) || !v.CanInterface() {
		return false, nil
	}
	// An interface type with the method is nil at most here.
	if t.NumMethod() > 0 {
		if t.Implements(marshalerType) {
			return true, e.marshaler(v)
		}
		if v.CanAddr() && t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(marshalerType) {
			return true, e.marshaler(v.Addr())
		}
		if t.Implements(textMarshalerType) {
			return true, e.textMarshaler(v)
		}
	}
	if v.CanAddr() && t.Kind() != reflect.Pointer {
		pointer := reflect.PointerTo(t)
		if pointer.NumMethod() == 0 {
			return false, nil
		}
		if pointer.Implements(marshalerType) {
			return true, e.marshaler(v.Addr())
		}
		if pointer.Implements(textMarshalerType) {
			return true, e.textMarshaler(v.Addr())
		}
	}
	return false, nil
}

// pointerTo is the type that methods with pointer receivers have.
func pointerTo(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t
	}
	return reflect.PointerTo(t)
}

func isNil(v reflect.Value) bool {
	return (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil()
}

func (e *encoder) marshaler(v reflect.Value) error {
	if isNil(v) {
		e.out = append(e.out, "null"...)
		return nil
	}
	b, err := v.Interface().(Marshaler).MarshalJSON()
	if err == nil {
		err = check(b)
	}
	if err != nil {
		return &MarshalerError{pointerTo(v.Type()), err, "MarshalJSON"}
	}
	b = appendCompact(nil, b)
	if e.html {
		e.out = appendEscaped(e.out, b)
	} else {
		e.out = append(e.out, b...)
	}
	return nil
}

func (e *encoder) textMarshaler(v reflect.Value) error {
	if isNil(v) {
		e.out = append(e.out, "null"...)
		return nil
	}
	b, err := v.Interface().(encoding.TextMarshaler).MarshalText()
	if err != nil {
		return &MarshalerError{pointerTo(v.Type()), err, "MarshalText"}
	}
	e.out = appendString(e.out, string(b), e.html)
	return nil
}

func (e *encoder) scalar(text []byte, quoted bool) error {
	if quoted {
		e.out = append(e.out, '"')
		e.out = append(e.out, text...)
		e.out = append(e.out, '"')
		return nil
	}
	e.out = append(e.out, text...)
	return nil
}

func (e *encoder) float(v reflect.Value, bits int, quoted bool) error {
	f := v.Float()
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return &UnsupportedValueError{v, strconv.FormatFloat(f, 'g', -1, bits)}
	}
	return e.scalar(appendFloat(nil, f, bits), quoted)
}

// appendFloat writes exponents where ECMAScript does.
func appendFloat(b []byte, f float64, bits int) []byte {
	small, large := 1e-6, 1e21
	abs := math.Abs(f)
	if bits == 32 {
		abs, small, large = float64(float32(abs)), float64(float32(small)), float64(float32(large))
	}
	if abs == 0 || small <= abs && abs < large {
		return strconv.AppendFloat(b, f, 'f', -1, bits)
	}
	b = strconv.AppendFloat(b, f, 'e', -1, bits)
	// Of e-09 the zero is too much.
	if n := len(b); n >= 4 && b[n-4] == 'e' && b[n-2] == '0' {
		b = append(b[:n-2], b[n-1])
	}
	return b
}

func (e *encoder) text(v reflect.Value, t reflect.Type, quoted bool) error {
	s := v.String()
	if t == numberType {
		if s == "" {
			s = "0"
		}
		if !isNumber(s) {
			err := fmt.Errorf("cannot parse %q as JSON number: %w", s, strconv.ErrSyntax)
			return &MarshalerError{pointerTo(t), err, "MarshalJSONTo"}
		}
		return e.scalar([]byte(s), quoted)
	}
	if quoted {
		s = string(appendString(nil, s, e.html))
	}
	e.out = appendString(e.out, s, e.html && !quoted)
	return nil
}

func isNumber(s string) bool {
	if s == "" || s[0] != '-' && !isDigit(s[0]) {
		return false
	}
	scan := scanner{data: []byte(s)}
	return scan.number() == nil && scan.pos == len(s)
}

func (e *encoder) fields(v reflect.Value, t reflect.Type) error {
	next := byte('{')
fields:
	for i := range fieldsOf(t).list {
		f := &fieldsOf(t).list[i]
		fv := v
		for _, i := range f.index {
			if fv.Kind() == reflect.Pointer {
				if fv.IsNil() {
					continue fields
				}
				fv = fv.Elem()
			}
			fv = fv.Field(i)
		}
		if f.omitEmpty && isEmpty(fv) || f.omitZero && isZero(fv) {
			continue
		}
		e.out = append(e.out, next)
		next = ','
		if e.html {
			e.out = append(e.out, f.htmlKey...)
		} else {
			e.out = append(e.out, f.key...)
		}
		if err := e.value(fv, f.quoted); err != nil {
			return err
		}
	}
	if next == '{' {
		e.out = append(e.out, '{')
	}
	e.out = append(e.out, '}')
	return nil
}

func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Interface, reflect.Pointer:
		return v.IsNil()
	case reflect.Struct, reflect.Chan, reflect.Func, reflect.Complex64, reflect.Complex128:
		return false
	}
	return v.IsZero()
}

// isZero asks the type first, if it knows.
func isZero(v reflect.Value) bool {
	if v.CanInterface() && !isNil(v) {
		if z, ok := v.Interface().(interface{ IsZero() bool }); ok {
			return z.IsZero()
		}
		if v.CanAddr() {
			if z, ok := v.Addr().Interface().(interface{ IsZero() bool }); ok {
				return z.IsZero()
			}
		}
	}
	return v.IsZero()
}

func (e *encoder) mapping(v reflect.Value, t reflect.Type) error {
	if v.IsNil() {
		e.out = append(e.out, "null"...)
		return nil
	}
	// Only a key that is there must be a string or become one.
	k := t.Key().Kind()
	if v.Len() > 0 && k != reflect.String && (k < reflect.Int || k > reflect.Float64) && !t.Key().Implements(textMarshalerType) {
		return &UnsupportedValueError{v, "jsontext: object member name must be a string after offset " + strconv.Itoa(len(e.out)+len("{:"))}
	}
	cycle := v.UnsafePointer()
	if err := e.enter(v, cycle); err != nil {
		return err
	}
	defer e.leave(cycle)
	type entry struct {
		key   string
		value reflect.Value
	}
	entries := make([]entry, 0, v.Len())
	for iter := v.MapRange(); iter.Next(); {
		key, err := keyText(iter.Key())
		if err != nil {
			return err
		}
		entries = append(entries, entry{key, iter.Value()})
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.key, b.key) })
	e.out = append(e.out, '{')
	for i, entry := range entries {
		if i > 0 {
			e.out = append(e.out, ',')
		}
		e.out = appendString(e.out, entry.key, e.html)
		e.out = append(e.out, ':')
		if err := e.value(entry.value, false); err != nil {
			return err
		}
	}
	e.out = append(e.out, '}')
	return nil
}

func keyText(key reflect.Value) (string, error) {
	if key.Kind() == reflect.String {
		return key.String(), nil
	}
	if text, ok := key.Interface().(encoding.TextMarshaler); ok {
		if isNil(key) {
			return "", nil
		}
		b, err := text.MarshalText()
		if err != nil {
			return "", &MarshalerError{pointerTo(key.Type()), err, "MarshalText"}
		}
		return string(b), nil
	}
	switch {
	case key.CanInt():
		return strconv.FormatInt(key.Int(), 10), nil
	case key.CanFloat():
		return string(appendFloat(nil, key.Float(), key.Type().Bits())), nil
	}
	return strconv.FormatUint(key.Uint(), 10), nil
}

func (e *encoder) slice(v reflect.Value, t reflect.Type) error {
	if v.IsNil() {
		e.out = append(e.out, "null"...)
		return nil
	}
	if t.Elem().Kind() == reflect.Uint8 {
		pointer := reflect.PointerTo(t.Elem())
		if !pointer.Implements(marshalerType) && !pointer.Implements(textMarshalerType) {
			e.out = append(e.out, '"')
			e.out = base64.StdEncoding.AppendEncode(e.out, v.Bytes())
			e.out = append(e.out, '"')
			return nil
		}
	}
	// A slice lies in itself only with its length.
	cycle := struct {
		at  uintptr
		len int
	}{v.Pointer(), v.Len()}
	if err := e.enter(v, cycle); err != nil {
		return err
	}
	defer e.leave(cycle)
	return e.elements(v)
}

func (e *encoder) elements(v reflect.Value) error {
	e.out = append(e.out, '[')
	for i := range v.Len() {
		if i > 0 {
			e.out = append(e.out, ',')
		}
		if err := e.value(v.Index(i), false); err != nil {
			return err
		}
	}
	e.out = append(e.out, ']')
	return nil
}

// appendString writes a string with its quotes.
func appendString(dst []byte, s string, html bool) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			switch {
			case r == utf8.RuneError && size == 1:
				dst = append(dst, s[from:i]...)
				dst = utf8.AppendRune(dst, utf8.RuneError)
				from = i + size
			case r == '\u2028' || r == '\u2029':
				dst = append(dst, s[from:i]...)
				dst = append(dst, '\\', 'u', '2', '0', '2', hexDigits[r&15])
				from = i + size
			}
			i += size
			continue
		}
		i++
		if c >= ' ' && c != '"' && c != '\\' && (!html || c != '<' && c != '>' && c != '&') {
			continue
		}
		dst = append(dst, s[from:i-1]...)
		from = i
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\b':
			dst = append(dst, '\\', 'b')
		case '\f':
			dst = append(dst, '\\', 'f')
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	dst = append(dst, s[from:]...)
	return append(dst, '"')
}
