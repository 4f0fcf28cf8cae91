//! Real numbers as Go's compiler computes with them: exact fractions while numerator and denominator are small, otherwise
//! floating point with a mantissa of 512 bits and an exponent of 32.
//!
//! Always holds: equal numbers of one kind have equal representations.

use super::constant::{Rational, to_f32, to_f64};
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, Zero};
use std::cmp::Ordering;

/// Bits of a rounded number's mantissa.
const PRECISION: u64 = 512;
/// Fractions have fewer bits above and below the line, and numbers outside of 2^-4096..2^4096 are never fractions.
const SMALL: i64 = 4096;
/// Where the exponent of a rounded number ends.
const MAX_EXPONENT: i64 = i32::MAX as i64;
const MIN_EXPONENT: i64 = i32::MIN as i64;

/// A real number. Few constants are one, so it lies elsewhere and every expression's value is small.
#[derive(Clone, PartialEq, Debug)]
pub enum Real {
    /// Exactly this.
    Exact(Box<Rational>),
    /// Rounded after every operation.
    Rounded(Box<Float>),
}

/// `mantissa * 2^exponent`; the mantissa is odd or all is zero.
#[derive(Clone, PartialEq, Debug)]
pub struct Float {
    mantissa: BigInt,
    exponent: i64,
}

impl Float {
    /// Rounded to `precision` bits, ties to even; `None` if it is too large, zero if it is too small.
    fn new(mantissa: BigInt, exponent: i64, precision: u64) -> Option<Float> {
        let (mut mantissa, mut exponent) = (mantissa, exponent);
        let extra = mantissa.bits().saturating_sub(precision);
        if extra > 0 {
            let (negative, magnitude) = (mantissa.is_negative(), mantissa.abs());
            let mut rounded = &magnitude >> extra;
            let rest: BigInt = &magnitude - (&rounded << extra);
            let half = BigInt::one() << (extra - 1);
            if rest > half || (rest == half && rounded.is_odd()) {
                rounded += 1;
            }
            mantissa = if negative { -rounded } else { rounded };
            exponent += extra as i64;
        }
        let zeros = mantissa.trailing_zeros().unwrap_or(0);
        let float = Float { mantissa: mantissa >> zeros, exponent: exponent + zeros as i64 };
        if float.mantissa.is_zero() || float.top() < MIN_EXPONENT {
            return Some(Float { mantissa: BigInt::zero(), exponent: 0 });
        }
        (float.top() <= MAX_EXPONENT).then_some(float)
    }

    /// The exponent of the power of two just above it.
    fn top(&self) -> i64 {
        self.exponent + self.mantissa.bits() as i64
    }

    fn is_small(&self) -> bool {
        (-SMALL + 1..SMALL).contains(&self.top())
    }

    fn quotient(n: &BigInt, d: &BigInt, exponent: i64, precision: u64) -> Option<Float> {
        // two more bits than wanted, and one that says whether anything is left
        let shift = (precision + 2 + d.bits()).saturating_sub(n.bits());
        let (q, rest) = (n << shift).div_rem(d);
        let sticky: BigInt = q << 1u32;
        let sticky = match (rest.is_zero(), n.sign() == d.sign()) {
            (true, _) => sticky,
            (false, true) => sticky + 1,
            (false, false) => sticky - 1,
        };
        Float::new(sticky, exponent - shift as i64 - 1, precision)
    }

    fn times(&self, other: &Float, precision: u64) -> Option<Float> {
        Float::new(&self.mantissa * &other.mantissa, self.exponent + other.exponent, precision)
    }

    fn plus(&self, other: &Float) -> Option<Float> {
        let (high, low) = if self.top() >= other.top() { (self, other) } else { (other, self) };
        // what is too small to matter must not be shifted into place
        if low.mantissa.is_zero() || high.top() - low.top() > 2 * PRECISION as i64 {
            return Some(if high.mantissa.is_zero() { low.clone() } else { high.clone() });
        }
        let exponent = high.exponent.min(low.exponent);
        let place = |f: &Float| &f.mantissa << (f.exponent - exponent) as u64;
        Float::new(place(high) + place(low), exponent, PRECISION)
    }

