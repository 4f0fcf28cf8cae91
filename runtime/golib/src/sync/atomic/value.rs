//! `atomic.Value`: any value, of one type for good.
//!
//! An interface value is two words, which no processor stores at once: the variable holds the address of one in the heap
//! that is never written again.

use std::sync::atomic::AtomicPtr;
use std::sync::atomic::Ordering::SeqCst;

use goxide::__private::checkpoint;
use goxide_macros::{GoStruct, methods};

use crate::interface::{Any, Interface, any, eq_iface};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::string::Str;
use crate::sync::overlay::overlay;
use crate::view::{View, zero};

/// A value that many goroutines may use at once.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("sync/atomic.Value")]
#[repr(C)]
pub struct Value {
    #[doc(hidden)]
    pub v: Ptr<Any>,
}

fn complain(text: &str) -> ! {
    panic(any(Str::from(format!("sync/atomic: {text}"))))
}

/// What the variable holds, nil if nothing.
fn read(held: Ptr<Any>) -> Any {
    if held.is_nil() { zero() } else { held.get() }
}

/// Whether both are of one type; nil is of any.
fn consistent(a: Any, b: Any) -> bool {
    match (a.iface().desc(), b.iface().desc()) {
        (Some(a), Some(b)) => a.id == b.id,
        _ => true,
    }
}

/// Replaces what is there by `new` as long as `wanted` agrees.
fn exchange(value: Ptr<Value>, new: Any, what: &str, wanted: impl Fn(Any) -> bool) -> Option<Any> {
    let place: &AtomicPtr<Any> = overlay(value.v.addr());
    if new.is_nil() {
        complain(&format!("{what} of nil value into Value"));
    }
    let new = Ptr::new(new);
    loop {
        let held = Ptr::from_raw(place.load(SeqCst));
        let old = read(held);
        if !consistent(old, new.get()) {
            complain(&format!("{what} of inconsistently typed value into Value"));
        }
        if !wanted(old) {
            return None;
        }
        if place.compare_exchange(held.as_raw(), new.as_raw(), SeqCst, SeqCst).is_ok() {
            return Some(old);
        }
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Value> {
    pub fn CompareAndSwap(self, old: Any, new: Any) -> bool {
        const WHAT: &str = "compare and swap";
        if !new.is_nil() && !consistent(old, new) {
            complain(&format!("{WHAT} of inconsistently typed values"));
        }
        exchange(self, new, WHAT, |held| eq_iface(held.iface(), old.iface())).is_some()
    }
    pub fn Load(self) -> Any {
        checkpoint();
        read(Ptr::from_raw(overlay::<_, AtomicPtr<Any>>(self.v.addr()).load(SeqCst)))
    }
    pub fn Store(self, val: Any) {
        exchange(self, val, "store", |_| true);
    }
    pub fn Swap(self, new: Any) -> Any {
        exchange(self, new, "swap", |_| true).unwrap_or_else(zero)
    }
}
