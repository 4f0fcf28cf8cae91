//! Go's package `hash/fnv`.

use goxide_macros::{GoNewtype, GoStruct, methods};

use super::{Cloner, Hash, Hash32, Hash64};
use crate::interface::{Error, Interface};
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::view::{View, zero};

const OFFSET32: u32 = 2_166_136_261;
const PRIME32: u32 = 16_777_619;
const OFFSET64: u64 = 14_695_981_039_346_656_037;
const PRIME64: u64 = 1_099_511_628_211;
const OFFSET128: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME128: u128 = 1 << 88 | 0x13b;

macro_rules! sums {
    ($($name:ident $go:literal $bits:ty: $offset:ident $prime:ident $sum:ident, $first:expr;)*) => {$(
        #[derive(Clone, Copy, PartialEq, GoNewtype)]
        #[go($go)]
        #[doc = "The state; values are pointers to it."]
        pub struct $name(pub $bits);

        #[methods(reflected)]
        #[allow(missing_docs)]
        impl Ptr<$name> {
            pub fn BlockSize(self) -> isize {
                1
            }
            pub fn Clone(self) -> (Cloner, Error) {
                (Cloner::of(Ptr::new(self.get())), zero())
            }
            pub fn Reset(self) {
                self.set($name($offset));
            }
            pub fn Size(self) -> isize {
                size_of::<$bits>() as isize
            }
            pub fn Sum(self, b: Slice<u8>) -> Slice<u8> {
                b.append_bytes(&self.get().0.to_be_bytes())
            }
            pub fn $sum(self) -> $bits {
                self.get().0
            }
            pub fn Write(self, p: Slice<u8>) -> (isize, Error) {
                let bytes = p.iter().map(<$bits>::from);
                let sum = bytes.fold(self.get().0, |sum, byte| match $first {
                    true => (sum ^ byte).wrapping_mul($prime),
                    false => sum.wrapping_mul($prime) ^ byte,
                });
                self.set($name(sum));
                (p.len(), zero())
            }
        }
    )*};
}
sums! {
    Sum32 "hash/fnv.sum32" u32: OFFSET32 PRIME32 Sum32, false;
    Sum32a "hash/fnv.sum32a" u32: OFFSET32 PRIME32 Sum32, true;
    Sum64 "hash/fnv.sum64" u64: OFFSET64 PRIME64 Sum64, false;
    Sum64a "hash/fnv.sum64a" u64: OFFSET64 PRIME64 Sum64, true;
}

macro_rules! long_sums {
    ($($name:ident $go:literal, $first:expr;)*) => {$(
        #[derive(Clone, Copy, PartialEq, GoStruct)]
        #[go($go)]
        #[repr(C)]
        #[doc = "The state; values are pointers to it."]
        pub struct $name {
            high: u64,
            low: u64,
        }

        impl $name {
            fn of(sum: u128) -> $name {
                $name { high: (sum >> 64) as u64, low: sum as u64 }
            }

            fn sum(self) -> u128 {
                u128::from(self.high) << 64 | u128::from(self.low)
            }
        }

        #[methods(reflected)]
        #[allow(missing_docs)]
        impl Ptr<$name> {
            pub fn BlockSize(self) -> isize {
                1
            }
            pub fn Clone(self) -> (Cloner, Error) {
                (Cloner::of(Ptr::new(self.get())), zero())
            }
            pub fn Reset(self) {
                self.set($name::of(OFFSET128));
            }
            pub fn Size(self) -> isize {
                16
            }
            pub fn Sum(self, b: Slice<u8>) -> Slice<u8> {
                b.append_bytes(&self.get().sum().to_be_bytes())
            }
            pub fn Write(self, p: Slice<u8>) -> (isize, Error) {
                let bytes = p.iter().map(u128::from);
                let sum = bytes.fold(self.get().sum(), |sum, byte| match $first {
                    true => (sum ^ byte).wrapping_mul(PRIME128),
                    false => sum.wrapping_mul(PRIME128) ^ byte,
                });
                self.set($name::of(sum));
                (p.len(), zero())
            }
        }
    )*};
}
long_sums! {
    Sum128 "hash/fnv.sum128", false;
    Sum128a "hash/fnv.sum128a", true;
}

/// FNV-1 of 32 bits.
pub fn New32() -> Hash32 {
    Hash32::of(Ptr::new(Sum32(OFFSET32)))
}

/// FNV-1a of 32 bits.
pub fn New32a() -> Hash32 {
    Hash32::of(Ptr::new(Sum32a(OFFSET32)))
}

/// FNV-1 of 64 bits.
pub fn New64() -> Hash64 {
    Hash64::of(Ptr::new(Sum64(OFFSET64)))
}

/// FNV-1a of 64 bits.
pub fn New64a() -> Hash64 {
    Hash64::of(Ptr::new(Sum64a(OFFSET64)))
}

/// FNV-1 of 128 bits.
pub fn New128() -> Hash {
    Hash::of(Ptr::new(Sum128::of(OFFSET128)))
}

/// FNV-1a of 128 bits.
pub fn New128a() -> Hash {
    Hash::of(Ptr::new(Sum128a::of(OFFSET128)))
}
