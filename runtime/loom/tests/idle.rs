//! `sched/idle.rs`: nobody sleeps while there is work for him, and while timers are pending somebody keeps the time.
//!
//! The steps that a worker takes around it are those of `Worker::sleep` in `sched/worker.rs`, written out here: keep them the same. What
//! others look at before they sleep (deques, `next_timer`) are relaxed words here, so that only what `idle.rs` promises orders them.
//!
//! Seen to fail: `notify` without its fence; `sleep` without its second look; `replace_keeper` left out; a worker that found something in its
//! second look and did not go on as a searcher (found by these models, in the runtime); `timer_added` that compares the other way round. Not noticed, for the reason in the head of
//! `goxide_loom`: `sleep` without its fence, `wake` that loads `asleep` relaxed.
#![allow(dead_code)]

mod shim {
    pub(crate) use goxide_loom::shim::*;
}

use goxide_loom::{Parker, check};
use loom::thread;
use std::sync::Arc;

use crate::shim::{AtomicBool, AtomicU64, AtomicUsize, Ordering, fence};

#[path = "../../src/sched/idle.rs"]
mod idle;
use idle::Idle;

const NEVER: u64 = u64::MAX;

pub(crate) struct Remote {
    parker: Parker,
    asleep: AtomicBool,
    granted: AtomicBool,
    inbox: AtomicUsize,
}

pub(crate) struct Runtime {
    idle: Idle,
    remotes: Vec<Remote>,
    /// Work for anybody.
    pub(crate) fresh: AtomicUsize,
    /// When the next timer is due.
    pub(crate) next: AtomicU64,
}

impl Runtime {
    pub(crate) fn new(workers: usize) -> Runtime {
        let remote = |_| Remote {
            parker: Parker::new(),
            asleep: AtomicBool::new(false),
            granted: AtomicBool::new(false),
            inbox: AtomicUsize::new(0),
        };
        Runtime {
            idle: Idle::new(),
            remotes: (0..workers).map(remote).collect(),
            fresh: AtomicUsize::new(0),
            next: AtomicU64::new(NEVER),
        }
    }

    /// As `sched::spawn`.
    pub(crate) fn spawn(&self) {
        self.fresh.fetch_add(1, Ordering::Relaxed);
        self.idle.notify(&self.remotes);
    }

    /// As `sched::enqueue` for a goroutine of another worker; the push is that of `Inbox`.
    pub(crate) fn send_to(&self, worker: usize) {
        self.remotes[worker].inbox.fetch_add(1, Ordering::SeqCst);
        self.idle.wake(&self.remotes[worker]);
    }

    /// As `Runtime::add_timer`.
    pub(crate) fn add_timer(&self, when: u64) {
        self.next.store(when, Ordering::SeqCst);
        self.idle.timer_added(when, &self.remotes);
    }

    fn take_fresh(&self) -> bool {
        let mut seen = self.fresh.load(Ordering::Relaxed);
        while seen > 0 {
            match self.fresh.compare_exchange(seen, seen - 1, Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => return true,
                Err(now) => seen = now,
            }
        }
        false
    }

    /// Takes one piece of work, sleeping until there is one. Becoming keeper ends it, too, if the first timer is due before `soon`.
    pub(crate) fn work(&self, me: usize, soon: u64) -> bool {
        let remote = &self.remotes[me];
        let mut searching = false;
        loop {
            if remote.inbox.swap(0, Ordering::Acquire) > 0 || self.take_fresh() {
                if searching && self.idle.stop_searching() && self.fresh.load(Ordering::Acquire) > 0 {
                    self.idle.notify(&self.remotes);
                }
                return true;
            }
            searching = searching || self.idle.start_searching();
            // Worker::sleep.
            self.idle.enter(me, remote);
            if std::mem::take(&mut searching) {
                self.idle.stop_searching();
            }
            fence(Ordering::SeqCst);
            let in_sight = self.fresh.load(Ordering::Relaxed) > 0 || remote.inbox.load(Ordering::SeqCst) > 0;
            let mut kept = false;
            if !in_sight {
                if self.next.load(Ordering::SeqCst) == NEVER {
                    remote.parker.park(None);
                } else if self.idle.become_keeper(me) {
                    let next = self.next.load(Ordering::SeqCst);
                    self.idle.keep_until(next);
                    if next < soon {
                        return false;
                    }
                    remote.parker.park(None);
                    self.idle.resign_keeper();
                    kept = true;
                } else {
                    remote.parker.park(None);
                }
            }
            searching = self.idle.leave(me, remote) || (in_sight && self.idle.start_searching());
            if kept {
                // Worker::execute: it found something, and is busy from now on.
                self.idle.replace_keeper(&self.remotes);
            }
        }
    }
}

