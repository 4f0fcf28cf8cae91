//! What is done around each wait of a goroutine: left behind when it leaves its thread to others, taken up again when it comes back.
//!
//! Tracing spans are entered on a thread; a goroutine that waits inside of one would leave it to whoever runs next. Must hold: a layer lies in
//! a frame of the goroutine whose record points to it, which takes it off before it returns; while a layer's function runs the goroutine does
//! not wait, since a park may be prepared already.
//!
//! Costs without layers: nothing, for leaving a stack asks whether there is anything unusual about it anyway. With layers: a look into a table
//! of the thread at each wait, for a goroutine stays on its thread, and its record has no room for a pointer.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ptr;

use super::{IN_LAYER, LAYERED, Record};

/// Something to leave and to take up again.
pub(crate) trait Layer {
    fn leave(&self);
    fn take_up(&self);
}

/// A layer with those around it.
struct Link<'a> {
    layer: &'a dyn Layer,
    outer: *const Link<'static>,
}

thread_local! {
    /// The innermost layer of each goroutine of this thread that has any, by its record.
    static INNERMOST: RefCell<HashMap<*const Record, *const Link<'static>>> = RefCell::default();
}

fn innermost(record: &Record) -> *const Link<'static> {
    INNERMOST.with_borrow(|all| all.get(&ptr::from_ref(record)).copied().unwrap_or(ptr::null()))
}

fn set_innermost(record: &Record, link: *const Link<'static>) {
    INNERMOST.with_borrow_mut(|all| match link.is_null() {
        true => all.remove(&ptr::from_ref(record)),
        false => all.insert(ptr::from_ref(record), link),
    });
    record.set_unusual(LAYERED, !link.is_null());
}

/// Leaves all layers of the goroutine that asks, whose record it is, from the inside.
pub(super) fn leave(record: &Record) {
    record.set_unusual(IN_LAYER, true);
    let mut next = innermost(record);
    // SAFETY: null or a link in a frame of this goroutine, which is inside of `within`.
    while let Some(link) = unsafe { next.as_ref() } {
        link.layer.leave();
        next = link.outer;
    }
    record.set_unusual(IN_LAYER, false);
}

/// Takes them all up again, from the outside.
#[cold]
#[inline(never)]
pub(super) fn take_up(record: &Record) {
    record.set_unusual(IN_LAYER, true);
    // SAFETY: as in `leave`.
    unsafe { take_up_from(innermost(record)) };
    record.set_unusual(IN_LAYER, false);
}

/// # Safety
/// Null or a link that lives, as do all around it.
unsafe fn take_up_from(link: *const Link<'static>) {
    // SAFETY: the caller's promise.
    unsafe {
        if let Some(link) = link.as_ref() {
            take_up_from(link.outer);
            link.layer.take_up();
        }
    }
}

/// Runs `f` with a layer around its waits, on a goroutine; on an OS thread, which waits as a whole, it just runs.
pub(crate) fn within<T>(layer: &dyn Layer, f: impl FnOnce() -> T) -> T {
    /// Takes the layer off, also when `f` panics.
    struct Off(&'static Record, *const Link<'static>);
    impl Drop for Off {
        fn drop(&mut self) {
            set_innermost(self.0, self.1);
        }
    }
    if !super::on_goroutine() {
        return f();
    }
    let record = super::current();
    let link = Link { layer, outer: innermost(record) };
    let _off = Off(record, link.outer);
    set_innermost(record, (&raw const link).cast());
    f()
}
