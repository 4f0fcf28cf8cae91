//! Where goroutines run that wait for descriptors: on all workers, as evenly as may be.
//!
//! One of them costs its worker a system call or two at each of its turns for as long as it lives, and as much wherever the other end
//! of its connection is: keeping them together gains nothing, and a worker that has twice as many is the one that all wait for. But they wait
//! long before anybody would steal them ([`super::sighting`]), and stay where they ran first. So
//! - each worker counts those that it has: goroutines that have waited for a descriptor, and those given to it because they are going to;
//! - what a goroutine starts right after it has accepted a connection goes to one that has few;
//! - while those that a worker begins wait for descriptors in their very first turn, most of them, it gives the next ones to a worker
//!   that has fewer. Others are given away at times, but never many: the first few that do something else end it.
//!
//! Only two workers are compared at a time, another one each time: with many workers looking at all of them would cost more than the start itself.
//! Goroutines that may move are not counted: movement evens out what they do.
//!
//! Rejected: counting descriptors, which change their worker later than who uses them; counting waits, since a worker with too much to do
//! has fewer that wait.

use std::cell::Cell;

use super::movement;
use super::worker::Worker;
use crate::shim::{AtomicUsize, Ordering};
use crate::task::RecordRef;

/// So many more that wait for descriptors than another one a worker has before it gives some away.
const MARGIN: usize = 4;
/// From this score on.
const ENOUGH: u32 = 8;
/// The score is no higher.
const MOST: u32 = 16;

/// What one worker knows of those that it has begun.
pub(super) struct Serving {
    /// One more for each that waited for a descriptor in its first turn, one less for each that did not.
    score: Cell<u32>,
    /// The turn in which it began one.
    begun: Cell<u32>,
    /// The worker it compares itself with next.
    other: Cell<usize>,
    /// In which turn a connection was accepted, and nothing started since.
    accepted: Cell<Option<u32>>,
}

impl Serving {
    pub(super) fn new(index: usize) -> Serving {
        Serving {
            score: Cell::new(0),
            begun: Cell::new(0),
            other: Cell::new(index),
            accepted: Cell::new(None),
        }
    }

    /// A goroutine begins in this turn: until it waits for a descriptor it counts as one that does not.
    fn begins(&self, turn: u32) {
        self.begun.set(turn);
        self.score.set(self.score.get().saturating_sub(1));
    }

    /// The one that runs in this turn waits for a descriptor.
    fn waits(&self, turn: u32) {
        if self.begun.get() == turn {
            // Once, and what `begins` took.
            self.begun.set(turn.wrapping_sub(1));
            self.score.set((self.score.get() + 2).min(MOST));
        }
    }

    fn gives(&self) -> bool {
        self.score.get() >= ENOUGH
    }
}

/// Counts a goroutine as one of this worker's. Its worker or its spawner asks, before anybody else may have it.
fn count(record: RecordRef, serving: &AtomicUsize) {
    record.set_serves(true);
    serving.fetch_add(1, Ordering::Relaxed);
}

impl Worker {
    /// It is about to run this goroutine for the first time.
    pub(super) fn begins_one(&self) {
        self.serving().begins(self.turn());
    }

    /// The running goroutine waits for a descriptor.
    pub(super) fn serves(&self, record: RecordRef) {
        self.serving().waits(self.turn());
        if !record.serves() && !movement::is_on() {
            count(record, &self.remote().serving);
        }
    }

    /// A goroutine of its has ended.
    #[inline]
    pub(super) fn serves_no_more(&self, record: RecordRef) {
        if record.serves() {
            record.set_serves(false);
            self.remote().serving.fetch_sub(1, Ordering::Relaxed);
        }
    }

    /// Gives a fresh goroutine to a worker that has fewer; false when it is still to be run.
    #[inline]
    pub(super) fn gives_server(&self, record: RecordRef) -> bool {
        self.serving().gives() && self.gives_to_less(record)
    }

    #[cold]
    fn gives_to_less(&self, record: RecordRef) -> bool {
        let own = self.remote().serving.load(Ordering::Relaxed);
        let Some(other) = self.other_worker().filter(|_| !movement::is_on()) else { return false };
        if own < self.runtime().remotes[other].serving.load(Ordering::Relaxed) + MARGIN {
            return false;
        }
        self.entrust(record, other)
    }

    /// The running goroutine has accepted a connection: what it starts next, in this turn, is going to serve it.
    pub(super) fn accepts(&self) {
        if movement::is_on() {
            return self.spread_next();
        }
        self.serving().accepted.set(Some(self.turn()));
        self.note_starts();
    }

    /// Queues what was started to serve a connection; false when it was not, or there is no other worker.
    pub(super) fn place_server(&self, record: RecordRef) -> bool {
        if self.serving().accepted.take() != Some(self.turn()) {
            return false;
        }
        let Some(other) = self.other_worker() else { return false };
        let own = &self.remote().serving;
        if self.runtime().remotes[other].serving.load(Ordering::Relaxed) < own.load(Ordering::Relaxed) {
            return self.entrust(record, other);
        }
        // Nobody steals it from there, so it ends where it is counted.
        count(record, own);
        self.queue().push(record);
        true
    }

    fn entrust(&self, record: RecordRef, other: usize) -> bool {
        let other = &self.runtime().remotes[other];
        count(record, &other.serving);
        self.runtime().hand_over(record, other);
        true
    }

    /// Another worker, the next one each time, if that one takes fresh goroutines.
    pub(super) fn other_worker(&self) -> Option<usize> {
        let remotes = &self.runtime().remotes;
        let others = remotes.len().checked_sub(1).filter(|others| *others > 0)?;
        let step = (self.serving().other.get() + 1) % others;
        self.serving().other.set(step);
        let other = (self.index() + 1 + step) % remotes.len();
        (!remotes[other].retired.load(Ordering::Relaxed)).then_some(other)
    }
}
