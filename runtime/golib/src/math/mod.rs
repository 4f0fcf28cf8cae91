//! Go's package `math`.
//!
//! What must hold: results are those of gc on amd64 to the last bit, because programs print them with 17 digits; so the
//! elementary functions are computed by the methods that Go chose (Cephes, FreeBSD's msun, Shibata's `exp`), not by those of the
//! system's library. The rest is exact (`Sqrt`, `Mod`, rounding) or by way of the crate `libm`, which is msun, too.

pub mod bits;
pub mod cmplx;
pub mod rand;

mod bessel;
mod error_function;
mod error_inverse;
mod exponential;
mod gamma;
mod parts;
mod trigonometric;

pub use bessel::*;
pub use error_function::*;
pub use error_inverse::*;
pub use exponential::*;
pub use gamma::*;
pub use parts::*;
pub use trigonometric::*;

use std::f64::consts;

macro_rules! constants {
    ($($ty:ident { $($name:ident = $value:expr;)* })*) => {$($(
        #[doc = concat!("`", stringify!($name), "`")]
        pub const $name: $ty = $value;
    )*)*};
}
constants! {
    f64 {
        E = consts::E;
        Pi = consts::PI;
        Phi = 1.618_033_988_749_895;
        Sqrt2 = consts::SQRT_2;
        SqrtE = 1.648_721_270_700_128_2;
        SqrtPi = 1.772_453_850_905_516;
        SqrtPhi = 1.272_019_649_514_069;
        Ln2 = consts::LN_2;
        Log2E = consts::LOG2_E;
        Ln10 = consts::LN_10;
        Log10E = consts::LOG10_E;
        MaxFloat32 = f32::MAX as f64;
        SmallestNonzeroFloat32 = 1.401_298_464_324_817e-45;
        MaxFloat64 = f64::MAX;
        SmallestNonzeroFloat64 = 5e-324;
    }
    isize {
        MaxInt = isize::MAX;
        MinInt = isize::MIN;
        MaxInt8 = 127;
        MinInt8 = -128;
        MaxInt16 = 32767;
        MinInt16 = -32768;
        MaxInt32 = 0x7fff_ffff;
        MinInt32 = -0x8000_0000;
        MaxInt64 = isize::MAX;
        MinInt64 = isize::MIN;
        MaxUint8 = 255;
        MaxUint16 = 65535;
        MaxUint32 = 0xffff_ffff;
    }
    u64 {
        MaxUint = u64::MAX;
        MaxUint64 = u64::MAX;
    }
}

/// `c[0] * x^n + .. + c[n]`, each step rounded.
fn poly(x: f64, coefficients: &[f64]) -> f64 {
    coefficients[1..].iter().fold(coefficients[0], |sum, c| sum * x + c)
}

/// The square root.
pub fn Sqrt(x: f64) -> f64 {
    x.sqrt()
}
/// The cube root.
pub fn Cbrt(x: f64) -> f64 {
    /// What makes a third of the bits a first guess; the second for denormals scaled by 2^54.
    const GUESS: [u64; 2] = [715_094_163 << 32, 696_219_795 << 32];
    const C: f64 = 5.428_571_428_571_428e-1;
    const D: f64 = -7.053_061_224_489_796e-1;
    const E: f64 = 1.414_285_714_285_714_4;
    const F: f64 = 1.607_142_857_142_857_2;
    const G: f64 = 3.571_428_571_428_571_5e-1;
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    let a = x.abs();
    let mut t = if a < f64::MIN_POSITIVE {
        f64::from_bits((a * (1u64 << 54) as f64).to_bits() / 3 + GUESS[1])
    } else {
        f64::from_bits(a.to_bits() / 3 + GUESS[0])
    };
    let r = t * t / a;
    let s = C + r * t;
    t *= G + F / (s + E + D / s);
    // Chopped to 22 bits, made larger than the root.
    t = f64::from_bits((t.to_bits() & (0xf_ffff_fffc << 28)) + (1 << 30));
    let r = a / (t * t);
    let r = (r - t) / (t + t + r);
    (t + t * r).copysign(x)
}
/// `sqrt(p*p + q*q)` without overflow on the way.
pub fn Hypot(p: f64, q: f64) -> f64 {
    let (p, q) = (p.abs(), q.abs());
    if p.is_infinite() || q.is_infinite() {
        return f64::INFINITY;
    }
    if p.is_nan() || q.is_nan() {
        return NaN();
    }
    let (p, q) = if p < q { (q, p) } else { (p, q) };
    if p == 0.0 {
        return 0.0;
    }
    let q = q / p;
    p * (1.0 + q * q).sqrt()
}
/// The remainder of a division rounded to zero, with the sign of `x`.
pub fn Mod(x: f64, y: f64) -> f64 {
    if y == 0.0 || x.is_infinite() || x.is_nan() || y.is_nan() { NaN() } else { x % y }
}
/// The remainder of a division rounded to the nearest.
pub fn Remainder(x: f64, y: f64) -> f64 {
    if y == 0.0 || x.is_infinite() || x.is_nan() || y.is_nan() { NaN() } else { libm::remainder(x, y) }
}
/// `x*y + z` rounded once.
pub fn FMA(x: f64, y: f64, z: f64) -> f64 {
    x.mul_add(y, z)
}
/// `x-y`, but not less than 0.
pub fn Dim(x: f64, y: f64) -> f64 {
    let v = x - y;
    if v <= 0.0 { 0.0 } else { v }
}
/// The greater.
pub fn Max(x: f64, y: f64) -> f64 {
    if x == f64::INFINITY || y == f64::INFINITY { f64::INFINITY } else { crate::num::max(x, y) }
}
/// The lesser.
pub fn Min(x: f64, y: f64) -> f64 {
    if x == f64::NEG_INFINITY || y == f64::NEG_INFINITY { f64::NEG_INFINITY } else { crate::num::min(x, y) }
}
