//! `range` over a function: what its body's closure and the code behind the loop share (Go specification, "For statements
//! with range clause").
//!
//! The exit is 0 while the body may be called, [`RUNNING`] while it runs (and when it panicked), a positive number once the
//! body has left the loop (which tells how), and [`LEFT`] when the function has returned. A function that calls its `yield`
//! when it must not panics, as in Go, and so does one that keeps a panic of the body to itself.

use crate::ptr::Ptr;
use crate::runtime_error::throw;
use crate::view::View as _;

/// The function over which the loop ranged has returned.
const LEFT: isize = -1;
/// The body has been called and has not returned.
const RUNNING: isize = -2;

/// The body is called: may it be?
#[inline]
pub fn range_enter(exit: Ptr<isize>) {
    match exit.get() {
        0 => exit.set(RUNNING),
        LEFT => throw("range function continued iteration after whole loop exit"),
        RUNNING => throw("range function continued iteration after loop body panic"),
        _ => throw("range function continued iteration after function for loop body returned false"),
    }
}

/// The body wants the next values.
#[inline]
pub fn range_next(exit: Ptr<isize>) -> bool {
    exit.set(0);
    true
}

/// The function has returned: how the body left the loop, 0 if it did not.
#[inline]
pub fn range_leave(exit: Ptr<isize>) -> isize {
    let how = exit.get();
    if how == RUNNING {
        throw("range function recovered a loop body panic and did not resume panicking");
    }
    exit.set(LEFT);
    how
}
