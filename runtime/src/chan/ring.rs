//! The buffer of a channel: a ring of fixed size, in memory of its own or in memory lent by whoever made the channel.
//!
//! The second is for translated Go, whose buffers lie where its collector looks. Must hold: elements `head` to
//! `head + len` (modulo `cap`) are initialised, the others are not.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::ptr::NonNull;

/// See the module.
pub(crate) struct Ring<T> {
    buffer: NonNull<T>,
    cap: usize,
    head: usize,
    len: usize,
    owned: bool,
}

impl<T> Ring<T> {
    /// A ring with memory of its own.
    ///
    /// # Panics
    /// When `cap` elements are more than the address space holds.
    pub(crate) fn new(cap: usize) -> Ring<T> {
        let Ok(layout) = Layout::array::<T>(cap) else { panic!("makechan: size out of range") };
        let buffer = if layout.size() == 0 {
            NonNull::dangling()
        } else {
            // SAFETY: the layout is not empty.
            let memory = unsafe { alloc(layout) };
            NonNull::new(memory.cast()).unwrap_or_else(|| handle_alloc_error(layout))
        };
        Ring { buffer, cap, head: 0, len: 0, owned: layout.size() != 0 }
    }

    /// Makes a ring at `place`, in lent memory; field by field as [`super::ChanCore::make_over`].
    ///
    /// # Safety
    /// `place` is memory for it that nobody else knows. `buffer` is aligned and has room for `cap` elements, for as long as the ring lives, and nobody else
    /// writes it.
    pub(crate) unsafe fn make_over(place: *mut Ring<T>, buffer: NonNull<T>, cap: usize) {
        // SAFETY: the caller's promise.
        unsafe {
            (&raw mut (*place).buffer).write(buffer);
            (&raw mut (*place).cap).write(cap);
            (&raw mut (*place).head).write(0);
            (&raw mut (*place).len).write(0);
            (&raw mut (*place).owned).write(false);
        }
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub(crate) fn cap(&self) -> usize {
        self.cap
    }

    #[inline]
    pub(crate) fn is_full(&self) -> bool {
        self.len == self.cap
    }

    /// Adds an element behind the others. There must be room.
    #[inline]
    pub(crate) fn push(&mut self, element: T) {
        assert!(self.len < self.cap);
        let mut at = self.head + self.len;
        if at >= self.cap {
            at -= self.cap;
        }
        // SAFETY: `at` is below `cap` and holds no element.
        unsafe { self.buffer.add(at).write(element) };
        self.len += 1;
    }

    /// Takes the first element.
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        // SAFETY: `head` is below `cap` and holds an element, which is moved out.
        let element = unsafe { self.buffer.add(self.head).read() };
        self.head += 1;
        if self.head == self.cap {
            self.head = 0;
        }
        self.len -= 1;
        Some(element)
    }

    fn clear(&mut self) {
        if std::mem::needs_drop::<T>() {
            while self.pop().is_some() {}
        }
    }
}

impl<T> Drop for Ring<T> {
    fn drop(&mut self) {
        let rest = Rest(self);
        rest.0.clear();
    }
}

/// Frees a ring, also when the destructor of an element panics; those behind it are dropped.
struct Rest<'a, T>(&'a mut Ring<T>);

impl<T> Drop for Rest<'_, T> {
    fn drop(&mut self) {
        let ring = &mut *self.0;
        ring.clear();
        if ring.owned {
            let size = ring.cap * size_of::<T>();
            // SAFETY: allocated by `new` with this very layout, whose computation succeeded then.
            unsafe {
                dealloc(ring.buffer.as_ptr().cast(), Layout::from_size_align_unchecked(size, align_of::<T>()))
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_in_first_out_around_the_end() {
        let mut ring = Ring::new(3);
        for round in 0..10 {
            ring.push(format!("a{round}"));
            ring.push(format!("b{round}"));
            assert_eq!(ring.pop(), Some(format!("a{round}")));
            ring.push(format!("c{round}"));
            assert_eq!(ring.pop(), Some(format!("b{round}")));
            assert_eq!(ring.pop(), Some(format!("c{round}")));
            assert_eq!(ring.pop(), None);
        }
        ring.push("left".to_string());
    }

    #[test]
    fn elements_without_size_take_no_memory() {
        let mut ring = Ring::new(usize::MAX / 2);
        ring.push(());
        assert_eq!((ring.len(), ring.pop(), ring.pop()), (1, Some(()), None));
    }
}
