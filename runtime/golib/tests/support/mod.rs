//! What the tests of golib share. Must hold: a panic is caught as translated code would, by a deferred `recover`.

use goxide_golib::prelude::*;
use goxide_golib::runtime_error::RuntimeError;

#[allow(dead_code)]
/// What `f` panicked with, as text: of errors what they say, else the string; `None` if it did not panic.
pub fn panic_of<R>(f: impl FnOnce() -> R + 'static) -> Option<String> {
    let caught = Ptr::new(nil::<Any>());
    defer_scope(|defers| {
        defers.push_recover(move || caught.set(Recovery::take().recover()));
        f();
    });
    let value = caught.get();
    if value.is_nil() {
        return None;
    }
    match value.downcast::<Error>() {
        Some(error) => Some(error.Error().to_text().into_owned()),
        None => Some(value.assert::<Str>().to_text().into_owned()),
    }
}

/// As [`panic_of`], of what must be a `runtime.Error`.
#[allow(dead_code)]
pub fn runtime_error_of<R>(f: impl FnOnce() -> R + 'static) -> String {
    let caught = Ptr::new(nil::<Any>());
    defer_scope(|defers| {
        defers.push_recover(move || caught.set(Recovery::take().recover()));
        f();
    });
    caught.get().assert::<RuntimeError>().Error().to_text().into_owned()
}
