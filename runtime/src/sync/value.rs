//! [`Value`]: Go's `atomic.Value`, for one type.
//!
//! The lock is held for the copy of a pointer and its count, never while code of the user runs. Rejected: hazard pointers or
//! `arc-swap`, which pay when many cores read one value all the time; here is room for them without a change outside.

use std::fmt;

use crate::shim::{Arc, Mutex, lock};

/// A value that is read and replaced as a whole, by anybody: a configuration, a table that is built anew.
///
/// ```
/// use goxide::sync::Value;
/// use std::sync::Arc;
///
/// let routes = Value::new(vec!["/"]);
/// let before = routes.load();
/// routes.store(vec!["/", "/about"]);
/// assert_eq!((before.len(), routes.load().len()), (1, 2));
///
/// // Only if nobody else has replaced it meanwhile:
/// let seen = routes.load();
/// assert!(routes.compare_and_swap(&seen, vec!["/new"]).is_ok());
/// assert!(routes.compare_and_swap(&seen, vec!["/late"]).is_err());
/// ```
///
/// ```
/// let level = goxide::sync::Value::new(1);
/// assert_eq!(*level.swap(2), 1);
/// ```
pub struct Value<T> {
    current: Mutex<Arc<T>>,
}

impl<T> Value<T> {
    /// One that holds `value`.
    pub fn new(value: T) -> Value<T> {
        Value { current: Mutex::new(Arc::new(value)) }
    }

    /// What it holds now. It stays what it is, whatever is stored later.
    pub fn load(&self) -> Arc<T> {
        lock(&self.current).clone()
    }

    /// Replaces what it holds; takes an `Arc` as well.
    pub fn store(&self, value: impl Into<Arc<T>>) {
        drop(self.swap(value));
    }

    /// Replaces what it holds and gives that.
    pub fn swap(&self, value: impl Into<Arc<T>>) -> Arc<T> {
        let value = value.into();
        std::mem::replace(&mut *lock(&self.current), value)
    }

    /// Replaces what it holds if that is `seen`: the very same, as [`Value::load`] gave it, not an equal one. Gives what was
    /// replaced.
    ///
    /// # Errors
    /// The new value, if something else is held.
    pub fn compare_and_swap(&self, seen: &Arc<T>, value: impl Into<Arc<T>>) -> Result<Arc<T>, Arc<T>> {
        let value = value.into();
        let mut current = lock(&self.current);
        if Arc::ptr_eq(&current, seen) { Ok(std::mem::replace(&mut *current, value)) } else { Err(value) }
    }
}

impl<T: Default> Default for Value<T> {
    fn default() -> Value<T> {
        Value::new(T::default())
    }
}

impl<T: fmt::Debug> fmt::Debug for Value<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Value").field(&self.load()).finish()
    }
}
