//! Sources of random bits.

use goxide_macros::{GoStruct, interface, methods};

use super::table::START;
use crate::interface::Interface;
use crate::ptr::Ptr;
use crate::view::View;

/// What gives 63 bits at a time.
#[interface("math/rand.Source")]
pub trait Source {
    fn Int63(self) -> i64;
    fn Seed(self, seed: i64);
}

/// What gives 64 bits, too.
#[interface("math/rand.Source64")]
pub trait Source64 {
    fn Int63(self) -> i64;
    fn Seed(self, seed: i64);
    fn Uint64(self) -> u64;
}

const LEN: usize = 607;
const TAP: usize = 273;
const MODULUS: i64 = (1 << 31) - 1;

/// A linear congruential step.
fn step(x: i64) -> i64 {
    x * 48271 % MODULUS
}

/// The state that a seed gives.
fn state_of(seed: i64) -> [u64; LEN] {
    let mut x = match seed.rem_euclid(MODULUS) {
        0 => 89_482_311,
        x => x,
    };
    for _ in 0..20 {
        x = step(x);
    }
    START.map(|start| {
        let mut bits = 0;
        for shift in [40, 20, 0] {
            x = step(x);
            bits ^= (x as u64) << shift;
        }
        bits ^ start
    })
}

/// The place before, in a circle.
fn before(at: usize) -> usize {
    if at == 0 { LEN - 1 } else { at - 1 }
}

/// What `NewSource` makes; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("math/rand.rngSource")]
#[repr(C)]
pub struct RngSource {
    tap: isize,
    feed: isize,
    vec: [u64; LEN],
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<RngSource> {
    pub fn Seed(self, seed: i64) {
        self.set(RngSource { tap: 0, feed: (LEN - TAP) as isize, vec: state_of(seed) });
    }
    pub fn Uint64(self) -> u64 {
        let (tap, feed) = (before(*self.tap as usize) as isize, before(*self.feed as usize) as isize);
        self.tap.set(tap);
        self.feed.set(feed);
        let x = self.vec[feed].wrapping_add(*self.vec[tap]);
        self.vec[feed].set(x);
        x
    }
    pub fn Int63(self) -> i64 {
        (self.Uint64() << 1 >> 1) as i64
    }
}

/// A source with a seed.
pub fn NewSource(seed: i64) -> Source {
    let source = Ptr::<RngSource>::zeroed();
    source.Seed(seed);
    Source::of(source)
}
