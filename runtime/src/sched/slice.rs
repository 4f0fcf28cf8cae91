//! Time slices: a goroutine that has run long lets others run, at points where it may wait anyway.
//!
//! Go programs rely on it: a loop that polls a channel with `default`, or a flag under a mutex, must not keep what it
//! waits for from running. Rust code may hold a `std` lock across an attempt that promises not to wait, so slices are
//! off until translated code turns them on. Switching in a signal handler was rejected: it is not sound.
//!
//! A checkpoint counts; every [`CHECKS`] of them it looks at the clock, and after [`SLICE`] it yields. An attempt that
//! found nothing yields much sooner. Loops that do nothing else must pay less: they read one flag, which the monitor sets
//! while some goroutine has run for longer than a slice; who sees it first takes it back and yields.
//!
//! Under a random schedule (`GOXIDE_SCHEDULE`) a checkpoint yields by chance.

use std::cell::Cell;

use super::monitor;
use super::worker::Worker;
use crate::shim::{AtomicBool, AtomicU32, Ordering};
use crate::sys::{clock, rng};
use crate::task;

const CHECKS: u32 = 128;
pub(super) const SLICE: u64 = 10_000_000;
const VAIN: u32 = 16;

/// Of [`SLICES`] and [`RANDOM`].
static ON: AtomicU32 = AtomicU32::new(0);
const SLICES: u32 = 1;
const RANDOM: u32 = 2;
/// A goroutine has run for a slice; where no monitor tells so, a round of a loop is a checkpoint like others.
static DUE: AtomicBool = AtomicBool::new(false);
static WATCHED: AtomicBool = AtomicBool::new(false);

/// Turns time slices on, for good.
pub fn enable_time_slices() {
    ON.fetch_or(SLICES, Ordering::Relaxed);
    super::runtime();
    let watched = monitor::threads() > 0;
    WATCHED.store(watched, Ordering::Relaxed);
    DUE.store(!watched, Ordering::Relaxed);
}

/// Lets checkpoints yield by chance, for good.
pub(super) fn enable_chance() {
    ON.fetch_or(RANDOM, Ordering::Relaxed);
}

/// Whether time slices are on: translated code runs.
pub(super) fn is_on() -> bool {
    ON.load(Ordering::Relaxed) & SLICES != 0
}

/// Some goroutine has run for a slice.
pub(super) fn is_due() {
    DUE.store(true, Ordering::Relaxed);
}

/// What a worker keeps about the running goroutine.
pub(super) struct Slice {
    checks: Cell<u32>,
    vain: Cell<u32>,
    /// When the slice began, to within [`CHECKS`]; 0 until it is looked at.
    since: Cell<u64>,
    /// The turn which this is about: it is looked at here, so that a switch need not begin anything.
    turn: Cell<u32>,
}

impl Slice {
    pub(super) const fn new() -> Slice {
        Slice { checks: Cell::new(0), vain: Cell::new(0), since: Cell::new(0), turn: Cell::new(0) }
    }

    /// Which turn it is; in another one than before, a slice begins.
    #[inline]
    pub(super) fn in_turn(&self, turn: u32) {
        if self.turn.replace(turn) != turn {
            self.checks.set(0);
            self.since.set(0);
        }
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
    match ON.load(Ordering::Relaxed) {
        0 => {}
        SLICES => give_way_if(Slice::is_over),
        _ => give_way_if(|_| rng::below(3) == 0),
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
    if !WATCHED.load(Ordering::Relaxed) {
        return checkpoint();
    }
    DUE.store(false, Ordering::Relaxed);
    give_way_if(|_| true);
}

/// As [`checkpoint`], after an attempt that found nothing ready.
#[inline]
pub fn polled_in_vain() {
    match ON.load(Ordering::Relaxed) {
        0 => {}
        SLICES => give_way_if(Slice::is_vain),
        // Often: a loop of attempts must end.
        _ => give_way_if(|_| rng::below(3) != 0),
    }
}

#[inline]
fn give_way_if(over: impl FnOnce(&Slice) -> bool) {
    if let Some(worker) = Worker::current()
        && over(worker.slice())
        && task::on_goroutine()
        && !task::current().must_stay()
    {
        worker.give_way();
    }
}
