package json

import (
	"bytes"
	"encoding"
	"encoding/base64"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

var textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()

// Unmarshal stores the JSON in data in what v points to. What does not fit is left out, and the first such error is returned.
func Unmarshal(data []byte, v any) error {
	if err := check(data); err != nil {
		return err
	}
	d := decoder{data: data}
	return d.decode(v)
}

// A decoder stores JSON that is known to be well formed.
type decoder struct {
	data []byte
	pos  int
	// What is added to offsets in errors.
	base      int64
	useNumber bool
	onlyKnown bool
	// The first error that does not stop the rest.
	err error
	// The names that lead to the value, and that of the type where they begin.
	path []string
	root string
}

func (d *decoder) decode(v any) error {
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return &InvalidUnmarshalError{reflect.TypeOf(v)}
	}
	d.root = target.Type().Elem().Name()
	if err := d.value(target, false); err != nil {
		return err
	}
	return d.err
}

func (d *decoder) space() {
	for d.pos < len(d.data) && isSpace(d.data[d.pos]) {
		d.pos++
	}
}

// skip goes behind the value at pos and returns it.
func (d *decoder) skip() []byte {
	d.space()
	s := scanner{data: d.data, pos: d.pos}
	// It was read before without an error.
	_ = s.value(0)
	raw := d.data[d.pos:s.pos]
	d.pos = s.pos
	return raw
}

func (d *decoder) mismatch(value string, t reflect.Type, err error) {
	if d.err != nil {
		return
	}
	e := &UnmarshalTypeError{Value: value, Type: t, Offset: d.base + int64(d.pos), Err: err}
	if len(d.path) > 0 {
		e.Struct, e.Field = d.root, strings.Join(d.path, ".")
	}
	d.err = e
}

// mismatchAt is mismatch for another place than the one where reading goes on.
func (d *decoder) mismatchAt(pos int, value string, t reflect.Type, err error) {
	here := d.pos
	d.pos = pos
	d.mismatch(value, t, err)
	d.pos = here
}

func (d *decoder) save(err error) {
	if d.err == nil {
		d.err = err
	}
}

// settle follows pointers, and makes what they should point to, until it finds a type that reads itself or one that is no pointer.
func settle(v reflect.Value, null bool) (Unmarshaler, encoding.TextUnmarshaler, reflect.Value) {
	if v.Kind() != reflect.Pointer && mayHaveMethods(v.Type()) && v.CanAddr() {
		pointer := v.Addr()
		u, text := methods(pointer, null)
		if u != nil || text != nil {
			return u, text, v
		}
	}
	for {
		if v.Kind() == reflect.Interface && !v.IsNil() {
			inner := v.Elem()
			if inner.Kind() == reflect.Pointer && !inner.IsNil() && (!null || inner.Elem().Kind() == reflect.Pointer) {
				v = inner
				continue
			}
		}
		if v.Kind() != reflect.Pointer || null && v.CanSet() {
			return nil, nil, v
		}
		// A pointer to an interface that holds the pointer has no end.
		if to := v.Elem(); to.Kind() == reflect.Interface && !to.IsNil() && to.Elem().Equal(v) {
			return nil, nil, to
		}
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		if u, text := methods(v, null); u != nil || text != nil {
			return u, text, v
		}
		v = v.Elem()
	}
}

func methods(v reflect.Value, null bool) (Unmarshaler, encoding.TextUnmarshaler) {
	if v.Type().NumMethod() == 0 || !v.CanInterface() {
		return nil, nil
	}
	switch u := v.Interface().(type) {
	case Unmarshaler:
		return u, nil
	case encoding.TextUnmarshaler:
		if !null {
			return nil, u
		}
	}
	return nil, nil
}

// value stores the value at pos. Errors that it returns end everything.
func (d *decoder) value(v reflect.Value, quoted bool) error {
	d.space()
	first := d.data[d.pos]
	u, text, v := settle(v, first == 'n')
	if u != nil {
		if quoted {
			return d.quoted(v)
		}
		err := u.UnmarshalJSON(d.skip())
		if err != nil {
			d.save(err)
		}
		return nil
	}
	if quoted && text == nil {
		return d.quoted(v)
	}
	if text != nil {
		return d.text(text, v)
	}
	switch first {
	case '{':
		return d.object(v)
	case '[':
		return d.array(v)
	case '"':
		d.str(v, d.skip())
	case 't', 'f':
		d.boolean(v, d.skip()[0] == 't')
	case 'n':
		d.skip()
		d.null(v)
	default:
		return d.number(v, string(d.skip()))
	}
	return nil
}

