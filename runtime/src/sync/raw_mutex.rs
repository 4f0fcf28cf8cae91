//! Mutual exclusion as one bare word.
//!
//! A newcomer may overtake those who wait, because it runs and they have to be woken; one that has lost that way for a millisecond is handed
//! the lock. Waking costs many times what locking does, so at most one waiter is awake at a time: WOKEN stands in the word while
//! somebody who waits is awake and looks, and whoever unlocks then wakes nobody. One that is awake looks a few times, with pauses that
//! grow, before it sleeps again, as long as its worker has nothing else to do.
//!
//! Must hold:
//! 1. Whoever set WOKEN, or was woken with it, takes it back with its next success or before it sleeps. Two may believe that they
//!    set it; then somebody is woken too many, never too few.
//! 2. One that is awake may have to wait for its worker: after [`PASSES`] unlocks that woke nobody, the next wakes another.
//! 3. Nobody sleeps while WAITERS is not set or the lock is free: both are asked under the lock of the queue, where `pass_on` decides, too.
//!
//! Rejected: waking a waiter at each unlock, which doubled the time of a contended lock; handing over always, which costs a switch per use.

use super::lot::{self, How};
use crate::park::{self, WaitReason};
use crate::shim::{AtomicU32, Ordering};
use crate::sys::clock;
use crate::task::panic::fatal;

const LOCKED: u32 = 1;
const WAITERS: u32 = 2;
const WOKEN: u32 = 4;
/// The bits above count unlocks that woke nobody because of WOKEN.
const PASS: u32 = 8;
const PASSES: u32 = if cfg!(loom) { 2 } else { 1024 };
/// A waiter that lost this long to newcomers is handed the lock, in nanoseconds.
const PATIENCE: u64 = 1_000_000;
/// What a woken one is told: to try, or that it has the lock.
const TRY: u32 = 0;
pub(super) const HANDED_OVER: u32 = 1;
/// How often one who is awake looks, and how long it pauses the first time, in turns of a spin loop; then twice as long each time.
const LOOKS: u32 = if cfg!(any(miri, loom)) { 1 } else { 8 };
const PAUSE: u32 = if cfg!(any(miri, loom)) { 0 } else { 16 };

/// See the module. Zero is an unlocked one.
#[repr(C)]
pub struct RawMutex {
    word: AtomicU32,
}

impl Default for RawMutex {
    fn default() -> RawMutex {
        RawMutex::new()
    }
}

impl RawMutex {
    crate::shim::maybe_const! {
        /// An unlocked one.
        pub fn new() -> RawMutex {
            RawMutex { word: AtomicU32::new(0) }
        }
    }

    /// Locks, waiting if need be.
    #[inline]
    pub fn lock(&self) {
        self.lock_for(WaitReason::MutexLock);
    }

    #[inline]
    pub(super) fn lock_for(&self, reason: WaitReason) {
        park::checkpoint();
        let word = self.word.load(Ordering::Relaxed);
        if word & LOCKED != 0 || !self.replace(word, word | LOCKED) {
            self.contend(reason);
        }
    }

    fn replace(&self, word: u32, new: u32) -> bool {
        self.word.compare_exchange(word, new, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    #[cold]
    fn contend(&self, reason: WaitReason) {
        let (mut since, mut looks) = (0, 0);
        // Those bits of WOKEN that are ours.
        let mut woken = 0;
        loop {
            let word = self.word.load(Ordering::Relaxed);
            if word & LOCKED == 0 {
                if self.replace(word, (word | LOCKED) & !woken) {
                    return;
                }
                continue;
            }
            if looks < LOOKS && park::is_alone() {
                if word & (WAITERS | WOKEN) == WAITERS && self.replace(word, word | WOKEN) {
                    woken = WOKEN;
                }
                for _ in 0..PAUSE << looks {
                    std::hint::spin_loop();
                }
                looks += 1;
                continue;
            }
            if !self.replace(word, (word | WAITERS) & !woken) {
                continue;
            }
            let again = since != 0;
            let urgent = again && clock::now() - since > PATIENCE;
            let how = How { reason, front: again, urgent, number: 0 };
            if !again {
                since = clock::now().max(1);
            }
            // Both bits: whoever clears WAITERS does it under the queue's lock.
            let still = || self.word.load(Ordering::Relaxed) & (LOCKED | WAITERS) == LOCKED | WAITERS;
            (woken, looks) = match lot::wait(&self.word, how, still) {
                Some(HANDED_OVER) => return,
                Some(_) => (WOKEN, 0),
                None => (0, looks),
            };
        }
    }

    /// Locks if that is possible at once.
    #[inline]
    pub fn try_lock(&self) -> bool {
        let word = self.word.load(Ordering::Relaxed);
        let locked = word & LOCKED == 0 && self.replace(word, word | LOCKED);
        if !locked {
            park::polled_in_vain();
        }
        locked
    }

    /// Unlocks, whoever locked it. Fatal when it is not locked.
    #[inline]
    pub fn unlock(&self) {
        if self.word.compare_exchange(LOCKED, 0, Ordering::Release, Ordering::Relaxed).is_err() {
            self.pass_on();
        }
    }

    #[cold]
    fn pass_on(&self) {
        loop {
            let word = self.word.load(Ordering::Relaxed);
            if word & LOCKED == 0 {
                fatal("sync: unlock of unlocked mutex");
            }
            let new = match word & (WAITERS | WOKEN) {
                WAITERS => break,
                0 => 0,
                _ if word / PASS >= PASSES => break,
                _ => (word & !LOCKED) + PASS,
            };
            if self.word.compare_exchange(word, new, Ordering::Release, Ordering::Relaxed).is_ok() {
                return;
            }
        }
        lot::wake_one(&self.word, |waiters| {
            let more = if waiters.count > 1 { WAITERS } else { 0 };
            // What others have added meanwhile goes: they look again. Exchanged rather than stored, so that loom sees the order.
            if waiters.urgent {
                // The lock stays locked, for the waiter; the queue's lock carries what it protected over.
                self.word.swap(LOCKED | more, Ordering::Release);
                Some(HANDED_OVER)
            } else {
                let woken = if waiters.count > 0 { WOKEN } else { 0 };
                self.word.swap(more | woken, Ordering::Release);
                Some(TRY)
            }
        });
    }
}
