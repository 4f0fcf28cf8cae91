//! The one door to `std`'s concurrency: atomics, locks, threads.
//!
//! Everything below imports these names from here and from nowhere else, so that a checker (loom, shuttle) can take
//! their place without touching the code it checks. Today each is `std`'s own.

pub(crate) use std::sync::atomic::{
    AtomicBool, AtomicI32, AtomicPtr, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering, compiler_fence,
    fence,
};
pub(crate) use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock};

/// Locks a mutex whose data is valid whatever a panicking holder did.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
