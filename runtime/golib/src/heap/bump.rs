//! Bump allocation: one run of zeroed memory per OS thread, cut from the front.
//!
//! Must hold: a run belongs to one thread, so the cursor needs no lock. The two functions are not inlined into translated
//! code, lest the address of the thread-local be kept across a park.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};

const RUN: usize = 1 << 20;
/// Larger objects get memory of their own; under Miri all do, so that it sees where each ends.
const LARGE: usize = if cfg!(miri) { 0 } else { RUN / 8 };

static MAPPED: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static CURSOR: Cell<(*mut u8, usize)> = const { Cell::new((std::ptr::null_mut(), 0)) };
}

#[inline(never)]
pub(super) fn alloc(size: usize, align: usize, _noscan: bool) -> *mut u8 {
    if size <= LARGE {
        let (at, left) = CURSOR.get();
        let skip = at.addr().wrapping_neg() & (align - 1);
        if skip + size <= left {
            let object = at.wrapping_add(skip);
            CURSOR.set((object.wrapping_add(size), left - skip - size));
            return object;
        }
    }
    slow(size)
}

#[cold]
#[inline(never)]
fn slow(size: usize) -> *mut u8 {
    MAPPED.fetch_add(if size > LARGE { size } else { RUN }, Ordering::Relaxed);
    if size > LARGE {
        return map(size);
    }
    let run = map(RUN);
    CURSOR.set((run.wrapping_add(size), RUN - size));
    run
}

/// Bytes had from the system so far.
pub(super) fn mapped() -> usize {
    MAPPED.load(Ordering::Relaxed)
}

/// Zeroed memory from the system, aligned to a page.
#[cfg(not(miri))]
fn map(size: usize) -> *mut u8 {
    // SAFETY: a fresh private mapping; nobody else knows it.
    let memory = unsafe {
        libc::mmap(
            std::ptr::null_mut(),
            size,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
            -1,
            0,
        )
    };
    if memory == libc::MAP_FAILED {
        goxide::__private::fatal("runtime: out of memory");
    }
    memory.cast()
}

/// Miri's own allocator.
#[cfg(miri)]
fn map(size: usize) -> *mut u8 {
    let layout = std::alloc::Layout::from_size_align(size, 16).expect("a size that fits");
    // SAFETY: the size is not zero.
    unsafe { std::alloc::alloc_zeroed(layout) }
}
