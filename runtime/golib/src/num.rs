//! Numbers: the scalar types as Go types, and the operations in which Go and Rust differ.
//!
//! What must hold: none of Rust's own panics can be reached (division by zero and of the least integer by -1, shifts by the
//! width or more), conversions of floats give what gc gives on amd64 also where the specification leaves it open, and
//! `min`/`max` follow Go for NaN and -0. Named types get every operation of the type they are made of.

use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Neg, Not, Rem, Shl, Shr, Sub};

use crate::hash::GoHasher;
use crate::runtime_error;
use crate::ty::{Desc, Kind, named_id};
use crate::view::{GoType, Newtype, Var};

/// The description of a scalar type that Go predeclares.
pub(crate) const fn scalar<T: GoType>(kind: Kind, name: fn() -> String) -> Desc {
    Desc {
        id: T::ID,
        size: size_of::<T>(),
        align: align_of::<T>(),
        noscan: T::NOSCAN,
        name,
        named: true,
        ..Desc::of_kind(kind)
    }
}

/// # Safety
/// Both point to a `T`.
pub(crate) unsafe fn eq_at<T: PartialEq>(a: *const u8, b: *const u8) -> bool {
    // SAFETY: the caller's promise.
    unsafe { *a.cast::<T>() == *b.cast::<T>() }
}

macro_rules! go_scalar {
    ($($ty:ty, $name:literal, $kind:ident, |$value:ident, $hasher:ident| $hash:expr;)*) => {$(
        // SAFETY: a scalar: any bits are a value, and a cell is its view.
        unsafe impl GoType for $ty {
            type View = Var<$ty>;
            const ID: u128 = named_id($name, &[]);
            const NOSCAN: bool = true;
            const DESC: &'static Desc = &Desc {
                eq: Some(eq_at::<$ty>),
                hash: Some(|value, $hasher: &mut GoHasher| {
                    // SAFETY: the caller passes a value of this type.
                    let $value = unsafe { *value.cast::<$ty>() };
                    $hash
                }),
                ..scalar::<$ty>(Kind::$kind, || String::from($name))
            };
        }
    )*};
}

go_scalar! {
    bool, "bool", Bool, |v, h| h.write(u64::from(v));
    isize, "int", Int, |v, h| h.write(v as u64);
    i8, "int8", Int8, |v, h| h.write(v as u64);
    i16, "int16", Int16, |v, h| h.write(v as u64);
    i32, "int32", Int32, |v, h| h.write(v as u64);
    i64, "int64", Int64, |v, h| h.write(v as u64);
    usize, "uint", Uint, |v, h| h.write(v as u64);
    u8, "uint8", Uint8, |v, h| h.write(u64::from(v));
    u16, "uint16", Uint16, |v, h| h.write(u64::from(v));
    u32, "uint32", Uint32, |v, h| h.write(u64::from(v));
    u64, "uint64", Uint64, |v, h| h.write(v);
    Uintptr, "uintptr", Uintptr, |v, h| h.write(v.0 as u64);
    f32, "float32", Float32, |v, h| h.write_float(f64::from(v));
    f64, "float64", Float64, |v, h| h.write_float(v);
}

/// Go's `uintptr`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(transparent)]
pub struct Uintptr(pub usize);

macro_rules! uintptr_ops {
    ($($op:ident $method:ident $assign:ident $method_assign:ident |$a:ident, $b:ident| $value:expr;)*) => {$(
        impl $op for Uintptr {
            type Output = Uintptr;
            #[inline]
            fn $method(self, other: Uintptr) -> Uintptr {
                let ($a, $b) = (self.0, other.0);
                Uintptr($value)
            }
        }
        impl std::ops::$assign for Uintptr {
            #[inline]
            fn $method_assign(&mut self, other: Uintptr) {
                *self = $op::$method(*self, other);
            }
        }
    )*};
}
uintptr_ops! {
    Add add AddAssign add_assign |a, b| a.wrapping_add(b);
    Sub sub SubAssign sub_assign |a, b| a.wrapping_sub(b);
    Mul mul MulAssign mul_assign |a, b| a.wrapping_mul(b);
    Div div DivAssign div_assign |a, b| Division::div(a, b);
    Rem rem RemAssign rem_assign |a, b| Division::rem(a, b);
    BitAnd bitand BitAndAssign bitand_assign |a, b| a & b;
    BitOr bitor BitOrAssign bitor_assign |a, b| a | b;
    BitXor bitxor BitXorAssign bitxor_assign |a, b| a ^ b;
}
impl Neg for Uintptr {
    type Output = Uintptr;
    fn neg(self) -> Uintptr {
        Uintptr(self.0.wrapping_neg())
    }
}
impl Not for Uintptr {
    type Output = Uintptr;
    fn not(self) -> Uintptr {
        Uintptr(!self.0)
    }
}
impl Shl<i32> for Uintptr {
    type Output = Uintptr;
    fn shl(self, count: i32) -> Uintptr {
        Uintptr(self.0 << count)
    }
}
impl Shr<i32> for Uintptr {
    type Output = Uintptr;
    fn shr(self, count: i32) -> Uintptr {
        Uintptr(self.0 >> count)
    }
}

