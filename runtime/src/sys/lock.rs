//! A lock of one word for sections of a few instructions. Whoever unlocks it may leave notes in the other bits, which anybody may read:
//! what they say was true at some moment since.
//!
//! Must hold: nobody parks, calls user code or drops user values while holding one. Select holds several at once and
//! takes them in the order of their addresses, which is why locking is not tied to a guard. A holder can lose its CPU,
//! so waiters spin briefly, then give theirs away, then sleep. `std::sync::Mutex` was not taken: its guard borrows, and
//! it is two atomic swaps instead of one and a store.

use std::time::Duration;

use crate::shim::{AtomicU32, Ordering};

const SPINS: u32 = 64;
const YIELDS: u32 = 16;

const LOCKED: u32 = 1;

/// A lock without data. Unlocked and without notes when zero.
pub(crate) struct RawLock(AtomicU32);

impl RawLock {
    pub(crate) const fn new() -> Self {
        RawLock(AtomicU32::new(0))
    }

    #[inline]
    fn try_lock(&self) -> bool {
        self.0.fetch_or(LOCKED, Ordering::Acquire) & LOCKED == 0
    }

    /// Takes the lock. The notes stay.
    #[inline]
    pub(crate) fn lock(&self) {
        if !self.try_lock() {
            self.contend();
        }
    }

    #[cold]
    fn contend(&self) {
        let mut round = 0;
        loop {
            while self.0.load(Ordering::Relaxed) & LOCKED != 0 {
                round += 1;
                if round < SPINS && !cfg!(miri) {
                    std::hint::spin_loop();
                } else if round < SPINS + YIELDS {
                    std::thread::yield_now();
                } else {
                    std::thread::sleep(Duration::from_micros(50));
                }
            }
            if self.try_lock() {
                return;
            }
        }
    }

    /// Gives the lock back, without notes. Only its holder may call this.
    #[inline]
    pub(crate) fn unlock(&self) {
        self.unlock_noting(0);
    }

    /// Gives the lock back and leaves notes. Only its holder may call this.
    #[inline]
    pub(crate) fn unlock_noting(&self, notes: u32) {
        debug_assert!(self.0.load(Ordering::Relaxed) & LOCKED != 0, "unlocking a free lock");
        debug_assert!(notes & LOCKED == 0);
        self.0.store(notes, Ordering::Release);
    }

    /// Whether somebody holds it.
    #[cfg(not(any(miri, loom)))]
    pub(crate) fn is_locked(&self) -> bool {
        self.0.load(Ordering::Acquire) & LOCKED != 0
    }

    /// The notes of whoever unlocked it last.
    #[inline]
    pub(crate) fn notes(&self) -> u32 {
        self.0.load(Ordering::Acquire) & !LOCKED
    }
}
