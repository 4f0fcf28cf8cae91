//! `task/state.rs` and `sched/inject.rs`: park and ready with tickets, and the way of a woken goroutine back to its worker.
//!
//! Seen to fail: `commit` that stores PARKED instead of exchanging; `notify` that takes any number, or that stores; `push` with a relaxed
//! exchange; `drain` with a load and a store in the place of its swap.
#![allow(dead_code)]

mod shim {
    pub(crate) use goxide_loom::shim::*;
}

/// As much of a record as an inbox needs.
mod task {
    use crate::shim::AtomicPtr;

    pub(crate) struct Record {
        pub(crate) link: AtomicPtr<Record>,
        pub(crate) value: loom::cell::UnsafeCell<usize>,
    }
    pub(crate) type RecordRef = &'static Record;

    pub(crate) fn record() -> RecordRef {
        Box::leak(Box::new(Record {
            link: AtomicPtr::new(std::ptr::null_mut()),
            value: loom::cell::UnsafeCell::new(0),
        }))
    }
}

#[path = "../../src/task/state.rs"]
mod state;

#[path = "../../src/sched/inject.rs"]
mod inject;

use goxide_loom::{Parker, check};
use inject::Inbox;
use loom::thread;
use shim::{AtomicUsize, Ordering};
use state::{Notified, Status};
use std::sync::Arc;

/// A sleeper and where its worker waits for it.
struct Sleeper {
    status: Status,
    queued: Parker,
    wakes: AtomicUsize,
}

impl Sleeper {
    fn new() -> Arc<Sleeper> {
        Arc::new(Sleeper { status: Status::new(), queued: Parker::new(), wakes: AtomicUsize::new(0) })
    }

    /// As `sched::wake`.
    fn wake(&self, number: u64) -> bool {
        match self.status.notify(number) {
            Notified::Stale => return false,
            Notified::Early => {}
            Notified::Asleep => self.queued.unpark(),
        }
        self.wakes.fetch_add(1, Ordering::Relaxed);
        true
    }

    /// As `sched::suspend` and what the worker does after the switch.
    fn suspend(&self) {
        if !self.status.is_notified() && self.status.commit() {
            self.queued.park(None);
            assert!(self.status.is_notified(), "it was queued by a notification");
        }
        self.status.resumed();
    }
}

/// Ready may come at any moment after prepare, also before the switch has finished: the sleeper runs on, and one call did it.
#[test]
fn no_wake_up_is_lost_and_one_call_wakes() {
    check(3, || {
        let sleeper = Sleeper::new();
        let number = sleeper.status.begin();
        let wakers: Vec<_> = (0..2)
            .map(|_| {
                let sleeper = sleeper.clone();
                thread::spawn(move || sleeper.wake(number))
            })
            .collect();
        sleeper.suspend();
        let woken = wakers.into_iter().map(|w| w.join().expect("runs")).filter(|&w| w).count();
        assert_eq!(woken, 1);
    });
}

/// What the waker wrote before is seen after the wait.
#[test]
#[expect(clippy::arc_with_non_send_sync, reason = "loom checks the accesses")]
fn a_wake_up_carries_memory() {
    check(3, || {
        let sleeper = Sleeper::new();
        let cell = Arc::new(loom::cell::UnsafeCell::new(0));
        let number = sleeper.status.begin();
        let (theirs, written) = (sleeper.clone(), cell.clone());
        let waker = thread::spawn(move || {
            written.with_mut(|_| ());
            theirs.wake(number);
        });
        sleeper.suspend();
        cell.with_mut(|_| ());
        waker.join().expect("runs");
    });
}

/// A ticket of an earlier park, used at any moment, does not end the next one.
#[test]
fn stale_tickets_do_nothing() {
    check(3, || {
        let sleeper = Sleeper::new();
        let first = sleeper.status.begin();
        assert_eq!(sleeper.status.notify(first), Notified::Early);
        let late = {
            let sleeper = sleeper.clone();
            thread::spawn(move || assert!(!sleeper.wake(first)))
        };
        sleeper.suspend();
        let second = sleeper.status.begin();
        let waker = {
            let sleeper = sleeper.clone();
            thread::spawn(move || assert!(sleeper.wake(second)))
        };
        sleeper.suspend();
        late.join().expect("runs");
        waker.join().expect("runs");
        assert_eq!(sleeper.wakes.load(Ordering::Acquire), 1);
    });
}

/// What is pushed is drained once, with its memory, in each pusher's order.
#[test]
fn an_inbox_loses_nothing() {
    check(3, || {
        let inbox = Arc::new(Inbox::new());
        let records: [task::RecordRef; 3] = std::array::from_fn(|_| task::record());
        let push = |records: &'static [task::RecordRef]| {
            let inbox = inbox.clone();
            thread::spawn(move || {
                for record in records {
                    record.value.with_mut(|_| ());
                    inbox.push(record);
                }
            })
        };
        let theirs = inbox.clone();
        let owner = thread::spawn(move || {
            let mut seen = Vec::new();
            for _ in 0..2 {
                theirs.drain(|record| {
                    record.value.with_mut(|_| ());
                    seen.push(std::ptr::from_ref(record).addr());
                });
            }
            seen
        });
        let other = push(Box::leak(vec![records[2]].into()));
        for record in &records[..2] {
            record.value.with_mut(|_| ());
            inbox.push(record);
        }
        other.join().expect("runs");
        let mut seen = owner.join().expect("runs");
        inbox.drain(|record| seen.push(std::ptr::from_ref(record).addr()));
        let at = |n: usize| {
            seen.iter().position(|&it| it == std::ptr::from_ref(records[n]).addr()).expect("it came out")
        };
        assert_eq!(seen.len(), 3);
        assert!(at(0) < at(1) && at(2) < 3 && inbox.is_empty());
    });
}
