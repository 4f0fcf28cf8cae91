//! A byte lock for sections of a few instructions.
//!
//! Must hold: nobody parks, calls user code or drops user values while holding one. Select holds several at once and
//! takes them in the order of their addresses, which is why locking is not tied to a guard. A holder can lose its CPU,
//! so waiters spin briefly, then give theirs away, then sleep. `std::sync::Mutex` was not taken: its guard borrows, and
//! it is twice the size and two atomic swaps instead of one and a store.

use std::time::Duration;

use crate::shim::{AtomicBool, Ordering};

const SPINS: u32 = 64;
const YIELDS: u32 = 16;

/// A lock without data. Unlocked when zero.
pub(crate) struct RawLock(AtomicBool);

impl RawLock {
    pub(crate) const fn new() -> Self {
        RawLock(AtomicBool::new(false))
    }

    /// Takes the lock.
    #[inline]
    pub(crate) fn lock(&self) {
        if self.0.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
            self.contend();
        }
    }

    #[cold]
    fn contend(&self) {
        let mut round = 0;
        loop {
            while self.0.load(Ordering::Relaxed) {
                round += 1;
                if round < SPINS && !cfg!(miri) {
                    std::hint::spin_loop();
                } else if round < SPINS + YIELDS {
                    std::thread::yield_now();
                } else {
                    std::thread::sleep(Duration::from_micros(50));
                }
            }
            if self.0.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_ok() {
                return;
            }
        }
    }

    /// Gives the lock back. Only its holder may call this.
    #[inline]
    pub(crate) fn unlock(&self) {
        debug_assert!(self.0.load(Ordering::Relaxed), "unlocking a free lock");
        self.0.store(false, Ordering::Release);
    }
}
