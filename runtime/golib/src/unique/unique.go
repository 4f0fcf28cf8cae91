// Package unique makes equal values one. It is plain Go: programs translate it with themselves.
//
// A value that was made unique stays for the rest of the program.
package unique

import "sync"

// Handle stands for a value: two are equal exactly when their values are.
type Handle[T comparable] struct {
	value *T
}

// Value returns the value that the handle was made of.
func (h Handle[T]) Value() T {
	return *h.value
}

// Beside the value a key holds the type argument, which may be an interface.
type key[T comparable] struct {
	value T
}

var handles sync.Map

// Make returns the handle of a value.
func Make[T comparable](value T) Handle[T] {
	k := key[T]{value}
	found, ok := handles.Load(k)
	if !ok {
		stored := new(T)
		*stored = value
		found, _ = handles.LoadOrStore(k, Handle[T]{stored})
	}
	return found.(Handle[T])
}
