//! Package variables.
//!
//! A `static` of a translated program is one of these: it reads and writes through the view of its type, like a pointer that
//! is never nil. Must hold: what lies here is a root of the collector, so all of them stand in one section of the
//! binary. `static mut` and locks were rejected: Go's package variables are plain memory that goroutines share.

use std::cell::UnsafeCell;
use std::ops::Deref;

use crate::view::{GoType, zero};

/// A package variable: `x.get()`, `x.set(v)`, `x.addr()`, `*x.field`, `*x[i]`.
#[repr(transparent)]
pub struct Global<T: GoType>(UnsafeCell<T>);

// SAFETY: it is only reached through its view, whose cells every goroutine may touch as Go lets it.
unsafe impl<T: GoType> Sync for Global<T> {}

impl<T: GoType> Global<T> {
    /// A variable that starts with a value.
    pub const fn new(value: T) -> Global<T> {
        Global(UnsafeCell::new(value))
    }

    /// A variable that starts with the zero value.
    pub const fn zero() -> Global<T> {
        Global::new(zero())
    }

    /// Its address, for the initial values of other package variables.
    pub const fn raw(&'static self) -> *mut T {
        self.0.get()
    }
}

impl<T: GoType> Deref for Global<T> {
    type Target = T::View;

    #[inline(always)]
    fn deref(&self) -> &T::View {
        // SAFETY: the view has the layout of the value and is made of cells, and the memory is a cell.
        unsafe { &*self.0.get().cast::<T::View>() }
    }
}
