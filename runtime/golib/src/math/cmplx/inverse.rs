//! Inverse functions and tangents, by the formulas of Moshier's Cephes.
//!
//! What must hold: at infinities and NaN the values are those of C99's annex G, which come before any formula; on the axes the
//! real functions decide. The inverse sine does the work of its relatives: they turn their argument and its result by 90 degrees.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

use super::{Inf, Log, NaN, Sqrt};
use crate::complex::Complex128;
use crate::math::{self, within_half_turn};

fn new(re: f64, im: f64) -> Complex128 {
    Complex128::new(re, im)
}

fn nan() -> f64 {
    math::NaN()
}

/// `i * x`
fn turned(x: Complex128) -> Complex128 {
    new(-x.im, x.re)
}

/// `-i * x`
fn turned_back(x: Complex128) -> Complex128 {
    new(x.im, -x.re)
}

/// The inverse sine.
pub fn Asin(x: Complex128) -> Complex128 {
    let (re, im) = (x.re, x.im);
    if im == 0.0 && re.abs() <= 1.0 {
        return new(math::Asin(re), im);
    }
    if re == 0.0 && im.abs() <= 1.0 {
        return new(re, math::Asinh(im));
    }
    if im.is_nan() {
        return if re == 0.0 {
            new(re, nan())
        } else if re.is_infinite() {
            new(nan(), re)
        } else {
            NaN()
        };
    }
    if im.is_infinite() {
        if re.is_nan() {
            return x;
        }
        let angle: f64 = if re.is_infinite() { FRAC_PI_4 } else { 0.0 };
        return new(angle.copysign(re), im);
    }
    if re.is_infinite() {
        return new(FRAC_PI_2.copysign(re), re.copysign(im));
    }
    let square = x * x;
    turned_back(Log(turned(x) + Sqrt(new(1.0 - square.re, -square.im))))
}

/// The inverse hyperbolic sine.
pub fn Asinh(x: Complex128) -> Complex128 {
    let (re, im) = (x.re, x.im);
    if im == 0.0 && re.abs() <= 1.0 {
        return new(math::Asinh(re), im);
    }
    if re == 0.0 && im.abs() <= 1.0 {
        return new(re, math::Asin(im));
    }
    if re.is_infinite() {
        if im.is_nan() {
            return x;
        }
        let angle: f64 = if im.is_infinite() { FRAC_PI_4 } else { 0.0 };
        return new(re, angle.copysign(im));
    }
    if re.is_nan() {
        return if im == 0.0 {
            x
        } else if im.is_infinite() {
            new(im, re)
        } else {
            NaN()
        };
    }
    if im.is_infinite() {
        return new(im.copysign(re), FRAC_PI_2.copysign(im));
    }
    let square = x * x;
    Log(x + Sqrt(new(1.0 + square.re, square.im)))
}

/// The inverse cosine.
pub fn Acos(x: Complex128) -> Complex128 {
    let sine = Asin(x);
    new(FRAC_PI_2 - sine.re, -sine.im)
}

/// The inverse hyperbolic cosine.
pub fn Acosh(x: Complex128) -> Complex128 {
    if x == new(0.0, 0.0) {
        return new(0.0, FRAC_PI_2.copysign(x.im));
    }
    let cosine = Acos(x);
    if cosine.im <= 0.0 { turned(cosine) } else { turned_back(cosine) }
}

/// The inverse tangent.
pub fn Atan(x: Complex128) -> Complex128 {
    let (re, im) = (x.re, x.im);
    if im == 0.0 {
        return new(math::Atan(re), im);
    }
    if re == 0.0 && im.abs() <= 1.0 {
        return new(re, math::Atanh(im));
    }
    if re.is_infinite() || im.is_infinite() {
        let angle = if re.is_nan() { nan() } else { FRAC_PI_2.copysign(re) };
        return new(angle, 0f64.copysign(im));
    }
    if re.is_nan() || im.is_nan() {
        return NaN();
    }
    let square = re * re;
    let below = 1.0 - square - im * im;
    let distance = square + (im - 1.0) * (im - 1.0);
    if below == 0.0 || distance == 0.0 {
        return NaN();
    }
    let angle = within_half_turn(0.5 * math::Atan2(2.0 * re, below));
    let ratio = (square + (im + 1.0) * (im + 1.0)) / distance;
    new(angle, 0.25 * math::Log(ratio))
}

/// The inverse hyperbolic tangent.
pub fn Atanh(x: Complex128) -> Complex128 {
    turned_back(Atan(turned(x)))
}

/// `cosh(2y) - cos(2x)` as a series, where the difference of the two would be mostly rounding.
fn difference(z: Complex128) -> f64 {
    const SMALL: f64 = f64::EPSILON / 2.0;
    let x = within_half_turn((2.0 * z.re).abs());
    let y = (2.0 * z.im).abs();
    let (x, y) = (x * x, y * y);
    let (mut x_power, mut y_power, mut factorial, mut n, mut sum) = (1.0, 1.0, 1.0, 0.0, 0.0);
    let mut alternate = 1.0;
    loop {
        for _ in 0..2 {
            n += 1.0;
            factorial *= n;
        }
        x_power *= x;
        y_power *= y;
        let term = (y_power + alternate * x_power) / factorial;
        sum += term;
        // the terms come in pairs; what is no number ends it, too
        let share = (term / sum).abs();
        if alternate < 0.0 && (share <= SMALL || share.is_nan()) {
            return sum;
        }
        alternate = -alternate;
    }
}

/// The sign of a tangent's vanishing part where the other is infinite.
fn vanishing(angle: f64) -> f64 {
    0f64.copysign(if angle.is_finite() { math::Sin(2.0 * angle) } else { angle })
}

/// The tangent.
pub fn Tan(x: Complex128) -> Complex128 {
    if x.im.is_infinite() {
        return new(vanishing(x.re), 1f64.copysign(x.im));
    }
    if x.re == 0.0 && x.im.is_nan() {
        return x;
    }
    let sum = math::Cos(2.0 * x.re) + math::Cosh(2.0 * x.im);
    divided(math::Sin(2.0 * x.re), math::Sinh(2.0 * x.im), refined(sum, x))
}

/// The hyperbolic tangent.
pub fn Tanh(x: Complex128) -> Complex128 {
    if x.re.is_infinite() {
        return new(1f64.copysign(x.re), vanishing(x.im));
    }
    if x.im == 0.0 && x.re.is_nan() {
        return x;
    }
    let sum = math::Cosh(2.0 * x.re) + math::Cos(2.0 * x.im);
    divided(math::Sinh(2.0 * x.re), math::Sin(2.0 * x.im), sum)
}

/// The cotangent.
pub fn Cot(x: Complex128) -> Complex128 {
    let divisor = refined(math::Cosh(2.0 * x.im) - math::Cos(2.0 * x.re), x);
    divided(math::Sin(2.0 * x.re), -math::Sinh(2.0 * x.im), divisor)
}

fn refined(divisor: f64, x: Complex128) -> f64 {
    if divisor.abs() < 0.25 { difference(x) } else { divisor }
}

fn divided(re: f64, im: f64, divisor: f64) -> Complex128 {
    if divisor == 0.0 { Inf() } else { new(re / divisor, im / divisor) }
}