    /// 10^n
    fn power_of_ten(n: u64, precision: u64) -> Option<Float> {
        let mut result = Float::new(BigInt::one(), 0, precision)?;
        let mut square = Float::new(BigInt::from(10), 0, precision);
        let mut n = n;
        while n > 0 {
            let factor = square?;
            if n & 1 == 1 {
                result = result.times(&factor, precision)?;
            }
            square = factor.times(&factor, precision);
            n >>= 1;
        }
        Some(result)
    }

    /// Only for small ones.
    fn exactly(&self) -> Rational {
        let one = BigInt::one();
        match self.exponent {
            e if e >= 0 => Rational::from(&self.mantissa << e as u64),
            e => Rational::new(self.mantissa.clone(), one << e.unsigned_abs()),
        }
    }
}

impl From<Rational> for Real {
    fn from(value: Rational) -> Real {
        Real::Exact(Box::new(value))
    }
}

impl From<BigInt> for Real {
    fn from(value: BigInt) -> Real {
        Real::Exact(Box::new(Rational::from(value)))
    }
}

impl Real {
    /// Zero.
    pub fn zero() -> Real {
        Real::from(BigInt::ZERO)
    }

    /// `digits * base^exponent` for base 2 or 10, as a literal has it; `None` if it is out of range.
    pub fn scaled(digits: BigInt, base: u32, exponent: i64) -> Option<Real> {
        if digits.is_zero() {
            return Some(Real::zero());
        }
        // decimal digits are log2(10) bits
        let bits = exponent.checked_mul(if base == 10 { 3_321_928 } else { 1_000_000 })? / 1_000_000;
        let top = bits.checked_add(digits.bits() as i64)?;
        if top > MAX_EXPONENT + (1 << 20) {
            return None;
        }
        if top < MIN_EXPONENT - (1 << 20) {
            return Some(Real::zero());
        }
        if (-SMALL - 8..SMALL + 8).contains(&top) {
            let power = BigInt::from(base).pow(exponent.unsigned_abs() as u32);
            let exact = match exponent {
                e if e >= 0 => Rational::from(&digits * power),
                _ => Rational::new(digits.clone(), power),
            };
            if Real::rounded(&exact)?.is_small() {
                return Some(Real::Exact(Box::new(exact)));
            }
        }
        const MORE: u64 = PRECISION + 64;
        let float = match base {
            2 => Float::new(digits, exponent, PRECISION)?,
            _ => {
                let power = Float::power_of_ten(exponent.unsigned_abs(), MORE);
                let digits = Float::new(digits, 0, MORE)?;
                match (exponent >= 0, power) {
                    (true, power) => digits.times(&power?, PRECISION)?,
                    (false, Some(power)) => Float::quotient(
                        &digits.mantissa,
                        &power.mantissa,
                        digits.exponent - power.exponent,
                        PRECISION,
                    )?,
                    (false, None) => return Some(Real::zero()),
                }
            }
        };
        Some(Real::Rounded(Box::new(float)))
    }

    fn rounded(value: &Rational) -> Option<Float> {
        Float::quotient(value.numer(), value.denom(), 0, PRECISION)
    }

    fn float(&self) -> Option<Float> {
        match self {
            Real::Exact(value) => Real::rounded(value),
            Real::Rounded(float) => Some((**float).clone()),
        }
    }

    /// A result of exact arithmetic, rounded if its parts have become large.
    fn settled(value: Rational) -> Option<Real> {
        let small = |n: &BigInt| n.bits() < SMALL as u64;
        if small(value.numer()) && small(value.denom()) {
            return Some(Real::Exact(Box::new(value)));
        }
        Real::rounded(&value).map(|float| Real::Rounded(Box::new(float)))
    }

