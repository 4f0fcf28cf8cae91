//! Time slices: a goroutine that has run long lets others run, at points where it may wait anyway.
//!
//! Go programs rely on it: a loop that polls a channel with `default`, or a flag under a mutex, must not keep what it
//! waits for from running. Rust code may hold a `std` lock across an attempt that promises not to wait, so slices are
//! off until translated code turns them on. Switching in a signal handler was rejected: it is not sound.
//!
//! A checkpoint counts; every [`CHECKS`] of them it looks at the clock, and after [`SLICE`] it yields. An attempt that
//! found nothing yields much sooner. Loops that do nothing else must pay less: they read one flag, which a signal sets
//! whenever the process has used up a slice of processor time; who sees it first takes it back and yields.

use std::cell::Cell;

use super::worker::Worker;
use crate::shim::{AtomicBool, Ordering};
use crate::sys::clock;
use crate::task;

const CHECKS: u32 = 128;
const SLICE: u64 = 10_000_000;
const VAIN: u32 = 16;

static ON: AtomicBool = AtomicBool::new(false);
/// A slice of processor time is used up; where no signal tells so, a round of a loop is a checkpoint like others.
static DUE: AtomicBool = AtomicBool::new(false);
static TICKS: AtomicBool = AtomicBool::new(false);

/// Turns time slices on, for good.
pub fn enable_time_slices() {
    ON.store(true, Ordering::Relaxed);
    let ticks = start_ticks();
    TICKS.store(ticks, Ordering::Relaxed);
    DUE.store(!ticks, Ordering::Relaxed);
}

#[cfg(all(target_os = "linux", not(miri)))]
fn start_ticks() -> bool {
    extern "C" fn on_tick(_: libc::c_int, _: *mut libc::siginfo_t, _: *mut libc::c_void) {
        DUE.store(true, Ordering::Relaxed);
    }
    crate::sys::signal::tick(SLICE as i64, on_tick)
}

#[cfg(not(all(target_os = "linux", not(miri))))]
fn start_ticks() -> bool {
    false
}

/// What a worker keeps about the running goroutine.
pub(super) struct Slice {
    checks: Cell<u32>,
    vain: Cell<u32>,
    /// When the slice began, to within [`CHECKS`]; 0 until it is looked at.
    since: Cell<u64>,
}

impl Slice {
    pub(super) const fn new() -> Slice {
        Slice { checks: Cell::new(0), vain: Cell::new(0), since: Cell::new(0) }
    }

    /// A goroutine begins to run.
    #[inline]
    pub(super) fn begin(&self) {
        self.checks.set(0);
        self.since.set(0);
    }

    #[inline]
    fn is_over(&self) -> bool {
        let checks = self.checks.get() + 1;
        self.checks.set(checks);
        checks >= CHECKS && self.is_late()
    }

    #[cold]
    fn is_late(&self) -> bool {
        self.checks.set(0);
        let now = clock::now();
        if self.since.get() == 0 {
            self.since.set(now.max(1));
        }
        now - self.since.get().min(now) > SLICE
    }

    fn is_vain(&self) -> bool {
        let vain = self.vain.get() + 1;
        self.vain.set(vain % VAIN);
        vain == VAIN
    }
}

/// A point where the running goroutine may give way.
#[inline]
pub fn checkpoint() {
    if ON.load(Ordering::Relaxed) {
        give_way_if(Slice::is_over);
    }
}

/// As [`checkpoint`], for every round of a loop.
#[inline(always)]
pub fn loop_checkpoint() {
    if DUE.load(Ordering::Relaxed) {
        take_turns();
    }
}

#[cold]
#[inline(never)]
fn take_turns() {
    if !TICKS.load(Ordering::Relaxed) {
        return checkpoint();
    }
    DUE.store(false, Ordering::Relaxed);
    give_way_if(|_| true);
}

/// As [`checkpoint`], after an attempt that found nothing ready.
#[inline]
pub fn polled_in_vain() {
    if ON.load(Ordering::Relaxed) {
        give_way_if(Slice::is_vain);
    }
}

#[inline]
fn give_way_if(over: impl FnOnce(&Slice) -> bool) {
    if let Some(worker) = Worker::current()
        && over(worker.slice())
        && task::on_goroutine()
    {
        worker.give_way();
    }
}