// kindName is what messages call a JSON value.
func kindName(raw []byte) string {
	switch raw[0] {
	case '{':
		return "object"
	case '[':
		return "array"
	case '"':
		return "string"
	case 't', 'f':
		return "bool"
	case 'n':
		return "null"
	}
	return "number"
}

func (d *decoder) text(u encoding.TextUnmarshaler, v reflect.Value) error {
	d.space()
	start := d.pos + 1
	raw := d.skip()
	if raw[0] != '"' {
		t := v.Type()
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		d.mismatchAt(start, kindName(raw), t, errors.New("JSON value must be string type"))
		return nil
	}
	if err := u.UnmarshalText([]byte(unquote(raw))); err != nil {
		d.save(err)
	}
	return nil
}

// quoted stores a value that is written within a string.
func (d *decoder) quoted(v reflect.Value) error {
	raw := d.skip()
	if raw[0] == 'n' {
		d.null(v)
		return nil
	}
	if raw[0] != '"' {
		d.mismatch(kindName(raw), v.Type(), nil)
		return nil
	}
	inner := unquote(raw)
	k := v.Kind()
	switch {
	case inner == "null":
		d.null(v)
	case k == reflect.String && v.Type() != numberType:
		err := check([]byte(inner))
		if s := (scanner{data: []byte(inner)}); inner != "" && inner[0] != '"' {
			err = s.fail("looking for beginning of object key string")
		}
		if err != nil {
			d.mismatch("string", v.Type(), err)
			return nil
		}
		v.SetString(unquote(bytes.TrimSpace([]byte(inner))))
	case k == reflect.Bool:
		if inner != "true" && inner != "false" {
			d.mismatch("string "+string(raw), v.Type(), strconv.ErrSyntax)
			return nil
		}
		v.SetBool(inner == "true")
	case !isNumber(inner):
		d.mismatch("number "+inner, v.Type(), nil)
	default:
		return d.number(v, inner)
	}
	return nil
}

func (d *decoder) null(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer, reflect.Map, reflect.Slice:
		v.SetZero()
	}
}

// misfit is mismatch for a value of some length that was read; where an interface is in the way it is found before.
func (d *decoder) misfit(name string, length int, v reflect.Value) {
	at := d.pos
	if v.Kind() == reflect.Interface {
		at -= length
	}
	d.mismatchAt(at, name, v.Type(), nil)
}

func (d *decoder) boolean(v reflect.Value, b bool) {
	switch {
	case v.Kind() == reflect.Bool:
		v.SetBool(b)
	case v.Kind() == reflect.Interface && v.NumMethod() == 0:
		v.Set(reflect.ValueOf(b))
	default:
		d.misfit("bool", len(strconv.FormatBool(b)), v)
	}
}

func (d *decoder) str(v reflect.Value, raw []byte) {
	s := unquote(raw)
	switch {
	case v.Kind() == reflect.String:
		if v.Type() == numberType && !isNumber(s) {
			d.mismatchAt(d.pos-len(raw), "string "+string(raw), v.Type(), strconv.ErrSyntax)
			return
		}
		v.SetString(s)
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		b, err := base64.StdEncoding.DecodeString(s)
		if err != nil {
			d.mismatch("string", v.Type(), err)
			return
		}
		v.SetBytes(b)
	case v.Kind() == reflect.Interface && v.NumMethod() == 0:
		v.Set(reflect.ValueOf(s))
	default:
		d.misfit("string", len(raw), v)
	}
}