fn worker(runtime: &Arc<Runtime>, me: usize, pieces: usize) -> thread::JoinHandle<()> {
    let runtime = runtime.clone();
    thread::spawn(move || {
        for _ in 0..pieces {
            assert!(runtime.work(me, 0));
        }
    })
}

/// Work for anybody, added at any moment: a worker that would sleep is told. (A lost wake-up is a deadlock, which loom reports.)
#[test]
fn fresh_work_wakes_a_sleeper() {
    check(3, || {
        let runtime = Arc::new(Runtime::new(1));
        let one = worker(&runtime, 0, 2);
        runtime.spawn();
        runtime.spawn();
        one.join().expect("works");
    });
}

/// Two pieces for two workers that take one each: the searcher that finds the first wakes the other.
#[test]
fn a_searcher_that_finds_wakes_the_next() {
    check(2, || {
        let runtime = Arc::new(Runtime::new(2));
        let workers = [worker(&runtime, 0, 1), worker(&runtime, 1, 1)];
        runtime.spawn();
        runtime.spawn();
        for w in workers {
            w.join().expect("works");
        }
    });
}

/// Work for one worker only.
#[test]
fn an_inbox_wakes_its_worker() {
    check(3, || {
        let runtime = Arc::new(Runtime::new(1));
        let one = worker(&runtime, 0, 1);
        runtime.send_to(0);
        one.join().expect("works");
    });
}

/// Two kinds at once.
#[test]
fn inbox_and_fresh_work_together() {
    check(2, || {
        let runtime = Arc::new(Runtime::new(1));
        let one = worker(&runtime, 0, 2);
        let sender = {
            let runtime = runtime.clone();
            thread::spawn(move || runtime.send_to(0))
        };
        runtime.spawn();
        sender.join().expect("runs");
        one.join().expect("works");
    });
}

/// A timer added at any moment finds somebody who will keep the time.
#[test]
fn a_timer_finds_a_keeper() {
    check(3, || {
        let runtime = Arc::new(Runtime::new(1));
        let keeper = {
            let runtime = runtime.clone();
            thread::spawn(move || assert!(!runtime.work(0, NEVER), "it keeps the time"))
        };
        runtime.add_timer(10);
        keeper.join().expect("keeps");
    });
}

/// A keeper that sleeps, or is about to, for a timer far away learns of a nearer one.
#[test]
fn a_nearer_timer_reaches_the_keeper() {
    check(3, || {
        let runtime = Arc::new(Runtime::new(1));
        runtime.next.store(10, Ordering::SeqCst);
        let keeper = {
            let runtime = runtime.clone();
            thread::spawn(move || assert!(!runtime.work(0, 10), "it keeps the time"))
        };
        runtime.add_timer(5);
        keeper.join().expect("keeps");
    });
}

/// A keeper that gets work hands the time to the other one that sleeps.
#[test]
fn a_busy_keeper_is_replaced() {
    check(2, || {
        let runtime = Arc::new(Runtime::new(2));
        runtime.next.store(10, Ordering::SeqCst);
        let first = worker(&runtime, 0, 1);
        let second = {
            let runtime = runtime.clone();
            thread::spawn(move || assert!(!runtime.work(1, NEVER), "it keeps the time"))
        };
        runtime.send_to(0);
        first.join().expect("works");
        second.join().expect("keeps");
    });
}
