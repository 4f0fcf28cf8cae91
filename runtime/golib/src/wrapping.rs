//! Go's `+`, `-` and `*` where Rust's operators may check for overflow: in code that `include_go!` puts into somebody's crate.
//!
//! Must hold: each does for every type what the operator does in a build without overflow checks.

use std::ops::{Add, Mul, Neg, Sub};

use crate::complex::{Complex64, Complex128};
use crate::num::Uintptr;
use crate::string::Str;
use crate::view::Newtype;

/// What can be added: numbers, and strings. Blanket: every named type over one.
pub trait WrapAdd: Sized {
    /// `a + b`
    fn wrap_add(self, other: Self) -> Self;
}

/// Numbers. Blanket: every named type over one.
pub trait WrapNumber: WrapAdd {
    /// `a - b`
    fn wrap_sub(self, other: Self) -> Self;
    /// `a * b`
    fn wrap_mul(self, other: Self) -> Self;
    /// `-a`
    fn wrap_neg(self) -> Self;
}

macro_rules! integers {
    ($($ty:ident)*) => {$(
        impl WrapAdd for $ty {
            #[inline(always)]
            fn wrap_add(self, other: $ty) -> $ty {
                self.wrapping_add(other)
            }
        }
        impl WrapNumber for $ty {
            #[inline(always)]
            fn wrap_sub(self, other: $ty) -> $ty {
                self.wrapping_sub(other)
            }
            #[inline(always)]
            fn wrap_mul(self, other: $ty) -> $ty {
                self.wrapping_mul(other)
            }
            #[inline(always)]
            fn wrap_neg(self) -> $ty {
                self.wrapping_neg()
            }
        }
    )*};
}
integers!(isize i8 i16 i32 i64 usize u8 u16 u32 u64);

/// Those whose own operators never overflow.
macro_rules! others {
    ($($ty:ident)*) => {$(
        impl WrapAdd for $ty {
            #[inline(always)]
            fn wrap_add(self, other: $ty) -> $ty {
                Add::add(self, other)
            }
        }
        impl WrapNumber for $ty {
            #[inline(always)]
            fn wrap_sub(self, other: $ty) -> $ty {
                Sub::sub(self, other)
            }
            #[inline(always)]
            fn wrap_mul(self, other: $ty) -> $ty {
                Mul::mul(self, other)
            }
            #[inline(always)]
            fn wrap_neg(self) -> $ty {
                Neg::neg(self)
            }
        }
    )*};
}
others!(f32 f64 Complex64 Complex128 Uintptr);

impl WrapAdd for Str {
    #[inline]
    fn wrap_add(self, other: Str) -> Str {
        self + other
    }
}

impl<N: Newtype<Inner: WrapAdd>> WrapAdd for N {
    #[inline(always)]
    fn wrap_add(self, other: N) -> N {
        N::wrap(self.inner().wrap_add(other.inner()))
    }
}

impl<N: Newtype<Inner: WrapNumber>> WrapNumber for N {
    #[inline(always)]
    fn wrap_sub(self, other: N) -> N {
        N::wrap(self.inner().wrap_sub(other.inner()))
    }
    #[inline(always)]
    fn wrap_mul(self, other: N) -> N {
        N::wrap(self.inner().wrap_mul(other.inner()))
    }
    #[inline(always)]
    fn wrap_neg(self) -> N {
        N::wrap(self.inner().wrap_neg())
    }
}

/// `a + b`
#[inline(always)]
pub fn add<T: WrapAdd>(a: T, b: T) -> T {
    a.wrap_add(b)
}

/// `a - b`
#[inline(always)]
pub fn sub<T: WrapNumber>(a: T, b: T) -> T {
    a.wrap_sub(b)
}

/// `a * b`
#[inline(always)]
pub fn mul<T: WrapNumber>(a: T, b: T) -> T {
    a.wrap_mul(b)
}

/// `-a`
#[inline(always)]
pub fn neg<T: WrapNumber>(a: T) -> T {
    a.wrap_neg()
}

/// The right side of `x += v` and its like, which is evaluated before the place.
pub struct By<T>(T);

/// `v` of `x += v`.
#[inline(always)]
pub fn by<T>(value: T) -> By<T> {
    By(value)
}

impl<T: WrapAdd + Copy> By<T> {
    /// `place += value`
    #[inline(always)]
    pub fn add_to(self, place: &mut T) {
        *place = place.wrap_add(self.0);
    }
}

impl<T: WrapNumber + Copy> By<T> {
    /// `place -= value`
    #[inline(always)]
    pub fn sub_to(self, place: &mut T) {
        *place = place.wrap_sub(self.0);
    }
    /// `place *= value`
    #[inline(always)]
    pub fn mul_to(self, place: &mut T) {
        *place = place.wrap_mul(self.0);
    }
}