    fn operation(
        &self,
        other: &Real,
        exact: impl Fn(&Rational, &Rational) -> Rational,
        rounded: impl Fn(&Float, &Float) -> Option<Float>,
    ) -> Option<Real> {
        match (self, other) {
            (Real::Exact(a), Real::Exact(b)) => Real::settled(exact(a, b)),
            _ => rounded(&self.float()?, &other.float()?).map(|float| Real::Rounded(Box::new(float))),
        }
    }

    /// `self + other`; `None`, here and below, if the result is too large.
    pub fn plus(&self, other: &Real) -> Option<Real> {
        self.operation(other, |a, b| a + b, Float::plus)
    }

    /// `self - other`
    pub fn minus(&self, other: &Real) -> Option<Real> {
        self.plus(&other.negated())
    }

    /// `self * other`
    pub fn times(&self, other: &Real) -> Option<Real> {
        self.operation(other, |a, b| a * b, |a, b| a.times(b, PRECISION))
    }

    /// `self / other`; the divisor is not zero.
    pub fn over(&self, other: &Real) -> Option<Real> {
        let quotient = |a: &Float, b: &Float| {
            Float::quotient(&a.mantissa, &b.mantissa, a.exponent - b.exponent, PRECISION)
        };
        self.operation(other, |a, b| a / b, quotient)
    }

    /// `-self`
    pub fn negated(&self) -> Real {
        match self {
            Real::Exact(value) => Real::Exact(Box::new(-(**value).clone())),
            Real::Rounded(float) => {
                Real::Rounded(Box::new(Float { mantissa: -&float.mantissa, exponent: float.exponent }))
            }
        }
    }

    /// Is it zero?
    pub fn is_zero(&self) -> bool {
        match self {
            Real::Exact(value) => value.is_zero(),
            Real::Rounded(float) => float.mantissa.is_zero(),
        }
    }

    fn sign(&self) -> Sign {
        match self {
            Real::Exact(value) => value.numer().sign(),
            Real::Rounded(float) => float.mantissa.sign(),
        }
    }

    /// How it compares.
    pub fn order(&self, other: &Real) -> Ordering {
        if let (Real::Exact(a), Real::Exact(b)) = (self, other) {
            return a.cmp(b);
        }
        match self.minus(other).map(|d| d.sign()) {
            Some(Sign::Minus) => Ordering::Less,
            Some(Sign::NoSign) => Ordering::Equal,
            Some(Sign::Plus) => Ordering::Greater,
            None => self.sign().cmp(&other.sign()),
        }
    }

    /// The integer that it is, if it is one; a rounded number is taken for the integer next to it.
    pub fn to_integer(&self) -> Option<BigInt> {
        match self {
            Real::Exact(value) => value.is_integer().then(|| value.to_integer()),
            Real::Rounded(float) if float.exponent >= 0 => {
                float.is_small().then(|| float.exactly().to_integer())
            }
            Real::Rounded(float) if !float.is_small() => None,
            Real::Rounded(float) => {
                const DELTA: u64 = 4;
                let extra = float.mantissa.bits().saturating_sub(PRECISION - DELTA);
                let (magnitude, negative) = (float.mantissa.abs(), float.mantissa.is_negative());
                let down = &magnitude >> extra;
                let candidates = [down.clone(), down + 1];
                let whole = candidates.into_iter().find_map(|m| {
                    let value = Float { mantissa: m, exponent: float.exponent + extra as i64 }.exactly();
                    (extra > 0 && value.is_integer()).then(|| value.to_integer())
                })?;
                Some(if negative { -whole } else { whole })
            }
        }
    }

    /// The nearest float64; infinite if out of range.
    pub fn to_f64(&self) -> f64 {
        self.nearest(to_f64)
    }

    /// The nearest float32; infinite if out of range.
    pub fn to_f32(&self) -> f32 {
        self.nearest(|value| f64::from(to_f32(value))) as f32
    }