/// Real numbers that can be divided. Blanket: every named type over one. Only generic code asks floats.
pub trait Division: Copy {
    /// `a / b`
    fn div(self, by: Self) -> Self;
    /// `a % b`
    fn rem(self, by: Self) -> Self;
}

/// Integers that can be shifted. Blanket: every named type over one.
pub trait Shift: Copy {
    /// `x << n`
    fn shl(self, count: u64) -> Self;
    /// `x >> n`
    fn shr(self, count: u64) -> Self;
}

/// Integers that can say how far to shift.
pub trait ShiftCount: Copy {
    /// The count; a negative one panics as in Go.
    fn count(self) -> u64;
}

macro_rules! integers {
    ($($ty:ident)*) => {$(
        impl Division for $ty {
            #[inline(always)]
            fn div(self, by: $ty) -> $ty {
                if by == 0 {
                    runtime_error::divide();
                }
                self.wrapping_div(by)
            }
            #[inline(always)]
            fn rem(self, by: $ty) -> $ty {
                if by == 0 {
                    runtime_error::divide();
                }
                self.wrapping_rem(by)
            }
        }
        impl Shift for $ty {
            #[inline(always)]
            fn shl(self, count: u64) -> $ty {
                if count < $ty::BITS as u64 { self << count } else { 0 }
            }
            #[inline(always)]
            fn shr(self, count: u64) -> $ty {
                // What remains of a negative number is its sign.
                #[allow(unused_comparisons)]
                let rest = if self < 0 { !0 } else { 0 };
                if count < $ty::BITS as u64 { self >> count } else { rest }
            }
        }
        impl ShiftCount for $ty {
            #[inline(always)]
            fn count(self) -> u64 {
                #[allow(unused_comparisons)]
                if self < 0 {
                    runtime_error::negative_shift();
                }
                self as u64
            }
        }
        impl Ordered for $ty {
            #[inline(always)]
            fn least(self, other: $ty) -> $ty {
                Ord::min(self, other)
            }
            #[inline(always)]
            fn greatest(self, other: $ty) -> $ty {
                Ord::max(self, other)
            }
        }
    )*};
}
integers!(isize i8 i16 i32 i64 usize u8 u16 u32 u64);

impl Division for Uintptr {
    fn div(self, by: Uintptr) -> Uintptr {
        self / by
    }
    fn rem(self, by: Uintptr) -> Uintptr {
        self % by
    }
}
impl Shift for Uintptr {
    fn shl(self, count: u64) -> Uintptr {
        Uintptr(Shift::shl(self.0, count))
    }
    fn shr(self, count: u64) -> Uintptr {
        Uintptr(Shift::shr(self.0, count))
    }
}
impl ShiftCount for Uintptr {
    fn count(self) -> u64 {
        self.0 as u64
    }
}
impl Ordered for Uintptr {
    fn least(self, other: Uintptr) -> Uintptr {
        Ord::min(self, other)
    }
    fn greatest(self, other: Uintptr) -> Uintptr {
        Ord::max(self, other)
    }
}

impl<N: Newtype<Inner: Division>> Division for N {
    #[inline(always)]
    fn div(self, by: N) -> N {
        N::wrap(self.inner().div(by.inner()))
    }
    #[inline(always)]
    fn rem(self, by: N) -> N {
        N::wrap(self.inner().rem(by.inner()))
    }
}
impl<N: Newtype<Inner: Shift>> Shift for N {
    #[inline(always)]
    fn shl(self, count: u64) -> N {
        N::wrap(self.inner().shl(count))
    }
    #[inline(always)]
    fn shr(self, count: u64) -> N {
        N::wrap(self.inner().shr(count))
    }
}
impl<N: Newtype<Inner: ShiftCount>> ShiftCount for N {
    #[inline(always)]
    fn count(self) -> u64 {
        self.inner().count()
    }
}

