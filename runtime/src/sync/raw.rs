//! The primitives as bare words, for the Rust types beside them and for Go's `sync` in golib.
//!
//! Each is a few `AtomicU32` and nothing else (`repr(C)`), zero when unused, waits by its own address, and must not move
//! while used. Misuse that Go makes fatal is fatal here.

use super::lot::{self, How};
use super::raw_mutex::HANDED_OVER;
pub use super::raw_mutex::RawMutex;
use crate::park::{self, WaitReason};
use crate::shim::{AtomicU32, Ordering};
use crate::task::panic::fatal;

fn how(reason: WaitReason) -> How {
    How { reason, front: false, urgent: false, number: 0 }
}

/// Go's semaphore: waits until the word is above zero and takes one.
pub fn acquire(word: &AtomicU32) {
    acquire_for(word, WaitReason::Semacquire);
}

fn acquire_for(word: &AtomicU32, reason: WaitReason) {
    let take = || word.fetch_update(Ordering::AcqRel, Ordering::Relaxed, |n| n.checked_sub(1)).is_ok();
    let mut how = how(reason);
    park::checkpoint();
    loop {
        if take() {
            return;
        }
        if lot::wait(word, how, || word.load(Ordering::SeqCst) == 0) == Some(HANDED_OVER) {
            return;
        }
        how.front = true;
    }
}

/// Adds one to the word and lets a waiter take it.
pub fn release(word: &AtomicU32) {
    word.fetch_add(1, Ordering::SeqCst);
    if lot::maybe_waiting(word) {
        lot::wake_one(word, |waiters| {
            // Taken on behalf of the waiter, so that no newcomer can.
            let taken = waiters.count > 0
                && word.fetch_update(Ordering::AcqRel, Ordering::Relaxed, |n| n.checked_sub(1)).is_ok();
            taken.then_some(HANDED_OVER)
        });
    }
}

/// Counts what is under way and waits for none.
#[repr(C)]
#[derive(Default)]
pub struct RawWaitGroup {
    count: AtomicU32,
}

/// A wait group's count went below zero.
#[derive(Debug, PartialEq, Eq)]
pub struct NegativeCounter;

impl RawWaitGroup {
    /// One with nothing under way.
    pub const fn new() -> RawWaitGroup {
        RawWaitGroup { count: AtomicU32::new(0) }
    }

    /// Adds `delta`, which may be negative; at zero, all waiters go on.
    pub fn add(&self, delta: i32) -> Result<(), NegativeCounter> {
        let before = self.count.fetch_add(delta.cast_unsigned(), Ordering::SeqCst).cast_signed();
        match before.checked_add(delta) {
            Some(0) => {
                if lot::maybe_waiting(&self.count) {
                    // It may have risen again meanwhile, and who waits now waits for that.
                    lot::wake_all_if(&self.count, |_| self.count.load(Ordering::SeqCst) == 0);
                }
                Ok(())
            }
            Some(after) if after > 0 => Ok(()),
            _ => Err(NegativeCounter),
        }
    }

    /// Waits until the count is zero.
    pub fn wait(&self) {
        self.wait_as(WaitReason::WaitGroupWait);
    }

    /// As [`RawWaitGroup::wait`], under another name in reports.
    pub fn wait_as(&self, reason: WaitReason) {
        if self.count.load(Ordering::SeqCst) != 0 {
            let how = how(reason);
            lot::wait(&self.count, how, || self.count.load(Ordering::SeqCst) != 0);
        }
    }

    /// The present count.
    pub fn count(&self) -> i32 {
        self.count.load(Ordering::SeqCst).cast_signed()
    }
}

const WRITER: u32 = 1 << 31;

/// Many readers or one writer. A writer that waits keeps new readers out; readers that waited for it go before the next
/// writer.
#[repr(C)]
#[derive(Default)]
pub struct RawRwMutex {
    writers: RawMutex,
    /// How many read, and whether a writer wants or has it.
    state: AtomicU32,
    /// Where that writer waits for the readers to leave.
    drained: AtomicU32,
}

impl RawRwMutex {
    /// An unlocked one.
    pub const fn new() -> RawRwMutex {
        RawRwMutex { writers: RawMutex::new(), state: AtomicU32::new(0), drained: AtomicU32::new(0) }
    }

    /// Locks for reading.
    #[inline]
    pub fn read_lock(&self) {
        park::checkpoint();
        while !self.try_read_lock() {
            let still = || self.state.load(Ordering::SeqCst) & WRITER != 0;
            // The writer that woke us has counted us in.
            if lot::wait(&self.state, how(WaitReason::RwMutexRLock), still).is_some() {
                return;
            }
        }
    }

    /// Locks for reading if that is possible at once.
    #[inline]
    pub fn try_read_lock(&self) -> bool {
        self.state
            .fetch_update(Ordering::Acquire, Ordering::Relaxed, |state| {
                (state & WRITER == 0).then(|| state + 1)
            })
            .is_ok()
    }