func (d *decoder) number(v reflect.Value, s string) error {
	switch k := v.Kind(); {
	case k >= reflect.Int && k <= reflect.Int64:
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || v.OverflowInt(n) {
			d.mismatch("number "+s, v.Type(), nil)
			return nil
		}
		v.SetInt(n)
	case k >= reflect.Uint && k <= reflect.Uintptr:
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil || v.OverflowUint(n) {
			d.mismatch("number "+s, v.Type(), nil)
			return nil
		}
		v.SetUint(n)
	case k == reflect.Float32 || k == reflect.Float64:
		f, err := strconv.ParseFloat(s, v.Type().Bits())
		if err != nil || v.OverflowFloat(f) {
			d.mismatch("number "+s, v.Type(), nil)
			return nil
		}
		v.SetFloat(f)
	case v.Type() == numberType:
		v.SetString(s)
	case k == reflect.Interface && v.NumMethod() == 0:
		v.Set(reflect.ValueOf(d.plainNumber(s)))
	default:
		d.misfit("number", len(s), v)
	}
	return nil
}

// plainNumber is what an interface gets for a number, 0 if it is too large.
func (d *decoder) plainNumber(s string) any {
	if d.useNumber {
		return Number(s)
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		d.mismatch("number "+s, reflect.TypeFor[float64](), nil)
		return 0.0
	}
	return f
}

