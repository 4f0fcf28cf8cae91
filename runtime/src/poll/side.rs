//! One side of a descriptor, reading or writing: who waits for it, and what is told of it.
//!
//! A side counts its events. Who wants to wait says up to which count it has tried in vain, so an event
//! between trying and waiting is not lost:
//!
//! ```text
//! waiter: seen = events; try; would block; enter: queue, waiting = true, events == seen? sleep : leave again
//! event:  events += 1;                            waiting? take the first out of the queue and wake it
//! ```
//! With sequentially consistent operations on both words either the waiter sees the event or the event sees the waiter.
//!
//! An event wakes one of those that wait, the one that waits longest. What is ready may be enough for several (a listener with
//! two connections, told of once), so whoever ends a wait for good, with or without success, wakes the next one
//! ([`Side::pass_on`]); the one that finds nothing waits again and wakes nobody. Waking all at every event was rejected: of
//! many that accept from one listener all but one would run in vain.
//! Checked by loom (`runtime/loom/tests/side.rs`).

use crate::shim::{AtomicBool, AtomicU64, Mutex, Ordering, lock};
use crate::task::RecordRef;

/// See the module.
pub(crate) struct Side {
    events: AtomicU64,
    waiting: AtomicBool,
    waiters: Mutex<Vec<(RecordRef, u64)>>,
}

impl Side {
    pub(crate) fn new() -> Side {
        Side { events: AtomicU64::new(0), waiting: AtomicBool::new(false), waiters: Mutex::new(Vec::new()) }
    }

    /// How many events there have been: to be asked before trying.
    #[inline]
    pub(crate) fn events(&self) -> u64 {
        self.events.load(Ordering::SeqCst)
    }

    /// Queues a park that was begun; false, and it is not queued, when an event came after `seen`.
    pub(crate) fn enter(&self, record: RecordRef, park: u64, seen: u64) -> bool {
        let mut waiters = lock(&self.waiters);
        waiters.push((record, park));
        self.waiting.store(true, Ordering::SeqCst);
        if self.events() == seen {
            return true;
        }
        waiters.pop();
        self.waiting.store(!waiters.is_empty(), Ordering::SeqCst);
        false
    }

    /// Takes a park out again, if it still waits.
    pub(crate) fn leave(&self, record: RecordRef, park: u64) {
        if self.waiting.load(Ordering::SeqCst) {
            let mut waiters = lock(&self.waiters);
            waiters.retain(|&(other, its)| !(std::ptr::eq(other, record) && its == park));
            self.waiting.store(!waiters.is_empty(), Ordering::SeqCst);
        }
    }

    /// Notes an event: whom it wakes.
    #[inline]
    pub(crate) fn event(&self) -> Option<(RecordRef, u64)> {
        self.events.fetch_add(1, Ordering::SeqCst);
        self.pass_on()
    }

    /// Whom to wake when somebody has ended its wait.
    #[inline]
    pub(crate) fn pass_on(&self) -> Option<(RecordRef, u64)> {
        if self.waiting.load(Ordering::SeqCst) { self.first() } else { None }
    }

    #[cold]
    fn first(&self) -> Option<(RecordRef, u64)> {
        let mut waiters = lock(&self.waiters);
        let first = (!waiters.is_empty()).then(|| waiters.remove(0));
        self.waiting.store(!waiters.is_empty(), Ordering::SeqCst);
        first
    }

    /// All that wait, because what they wait for has changed.
    pub(crate) fn all(&self) -> Vec<(RecordRef, u64)> {
        self.events.fetch_add(1, Ordering::SeqCst);
        let mut waiters = lock(&self.waiters);
        self.waiting.store(false, Ordering::SeqCst);
        std::mem::take(&mut *waiters)
    }
}