/// Go's integer `/`: a zero divisor panics as in Go, the least integer by -1 is itself.
#[inline(always)]
pub fn div<T: Division>(a: T, b: T) -> T {
    a.div(b)
}

/// Go's `%`.
#[inline(always)]
pub fn rem<T: Division>(a: T, b: T) -> T {
    a.rem(b)
}

/// Go's `x << n`, for any `n`.
#[inline(always)]
pub fn shl<T: Shift, N: ShiftCount>(x: T, n: N) -> T {
    x.shl(n.count())
}

/// Go's `x >> n`, for any `n`.
#[inline(always)]
pub fn shr<T: Shift, N: ShiftCount>(x: T, n: N) -> T {
    x.shr(n.count())
}

/// Types of `min` and `max`. Blanket: every named type over one.
pub trait Ordered: Copy {
    /// The lesser.
    fn least(self, other: Self) -> Self;
    /// The greater.
    fn greatest(self, other: Self) -> Self;
}

macro_rules! ordered_floats {
    ($($ty:ident)*) => {$(
        impl Ordered for $ty {
            #[inline]
            fn least(self, other: $ty) -> $ty {
                if self.is_nan() || other.is_nan() {
                    return $ty::NAN;
                }
                // -0 is less than 0.
                if self < other || self == other && self.is_sign_negative() { self } else { other }
            }
            #[inline]
            fn greatest(self, other: $ty) -> $ty {
                if self.is_nan() || other.is_nan() {
                    return $ty::NAN;
                }
                if self > other || self == other && self.is_sign_positive() { self } else { other }
            }
        }
    )*};
}
ordered_floats!(f32 f64);

macro_rules! float_division {
    ($($ty:ident)*) => {$(
        impl Division for $ty {
            #[inline(always)]
            fn div(self, by: $ty) -> $ty {
                self / by
            }
            #[inline(always)]
            fn rem(self, by: $ty) -> $ty {
                self % by
            }
        }
    )*};
}
float_division!(f32 f64);

impl<N: Newtype<Inner: Ordered>> Ordered for N {
    #[inline]
    fn least(self, other: N) -> N {
        N::wrap(self.inner().least(other.inner()))
    }
    #[inline]
    fn greatest(self, other: N) -> N {
        N::wrap(self.inner().greatest(other.inner()))
    }
}

/// Go's `min` of two.
#[inline(always)]
pub fn min<T: Ordered>(a: T, b: T) -> T {
    a.least(b)
}

/// Go's `max` of two.
#[inline(always)]
pub fn max<T: Ordered>(a: T, b: T) -> T {
    a.greatest(b)
}

/// Integers that a float can be converted to.
pub trait FromFloat: Copy {
    /// As gc does it on amd64.
    fn from_float(value: f64) -> Self;
}

/// The machine's conversion to 64 bits: the least integer when it does not fit.
#[inline(always)]
fn to_i64(value: f64) -> i64 {
    if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&value) {
        value as i64
    } else {
        i64::MIN
    }
}

/// The machine's conversion to 32 bits.
#[inline(always)]
fn to_i32(value: f64) -> i32 {
    if value > -2_147_483_649.0 && value < 2_147_483_648.0 { value as i32 } else { i32::MIN }
}

/// Two conversions to 63 bits, joined.
#[inline(always)]
fn to_u64(value: f64) -> u64 {
    const HALF: f64 = 9_223_372_036_854_775_808.0;
    if value >= HALF { to_i64(value - HALF) as u64 | 1 << 63 } else { to_i64(value) as u64 }
}

macro_rules! from_float {
    ($($ty:ty: $via:ident;)*) => {$(
        impl FromFloat for $ty {
            #[inline(always)]
            fn from_float(value: f64) -> $ty {
                $via(value) as $ty
            }
        }
    )*};
}
from_float! {
    isize: to_i64; i64: to_i64; i32: to_i32; i16: to_i32; i8: to_i32;
    usize: to_u64; u64: to_u64; u32: to_i64; u16: to_i32; u8: to_i32;
}
impl FromFloat for Uintptr {
    fn from_float(value: f64) -> Uintptr {
        Uintptr(to_u64(value) as usize)
    }
}
impl<N: Newtype<Inner: FromFloat>> FromFloat for N {
    #[inline(always)]
    fn from_float(value: f64) -> N {
        N::wrap(FromFloat::from_float(value))
    }
}

/// Converts a float to an integer as gc does on amd64.
#[inline(always)]
pub fn float_to_int<T: FromFloat>(value: impl Into<f64>) -> T {
    T::from_float(value.into())
}