func (d *decoder) array(v reflect.Value) error {
	switch k := v.Kind(); {
	case k == reflect.Array || k == reflect.Slice:
	case k == reflect.Interface && v.NumMethod() == 0:
		v.Set(reflect.ValueOf(d.plain()))
		return nil
	default:
		start := *d
		d.pos++
		d.mismatch("array", v.Type(), nil)
		d.pos = start.pos
		d.skip()
		return nil
	}
	d.pos++
	depth := len(d.path)
	defer func() { d.path = d.path[:depth] }()
	i := 0
	for d.more(']') {
		d.path = append(d.path[:depth], strconv.Itoa(i))
		switch {
		case v.Kind() == reflect.Slice:
			if i >= v.Cap() {
				v.Grow(1)
			}
			if i >= v.Len() {
				v.SetLen(i + 1)
			}
			fallthrough
		case i < v.Len():
			if err := d.value(v.Index(i), false); err != nil {
				return err
			}
		default:
			d.skip()
		}
		i++
	}
	if v.Kind() == reflect.Slice {
		if i == 0 {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		v.SetLen(i)
		return nil
	}
	for ; i < v.Len(); i++ {
		v.Index(i).SetZero()
	}
	return nil
}

// more goes to the next element or behind the end.
func (d *decoder) more(end byte) bool {
	d.space()
	if d.data[d.pos] == ',' {
		d.pos++
		d.space()
	}
	if d.data[d.pos] == end {
		d.pos++
		return false
	}
	return true
}

// key takes the key of an object's next element, and the colon.
func (d *decoder) key() string {
	key := unquote(d.skip())
	d.space()
	d.pos++
	return key
}

func (d *decoder) object(v reflect.Value) error {
	switch v.Kind() {
	case reflect.Struct:
		return d.fields(v)
	case reflect.Map:
		key := v.Type().Key()
		k := key.Kind()
		if k == reflect.String || k >= reflect.Int && k <= reflect.Uintptr || reflect.PointerTo(key).Implements(textUnmarshalerType) {
			return d.mapping(v)
		}
	case reflect.Interface:
		if v.NumMethod() == 0 {
			v.Set(reflect.ValueOf(d.plain()))
			return nil
		}
	}
	start := d.pos
	d.pos++
	d.mismatch("object", v.Type(), nil)
	d.pos = start
	d.skip()
	return nil
}

func (d *decoder) fields(v reflect.Value) error {
	t := v.Type()
	known := fieldsOf(t)
	depth := len(d.path)
	d.pos++
	for d.more('}') {
		name := d.key()
		f := known.find(name)
		if f == nil {
			if d.onlyKnown {
				d.save(fmt.Errorf("json: unknown field %q", name))
			}
			d.skip()
			continue
		}
		d.path = append(d.path, name)
		target, ok := d.place(v, f.index)
		if !ok {
			d.skip()
		} else if err := d.value(target, f.quoted); err != nil {
			return err
		}
		d.path = d.path[:depth]
	}
	return nil
}

// place is the field, through pointers that may have to be made.
func (d *decoder) place(v reflect.Value, index []int) (reflect.Value, bool) {
	for _, i := range index {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				if !v.CanSet() {
					d.save(fmt.Errorf("json: cannot set embedded pointer to unexported struct: %v", v.Type().Elem()))
					return v, false
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v, true
}

func (d *decoder) mapping(v reflect.Value) error {
	t := v.Type()
	if v.IsNil() {
		v.Set(reflect.MakeMap(t))
	}
	depth := len(d.path)
	d.pos++
	for d.more('}') {
		name := d.key()
		d.path = append(d.path, name)
		behind := d.pos
		// An error is where the key ends.
		d.pos = bytes.LastIndexByte(d.data[:d.pos], '"') + 1
		key := d.mapKey(name, t.Key())
		d.pos = behind
		elem := reflect.New(t.Elem()).Elem()
		if err := d.value(elem, false); err != nil {
			return err
		}
		d.path = d.path[:depth]
		if key.IsValid() {
			v.SetMapIndex(key, elem)
		}
	}
	return nil
}

// mapKey is the key for a name, not valid if there is none.
func (d *decoder) mapKey(name string, t reflect.Type) reflect.Value {
	key := reflect.New(t)
	if u, ok := key.Interface().(encoding.TextUnmarshaler); ok {
		if err := u.UnmarshalText([]byte(name)); err != nil {
			d.save(err)
			return reflect.Value{}
		}
		return key.Elem()
	}
	key = key.Elem()
	switch k := t.Kind(); {
	case k == reflect.String:
		key.SetString(name)
	case k <= reflect.Int64:
		n, err := strconv.ParseInt(name, 10, 64)
		if err != nil || key.OverflowInt(n) {
			d.mismatch("number "+name, t, nil)
			return reflect.Value{}
		}
		key.SetInt(n)
	default:
		n, err := strconv.ParseUint(name, 10, 64)
		if err != nil || key.OverflowUint(n) {
			d.mismatch("number "+name, t, nil)
			return reflect.Value{}
		}
		key.SetUint(n)
	}
	return key
}

// plain is the value as an interface gets it.
func (d *decoder) plain() any {
	d.space()
	switch d.data[d.pos] {
	case '{':
		d.pos++
		m := map[string]any{}
		for d.more('}') {
			key := d.key()
			m[key] = d.plain()
		}
		return m
	case '[':
		d.pos++
		list := []any{}
		for d.more(']') {
			list = append(list, d.plain())
		}
		return list
	}
	raw := d.skip()
	switch raw[0] {
	case '"':
		return unquote(raw)
	case 't', 'f':
		return raw[0] == 't'
	case 'n':
		return nil
	}
	return d.plainNumber(string(raw))
}

// unquote is the string that is written in raw, quotes included.
func unquote(raw []byte) string {
	raw = raw[1 : len(raw)-1]
	i := 0
	for i < len(raw) && raw[i] != '\\' && raw[i] < utf8.RuneSelf {
		i++
	}
	if i == len(raw) {
		return string(raw)
	}
	b := make([]byte, i, len(raw)+2*utf8.UTFMax)
	copy(b, raw)
	for i < len(raw) {
		c := raw[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRune(raw[i:])
			b = utf8.AppendRune(b, r)
			i += size
			continue
		}
		i++
		if c != '\\' {
			b = append(b, c)
			continue
		}
		c = raw[i]
		i++
		switch c {
		case 'b':
			c = '\b'
		case 'f':
			c = '\f'
		case 'n':
			c = '\n'
		case 'r':
			c = '\r'
		case 't':
			c = '\t'
		case 'u':
			r := hexRune(raw[i:])
			i += 4
			if utf16.IsSurrogate(r) {
				second := rune(-1)
				if i+6 <= len(raw) && raw[i] == '\\' && raw[i+1] == 'u' {
					second = hexRune(raw[i+2:])
				}
				if r = utf16.DecodeRune(r, second); r != utf8.RuneError {
					i += 6
				}
			}
			b = utf8.AppendRune(b, r)
			continue
		}
		b = append(b, c)
	}
	return string(b)
}

// hexRune reads four digits.
func hexRune(b []byte) rune {
	n, _ := strconv.ParseUint(string(b[:4]), 16, 32)
	return rune(n)
}
