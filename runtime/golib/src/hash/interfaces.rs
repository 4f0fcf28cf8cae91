//! Go's package `hash`: what hash functions have in common.

use goxide_macros::interface;

use crate::interface::Error;
use crate::slice::Slice;

/// A hash function that has taken what was written.
#[interface("hash.Hash")]
pub trait Hash {
    fn BlockSize(self) -> isize;
    fn Reset(self);
    fn Size(self) -> isize;
    fn Sum(self, b: Slice<u8>) -> Slice<u8>;
    fn Write(self, p: Slice<u8>) -> (isize, Error);
}

/// One of 32 bits.
#[interface("hash.Hash32")]
pub trait Hash32 {
    fn BlockSize(self) -> isize;
    fn Reset(self);
    fn Size(self) -> isize;
    fn Sum(self, b: Slice<u8>) -> Slice<u8>;
    fn Sum32(self) -> u32;
    fn Write(self, p: Slice<u8>) -> (isize, Error);
}

/// One of 64 bits.
#[interface("hash.Hash64")]
pub trait Hash64 {
    fn BlockSize(self) -> isize;
    fn Reset(self);
    fn Size(self) -> isize;
    fn Sum(self, b: Slice<u8>) -> Slice<u8>;
    fn Sum64(self) -> u64;
    fn Write(self, p: Slice<u8>) -> (isize, Error);
}

/// One that can be copied.
#[interface("hash.Cloner")]
pub trait Cloner {
    fn BlockSize(self) -> isize;
    fn Clone(self) -> (Cloner, Error);
    fn Reset(self);
    fn Size(self) -> isize;
    fn Sum(self, b: Slice<u8>) -> Slice<u8>;
    fn Write(self, p: Slice<u8>) -> (isize, Error);
}

/// One whose output has no end.
#[interface("hash.XOF")]
pub trait XOF {
    fn BlockSize(self) -> isize;
    fn Read(self, p: Slice<u8>) -> (isize, Error);
    fn Reset(self);
    fn Write(self, p: Slice<u8>) -> (isize, Error);
}
