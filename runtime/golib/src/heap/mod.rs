//! The heap that Go values live in: a conservative, non-moving mark-sweep collector of our own.
//!
//! What must always hold: memory comes zeroed; whatever holds a handle lies in the heap, on the stack of a goroutine or of a thread
//! that has registered, in a register, in a package variable, or in a range named by [`add_root`], never in malloc memory alone, not even
//! for a moment: the world is stopped between any two instructions.
//!
//! Files: `class` sizes, `space` blocks, `cache` what a thread allocates from, `mark`, `collect` the steps of a collection
//! and when one is due, `roots`, `finalizer`.
//!
//! Rejected: reference counting (2-2.5 times slower, leaks cycles, unsound for racy pointers); moving (Rust code borrows);
//! exact stack maps (rustc has none); polls instead of signals (see `sched/world.rs` of the runtime); sweeping in the background:
//! there is nothing to sweep, for a mark byte that is not of this epoch says that a slot is free.

#[cfg(not(miri))]
mod cache;
#[cfg(not(miri))]
mod class;
#[cfg(not(miri))]
mod collect;
#[cfg(not(miri))]
mod finalizer;
#[cfg(not(miri))]
mod mark;
#[cfg(miri)]
mod miri;
#[cfg(not(miri))]
mod roots;
#[cfg(not(miri))]
mod space;

use std::ops::Range;

#[cfg(not(miri))]
pub(crate) use collect::{force, free_memory, limit, numbers, parked, set_limit, set_percent};
#[cfg(miri)]
pub(crate) use miri::{force, free_memory, numbers, parked, set_limit, set_percent};

/// Zeroed memory for one object of `size` bytes, which holds no handle if `noscan`.
///
/// An object of no size gets an address that is nobody else's memory and is not null.
#[inline(always)]
pub fn alloc(size: usize, align: usize, noscan: bool) -> *mut u8 {
    if size == 0 {
        return ZERO_SIZED.0.as_ptr().cast_mut();
    }
    #[cfg(not(miri))]
    let size = if size >= mark::ARRAY && !noscan { size.saturating_add(1) } else { size };
    #[cfg(not(miri))]
    if size <= class::SMALL && align <= 8 {
        return cache::alloc(class::class_of(size), noscan);
    }
    #[cfg(not(miri))]
    return cache::alloc_any(size, align, noscan);
    #[cfg(miri)]
    miri::alloc(size, align, noscan)
}

/// The address of objects without size.
#[repr(align(16))]
struct ZeroSized([u8; 16]);
static ZERO_SIZED: ZeroSized = ZeroSized([0; 16]);

/// Where a value that will be stored at once goes: as [`alloc`], by type.
#[inline(always)]
pub fn alloc_for<T>(noscan: bool) -> *mut T {
    alloc(size_of::<T>(), align_of::<T>(), noscan).cast()
}

/// Reads the environment and starts collecting. Called once, before Go code runs.
pub fn start() {
    #[cfg(not(miri))]
    {
        goxide::__private::set_job_allocator(|size, align| alloc(size, align, false));
        collect::start();
    }
}

/// Says that handles lie in memory outside of the heap, for the rest of the program.
pub fn add_root(range: Range<*const u8>) {
    #[cfg(not(miri))]
    roots::add(range);
    #[cfg(miri)]
    let _ = range;
}

/// Has `run(task, object)` called after the object at `object` has become unreachable; `task` is the address of an object that is
/// kept for it. With `keeps` the object is kept until then and passed, and one such task is allowed: none is added when there is one.
/// Without, `object` is zero in the call. The number of the task.
pub(crate) fn when_unreachable(
    object: *const u8,
    task: *const u8,
    run: fn(usize, usize),
    keeps: bool,
) -> Option<u64> {
    #[cfg(not(miri))]
    return finalizer::add(object.addr(), task.expose_provenance(), run, keeps);
    #[cfg(miri)]
    {
        let _ = (object, task, run, keeps);
        Some(0)
    }
}

/// Takes the task that passes the object away, or with a number the one of that number.
pub(crate) fn forget_task(object: *const u8, number: Option<u64>) {
    #[cfg(not(miri))]
    match number {
        None => finalizer::remove(object.addr()),
        Some(number) => finalizer::remove_one(object.addr(), number),
    }
    #[cfg(miri)]
    let _ = (object, number);
}

/// The beginning of the object that an address lies in, if it lies in the heap.
pub(crate) fn object_of(address: *const u8) -> Option<*const u8> {
    #[cfg(not(miri))]
    return space::object_of(address);
    #[cfg(miri)]
    Some(address)
}
