//! Loom models of the runtime: its own source files, compiled with loom's atomics and locks in the place of `std`'s and run in every
//! interleaving that the bounds allow. `cargo test -p goxide-loom`.
//!
//! A test takes a file of the runtime in with `#[path]` and gives it what it imports: [`shim`] from here, and of the layers beneath as little
//! as it needs ([`Parker`]). What is checked is thus the code that runs, never a copy.
//!
//! Loom knows sequential consistency of fences but takes such accesses for acquire and release, which would find lost wake-ups where there are
//! none. [`shim`] therefore puts a fence behind each sequentially consistent store and exchange, as compilers do for x86. So a weakened
//! store is noticed; a fence that only stands beside such a store, or a weakened load behind one, is not.
//!
//! Rejected: `--cfg loom` for the whole crate (its statics need `const` constructors, which loom's types do not have).

use std::time::Duration;

/// What `crate::shim` is to the files under check.
pub mod shim {
    pub use loom::sync::atomic::{Ordering, fence};
    pub use loom::sync::{Condvar, Mutex, MutexGuard};
    /// Not under check, and loom's would multiply the interleavings.
    pub use std::sync::Arc;

    /// Loom's constructors are not `const`.
    #[macro_export]
    macro_rules! maybe_const {
        ($($item:tt)*) => { $($item)* };
    }
    pub use maybe_const;

    /// As the runtime's.
    pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
        mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Makes up for what loom does not do for `SeqCst` accesses.
    fn ordered<R>(order: Ordering, access: impl FnOnce() -> R) -> R {
        if order != Ordering::SeqCst {
            return access();
        }
        let result = access();
        fence(Ordering::SeqCst);
        result
    }

    macro_rules! atomic {
        ($name:ident $(<$t:ident>)?, $value:ty) => {
            /// Loom's, with fences around sequentially consistent accesses.
            pub struct $name $(<$t>)? (loom::sync::atomic::$name $(<$t>)?);

            #[allow(missing_docs)]
            impl $(<$t>)? $name $(<$t>)? {
                pub fn new(value: $value) -> Self {
                    Self(loom::sync::atomic::$name::new(value))
                }
                pub fn load(&self, order: Ordering) -> $value {
                    self.0.load(order)
                }
                pub fn store(&self, value: $value, order: Ordering) {
                    ordered(order, || self.0.store(value, order))
                }
                pub fn swap(&self, value: $value, order: Ordering) -> $value {
                    ordered(order, || self.0.swap(value, order))
                }
                pub fn compare_exchange(&self, old: $value, new: $value, order: Ordering, failed: Ordering) -> Result<$value, $value> {
                    ordered(order, || self.0.compare_exchange(old, new, order, failed))
                }
                pub fn compare_exchange_weak(&self, old: $value, new: $value, order: Ordering, failed: Ordering) -> Result<$value, $value> {
                    ordered(order, || self.0.compare_exchange_weak(old, new, order, failed))
                }
            }
        };
    }
    macro_rules! number {
        ($($name:ident $value:ty),*) => {$(
            #[allow(missing_docs)]
            impl $name {
                pub fn fetch_add(&self, value: $value, order: Ordering) -> $value {
                    ordered(order, || self.0.fetch_add(value, order))
                }
                pub fn fetch_sub(&self, value: $value, order: Ordering) -> $value {
                    ordered(order, || self.0.fetch_sub(value, order))
                }
                pub fn fetch_or(&self, value: $value, order: Ordering) -> $value {
                    ordered(order, || self.0.fetch_or(value, order))
                }
            }
        )*};
    }
    atomic!(AtomicBool, bool);
    atomic!(AtomicU32, u32);
    atomic!(AtomicU64, u64);
    atomic!(AtomicUsize, usize);
    atomic!(AtomicPtr<T>, *mut T);
    number!(AtomicU32 u32, AtomicU64 u64, AtomicUsize usize);
}

/// The runtime's `sys::thread::Parker`. A timeout never comes: whoever relies on it is found asleep.
pub struct Parker {
    token: shim::Mutex<bool>,
    woken: shim::Condvar,
}

impl Parker {
    /// Without a token.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Parker {
        Parker { token: shim::Mutex::new(false), woken: shim::Condvar::new() }
    }

    /// Sleeps until the token is there, and takes it.
    pub fn park(&self, _timeout: Option<Duration>) {
        let mut token = shim::lock(&self.token);
        while !*token {
            token = self.woken.wait(token).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
        *token = false;
    }

    /// Leaves the token and wakes the sleeper.
    pub fn unpark(&self) {
        let mut token = shim::lock(&self.token);
        *token = true;
        self.woken.notify_one();
    }
}

/// Checks a model, with at most `preemptions` preemptive switches in a run.
pub fn check(preemptions: usize, model: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(preemptions);
    builder.check(model);
}
