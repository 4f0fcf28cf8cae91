//! Go's package `runtime/debug`: the knobs of the collector, and traces.

use std::sync::atomic::{AtomicIsize, Ordering};

use goxide::__private::set_go_stacks;
use goxide_macros::GoStruct;

use crate::builtin::write_stderr;
use crate::heap;
use crate::program::STACK;
use crate::ptr::Ptr;
use crate::runtime::frames::trace_text;
use crate::slice::Slice;
use crate::time::{Duration, Time, Unix};
use crate::view::{View, zero};

/// What collections have taken.
#[derive(Clone, Copy, GoStruct)]
#[go("runtime/debug.GCStats")]
#[repr(C)]
pub struct GCStats {
    pub LastGC: Time,
    pub NumGC: i64,
    pub PauseTotal: Duration,
    pub Pause: Slice<Duration>,
    pub PauseEnd: Slice<Time>,
    pub PauseQuantiles: Slice<Duration>,
}

/// Fills in the numbers, the newest pause first.
pub fn ReadGCStats(stats: Ptr<GCStats>) {
    let history = heap::numbers().history;
    let count = (history.collections as usize).min(history.pauses.len());
    let newest = |i: usize| history.pauses[(history.collections as usize - 1 - i) % history.pauses.len()];
    let duration = |d: std::time::Duration| Duration(d.as_nanos() as i64);
    let moment = |d: std::time::Duration| Unix(0, d.as_nanos() as i64);
    let (pauses, ends) = (Slice::<Duration>::make(count as isize), Slice::<Time>::make(count as isize));
    for i in 0..count {
        pauses[i as isize].set(duration(newest(i).0));
        ends[i as isize].set(moment(newest(i).1));
    }
    let quantiles = *stats.PauseQuantiles;
    if !quantiles.is_empty() {
        let mut sorted: Vec<std::time::Duration> = (0..count).map(|i| newest(i).0).collect();
        sorted.sort();
        let last = quantiles.len() - 1;
        for i in 0..=last {
            let at = if last == 0 { 0 } else { count.saturating_sub(1) * i as usize / last as usize };
            quantiles[i].set(sorted.get(at).map_or(zero(), |d| duration(*d)));
        }
    }
    stats.set(GCStats {
        LastGC: if count > 0 { moment(history.last) } else { zero() },
        NumGC: i64::from(history.collections),
        PauseTotal: duration(history.paused),
        Pause: pauses,
        PauseEnd: ends,
        PauseQuantiles: quantiles,
    });
}

/// Collects, and gives all memory that is free back to the system.
pub fn FreeOSMemory() {
    heap::free_memory();
}

/// Sets how much the heap may grow between collections, in per cent of what is live; gives what was set before.
pub fn SetGCPercent(percent: isize) -> isize {
    heap::set_percent(percent)
}

/// Sets how much memory the program should use, unless `limit` is negative; gives what was set before.
pub fn SetMemoryLimit(limit: i64) -> i64 {
    heap::set_limit(limit)
}

/// The trace of the running goroutine.
#[inline(never)]
pub fn Stack() -> Slice<u8> {
    Slice::from_static(&stack_text(&["runtime/debug.Stack()"]))
}

/// Writes the trace of the running goroutine to standard error.
#[inline(never)]
pub fn PrintStack() {
    write_stderr(&stack_text(&["runtime/debug.Stack()", "runtime/debug.PrintStack()"]));
}

/// The trace with the functions of this package that Go shows.
fn stack_text(own: &[&str]) -> Vec<u8> {
    let text = trace_text();
    let head = text.iter().position(|b| *b == b'\n').map_or(text.len(), |at| at + 1);
    let mut all = text[..head].to_vec();
    for name in own {
        all.extend_from_slice(format!("{name}\n\t{}:{}\n", file!(), line!()).as_bytes());
    }
    all.extend_from_slice(&text[head..]);
    all
}

/// Sets how large the stacks of goroutines started from now on may become; gives what was set before.
pub fn SetMaxStack(bytes: isize) -> isize {
    static LIMIT: AtomicIsize = AtomicIsize::new(STACK as isize);
    let before = LIMIT.swap(bytes, Ordering::Relaxed);
    if bytes > 0 {
        let bytes = (bytes as usize).clamp(SMALLEST_STACK, STACK);
        set_go_stacks(bytes);
    }
    before
}

/// No goroutine gets less: frames of Rust are larger than Go's.
const SMALLEST_STACK: usize = 64 << 20;
