// Package jsontext is what encoding/json shows of JSON as text.
package jsontext

import "errors"

// Value is one JSON value as it is written.
type Value []byte

// String returns the text.
func (v Value) String() string {
	if v == nil {
		return "null"
	}
	return string(v)
}

// Clone returns a copy.
func (v Value) Clone() Value { return append(v[:0:0], v...) }

// MarshalJSON returns the text itself, null if there is none.
func (v Value) MarshalJSON() ([]byte, error) {
	if v == nil {
		return []byte("null"), nil
	}
	return v, nil
}

// UnmarshalJSON keeps a copy of b.
func (v *Value) UnmarshalJSON(b []byte) error {
	if v == nil {
		return errors.New("UnmarshalJSON on nil pointer: jsontext.Value")
	}
	*v = append((*v)[:0], b...)
	return nil
}
