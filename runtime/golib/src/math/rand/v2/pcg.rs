//! `PCG`: a generator of 128 bits of state, PCG-DXSM.

use goxide_macros::{GoStruct, methods};

use crate::errors;
use crate::interface::Error;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::str;
use crate::view::{View, zero};

/// The generator; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("math/rand/v2.PCG")]
#[repr(C)]
pub struct PCG {
    hi: u64,
    lo: u64,
}

const MULTIPLIER: u128 = 2_549_297_995_355_413_924 << 64 | 4_865_540_595_714_422_341;
const INCREMENT: u128 = 6_364_136_223_846_793_005 << 64 | 1_442_695_040_888_963_407;
const CHEAP: u64 = 0xda94_2042_e4dd_58b5;

/// A generator that starts from two numbers.
pub fn NewPCG(seed1: u64, seed2: u64) -> Ptr<PCG> {
    Ptr::new(PCG { hi: seed1, lo: seed2 })
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<PCG> {
    pub fn AppendBinary(self, b: Slice<u8>) -> (Slice<u8>, Error) {
        let state = u128::from(*self.hi) << 64 | u128::from(*self.lo);
        (b.append_bytes(b"pcg:").append_bytes(&state.to_be_bytes()), zero())
    }
    pub fn MarshalBinary(self) -> (Slice<u8>, Error) {
        self.AppendBinary(zero())
    }
    pub fn Seed(self, seed1: u64, seed2: u64) {
        self.set(PCG { hi: seed1, lo: seed2 });
    }
    pub fn Uint64(self) -> u64 {
        let state = u128::from(*self.hi) << 64 | u128::from(*self.lo);
        let state = state.wrapping_mul(MULTIPLIER).wrapping_add(INCREMENT);
        let (mut hi, lo) = ((state >> 64) as u64, state as u64);
        self.set(PCG { hi, lo });
        hi ^= hi >> 32;
        hi = hi.wrapping_mul(CHEAP);
        hi ^= hi >> 48;
        hi.wrapping_mul(lo | 1)
    }
    pub fn UnmarshalBinary(self, data: Slice<u8>) -> Error {
        let data = data.to_vec();
        let state = data.strip_prefix(b"pcg:").and_then(|state| <[u8; 16]>::try_from(state).ok());
        let Some(state) = state.map(u128::from_be_bytes) else {
            return errors::New(str("invalid PCG encoding"));
        };
        self.set(PCG { hi: (state >> 64) as u64, lo: state as u64 });
        zero()
    }
}
