// Package iter has the types of iterators. It is plain Go: programs translate it with themselves.
package iter

import (
	"internal/coro"
	"runtime"
)

// Seq calls yield with one value after the other until it returns false.
type Seq[V any] func(yield func(V) bool)

// Seq2 calls yield with one pair of values after the other until it returns false.
type Seq2[K, V any] func(yield func(K, V) bool)

// Pull has next return one value of seq after the other, and false behind the last. The iterator has a goroutine of its own, which
// runs only while next or stop waits for it. Who doesn't take all values calls stop, so that the iterator can end.
func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	return pull("iter.Pull", seq)
}

// Pull2 is Pull for pairs.
func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	next1, stop := pull("iter.Pull2", func(yield func(both[K, V]) bool) {
		seq(func(k K, v V) bool { return yield(both[K, V]{k, v}) })
	})
	next = func() (K, V, bool) {
		b, ok := next1()
		return b.key, b.value, ok
	}
	return next, stop
}

type both[K, V any] struct {
	key   K
	value V
}

// What the two sides tell each other. Whichever runs may touch it.
type state[V any] struct {
	sw       coro.Switch
	value    V
	ok       bool
	started  bool
	asked    bool // next waits for yield
	done     bool // the iterator has ended, or is to end
	finished bool // seq has returned
	failed   bool // seq has panicked, with failure
	exited   bool // seq has ended its goroutine
	failure  any
}

func pull[V any](name string, seq func(yield func(V) bool)) (next func() (V, bool), stop func()) {
	s := new(state[V])
	next = func() (value V, ok bool) {
		if s.done {
			return value, false
		}
		if s.asked {
			panic(name + ": next called again before yield")
		}
		s.asked = true
		resume(s, name, seq)
		value, ok = s.value, s.ok
		var none V
		s.value, s.ok = none, false
		return value, ok
	}
	stop = func() {
		if s.done {
			return
		}
		s.done = true
		if s.started {
			resume(s, name, seq)
		}
	}
	return next, stop
}

// resume runs the iterator until it yields or ends; how it failed, the caller fails.
func resume[V any](s *state[V], name string, seq func(yield func(V) bool)) {
	if !s.started {
		s.started = true
		go iterate(s, name, seq)
	}
	s.sw.Resume()
	switch {
	case s.failed:
		s.failed = false
		panic(s.failure)
	case s.exited:
		s.exited = false
		runtime.Goexit()
	}
}

// iterate is the goroutine of an iterator.
func iterate[V any](s *state[V], name string, seq func(yield func(V) bool)) {
	s.sw.Begin()
	defer func() {
		if p := recover(); p != nil {
			s.failed, s.failure = true, p
		} else if !s.finished {
			s.exited = true
		}
		s.done = true
		s.sw.End()
	}()
	seq(func(value V) bool {
		if s.done {
			return false
		}
		if !s.asked {
			panic(name + ": yield called again before next")
		}
		s.asked = false
		s.value, s.ok = value, true
		s.sw.Yield()
		return !s.done
	})
	s.finished = true
}