    fn nearest(&self, round: impl Fn(&Rational) -> f64) -> f64 {
        match self {
            Real::Exact(value) => round(value),
            Real::Rounded(float) if float.is_small() => round(&float.exactly()),
            Real::Rounded(float) if float.top() < 0 => 0.0,
            Real::Rounded(float) if float.mantissa.is_negative() => f64::NEG_INFINITY,
            Real::Rounded(_) => f64::INFINITY,
        }
    }

    /// As `%.6g` prints it, also beyond the range of float64.
    pub fn text(&self) -> String {
        let near = self.to_f64();
        if near.is_finite() && (near == 0.0) == self.is_zero() {
            let text = general(near, 6);
            let whole = match self {
                Real::Exact(value) => value.is_integer(),
                Real::Rounded(float) => float.exponent >= 0,
            };
            if !whole && !text.contains(['.', 'e']) {
                return near.to_string();
            }
            return text;
        }
        let Some(float) = self.float() else { return "?".into() };
        // an approximation is enough: mantissa and decimal exponent
        let top = float.top();
        let fraction = Float { mantissa: float.mantissa.clone(), exponent: float.exponent - top };
        let digits = top as f64 * std::f64::consts::LN_2 / std::f64::consts::LN_10;
        let mut exponent = digits as i64;
        let mut mantissa = to_f64(&fraction.exactly()) * 10f64.powf(digits - exponent as f64);
        if mantissa.abs() < 1.0 - 0.5e-6 {
            mantissa *= 10.0;
            exponent -= 1;
        } else if mantissa.abs() >= 10.0 {
            mantissa /= 10.0;
            exponent += 1;
        }
        format!("{}e{exponent:+}", general(mantissa, 6))
    }
}

/// `%.{precision}g`
fn general(v: f64, precision: i32) -> String {
    if v == 0.0 {
        return "0".into();
    }
    let scientific = format!("{v:.*e}", precision as usize - 1);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let trimmed = |text: &str| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text.to_owned(),
    };
    if !(-4..precision).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{}e{sign}{:02}", trimmed(mantissa), exponent.abs());
    }
    trimmed(&format!("{v:.*}", (precision - 1 - exponent).max(0) as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(digits: i64, exponent: i64) -> Option<Real> {
        Real::scaled(BigInt::from(digits), 10, exponent)
    }

    #[test]
    fn exponents_end_where_gos_do() {
        assert!(decimal(1, 646_456_992).is_some());
        assert!(decimal(1, 646_456_994).is_none());
        assert!(decimal(1, -9_000_000_000).is_some_and(|v| v.is_zero()));
        let huge = decimal(1, 646_456_992).expect("in range");
        assert_eq!(huge.over(&huge).and_then(|v| v.to_integer()), Some(BigInt::one()));
        assert!(huge.times(&huge).is_none());
        assert_eq!(huge.order(&decimal(1, 646_456_991).expect("in range")), Ordering::Greater);
    }

    #[test]
    fn numbers_print_as_in_gos_messages() {
        let text = |digits, exponent| decimal(digits, exponent).map(|v| v.text());
        for (digits, exponent, shown) in [
            (1, 7, "1e+07"),
            (1, 5, "100000"),
            (15, -1, "1.5"),
            (1, -5, "1e-05"),
            (3_141_592_653, -9, "3.14159"),
            (10_000_001, -7, "1.0000001"),
            (1, 1000, "1e+1000"),
            (-25, 5000, "-2.5e+5001"),
            (0, 5, "0"),
        ] {
            assert_eq!(text(digits, exponent).as_deref(), Some(shown));
        }
    }

    #[test]
    fn fractions_with_large_parts_are_rounded() {
        let third = Real::Exact(Box::new(Rational::new(BigInt::one(), BigInt::from(3))));
        let mut power = third.clone();
        for _ in 0..13 {
            power = power.times(&power).expect("in range");
        }
        assert!(matches!(power, Real::Rounded(_)));
        assert_eq!(
            third.times(&Real::from(BigInt::from(3))).and_then(|v| v.to_integer()),
            Some(BigInt::one())
        );
    }
}
