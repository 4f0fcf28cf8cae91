//! `poll/side.rs` over `task/state.rs`: an event between trying and waiting is not lost, one event for two that wait is passed on, and what
//! changes for all reaches whoever is about to wait.
//!
//! The steps of a waiter are those of `net/descriptor.rs` and `sched/network.rs`, written out here: keep them the same. What the
//! system has ready is a relaxed word, so that only what `side.rs` promises orders it.
//!
//! Seen to fail: `enter` without its second look; a drained side noted with the count after the try; `pass_on` that wakes nobody; `waiting` set relaxed.
#![allow(dead_code)]

mod shim {
    pub(crate) use goxide_loom::shim::*;
}

#[path = "../../src/task/state.rs"]
mod state;

mod task {
    pub(crate) struct Record {
        pub(crate) status: crate::state::Status,
        pub(crate) parker: goxide_loom::Parker,
    }

    pub(crate) type RecordRef = &'static Record;
}

#[path = "../../src/poll/side.rs"]
mod side;

use goxide_loom::{Parker, check};
use loom::thread;
use std::sync::Arc;

use crate::shim::{AtomicBool, AtomicUsize, Ordering};
use crate::side::Side;
use crate::state::{Notified, Status};
use crate::task::{Record, RecordRef};

struct Descriptor {
    side: Side,
    /// Pieces to be had.
    ready: AtomicUsize,
    closed: AtomicBool,
}

fn wake((record, park): (RecordRef, u64)) {
    if matches!(record.status.notify(park), Notified::Asleep) {
        record.parker.unpark();
    }
}

impl Descriptor {
    fn new(ready: usize) -> Arc<Descriptor> {
        let (ready, closed) = (AtomicUsize::new(ready), AtomicBool::new(false));
        Arc::new(Descriptor { side: Side::new(), ready, closed })
    }

    /// The system's: a piece, if there is one.
    fn attempt(&self) -> bool {
        let mut seen = self.ready.load(Ordering::Relaxed);
        while seen > 0 {
            match self.ready.compare_exchange(seen, seen - 1, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return true,
                Err(now) => seen = now,
            }
        }
        false
    }

    /// As `Descriptor::attempt`, taking all there is: how much.
    fn take_all(&self, seen: u64) -> usize {
        if self.side.is_drained(seen) {
            return 0;
        }
        let all = self.ready.swap(0, Ordering::Relaxed);
        if all > 0 {
            self.side.note_drained(seen);
        }
        all
    }

    /// As `Descriptor::run`: false when it was closed.
    fn run(&self) -> bool {
        self.run_with(|_| self.attempt())
    }

    fn run_with(&self, mut attempt: impl FnMut(u64) -> bool) -> bool {
        let record: RecordRef = Box::leak(Box::new(Record { status: Status::new(), parker: Parker::new() }));
        let got = loop {
            if self.closed.load(Ordering::SeqCst) {
                break false;
            }
            let seen = self.side.events();
            if attempt(seen) {
                break true;
            }
            // network::wait.
            let park = record.status.begin();
            if !self.side.enter(record, park, seen) {
                wake((record, park));
            } else if self.closed.load(Ordering::SeqCst) {
                self.side.leave(record, park);
                wake((record, park));
            }
            if !record.status.is_notified() && record.status.commit() {
                record.parker.park(None);
            }
            record.status.resumed();
            self.side.leave(record, park);
        };
        self.side.pass_on().into_iter().for_each(wake);
        got
    }

    /// The system has so many more pieces, and tells of them once.
    fn happens(&self, pieces: usize) {
        self.ready.fetch_add(pieces, Ordering::Relaxed);
        self.side.event().into_iter().for_each(wake);
    }

    /// As `Descriptor::close`.
    fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.side.all().into_iter().for_each(wake);
    }
}

fn waiter(descriptor: &Arc<Descriptor>) -> thread::JoinHandle<bool> {
    let descriptor = descriptor.clone();
    thread::spawn(move || descriptor.run())
}

#[test]
fn an_event_at_any_moment_is_seen() {
    check(4, || {
        let descriptor = Descriptor::new(0);
        let one = waiter(&descriptor);
        descriptor.happens(1);
        assert!(one.join().expect("it runs"));
    });
}

#[test]
fn one_event_is_enough_for_two() {
    check(2, || {
        let descriptor = Descriptor::new(0);
        let (one, two) = (waiter(&descriptor), waiter(&descriptor));
        descriptor.happens(2);
        assert!(one.join().expect("it runs") && two.join().expect("it runs"));
    });
}

#[test]
fn a_piece_each_for_two_events() {
    check(2, || {
        let descriptor = Descriptor::new(0);
        let (one, two) = (waiter(&descriptor), waiter(&descriptor));
        descriptor.happens(1);
        descriptor.happens(1);
        assert!(one.join().expect("it runs") && two.join().expect("it runs"));
    });
}

#[test]
fn what_comes_after_all_was_taken_is_seen() {
    check(3, || {
        let descriptor = Descriptor::new(0);
        let other = descriptor.clone();
        let reader = thread::spawn(move || {
            let mut all = 0;
            while all < 2 {
                let took = |seen| {
                    let took = other.take_all(seen);
                    all += took;
                    took > 0
                };
                assert!(other.run_with(took));
            }
        });
        descriptor.happens(1);
        descriptor.happens(1);
        reader.join().expect("it runs");
    });
}

#[test]
fn closing_ends_whoever_waits_or_is_about_to() {
    check(2, || {
        let descriptor = Descriptor::new(0);
        let (one, two) = (waiter(&descriptor), waiter(&descriptor));
        descriptor.close();
        assert!(!one.join().expect("it runs") && !two.join().expect("it runs"));
    });
}
