//! `range` over a function: what its body's closure and the code behind the loop share (Go specification, "For statements
//! with range clause").
//!
//! The exit is 0 while the body may be called, a positive number once the body has left the loop (which tells how), and
//! [`LEFT`] when the function has returned. A function that calls its `yield` when it must not panics, as in Go.

use crate::ptr::Ptr;
use crate::runtime_error::throw;
use crate::view::View as _;

/// The function over which the loop ranged has returned.
const LEFT: isize = -1;

/// The body is called: may it be?
#[inline]
pub fn range_enter(exit: Ptr<isize>) {
    match exit.get() {
        0 => {}
        LEFT => throw("range function continued iteration after whole loop exit"),
        _ => throw("range function continued iteration after function for loop body returned false"),
    }
}

/// The function has returned: how the body left the loop, 0 if it did not.
#[inline]
pub fn range_leave(exit: Ptr<isize>) -> isize {
    let how = exit.get();
    exit.set(LEFT);
    how
}
