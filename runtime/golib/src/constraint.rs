//! Bounds of generic translated code: what Go's constraints allow, as traits of Rust.
//!
//! A constraint is a set of types; the operations of generic code are those that all of them have. What must hold: every type
//! that Go admits implements the trait (named types by the derive's operators), and an operation does what Go's does for that
//! very type: integers wrap, division by zero panics, conversions cut off as gc's do.

use std::ops::{
    Add, AddAssign, BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Div, DivAssign, Mul,
    MulAssign, Not, Sub, SubAssign,
};

use crate::map::Map;
use crate::num::{Division, FromFloat, Ordered, Shift, ShiftCount, Uintptr};
use crate::view::{GoType, Newtype};
use crate::wrapping::{WrapAdd, WrapNumber};

/// `cmp.Ordered` and parts of it: strings and real numbers.
pub trait GoOrdered: GoType + PartialOrd + Ordered + Add<Output = Self> + AddAssign + WrapAdd {}
impl<T: GoType + PartialOrd + Ordered + Add<Output = T> + AddAssign + WrapAdd> GoOrdered for T {}

/// Numbers of any kind.
pub trait GoNumber:
    GoType
    + PartialEq
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + DivAssign
    + WrapNumber
{
}
impl<
    T: GoType
        + PartialEq
        + Add<Output = T>
        + Sub<Output = T>
        + Mul<Output = T>
        + Div<Output = T>
        + AddAssign
        + SubAssign
        + MulAssign
        + DivAssign
        + WrapNumber,
> GoNumber for T
{
}

/// Integers and floating-point numbers.
pub trait GoReal: GoNumber + GoOrdered + Division + Real {}
impl<T: GoNumber + GoOrdered + Division + Real> GoReal for T {}

/// Integers.
pub trait GoInteger:
    GoReal
    + Shift
    + ShiftCount
    + Not<Output = Self>
    + BitAnd<Output = Self>
    + BitOr<Output = Self>
    + BitXor<Output = Self>
    + BitAndAssign
    + BitOrAssign
    + BitXorAssign
{
}
impl<
    T: GoReal
        + Shift
        + ShiftCount
        + Not<Output = T>
        + BitAnd<Output = T>
        + BitOr<Output = T>
        + BitXor<Output = T>
        + BitAndAssign
        + BitOrAssign
        + BitXorAssign,
> GoInteger for T
{
}

/// A real number, of whatever type it was.
#[derive(Clone, Copy)]
pub enum Number {
    /// An integer.
    Int(i128),
    /// A floating-point number.
    Float(f64),
}

/// Real numbers: constants and conversions.
pub trait Real: Copy {
    /// The number.
    fn number(self) -> Number;
    /// `T(x)`
    fn of_number(number: Number) -> Self;

    /// An integer constant, which the type can represent.
    #[inline(always)]
    fn int(value: i64) -> Self {
        Self::of_number(Number::Int(value.into()))
    }

    /// A constant, which the type can represent.
    #[inline(always)]
    fn float(value: f64) -> Self {
        Self::of_number(Number::Float(value))
    }

    /// `T(x)` of a real number.
    #[inline(always)]
    fn of<T: Real>(value: T) -> Self {
        Self::of_number(value.number())
    }

    /// A conversion to another type.
    #[inline(always)]
    fn convert<T: Real>(self) -> T {
        T::of_number(self.number())
    }
}

macro_rules! integers {
    ($($ty:ident)*) => {$(
        impl Real for $ty {
            #[inline(always)]
            fn number(self) -> Number {
                Number::Int(self as i128)
            }
            #[inline(always)]
            fn of_number(number: Number) -> $ty {
                match number {
                    Number::Int(n) => n as $ty,
                    Number::Float(x) => $ty::from_float(x),
                }
            }
        }
    )*};
}
integers!(isize i8 i16 i32 i64 usize u8 u16 u32 u64);

macro_rules! floats {
    ($($ty:ident)*) => {$(
        impl Real for $ty {
            #[inline(always)]
            fn number(self) -> Number {
                Number::Float(self.into())
            }
            #[inline(always)]
            fn of_number(number: Number) -> $ty {
                match number {
                    Number::Int(n) => n as $ty,
                    Number::Float(x) => x as $ty,
                }
            }
        }
    )*};
}
floats!(f32 f64);

impl Real for Uintptr {
    fn number(self) -> Number {
        self.0.number()
    }
    fn of_number(number: Number) -> Uintptr {
        Uintptr(usize::of_number(number))
    }
}

impl<N: Newtype<Inner: Real>> Real for N {
    #[inline(always)]
    fn number(self) -> Number {
        self.inner().number()
    }
    #[inline(always)]
    fn of_number(number: Number) -> N {
        N::wrap(N::Inner::of_number(number))
    }
}

/// Maps and named types over maps, for functions that take any of them.
pub trait MapOf: GoType {
    /// The key type.
    type K: GoType;
    /// The element type.
    type V: GoType;
    /// Takes the name away.
    fn to_map(self) -> Map<Self::K, Self::V>;
    /// Gives it back.
    fn of_map(map: Map<Self::K, Self::V>) -> Self;
}
impl<K: GoType, V: GoType> MapOf for Map<K, V> {
    type K = K;
    type V = V;
    #[inline(always)]
    fn to_map(self) -> Map<K, V> {
        self
    }
    #[inline(always)]
    fn of_map(map: Map<K, V>) -> Map<K, V> {
        map
    }
}
impl<N: Newtype<Inner: MapOf>> MapOf for N {
    type K = <N::Inner as MapOf>::K;
    type V = <N::Inner as MapOf>::V;
    #[inline(always)]
    fn to_map(self) -> Map<Self::K, Self::V> {
        self.inner().to_map()
    }
    #[inline(always)]
    fn of_map(map: Map<Self::K, Self::V>) -> N {
        N::wrap(MapOf::of_map(map))
    }
}
