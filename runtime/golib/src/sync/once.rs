//! `sync.Once`, and functions that remember what they did.
//!
//! Must hold: a function that panics has been done, too; those made by `OnceFunc` and its like panic again, with the same
//! value, each time they are called.

use goxide::__private::sema::RawOnce;
use goxide_macros::{GoStruct, methods};

use super::overlay::overlay;
use crate::defer::{Recovery, defer_scope};
use crate::func::{Func, func};
use crate::interface::Any;
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::view::{GoType, View};

/// Does something once.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("sync.Once")]
#[repr(C)]
pub struct Once {
    #[doc(hidden)]
    pub state: u32,
}

/// Ends the once however its function ends.
struct Finish(&'static RawOnce);

impl Drop for Finish {
    fn drop(&mut self) {
        self.0.finish();
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Once> {
    #[inline]
    pub fn Do(self, f: Func<dyn Fn()>) {
        let once = overlay::<_, RawOnce>(self);
        if !once.is_done() && once.begin() {
            let _finish = Finish(once);
            f();
        }
    }
}

/// What a function that is called once leaves.
#[derive(Clone, Copy, GoStruct)]
#[go(struct, path = "sync")]
#[repr(C)]
struct Outcome {
    once: Once,
    valid: bool,
    panicked: Any,
}

/// Calls `f` if nobody has, and panics as it did.
fn run(outcome: Ptr<Outcome>, f: impl Fn()) {
    let once = overlay::<_, RawOnce>(outcome.once.addr());
    if !once.is_done() && once.begin() {
        let _finish = Finish(once);
        defer_scope(|defers| {
            defers.push_recover(|| {
                let recovery = Recovery::take();
                outcome.panicked.set(recovery.recover());
                if !*outcome.valid {
                    panic(*outcome.panicked);
                }
            });
            f();
            outcome.valid.set(true);
        });
    }
    if !*outcome.valid {
        panic(*outcome.panicked);
    }
}

/// A function that calls `f` the first time only.
pub fn OnceFunc(f: Func<dyn Fn()>) -> Func<dyn Fn()> {
    let outcome = Ptr::<Outcome>::zeroed();
    func(move || run(outcome, &*f))
}

/// A function that calls `f` the first time only, and returns its value each time.
pub fn OnceValue<T: GoType>(f: Func<dyn Fn() -> T>) -> Func<dyn Fn() -> T> {
    let outcome = Ptr::<Outcome>::zeroed();
    let value = Ptr::<T>::zeroed();
    func(move || {
        run(outcome, || value.set(f()));
        value.get()
    })
}

/// As [`OnceValue`], of two values.
pub fn OnceValues<T1: GoType, T2: GoType>(f: Func<dyn Fn() -> (T1, T2)>) -> Func<dyn Fn() -> (T1, T2)> {
    let outcome = Ptr::<Outcome>::zeroed();
    let (first, second) = (Ptr::<T1>::zeroed(), Ptr::<T2>::zeroed());
    func(move || {
        run(outcome, || {
            let (a, b) = f();
            first.set(a);
            second.set(b);
        });
        (first.get(), second.get())
    })
}
