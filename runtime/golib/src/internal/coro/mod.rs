//! Two goroutines of which one runs at a time: the caller resumes, the other one yields (`iter.Pull`).
//!
//! Must hold: a call of `Resume` ends with the next `Yield` or `End` of the other side; each wake-up is for the one that waits,
//! which its worker runs next.

use std::sync::atomic::AtomicU32;

use goxide::__private::sema;
use goxide_macros::{GoStruct, methods};

use crate::ptr::Ptr;
use crate::sync::overlay::overlay;
use crate::view::View;

/// The point where the two meet: how often each was told to go on.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("internal/coro.Switch")]
#[repr(C)]
pub struct Switch {
    #[doc(hidden)]
    pub words: [u32; 2],
}

impl Ptr<Switch> {
    fn word(self, i: isize) -> &'static AtomicU32 {
        overlay(self.words[i].addr())
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Switch> {
    /// Lets the other side run until it yields or ends.
    pub fn Resume(self) {
        sema::release(self.word(0));
        sema::acquire(self.word(1));
    }
    /// The other side goes back to the caller until it is resumed.
    pub fn Yield(self) {
        sema::release(self.word(1));
        sema::acquire(self.word(0));
    }
    /// The other side waits to be resumed for the first time.
    pub fn Begin(self) {
        sema::acquire(self.word(0));
    }
    /// The other side goes back to the caller for good.
    pub fn End(self) {
        sema::release(self.word(1));
    }
}
