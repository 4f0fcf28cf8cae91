// Package ring has circular lists. It is plain Go: programs translate it with themselves.
package ring

// A Ring is an element of a circular list. The zero value is a ring of one element.
type Ring struct {
	next, prev *Ring
	Value      any
}

func (r *Ring) alone() *Ring {
	r.next, r.prev = r, r
	return r
}

// New makes a ring of n elements.
func New(n int) *Ring {
	if n <= 0 {
		return nil
	}
	r := new(Ring).alone()
	for ; n > 1; n-- {
		r.Link(new(Ring))
	}
	return r
}

// Next returns the next element.
func (r *Ring) Next() *Ring {
	if r.next == nil {
		return r.alone()
	}
	return r.next
}

// Prev returns the element before.
func (r *Ring) Prev() *Ring {
	if r.next == nil {
		return r.alone()
	}
	return r.prev
}

// Move walks n elements forward, or backward if n is negative.
func (r *Ring) Move(n int) *Ring {
	if r.next == nil {
		return r.alone()
	}
	for ; n < 0; n++ {
		r = r.prev
	}
	for ; n > 0; n-- {
		r = r.next
	}
	return r
}

// Link puts s behind r and returns what was there. If both are of one ring, what lies between them is taken out.
func (r *Ring) Link(s *Ring) *Ring {
	n := r.Next()
	if s != nil {
		p := s.Prev()
		r.next, s.prev = s, r
		n.prev, p.next = p, n
	}
	return n
}

// Unlink takes n elements out, starting at r.Next(), and returns them.
func (r *Ring) Unlink(n int) *Ring {
	if n <= 0 {
		return nil
	}
	return r.Link(r.Move(n + 1))
}

// Len counts the elements.
func (r *Ring) Len() int {
	n := 0
	if r != nil {
		n = 1
		for p := r.Next(); p != r; p = p.next {
			n++
		}
	}
	return n
}

// Do calls f with the value of each element in forward order.
func (r *Ring) Do(f func(any)) {
	if r != nil {
		f(r.Value)
		for p := r.Next(); p != r; p = p.next {
			f(p.Value)
		}
	}
}
