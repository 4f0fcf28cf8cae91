//! What a Go type is to Rust, and the cells through which variables in the heap are read and written.
//!
//! A variable in the heap is seen as `&T::View`: [`Var<T>`] for scalars and handles, a struct of views for a struct,
//! [`ArrView`](crate::array::ArrView) for an array. What must always hold: a view has the layout of its value and is made of
//! cells only, so a shared reference to it never claims that nobody writes; a store goes cell by cell, because padding
//! belongs to no cell. `&mut` into the heap was rejected: two pointers to one variable are legal Go.

use std::cell::UnsafeCell;
use std::ops::Deref;

use crate::ptr::Ptr;
use crate::ty::{Desc, MethodDesc};

/// A type of a translated program.
///
/// # Safety
/// All-zero bits are a value; the view has the layout of the type and is made of cells; `DESC` describes this type.
pub unsafe trait GoType: Copy + Send + Sync + 'static {
    /// How variables of the type are seen.
    type View: View<Val = Self>;
    /// Run-time identity: equal exactly for identical Go types.
    const ID: u128;
    /// Whether a value holds no handle.
    const NOSCAN: bool;
    /// The method tables of pointers to this type.
    const PTR_METHODS: &'static [&'static [MethodDesc]] = &[];
    /// The description that interfaces, maps and `fmt` go by.
    const DESC: &'static Desc;
}

/// A variable in the heap.
pub trait View: Deref<Target = Self::Val> + Sized {
    /// What it holds.
    type Val: GoType<View = Self>;

    /// Stores a value.
    fn set(&self, value: Self::Val);

    /// The value.
    #[inline(always)]
    fn get(&self) -> Self::Val {
        **self
    }

    /// Its address.
    #[inline(always)]
    fn addr(&self) -> Ptr<Self::Val> {
        Ptr::from_raw(std::ptr::from_ref(self).cast_mut().cast())
    }
}

/// The view of a scalar or handle: a cell.
#[repr(transparent)]
pub struct Var<T>(UnsafeCell<T>);

impl<T> Deref for Var<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: the reference is used for one load: `T` is `Copy` and has no methods that keep it. Go programs whose
        // goroutines race on one variable are wrong in Go, too.
        unsafe { &*self.0.get() }
    }
}

impl<T: GoType<View = Var<T>>> View for Var<T> {
    type Val = T;

    #[inline(always)]
    fn set(&self, value: T) {
        // SAFETY: nobody holds a `&mut` into the heap, and a reference from `deref` does not outlive its load.
        unsafe { self.0.get().write(value) }
    }
}

/// The zero value.
#[inline(always)]
pub const fn zero<T: GoType>() -> T {
    // SAFETY: all-zero bits are a value of every GoType.
    unsafe { std::mem::zeroed() }
}

/// `nil` of a pointer, slice, map, channel, function or interface type.
#[inline(always)]
pub const fn nil<T: GoType>() -> T {
    const { assert!(T::DESC.kind.has_nil(), "this type has no nil") }
    zero()
}

/// A named type over another, as the derive `GoNewtype` makes it: golib's operations on the inner type are given to it, too.
pub trait Newtype: GoType {
    /// The type it is made of.
    type Inner: GoType;
    /// Gives a value the name.
    fn wrap(inner: Self::Inner) -> Self;
    /// Takes the name away.
    fn inner(self) -> Self::Inner;
}
