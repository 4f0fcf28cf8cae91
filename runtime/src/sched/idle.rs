//! Who sleeps, who looks for work, who is woken.
//!
//! Going to sleep, in steps whose order matters:
//! 1. the worker enters itself among the sleepers;
//! 2. it stops counting as searching;
//! 3. it looks everywhere once more, and leaves again if there is anything, searching if nobody else is: work that was added
//!    before step 2 has woken nobody;
//! 4. if timers are pending and nobody keeps the time, it becomes the keeper and sleeps until the first is due;
//! 5. it sleeps.
//!
//! Whoever adds work does it first and looks at the sleepers afterwards; with sequentially consistent operations on both
//! sides, either the sleeper sees the work in step 3 or the other sees the sleeper. Work that anybody may take wakes
//! one sleeper, and none while somebody is searching already: a searcher that finds something and was the last
//! searching wakes the next one if more is in sight. Work for one worker wakes that worker. A keeper that finds work wakes
//! another to keep the time.

use std::ops::Index;

use crate::shim::{AtomicU64, AtomicUsize, Mutex, Ordering, fence, lock};

use super::Remote;

const NOBODY: usize = usize::MAX;

/// See the module.
pub(super) struct Idle {
    sleepers: Mutex<Vec<usize>>,
    sleeping: AtomicUsize,
    /// Sleepers that are woken for their own work only.
    aside: AtomicUsize,
    searching: AtomicUsize,
    keeper: AtomicUsize,
    /// Until when the keeper sleeps; the last moment when there is none.
    until: AtomicU64,
}

impl Idle {
    pub(super) fn new() -> Idle {
        Idle {
            sleepers: Mutex::new(Vec::new()),
            sleeping: AtomicUsize::new(0),
            aside: AtomicUsize::new(0),
            searching: AtomicUsize::new(0),
            keeper: AtomicUsize::new(NOBODY),
            until: AtomicU64::new(u64::MAX),
        }
    }

    /// How many workers sleep, or are about to, and may be woken for anything.
    pub(super) fn sleeping(&self) -> usize {
        self.sleeping.load(Ordering::SeqCst)
    }

    /// How many others sleep, or are about to.
    pub(super) fn aside(&self) -> usize {
        self.aside.load(Ordering::SeqCst)
    }

    /// Enters a worker that is only to be woken for work of its own.
    pub(super) fn enter_aside(&self, remote: &Remote) {
        self.aside.fetch_add(1, Ordering::SeqCst);
        remote.asleep.store(true, Ordering::SeqCst);
    }

    /// Takes it out.
    pub(super) fn leave_aside(&self, remote: &Remote) {
        self.aside.fetch_sub(1, Ordering::SeqCst);
        remote.asleep.store(false, Ordering::SeqCst);
    }

    /// Enters a worker among the sleepers.
    pub(super) fn enter(&self, index: usize, remote: &Remote) {
        let mut sleepers = lock(&self.sleepers);
        sleepers.push(index);
        self.sleeping.store(sleepers.len(), Ordering::SeqCst);
        remote.asleep.store(true, Ordering::SeqCst);
    }

    /// Takes a worker out; true when it was woken to search, and counts as searching.
    pub(super) fn leave(&self, index: usize, remote: &Remote) -> bool {
        let mut sleepers = lock(&self.sleepers);
        sleepers.retain(|&sleeper| sleeper != index);
        self.sleeping.store(sleepers.len(), Ordering::SeqCst);
        remote.asleep.store(false, Ordering::SeqCst);
        remote.granted.swap(false, Ordering::SeqCst)
    }

    /// Becomes the one searcher, if there is none.
    pub(super) fn start_searching(&self) -> bool {
        self.searching.compare_exchange(0, 1, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }

    /// Stops searching; true for the last one.
    pub(super) fn stop_searching(&self) -> bool {
        self.searching.fetch_sub(1, Ordering::SeqCst) == 1
    }

    /// Says that there is work for anybody.
    #[inline]
    pub(super) fn notify(&self, remotes: &impl Index<usize, Output = Remote>) {
        fence(Ordering::SeqCst);
        if self.sleeping.load(Ordering::SeqCst) > 0 && self.searching.load(Ordering::SeqCst) == 0 {
            self.wake_one(remotes);
        }
    }

    /// Wakes a sleeper, to search.
    #[cold]
    pub(super) fn wake_one(&self, remotes: &impl Index<usize, Output = Remote>) {
        let woken = {
            let mut sleepers = lock(&self.sleepers);
            let Some(index) = sleepers.pop() else { return };
            self.sleeping.store(sleepers.len(), Ordering::SeqCst);
            self.searching.fetch_add(1, Ordering::SeqCst);
            let remote = &remotes[index];
            remote.granted.store(true, Ordering::SeqCst);
            remote.asleep.store(false, Ordering::SeqCst);
            remote
        };
        woken.parker.unpark();
    }

    /// Says that there is work for this worker; whether it was asleep.
    #[inline]
    pub(super) fn wake(&self, remote: &Remote) -> bool {
        let asleep = remote.asleep.load(Ordering::SeqCst) && remote.asleep.swap(false, Ordering::SeqCst);
        if asleep {
            remote.parker.unpark();
        }
        asleep
    }

    /// Becomes the one who sleeps until the next timer is due.
    pub(super) fn become_keeper(&self, index: usize) -> bool {
        self.keeper.compare_exchange(NOBODY, index, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }

    /// The keeper has found that it can sleep so long. Until it says so it is told of every timer.
    pub(super) fn keep_until(&self, until: u64) {
        self.until.store(until, Ordering::SeqCst);
    }

    /// Stops keeping the time.
    pub(super) fn resign_keeper(&self) {
        self.until.store(u64::MAX, Ordering::SeqCst);
        self.keeper.store(NOBODY, Ordering::SeqCst);
    }

    /// Sees to it that somebody keeps the time, if anybody sleeps.
    #[cold]
    pub(super) fn replace_keeper(&self, remotes: &impl Index<usize, Output = Remote>) {
        if self.keeper.load(Ordering::SeqCst) == NOBODY && self.sleeping() > 0 {
            self.wake_one(remotes);
        }
    }

    /// Says that there is a timer for `when`. One that is stopped wakes nobody: the keeper wakes too early then, and so need not
    /// hear of the next ones, if they are for later.
    pub(super) fn timer_added(&self, when: u64, remotes: &impl Index<usize, Output = Remote>) {
        match self.keeper.load(Ordering::SeqCst) {
            NOBODY if self.sleeping() > 0 => self.wake_one(remotes),
            keeper if keeper != NOBODY && when < self.until.load(Ordering::SeqCst) => {
                remotes[keeper].parker.unpark();
            }
            _ => {}
        }
    }
}
