//! `sync.Pool`: values kept for another use.
//!
//! Values come back in the order that one goroutine sees in Go: the one put into the empty pool, then the newest first.
//! Go empties pools when it collects; until goxide collects, they keep what was put.

use goxide::__private::sema::RawMutex;
use goxide_macros::{GoStruct, methods};

use super::Mutex;
use super::overlay::overlay;
use crate::func::Func;
use crate::interface::{Any, Interface};
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::view::{View, zero};

/// A pool of values.
#[derive(Clone, Copy, GoStruct)]
#[go("sync.Pool")]
#[repr(C)]
pub struct Pool {
    /// Makes a value when the pool has none; may be nil.
    pub New: Func<dyn Fn() -> Any>,
    #[doc(hidden)]
    pub lock: Mutex,
    #[doc(hidden)]
    pub newest: Any,
    #[doc(hidden)]
    pub others: Slice<Any>,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Pool> {
    pub fn Get(self) -> Any {
        let lock: &RawMutex = overlay(self.lock.addr());
        lock.lock();
        let (newest, others) = (*self.newest, *self.others);
        let kept = if !newest.is_nil() {
            self.newest.set(zero());
            newest
        } else if !others.is_empty() {
            let last = others.len() - 1;
            let kept = *others[last];
            others[last].set(zero());
            self.others.set(others.slice_to(last));
            kept
        } else {
            zero()
        };
        lock.unlock();
        if kept.is_nil() && !self.New.is_nil() { (self.New)() } else { kept }
    }
    pub fn Put(self, x: Any) {
        if x.is_nil() {
            return;
        }
        let lock: &RawMutex = overlay(self.lock.addr());
        lock.lock();
        if (*self.newest).is_nil() {
            self.newest.set(x);
        } else {
            self.others.set((*self.others).append(x));
        }
        lock.unlock();
    }
}
