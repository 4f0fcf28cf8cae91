//! Constant values with arbitrary precision (Go specification, "Constants").

use super::real::Real;
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::Ratio;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::sync::Arc;

/// A rational number of any size.
pub type Rational = Ratio<BigInt>;

/// A constant value.
#[derive(Clone, PartialEq, Debug)]
pub enum Const {
    /// A value that could not be computed.
    Unknown,
    /// `true` or `false`.
    Bool(bool),
    /// Bytes of a string.
    String(Arc<[u8]>),
    /// An integer (or rune).
    Int(BigInt),
    /// A number that is written or used as floating point. Rounded to the format when its type is float32 or float64.
    Float(Real),
    /// Real and imaginary part.
    Complex(Real, Real),
}

/// The nearest float64, ties to even; infinite if out of range.
pub fn to_f64(value: &Rational) -> f64 {
    round(value, 53, -1074, 1023)
}

/// The nearest float32, ties to even; infinite if out of range.
pub fn to_f32(value: &Rational) -> f32 {
    round(value, 24, -149, 127) as f32
}

/// Rounds to `precision` bits with no bit below 2^`min`; the result is exact in a float64.
fn round(value: &Rational, precision: i64, min: i64, max: i64) -> f64 {
    if value.is_zero() {
        return 0.0;
    }
    let (n, d) = (value.numer().abs(), value.denom().clone());
    // the value lies in [2^e, 2^(e+2))
    let e = n.bits() as i64 - d.bits() as i64 - 1;
    let mut unit = (e - precision + 1).max(min);
    let divide = |unit: i64| {
        let (n, d) =
            if unit >= 0 { (n.clone(), &d << unit as u64) } else { (&n << (-unit) as u64, d.clone()) };
        let (q, r) = n.div_rem(&d);
        let twice: BigInt = r << 1u32;
        let up = match twice.cmp(&d) {
            Ordering::Greater => true,
            Ordering::Equal => q.is_odd(),
            Ordering::Less => false,
        };
        (q.bits() as i64, if up { q + BigInt::one() } else { q })
    };
    let (bits, mut q) = divide(unit);
    if bits > precision {
        unit += bits - precision;
        q = divide(unit).1;
    }
    let magnitude = q.to_f64().expect("fits") * exp2(unit);
    let magnitude = if magnitude >= exp2(max) * 2.0 { f64::INFINITY } else { magnitude };
    if value.is_negative() { -magnitude } else { magnitude }
}

fn exp2(e: i64) -> f64 {
    // two steps, since 2^-1074 is no normal number
    let half = e / 2;
    2f64.powi(half as i32) * 2f64.powi((e - half) as i32)
}

/// The exact value of a float.
pub fn from_f64(v: f64) -> Rational {
    let bits = v.to_bits();
    let exponent = ((bits >> 52) & 0x7ff) as i64;
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, e) = if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) };
    let mut n = BigInt::from(mantissa);
    if v < 0.0 {
        n = -n;
    }
    if e >= 0 { Rational::from(n << e as u64) } else { Rational::new(n, BigInt::one() << (-e) as u64) }
}