    /// Ends a read lock. Fatal when there is none.
    #[inline]
    pub fn read_unlock(&self) {
        let before = self.state.fetch_sub(1, Ordering::SeqCst);
        if before & !WRITER == 0 {
            fatal("sync: RUnlock of unlocked RWMutex");
        }
        if before == WRITER | 1 {
            lot::wake_one(&self.drained, |_| Some(0));
        }
    }

    /// Locks for writing.
    pub fn lock(&self) {
        self.writers.lock_for(WaitReason::RwMutexLock);
        if self.state.fetch_or(WRITER, Ordering::SeqCst) != 0 {
            self.wait_for_readers();
        }
    }

    #[cold]
    fn wait_for_readers(&self) {
        let reading = || self.state.load(Ordering::SeqCst) != WRITER;
        while reading() {
            lot::wait(&self.drained, how(WaitReason::RwMutexLock), reading);
        }
    }

    /// Locks for writing if that is possible at once.
    pub fn try_lock(&self) -> bool {
        if !self.writers.try_lock() {
            return false;
        }
        let locked = self.state.compare_exchange(0, WRITER, Ordering::SeqCst, Ordering::Relaxed).is_ok();
        if !locked {
            self.writers.unlock();
        }
        locked
    }

    /// Ends the write lock. Fatal when there is none.
    pub fn unlock(&self) {
        if self.state.load(Ordering::SeqCst) & WRITER == 0 {
            fatal("sync: Unlock of unlocked RWMutex");
        }
        lot::wake_all(&self.state, |readers| {
            // In one step: the writer goes, and the readers that waited are in.
            self.state.fetch_add(readers.count.wrapping_sub(WRITER), Ordering::SeqCst);
        });
        self.writers.unlock();
    }
}

const RUNNING: u32 = 1;
const DONE: u32 = 2;

/// Does something once.
#[repr(C)]
#[derive(Default)]
pub struct RawOnce {
    state: AtomicU32,
}

impl RawOnce {
    /// One that has not been done.
    pub const fn new() -> RawOnce {
        RawOnce { state: AtomicU32::new(0) }
    }

    /// Whether it has been done.
    #[inline]
    pub fn is_done(&self) -> bool {
        self.state.load(Ordering::Acquire) == DONE
    }

    /// True for the one caller who is to do it and then call `finish`; false, once it has been done, for the others.
    pub fn begin(&self) -> bool {
        loop {
            match self.state.compare_exchange(0, RUNNING, Ordering::Acquire, Ordering::Acquire) {
                Ok(_) => return true,
                Err(DONE) => return false,
                Err(_) => {
                    let still = || self.state.load(Ordering::SeqCst) == RUNNING;
                    lot::wait(&self.state, how(WaitReason::OnceDo), still);
                }
            }
        }
    }

    /// It has been done.
    pub fn finish(&self) {
        lot::wake_all(&self.state, |_| self.state.store(DONE, Ordering::SeqCst));
    }
}

/// A place to wait until something may have changed.
///
/// Waiters draw numbers, and a signal is for the lowest number that has had none, whether its owner sleeps already or is
/// still on its way: so `unlock` may be any code, even code that waits.
#[repr(C)]
#[derive(Default)]
pub struct RawCond {
    next: AtomicU32,
    signalled: AtomicU32,
}

impl RawCond {
    /// One where nobody waits.
    pub const fn new() -> RawCond {
        RawCond { next: AtomicU32::new(0), signalled: AtomicU32::new(0) }
    }

    /// Waits for a signal. `unlock` runs once a signal can no longer be missed.
    pub fn wait(&self, unlock: impl FnOnce()) {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        unlock();
        let how = How { number, ..how(WaitReason::CondWait) };
        // The numbers wrap around: what counts is their distance.
        let still = || number.wrapping_sub(self.signalled.load(Ordering::SeqCst)).cast_signed() >= 0;
        lot::wait(&self.next, how, still);
    }

    fn nobody_waits(&self) -> bool {
        self.next.load(Ordering::SeqCst) == self.signalled.load(Ordering::SeqCst)
    }

    /// Wakes the one who has waited longest.
    pub fn signal(&self) {
        if self.nobody_waits() {
            return;
        }
        lot::wake_numbered(&self.next, || {
            let number = self.signalled.load(Ordering::SeqCst);
            if number == self.next.load(Ordering::SeqCst) {
                return None;
            }
            self.signalled.store(number.wrapping_add(1), Ordering::SeqCst);
            Some(number)
        });
    }

    /// Wakes all who wait.
    pub fn broadcast(&self) {
        if self.nobody_waits() {
            return;
        }
        lot::wake_all(&self.next, |_| {
            self.signalled.store(self.next.load(Ordering::SeqCst), Ordering::SeqCst);
        });
    }
}
