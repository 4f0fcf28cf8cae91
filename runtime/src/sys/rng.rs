//! Small random numbers for fair choices: not for secrets.
//!
//! One xorshift state per OS thread, seeded from the process's hash keys, so that two runs differ.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};

thread_local! {
    static STATE: Cell<u64> = const { Cell::new(0) };
}

/// The next 32 random bits.
pub(crate) fn next() -> u32 {
    STATE.with(|state| {
        let mut x = state.get();
        if x == 0 {
            x = RandomState::new().hash_one(0u8) | 1;
        }
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        state.set(x);
        (x >> 32) as u32
    })
}

/// A number below `n`, which is not zero, each as likely as the next (to within `n` in 2^32).
pub(crate) fn below(n: usize) -> usize {
    ((u64::from(next()) * n as u64) >> 32) as usize
}
