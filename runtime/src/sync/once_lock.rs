//! [`OnceLock`] and [`LazyLock`]: values made once, on first use.
//!
//! As `std`'s, except that who comes while the value is being made waits as a goroutine does, so making it may take its time and
//! wait for others. Must hold: the value is written under `making` before `made` is set, and never again while shared.

use std::cell::{Cell, UnsafeCell};
use std::fmt;
use std::ops::Deref;

use super::Mutex;
use crate::shim::{AtomicBool, Ordering};

/// A place for a value that is set at most once.
///
/// ```
/// use goxide::sync::OnceLock;
///
/// static CONFIG: OnceLock<String> = OnceLock::new();
///
/// # goxide::__private::run_test(|| {
/// assert!(CONFIG.get().is_none());
/// assert_eq!(CONFIG.get_or_init(|| "fast".to_owned()), "fast");
/// assert_eq!(CONFIG.set("slow".to_owned()), Err("slow".to_owned()));
/// # });
/// ```
///
/// ```
/// let place = goxide::sync::OnceLock::new();
/// assert_eq!(place.set(1), Ok(()));
/// assert_eq!(place.into_inner(), Some(1));
/// ```
pub struct OnceLock<T> {
    made: AtomicBool,
    making: Mutex<()>,
    value: UnsafeCell<Option<T>>,
}

// SAFETY: shared, the value is written by the one that holds `making`, before `made` is set, and only read after; it may be
// made by one thread and read and dropped by others.
unsafe impl<T: Send + Sync> Sync for OnceLock<T> {}

impl<T> OnceLock<T> {
    /// An empty one.
    pub const fn new() -> OnceLock<T> {
        OnceLock { made: AtomicBool::new(false), making: Mutex::new(()), value: UnsafeCell::new(None) }
    }

    /// The value, if it is there.
    #[inline]
    pub fn get(&self) -> Option<&T> {
        if !self.made.load(Ordering::Acquire) {
            return None;
        }
        // SAFETY: `made` is set after the last write, by whoever wrote.
        unsafe { &*self.value.get() }.as_ref()
    }

    /// The value, made by `f` if it is not there. While one makes it the others wait. If `f` panics the place stays empty,
    /// and the next one tries; if it asks for this value itself, it waits for ever.
    pub fn get_or_init(&self, f: impl FnOnce() -> T) -> &T {
        if let Some(value) = self.get() {
            return value;
        }
        let _making = self.making.lock();
        if !self.made.load(Ordering::Acquire) {
            let value = f();
            // SAFETY: we hold `making` and `made` is not set, so nobody else reads or writes.
            unsafe { *self.value.get() = Some(value) };
            self.made.store(true, Ordering::Release);
        }
        match self.get() {
            Some(value) => value,
            None => unreachable!("it was made"),
        }
    }

    /// Sets the value, after waiting for one that is being made.
    ///
    /// # Errors
    /// The value back, if there is one already.
    pub fn set(&self, value: T) -> Result<(), T> {
        let mut value = Some(value);
        self.get_or_init(|| match value.take() {
            Some(value) => value,
            None => unreachable!("called once"),
        });
        value.map_or(Ok(()), Err)
    }

    /// The value, the place being no longer needed.
    pub fn into_inner(self) -> Option<T> {
        self.value.into_inner()
    }
}

impl<T> Default for OnceLock<T> {
    fn default() -> OnceLock<T> {
        OnceLock::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OnceLock").field(&self.get()).finish()
    }
}

/// A value that is made on first use: Go's `sync.OnceValue`, dereferenced instead of called. If the function panics, so does
/// every later use.
///
/// ```
/// use goxide::sync::LazyLock;
///
/// static PRIMES: LazyLock<Vec<u32>> = LazyLock::new(|| (2..20).filter(|n| (2..*n).all(|d| n % d != 0)).collect());
///
/// # goxide::__private::run_test(|| {
/// assert_eq!(PRIMES.len(), 8);
/// # });
/// ```
///
/// ```
/// let length = goxide::sync::LazyLock::new(|| "made now".len());
/// assert_eq!(goxide::sync::LazyLock::force(&length), &8);
/// ```
pub struct LazyLock<T, F = fn() -> T> {
    value: OnceLock<T>,
    make: Cell<Option<F>>,
}

// SAFETY: the function is taken by the one that makes the value, under the lock of `value`, and may run on any thread.
unsafe impl<T: Send + Sync, F: Send> Sync for LazyLock<T, F> {}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// One whose value `make` will make.
    pub const fn new(make: F) -> LazyLock<T, F> {
        LazyLock { value: OnceLock::new(), make: Cell::new(Some(make)) }
    }

    /// The value, made if need be.
    ///
    /// # Panics
    /// When making it panics or has panicked.
    pub fn force(this: &LazyLock<T, F>) -> &T {
        this.value.get_or_init(|| match this.make.take() {
            Some(make) => make(),
            None => panic!("the function of a LazyLock has panicked before"),
        })
    }
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    fn deref(&self) -> &T {
        LazyLock::force(self)
    }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LazyLock").field(&self.value.get()).finish()
    }
}
