//! Go's complex numbers.
//!
//! Must hold: products are the textbook's, quotients follow gc's rules for infinities and NaN, which keep the "kind" of the result
//! (a number divided by zero is infinite, by infinity is zero).

use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use crate::hash::GoHasher;
use crate::num::{eq_at, scalar};
use crate::ty::{Desc, Kind, named_id};
use crate::view::{GoType, Var};

macro_rules! complex {
    ($ty:ident, $part:ident, $name:literal, $kind:ident) => {
        #[doc = concat!("Go's `", $name, "`.")]
        #[derive(Clone, Copy, PartialEq, Debug)]
        #[repr(C)]
        pub struct $ty {
            /// The real part.
            pub re: $part,
            /// The imaginary part.
            pub im: $part,
        }

        impl $ty {
            /// `complex(re, im)`
            #[inline]
            pub const fn new(re: $part, im: $part) -> $ty {
                $ty { re, im }
            }
        }

        // SAFETY: two floats without padding.
        unsafe impl GoType for $ty {
            type View = Var<$ty>;
            const ID: u128 = named_id($name, &[]);
            const NOSCAN: bool = true;
            const DESC: &'static Desc = &Desc {
                eq: Some(eq_at::<$ty>),
                hash: Some(|value, hasher: &mut GoHasher| {
                    // SAFETY: the caller passes a value of this type.
                    let value = unsafe { *value.cast::<$ty>() };
                    hasher.write_float(f64::from(value.re));
                    hasher.write_float(f64::from(value.im));
                }),
                ..scalar::<$ty>(Kind::$kind, || String::from($name))
            };
        }

        impl Add for $ty {
            type Output = $ty;
            fn add(self, other: $ty) -> $ty {
                $ty::new(self.re + other.re, self.im + other.im)
            }
        }
        impl Sub for $ty {
            type Output = $ty;
            fn sub(self, other: $ty) -> $ty {
                $ty::new(self.re - other.re, self.im - other.im)
            }
        }
        impl Mul for $ty {
            type Output = $ty;
            fn mul(self, other: $ty) -> $ty {
                // gc multiplies parts of either size as float64
                let (a, b) = (f64::from(self.re), f64::from(self.im));
                let (c, d) = (f64::from(other.re), f64::from(other.im));
                $ty::new((a * c - b * d) as $part, (a * d + b * c) as $part)
            }
        }
        impl Div for $ty {
            type Output = $ty;
            fn div(self, other: $ty) -> $ty {
                let (re, im) = quotient(
                    (f64::from(self.re), f64::from(self.im)),
                    (f64::from(other.re), f64::from(other.im)),
                );
                $ty::new(re as $part, im as $part)
            }
        }
        impl Neg for $ty {
            type Output = $ty;
            fn neg(self) -> $ty {
                $ty::new(-self.re, -self.im)
            }
        }
        impl AddAssign for $ty {
            fn add_assign(&mut self, other: $ty) {
                *self = *self + other;
            }
        }
        impl SubAssign for $ty {
            fn sub_assign(&mut self, other: $ty) {
                *self = *self - other;
            }
        }
        impl MulAssign for $ty {
            fn mul_assign(&mut self, other: $ty) {
                *self = *self * other;
            }
        }
        impl DivAssign for $ty {
            fn div_assign(&mut self, other: $ty) {
                *self = *self / other;
            }
        }
    };
}
complex!(Complex64, f32, "complex64", Complex64);
complex!(Complex128, f64, "complex128", Complex128);

/// `n / m`
fn quotient((a, b): (f64, f64), (c, d): (f64, f64)) -> (f64, f64) {
    // Smith's method: divide by the larger part first, so that nothing overflows on the way.
    let (re, im) = if c.abs() >= d.abs() {
        let ratio = d / c;
        let denominator = c + ratio * d;
        ((a + b * ratio) / denominator, (b - a * ratio) / denominator)
    } else {
        let ratio = c / d;
        let denominator = d + ratio * c;
        ((a * ratio + b) / denominator, (b * ratio - a) / denominator)
    };
    if !(re.is_nan() && im.is_nan()) {
        return (re, im);
    }
    let unit = |x: f64| if x.is_infinite() { 1f64.copysign(x) } else { 0f64.copysign(x) };
    let (finite_n, finite_m) = (a.is_finite() && b.is_finite(), c.is_finite() && d.is_finite());
    if c == 0.0 && d == 0.0 && !(a.is_nan() && b.is_nan()) {
        let infinity = f64::INFINITY.copysign(c);
        (infinity * a, infinity * b)
    } else if (a.is_infinite() || b.is_infinite()) && finite_m {
        let (a, b) = (unit(a), unit(b));
        (f64::INFINITY * (a * c + b * d), f64::INFINITY * (b * c - a * d))
    } else if (c.is_infinite() || d.is_infinite()) && finite_n {
        let (c, d) = (unit(c), unit(d));
        (0.0 * (a * c + b * d), 0.0 * (b * c - a * d))
    } else {
        (re, im)
    }
}
