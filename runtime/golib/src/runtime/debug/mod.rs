//! Go's package `runtime/debug`: the knobs of the collector.
//!
//! They are kept and given back, so that programs can set them for a while; nothing goes by them until there is a collector.
//! What shows stacks is left out: goroutines of translated programs keep no names of functions.

use std::sync::atomic::{AtomicI64, AtomicIsize, Ordering};

use crate::heap;

static PERCENT: AtomicIsize = AtomicIsize::new(100);
static LIMIT: AtomicI64 = AtomicI64::new(i64::MAX);

/// A collection, if there is one.
pub fn FreeOSMemory() {
    heap::safepoint();
}

/// Sets how much the heap may grow between collections; gives what was set before.
pub fn SetGCPercent(percent: isize) -> isize {
    PERCENT.swap(percent.max(-1), Ordering::Relaxed)
}

/// Sets how much memory the program should use, unless `limit` is negative; gives what was set before.
pub fn SetMemoryLimit(limit: i64) -> i64 {
    match limit {
        ..0 => LIMIT.load(Ordering::Relaxed),
        _ => LIMIT.swap(limit, Ordering::Relaxed),
    }
}
