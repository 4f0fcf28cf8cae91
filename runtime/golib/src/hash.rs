//! Equality and hashing as Go has them, for comparisons of interfaces and for map keys. Go's package `hash` is here, too: its
//! interfaces and functions, which have nothing to do with the hashes of maps.
//!
//! What must hold: equal values hash alike (so -0 hashes as 0), NaN equals nothing and hashes anew each time, a dynamic
//! type that cannot be compared is a Go panic. Both go through the type's description, which is a constant, so for a type
//! known at compile time they come out as direct code. Rust's `Hash` was rejected: it cannot refuse at run time, and arrays
//! and floats differ.

pub mod crc32;
pub mod fnv;
mod interfaces;

pub use self::interfaces::{Cloner, Hash, Hash32, Hash64, XOF};

use crate::runtime_error;
use crate::view::GoType;

/// Collects what is hashed.
pub struct GoHasher {
    state: u64,
    /// The map has no entries: nobody wants the hash, but what has none is refused, in other words.
    pub(crate) for_nothing: bool,
}

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
const OTHER: u64 = 0xe703_7ed1_a0b4_28db;

#[inline(always)]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

impl GoHasher {
    /// A hasher of one map.
    #[inline(always)]
    pub fn new(seed: u64) -> GoHasher {
        GoHasher { state: seed, for_nothing: false }
    }

    /// A hasher of a map without entries.
    #[inline(always)]
    pub fn for_nothing() -> GoHasher {
        GoHasher { state: 0, for_nothing: true }
    }

    /// Adds a word.
    #[inline(always)]
    pub fn write(&mut self, word: u64) {
        self.state = fold(self.state ^ word, MULTIPLIER);
    }

    /// Adds bytes, and how many they are.
    #[inline]
    pub fn write_bytes(&mut self, bytes: &[u8]) {
        let len = bytes.len();
        let mut state = self.state ^ (len as u64).wrapping_mul(OTHER);
        let (a, b) = if len > 16 {
            let mut rest = bytes;
            while rest.len() > 16 {
                state = fold(state ^ word(rest, 0), word(rest, 8) ^ OTHER);
                rest = &rest[16..];
            }
            (word(bytes, len - 16), word(bytes, len - 8))
        } else if len >= 8 {
            (word(bytes, 0), word(bytes, len - 8))
        } else if len >= 4 {
            (half(bytes, 0), half(bytes, len - 4))
        } else if len > 0 {
            // One to three bytes: the first, the middle and the last are all of them.
            let byte = |at: usize| u64::from(bytes[at]);
            (byte(0) << 16 | byte(len / 2) << 8 | byte(len - 1), 0)
        } else {
            (0, 0)
        };
        self.state = fold(a ^ state, b ^ MULTIPLIER);
    }

    /// Adds a floating-point number.
    #[inline]
    pub fn write_float(&mut self, value: f64) {
        if value == 0.0 {
            self.write(0);
        } else if value.is_nan() {
            self.write(random());
        } else {
            self.write(value.to_bits());
        }
    }

    /// The hash. One multiplication more: after a single one, regular keys still lie in rows.
    #[inline(always)]
    pub fn finish(&self) -> u64 {
        fold(self.state, OTHER)
    }
}

/// Eight bytes from `at` on.
#[inline(always)]
fn word(bytes: &[u8], at: usize) -> u64 {
    bytes[at..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// Four bytes from `at` on.
#[inline(always)]
fn half(bytes: &[u8], at: usize) -> u64 {
    bytes[at..].first_chunk().map_or(0, |bytes| u64::from(u32::from_le_bytes(*bytes)))
}

/// A random number, not for secrets: seeds of maps, where their iteration starts, hashes of NaN.
///
/// Never inlined: the address of this thread's state must not be kept over a park.
#[inline(never)]
pub fn random() -> u64 {
    use std::cell::Cell;
    use std::hash::{BuildHasher, RandomState};
    thread_local! {
        static STATE: Cell<u64> = const { Cell::new(0) };
    }
    let mut state = STATE.get();
    if state == 0 {
        state = RandomState::new().hash_one(0u8);
    }
    state = state.wrapping_add(MULTIPLIER);
    STATE.set(state);
    fold(state, state ^ OTHER)
}

/// Keys for a hash map of `std`'s. Never inlined, for the reason of [`random`].
#[inline(never)]
pub(crate) fn keys() -> std::hash::RandomState {
    std::hash::RandomState::new()
}

/// Go's `==`. Panics when the type, or that of an interface within, cannot be compared.
#[inline]
pub fn eq<T: GoType>(a: &T, b: &T) -> bool {
    match T::DESC.eq {
        // SAFETY: both are values of the described type.
        Some(eq) => unsafe { eq(std::ptr::from_ref(a).cast(), std::ptr::from_ref(b).cast()) },
        None => runtime_error::uncomparable(T::DESC),
    }
}

/// Adds a value to a hash. Panics when the type, or that of an interface within, cannot be a map key.
#[inline]
pub fn hash<T: GoType>(value: &T, hasher: &mut GoHasher) {
    match T::DESC.hash {
        // SAFETY: a value of the described type.
        Some(hash) => unsafe { hash(std::ptr::from_ref(value).cast(), hasher) },
        None => runtime_error::unhashable(T::DESC, hasher.for_nothing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// How many of 8192 places 4096 hashes fall on; by chance it would be 3223.
    fn spread(mut add: impl FnMut(u64, &mut GoHasher)) -> usize {
        let places = (0..4096u64).map(|i| {
            let mut hasher = GoHasher::new(0x1234_5678_9abc_def0);
            add(i, &mut hasher);
            hasher.finish() >> 16 & 8191
        });
        places.collect::<HashSet<_>>().len()
    }

    #[test]
    fn regular_keys_are_spread() {
        for shift in 0..52 {
            let found = spread(|i, hasher| hasher.write(i << shift));
            assert!(found > 2900, "{found} of keys shifted by {shift}");
            let found = spread(|i, hasher| hasher.write_float((i << shift) as f64));
            assert!(found > 2900, "{found} of floats shifted by {shift}");
        }
        for len in [4, 7, 8, 12, 16, 17, 40] {
            for at in 0..len - 1 {
                let found = spread(|i, hasher| {
                    let mut bytes = vec![b'a'; len];
                    bytes[at] = i as u8;
                    bytes[at + 1] = (i >> 8) as u8;
                    hasher.write_bytes(&bytes);
                });
                assert!(found > 2900, "{found} of strings of {len} that differ at {at}");
            }
        }
    }
}
