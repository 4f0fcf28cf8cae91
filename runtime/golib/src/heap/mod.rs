//! The heap that Go values live in, behind the interface a collector needs.
//!
//! What must always hold: memory comes zeroed; whatever holds a handle lies in the heap, on a goroutine's stack, or in
//! a range named by [`add_root`], never in malloc memory across an allocation or a park (lowering.md 15). For now objects are
//! bump-allocated per OS thread and nothing is freed; `noscan`, roots, regions and safepoints are already what the
//! collector will be told.

mod bump;

use std::ops::Range;
use std::sync::Mutex;

/// Zeroed memory for one object of `size` bytes, which holds no handle if `noscan`.
///
/// An object of no size gets an address that is nobody else's memory and is not null.
#[inline]
pub fn alloc(size: usize, align: usize, noscan: bool) -> *mut u8 {
    if size == 0 {
        return ZERO_SIZED.0.as_ptr().cast_mut();
    }
    bump::alloc(size, align, noscan)
}

/// The address of objects without size.
#[repr(align(16))]
struct ZeroSized([u8; 16]);
static ZERO_SIZED: ZeroSized = ZeroSized([0; 16]);

/// Where a value that will be stored at once goes: as [`alloc`], by type.
#[inline]
pub fn alloc_for<T>(noscan: bool) -> *mut T {
    alloc(size_of::<T>(), align_of::<T>(), noscan).cast()
}

static ROOTS: Mutex<Vec<(usize, usize)>> = Mutex::new(Vec::new());

/// Says that handles lie in memory outside of the heap, for the rest of the program.
pub fn add_root(range: Range<*const u8>) {
    let mut roots = ROOTS.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    roots.push((range.start.addr(), range.end.addr()));
}

/// Runs `f`, which may block or take long and touches no handle, while collections go on without this thread.
#[inline]
pub fn blocking<R>(f: impl FnOnce() -> R) -> R {
    f()
}

/// Bytes had from the system so far.
pub fn mapped() -> usize {
    bump::mapped()
}

/// A place where a collection may happen.
#[inline]
pub fn safepoint() {}
