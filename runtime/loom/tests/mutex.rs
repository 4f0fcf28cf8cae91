//! `sync/raw_mutex.rs` over `task/state.rs`: one holder at a time, and nobody sleeps beside a free lock.
//!
//! Seen to fail: `contend` that sleeps, or takes the lock, without taking WOKEN back; `pass_on` that wakes nobody; WAITERS not asked under
//! the lock of the queue; and, for loom alone, a store in the place of `pass_on`'s exchange.
#![allow(dead_code)]

mod shim {
    pub(crate) use goxide_loom::shim::*;
}

mod sys {
    pub(crate) mod clock {
        pub(crate) fn now() -> u64 {
            1
        }
    }
}

#[path = "../../src/task/state.rs"]
mod state;

mod task {
    pub(crate) mod panic {
        pub(crate) fn fatal(text: &str) -> ! {
            panic!("{text}")
        }
    }
}

/// Every goroutine is a thread.
mod park {
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub(crate) enum WaitReason {
        MutexLock,
    }

    pub(crate) fn checkpoint() {}

    pub(crate) fn polled_in_vain() {}

    /// One that looks again is told to let the others go on.
    pub(crate) fn is_alone() -> bool {
        loom::thread::yield_now();
        true
    }
}

/// The queue behind a word, with what it promises: both sides decide under its lock.
mod lot {
    use std::collections::VecDeque;
    use std::sync::Arc;

    use goxide_loom::Parker;

    use crate::park::WaitReason;
    use crate::shim::{AtomicU32, Mutex, Ordering, lock};
    use crate::state::{Notified, Status};

    pub(crate) struct How {
        pub(crate) reason: WaitReason,
        pub(crate) front: bool,
        pub(crate) urgent: bool,
        pub(crate) number: u32,
    }

    pub(crate) struct Waiters {
        pub(crate) count: u32,
        pub(crate) urgent: bool,
    }

    struct Sleeper {
        status: Status,
        queued: Parker,
        token: AtomicU32,
        urgent: bool,
    }

    type Queue = Mutex<VecDeque<(Arc<Sleeper>, u64)>>;

    loom::lazy_static! {
        static ref QUEUE: Queue = Mutex::new(VecDeque::new());
    }

    pub(crate) fn wait(_: &AtomicU32, how: How, still: impl FnOnce() -> bool) -> Option<u32> {
        let sleeper = Arc::new(Sleeper {
            status: Status::new(),
            queued: Parker::new(),
            token: AtomicU32::new(0),
            urgent: how.urgent,
        });
        {
            let mut queue = lock(&QUEUE);
            if !still() {
                return None;
            }
            let entry = (sleeper.clone(), sleeper.status.begin());
            if how.front { queue.push_front(entry) } else { queue.push_back(entry) }
        }
        if !sleeper.status.is_notified() && sleeper.status.commit() {
            sleeper.queued.park(None);
        }
        Some(sleeper.token.load(Ordering::Acquire))
    }

    pub(crate) fn wake_one(_: &AtomicU32, decide: impl FnOnce(Waiters) -> Option<u32>) {
        let woken = {
            let mut queue = lock(&QUEUE);
            let urgent = queue.front().is_some_and(|(sleeper, _)| sleeper.urgent);
            decide(Waiters { count: queue.len() as u32, urgent })
                .and_then(|token| queue.pop_front().map(|first| (first, token)))
        };
        if let Some(((sleeper, park), token)) = woken {
            sleeper.token.store(token, Ordering::Release);
            if sleeper.status.notify(park) == Notified::Asleep {
                sleeper.queued.unpark();
            }
        }
    }
}

#[path = "../../src/sync/raw_mutex.rs"]
mod raw_mutex;

use std::sync::Arc;

use goxide_loom::check;
use loom::cell::UnsafeCell;
use loom::thread;
use raw_mutex::RawMutex;

struct Counter {
    mutex: RawMutex,
    count: UnsafeCell<u32>,
}

// SAFETY: the count is touched by whoever holds the mutex; loom reports it if that is two at a time.
unsafe impl Sync for Counter {}
// SAFETY: as above.
unsafe impl Send for Counter {}

impl Counter {
    fn add(&self) {
        self.mutex.lock();
        // SAFETY: the mutex is held, which is what is checked.
        self.count.with_mut(|count| unsafe { *count += 1 });
        self.mutex.unlock();
    }
}

fn all_get_their_turn(threads: u32, turns: u32, preemptions: usize) {
    check(preemptions, move || {
        let counter = Arc::new(Counter { mutex: RawMutex::new(), count: UnsafeCell::new(0) });
        let others: Vec<_> = (1..threads)
            .map(|_| {
                let counter = counter.clone();
                thread::spawn(move || (0..turns).for_each(|_| counter.add()))
            })
            .collect();
        (0..turns).for_each(|_| counter.add());
        others.into_iter().for_each(|other| other.join().expect("no panic"));
        counter.mutex.lock();
        // SAFETY: as in `add`.
        assert_eq!(counter.count.with(|count| unsafe { *count }), threads * turns);
    });
}

#[test]
fn two_take_turns() {
    all_get_their_turn(2, 2, 3);
}

#[test]
fn three_wait_for_each_other() {
    all_get_their_turn(3, 1, 3);
}
