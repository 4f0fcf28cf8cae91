//! Words of the heap as the atomics and locks that they are.
//!
//! Go's `sync` types are structs of plain integers, so that they can be embedded and copied as any other; what they do, they
//! do on atomics in the same place. Must hold: the two have the same layout, and all-zero bits are a value of both. This is
//! the only file of `sync` with `unsafe`.

use std::sync::atomic::{AtomicI32, AtomicI64, AtomicPtr, AtomicU32, AtomicU64, AtomicUsize};

use goxide::__private::sema::{RawCond, RawMutex, RawOnce, RawRwMutex, RawWaitGroup};

use crate::num::Uintptr;
use crate::ptr::{Ptr, UnsafePointer};
use crate::view::{GoType, View};

/// A Go type whose variables can be used as an `A`.
///
/// # Safety
/// `A` is made of atomics only, of the same size as the Go type, and any bits that the Go type can have are an `A`.
pub(crate) unsafe trait Overlay<A: 'static>: GoType {}

/// The variable as what it really is. Panics as Go does when there is none.
#[inline(always)]
pub(crate) fn overlay<T: Overlay<A>, A: 'static>(place: Ptr<T>) -> &'static A {
    const { assert!(size_of::<T>() == size_of::<A>() && align_of::<T>() >= align_of::<A>()) }
    let raw = place.addr().as_raw();
    // SAFETY: not null, so a variable that lives as long as somebody can reach it; layout and bits are the promise of the
    // trait. Others may touch it by atomics; those who touch it otherwise race in Go, too.
    unsafe { &*raw.cast::<A>() }
}

macro_rules! overlays {
    ($($go:ty => $ours:ty),* $(,)?) => {$(
        // SAFETY: made of atomics as wide as the integers of the Go type; all bits are a value.
        unsafe impl Overlay<$ours> for $go {}
    )*};
}
overlays! {
    i32 => AtomicI32,
    i64 => AtomicI64,
    u32 => AtomicU32,
    u64 => AtomicU64,
    Uintptr => AtomicUsize,
    UnsafePointer => AtomicPtr<u8>,
    super::Mutex => RawMutex,
    super::RWMutex => RawRwMutex,
    super::WaitGroup => RawWaitGroup,
    super::Once => RawOnce,
    [u32; 2] => RawCond,
}

// SAFETY: one address; all bits that a `Ptr` can have are an `AtomicPtr`.
unsafe impl<T: GoType> Overlay<AtomicPtr<T>> for Ptr<T> {}
