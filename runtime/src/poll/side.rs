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
//!
//! A stream that gave less than was asked for has nothing more, and there will be an event when it has ([`Side::is_drained`]): trying again before that
//! would be a call to the system in vain at each request of a connection. Not so once its other end is closed, which may be told by the same event as the
//! last bytes, or when urgent bytes have come, before which a read stops.
//! Checked by loom (`runtime/loom/tests/side.rs`).

use crate::shim::{AtomicBool, AtomicU64, Mutex, Ordering, lock};
use crate::task::RecordRef;

/// See the module.
pub(crate) struct Side {
    events: AtomicU64,
    waiting: AtomicBool,
    /// The count of events at which nothing was left.
    drained: AtomicU64,
    /// Nothing can be told from how much was left.
    unclear: AtomicBool,
    waiters: Mutex<Vec<(RecordRef, u64)>>,
}

/// No count of events.
const NEVER: u64 = u64::MAX;

impl Side {
    pub(crate) fn new() -> Side {
        Side {
            events: AtomicU64::new(0),
            waiting: AtomicBool::new(false),
            drained: AtomicU64::new(NEVER),
            unclear: AtomicBool::new(false),
            waiters: Mutex::new(Vec::new()),
        }
    }

    /// Another descriptor is going to use it.
    pub(crate) fn reset(&self) {
        self.drained.store(NEVER, Ordering::SeqCst);
        self.unclear.store(false, Ordering::SeqCst);
    }

    /// Notes that a try, before which `seen` events were counted, has left nothing.
    #[inline]
    pub(crate) fn note_drained(&self, seen: u64) {
        self.drained.store(seen, Ordering::SeqCst);
    }

    /// Whether there will be another event before a try can succeed; `seen` as for [`Side::enter`].
    #[inline]
    pub(crate) fn is_drained(&self, seen: u64) -> bool {
        self.drained.load(Ordering::SeqCst) == seen && !self.unclear.load(Ordering::SeqCst)
    }

    /// From now on, and before the event that is about to be noted, each operation is tried.
    pub(crate) fn becomes_unclear(&self) {
        self.unclear.store(true, Ordering::SeqCst);
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
