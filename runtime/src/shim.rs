//! The one door to `std`'s concurrency: atomics, locks, threads.
//!
//! Everything below imports these names from here and from nowhere else, so that a checker can take
//! their place without touching the code it checks. Here each is `std`'s own; the package `runtime/loom` compiles the files it checks
//! with loom's instead (and with `cfg(loom)`, for the few lines that must know).

pub(crate) use std::sync::atomic::{
    AtomicBool, AtomicI32, AtomicPtr, AtomicU8, AtomicU16, AtomicU32, AtomicU64, AtomicUsize, Ordering,
    compiler_fence, fence,
};
pub(crate) use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, Weak};

/// Locks a mutex whose data is valid whatever a panicking holder did.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// A constructor that is `const` here; loom's atomics have none that is.
macro_rules! maybe_const {
    ($(#[$about:meta])* $vis:vis fn $($rest:tt)*) => { $(#[$about])* $vis const fn $($rest)* };
}
pub(crate) use maybe_const;
