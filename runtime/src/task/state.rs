//! The status word of a record: which park it is in, and how far.
//!
//! ```text
//!  63                                   2 1   0
//! +--------------------------------------+-----+
//! | number of the park, counts up for    |state|
//! | ever, also when the record is reused |     |
//! +--------------------------------------+-----+
//! ```
//! ```text
//! RUNNING --begin--> PARKING --commit--> PARKED
//!    ^                  | notify           | notify
//!    |                  v                  v
//!    +----resumed--- NOTIFIED <------------+
//! ```
//! Who may move it: `begin` and `resumed` the goroutine itself or the worker that is about to run it; `commit`
//! the worker after the switch (or the thread itself, when the record is an OS thread's); `notify` anybody holding the
//! ticket. Because the number never repeats, a ticket is good for one park only and an old one does nothing: this
//! is the generation and the park number of the design in one count. Exactly one `notify` per park succeeds, and it
//! learns whether the sleeper has left its stack (then the notifier must queue it) or not (then the scheduler sees it).

use crate::shim::{AtomicU64, Ordering};

const RUNNING: u64 = 0;
const PARKING: u64 = 1;
const PARKED: u64 = 2;
const NOTIFIED: u64 = 3;
const STATE: u64 = 3;
const ONE: u64 = 4;

/// What a notification found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Notified {
    /// That park is over: nothing was done.
    Stale,
    /// The sleeper has not left its stack yet; whoever takes it off will see the notification.
    Early,
    /// The sleeper is off its stack: the caller must queue it.
    Asleep,
}

/// See the module.
pub(crate) struct Status(AtomicU64);

impl Status {
    #[cfg(any(loom, test))]
    crate::shim::maybe_const! {
        pub(crate) fn new() -> Status {
            Status(AtomicU64::new(RUNNING))
        }
    }

    /// One whose parks have higher numbers than that of another.
    #[cfg(not(loom))]
    pub(crate) fn with_number(number: u64) -> Status {
        Status(AtomicU64::new(number & !STATE | RUNNING))
    }

    /// The number of the last park.
    #[cfg(not(any(loom, miri)))]
    pub(crate) fn number(&self) -> u64 {
        self.0.load(Ordering::Relaxed) & !STATE
    }

    /// Starts a park: its number. From now on it can be notified.
    #[inline]
    pub(crate) fn begin(&self) -> u64 {
        let number = (self.0.load(Ordering::Relaxed) & !STATE) + ONE;
        self.0.store(number | PARKING, Ordering::Release);
        number
    }

    /// How many parks there have been, also of those that had the record before.
    pub(crate) fn parks(&self) -> u64 {
        self.0.load(Ordering::Relaxed) / ONE
    }

    /// The sleeper is off its stack; false when it was notified in the meantime and has to run again.
    #[inline]
    pub(crate) fn commit(&self) -> bool {
        let word = self.0.load(Ordering::Relaxed);
        word & STATE == PARKING
            && self
                .0
                .compare_exchange(word, word & !STATE | PARKED, Ordering::AcqRel, Ordering::Acquire)
                .is_ok()
    }

    /// Whether the park has been notified already.
    #[inline]
    pub(crate) fn is_notified(&self) -> bool {
        self.0.load(Ordering::Acquire) & STATE == NOTIFIED
    }

    /// Whether it waits, or is about to, and nobody has woken it.
    pub(crate) fn is_waiting(&self) -> bool {
        matches!(self.0.load(Ordering::Acquire) & STATE, PARKING | PARKED)
    }

    /// The whole word if it is off its stack and nobody has woken it: another one in each park.
    #[cfg(not(loom))]
    pub(crate) fn parked(&self) -> Option<u64> {
        let word = self.0.load(Ordering::Acquire);
        (word & STATE == PARKED).then_some(word)
    }

    /// Ends the park.
    #[inline]
    pub(crate) fn resumed(&self) {
        let word = self.0.load(Ordering::Acquire);
        self.0.store(word & !STATE | RUNNING, Ordering::Relaxed);
    }

    /// Wakes the sleeper of park `number`.
    #[inline]
    pub(crate) fn notify(&self, number: u64) -> Notified {
        let mut word = self.0.load(Ordering::Relaxed);
        loop {
            let found = match word.wrapping_sub(number) {
                PARKING => Notified::Early,
                PARKED => Notified::Asleep,
                _ => return Notified::Stale,
            };
            match self.0.compare_exchange_weak(word, number | NOTIFIED, Ordering::AcqRel, Ordering::Relaxed) {
                Ok(_) => return found,
                Err(now) => word = now,
            }
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_good_once() {
        let status = Status::new();
        let first = status.begin();
        assert!(status.commit());
        assert_eq!(status.notify(first), Notified::Asleep);
        assert_eq!(status.notify(first), Notified::Stale);
        status.resumed();
        let second = status.begin();
        assert_ne!(first, second);
        assert_eq!(status.notify(first), Notified::Stale);
        assert_eq!(status.notify(second), Notified::Early);
        assert!(status.is_notified());
        assert!(!status.commit());
        status.resumed();
        assert_eq!(status.notify(second), Notified::Stale);
    }

    #[test]
    fn a_running_goroutine_is_not_notified() {
        let status = Status::new();
        let number = status.begin();
        status.resumed();
        assert_eq!(status.notify(number), Notified::Stale);
    }
}
