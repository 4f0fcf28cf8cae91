// Package json reads and writes JSON (RFC 8259), and stores it in Go values. It is plain Go: programs translate it with themselves.
package json

import (
	"encoding/json/jsontext"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Marshaler is a type that writes its JSON itself.
type Marshaler = marshaler

type marshaler interface {
	MarshalJSON() ([]byte, error)
}

// Unmarshaler is a type that reads its JSON itself. It keeps no part of the slice.
type Unmarshaler = unmarshaler

type unmarshaler interface {
	UnmarshalJSON([]byte) error
}

// SyntaxError says that something is not JSON.
type SyntaxError struct {
	msg string
	// Offset is how many bytes were read before the error showed.
	Offset int64
}

func (e *SyntaxError) Error() string { return e.msg }

// UnmarshalTypeError says that a JSON value does not fit into a Go value.
type UnmarshalTypeError struct {
	// Value says what the JSON is: "bool", "array", "number -5".
	Value string
	Type  reflect.Type
	// Offset is how many bytes were read when it was found.
	Offset int64
	// Struct is the name of the outermost type of the path, Field the names on it with dots between.
	Struct string
	Field  string
	Err    error
}

func (e *UnmarshalTypeError) Error() string {
	place := "Go value"
	if e.Struct != "" || e.Field != "" {
		place = e.Struct + "." + e.Field
		// An element of an array is no field.
		if last := e.Field[strings.LastIndexByte(e.Field, '.')+1:]; last == "" || strings.Trim(last, "0123456789") != "" {
			place = "Go struct field " + place
		}
	}
	text := "json: cannot unmarshal"
	if e.Value != "" {
		text += " " + e.Value
	}
	text += " into " + place
	if e.Type != nil {
		text += " of type " + e.Type.String()
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

func (e *UnmarshalTypeError) Unwrap() error { return e.Err }

// UnmarshalFieldError is no longer returned.
type UnmarshalFieldError struct {
	Key   string
	Type  reflect.Type
	Field reflect.StructField
}

func (e *UnmarshalFieldError) Error() string {
	return fmt.Sprintf("json: cannot unmarshal object key %q into unexported field %s of type %v", e.Key, e.Field.Name, e.Type)
}

// InvalidUnmarshalError says that Unmarshal was not given a pointer to something.
type InvalidUnmarshalError struct {
	Type reflect.Type
}

func (e *InvalidUnmarshalError) Error() string {
	switch {
	case e.Type == nil:
		return "json: Unmarshal(nil)"
	case e.Type.Kind() != reflect.Pointer:
		return "json: Unmarshal(non-pointer " + e.Type.String() + ")"
	}
	return "json: Unmarshal(nil " + e.Type.String() + ")"
}

// UnsupportedTypeError says that values of a type have no JSON.
type UnsupportedTypeError struct {
	Type reflect.Type
}

func (e *UnsupportedTypeError) Error() string { return "json: unsupported type: " + e.Type.String() }

// UnsupportedValueError says that a value has no JSON.
type UnsupportedValueError struct {
	Value reflect.Value
	Str   string
}

func (e *UnsupportedValueError) Error() string { return "json: unsupported value: " + e.Str }

// InvalidUTF8Error is no longer returned.
type InvalidUTF8Error struct {
	S string
}

func (e *InvalidUTF8Error) Error() string {
	return "json: invalid UTF-8 in string: " + strconv.Quote(e.S)
}

// MarshalerError is an error of a MarshalJSON or MarshalText, or says that what it wrote is not JSON.
type MarshalerError struct {
	Type       reflect.Type
	Err        error
	sourceFunc string
}

func (e *MarshalerError) Error() string {
	name := e.sourceFunc
	if name == "" {
		name = "MarshalJSON"
	}
	return "json: error calling " + name + " for type " + e.Type.String() + ": " + e.Err.Error()
}

func (e *MarshalerError) Unwrap() error { return e.Err }

// Number is a number as it was written.
type Number string

func (n Number) String() string { return string(n) }

// Float64 returns the number as a float64.
func (n Number) Float64() (float64, error) { return strconv.ParseFloat(string(n), 64) }

// Int64 returns the number as an int64.
func (n Number) Int64() (int64, error) { return strconv.ParseInt(string(n), 10, 64) }

// RawMessage is JSON that is kept as it is, to be read later or because it is written already.
type RawMessage = jsontext.Value
