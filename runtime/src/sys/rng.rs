//! Small random numbers for fair choices: not for secrets.
//!
//! One xorshift state per OS thread, seeded from the process's hash keys, so that two runs differ; or, while hunting for a schedule, the
//! workers' from the number in `GOXIDE_SCHEDULE`, so that they are alike.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};

use crate::shim::OnceLock;

thread_local! {
    static STATE: Cell<u64> = const { Cell::new(0) };
}

/// The number in `GOXIDE_SCHEDULE`: scheduling is to be random, and repeatable as far as it is ours.
pub(crate) fn schedule() -> Option<u64> {
    static SEED: OnceLock<Option<u64>> = OnceLock::new();
    *SEED.get_or_init(|| std::env::var("GOXIDE_SCHEDULE").ok()?.trim().parse().ok())
}

/// Makes the numbers of this thread, worker `index`, those of that schedule.
pub(crate) fn follow(schedule: u64, index: usize) {
    // Two rounds of a multiplication, so that neighbours have nothing in common.
    let mixed = (schedule ^ (index as u64) << 48).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    STATE.set((mixed ^ mixed >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) | 1);
}

/// The next 32 random bits.
fn next() -> u32 {
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
///
/// Never inlined: the address of this thread's state must not be kept over a park.
#[inline(never)]
pub(crate) fn below(n: usize) -> usize {
    ((u64::from(next()) * n as u64) >> 32) as usize
}
