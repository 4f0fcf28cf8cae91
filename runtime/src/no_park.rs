//! [`no_park`]: a stretch of code in which its goroutine must not wait.
//!
//! The note lies in the goroutine's record, in the cache line that parking touches anyway, and is read where a goroutine leaves its
//! stack, so a program that never asks pays a load and a branch at a switch. What gives way by the clock or by chance is left
//! out instead: nobody asked for it.

use std::panic::Location;

use crate::task::{self, RecordRef};

/// Runs `f`, in which this goroutine must not wait: if it does, the program ends with a message that says where, and exit code 2.
///
/// For closures inside of which waiting would be undefined behaviour or confusion: those that run while something which belongs to the OS
/// thread is in force (`thread_local!` values being made or borrowed, scoped-tls, activations of wasmtime, the GIL of pyo3, autorelease pools).
/// Other goroutines of the thread would come in between. `goxide lint` finds such places and takes this as the answer.
///
/// An operation that can go on at once does not wait. On a plain OS thread nothing is forbidden: nobody comes in between there. It costs about four
/// nanoseconds.
///
/// ```
/// use std::cell::RefCell;
///
/// thread_local! {
///     static BUFFER: RefCell<String> = const { RefCell::new(String::new()) };
/// }
///
/// fn greeting(name: &str) -> String {
///     BUFFER.with_borrow_mut(|buffer| {
///         goxide::no_park(|| {
///             buffer.clear();
///             buffer.push_str("Hello, ");
///             buffer.push_str(name);
///             buffer.clone()
///         })
///     })
/// }
/// # goxide::__private::run_test(|| {
/// assert_eq!(greeting("you"), "Hello, you");
/// # });
/// ```
#[track_caller]
pub fn no_park<T>(f: impl FnOnce() -> T) -> T {
    let _held = Held::new(Location::caller());
    f()
}

/// Puts back what held before, also when a panic leaves.
struct Held(Option<(RecordRef, Option<&'static Location<'static>>)>);

impl Held {
    fn new(since: &'static Location<'static>) -> Held {
        let record = task::on_goroutine().then(task::current);
        Held(record.map(|record| (record, record.forbid(Some(since)))))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some((record, before)) = self.0 {
            record.forbid(before);
        }
    }
}
