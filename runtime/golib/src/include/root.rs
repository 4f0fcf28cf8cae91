//! Handles of Go's that Rust code keeps: each has a place in a table, which the collector looks at.
//!
//! Must hold: a place is filled by goroutines only, which the collector stops; threads that it does not stop may empty one, when the last
//! clone of its [`Root`] is dropped, and nobody has the handle then. So what is kept is never moved from place to place: clones
//! share one.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::ptr::{Ptr, UnsafePointer};
use crate::slice::Slice;
use crate::view::{GoType, View, zero};

/// What Rust code keeps.
struct Table {
    /// Found by the collector because a static is.
    places: Slice<UnsafePointer>,
    free: Vec<isize>,
}

static TABLE: Mutex<Table> = Mutex::new(Table { places: zero(), free: Vec::new() });

fn table() -> MutexGuard<'static, Table> {
    TABLE.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// A value of Go's that is kept as long as Rust code has this or a clone of it: none, or one that is not nil.
pub struct Root<T: GoType>(Option<Arc<Kept<T>>>);

struct Kept<T: GoType> {
    value: Ptr<T>,
    place: isize,
}

impl<T: GoType> Drop for Kept<T> {
    fn drop(&mut self) {
        let mut table = table();
        table.places.set(self.place, zero());
        table.free.push(self.place);
    }
}

impl<T: GoType> Root<T> {
    /// Nothing: nil.
    pub const NIL: Root<T> = Root(None);

    /// Keeps a value, which is not nil.
    pub fn new(value: T) -> Root<T> {
        super::assert_goroutine();
        let value = Ptr::new(value);
        let mut table = table();
        let place = table.free.pop().unwrap_or(table.places.len());
        if place == table.places.len() {
            table.places = table.places.append(zero());
        }
        table.places.set(place, value.to_unsafe());
        Root(Some(Arc::new(Kept { value, place })))
    }

    /// The value, or nil.
    ///
    /// # Panics
    /// On an OS thread that runs no goroutine: nobody would know that it has the value.
    pub fn get(&self) -> T {
        super::assert_goroutine();
        self.0.as_ref().map_or(zero(), |kept| kept.value.get())
    }

    /// As [`Root::new`], of a value that may be nil.
    pub fn unless(is_nil: bool, value: T) -> Root<T> {
        if is_nil { Root::NIL } else { Root::new(value) }
    }

    /// The value where it is kept.
    pub(super) fn kept(&self) -> Option<&T> {
        self.0.as_ref().map(|kept| &**kept.value)
    }

    /// Is it nil?
    pub fn is_nil(&self) -> bool {
        self.0.is_none()
    }
}

impl<T: GoType> Clone for Root<T> {
    fn clone(&self) -> Root<T> {
        Root(self.0.clone())
    }
}

impl<T: GoType + PartialEq> PartialEq for Root<T> {
    /// As Go's `==`.
    fn eq(&self, other: &Root<T>) -> bool {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b) || a.value.get() == b.value.get(),
            (a, b) => a.is_none() && b.is_none(),
        }
    }
}

impl<T: GoType> fmt::Debug for Root<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_nil() { "nil" } else { ".." })
    }
}
