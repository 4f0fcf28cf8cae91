// Package iter has the types of iterators. It is plain Go: programs translate it with themselves.
package iter

// Seq calls yield with one value after the other until it returns false.
type Seq[V any] func(yield func(V) bool)

// Seq2 calls yield with one pair of values after the other until it returns false.
type Seq2[K, V any] func(yield func(K, V) bool)
