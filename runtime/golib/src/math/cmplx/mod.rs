//! Go's package `math/cmplx`.
//!
//! What must hold: parts are computed by the functions of `math`, so they are Go's to the last bit where Go computes them so.

mod inverse;

pub use inverse::*;

use crate::complex::Complex128;
use crate::math;

/// The magnitude.
pub fn Abs(x: Complex128) -> f64 {
    math::Hypot(x.re, x.im)
}
/// The angle.
pub fn Phase(x: Complex128) -> f64 {
    math::Atan2(x.im, x.re)
}
/// Magnitude and angle.
pub fn Polar(x: Complex128) -> (f64, f64) {
    (Abs(x), Phase(x))
}
/// Of a magnitude and an angle.
pub fn Rect(r: f64, angle: f64) -> Complex128 {
    let (sin, cos) = math::Sincos(angle);
    Complex128::new(r * cos, r * sin)
}
/// With the imaginary part negated.
pub fn Conj(x: Complex128) -> Complex128 {
    Complex128::new(x.re, -x.im)
}
/// An infinity.
pub fn Inf() -> Complex128 {
    Complex128::new(f64::INFINITY, f64::INFINITY)
}
/// Not a number.
pub fn NaN() -> Complex128 {
    Complex128::new(math::NaN(), math::NaN())
}
/// Whether a part is infinite.
pub fn IsInf(x: Complex128) -> bool {
    x.re.is_infinite() || x.im.is_infinite()
}
/// Whether a part is NaN and none infinite.
pub fn IsNaN(x: Complex128) -> bool {
    !IsInf(x) && (x.re.is_nan() || x.im.is_nan())
}
/// `e^x`
pub fn Exp(x: Complex128) -> Complex128 {
    match (x.re, x.im) {
        (re, 0.0) if re.is_infinite() => return Complex128::new(re.max(0.0), x.im),
        (re, im) if re.is_infinite() && !im.is_finite() => {
            return if re < 0.0 {
                Complex128::new(0.0, 0f64.copysign(im))
            } else {
                Complex128::new(f64::INFINITY, math::NaN())
            };
        }
        (re, 0.0) if re.is_nan() => return Complex128::new(math::NaN(), x.im),
        _ => {}
    }
    let size = math::Exp(x.re);
    let (sin, cos) = math::Sincos(x.im);
    Complex128::new(size * cos, size * sin)
}
/// The natural logarithm.
pub fn Log(x: Complex128) -> Complex128 {
    Complex128::new(math::Log(Abs(x)), Phase(x))
}
/// The logarithm to base 10.
pub fn Log10(x: Complex128) -> Complex128 {
    let z = Log(x);
    Complex128::new(math::Log10E * z.re, math::Log10E * z.im)
}
/// The square root with a real part that is not negative.
pub fn Sqrt(x: Complex128) -> Complex128 {
    if x.im == 0.0 {
        if x.re == 0.0 {
            return Complex128::new(0.0, x.im);
        }
        return if x.re < 0.0 {
            Complex128::new(0.0, (-x.re).sqrt().copysign(x.im))
        } else {
            Complex128::new(x.re.sqrt(), x.im)
        };
    }
    if x.im.is_infinite() {
        return Complex128::new(f64::INFINITY, x.im);
    }
    if x.re == 0.0 {
        let r = (0.5 * x.im.abs()).sqrt();
        return Complex128::new(r, r.copysign(x.im));
    }
    // Scaled, so that nothing overflows or vanishes on the way.
    let (a, b, scale) = if x.re.abs() > 4.0 || x.im.abs() > 4.0 {
        (x.re * 0.25, x.im * 0.25, 2.0)
    } else {
        (x.re * 1.801_439_850_948_198_4e16, x.im * 1.801_439_850_948_198_4e16, 7.450_580_596_923_828e-9)
    };
    let mut r = math::Hypot(a, b);
    let t;
    if a > 0.0 {
        t = (0.5 * r + 0.5 * a).sqrt();
        r = scale * ((0.5 * b) / t).abs();
        return Complex128::new(t * scale, r.copysign(b));
    }
    r = (0.5 * r - 0.5 * a).sqrt();
    t = scale * ((0.5 * b) / r).abs();
    Complex128::new(t, (r * scale).copysign(b))
}
/// `x^y`
pub fn Pow(x: Complex128, y: Complex128) -> Complex128 {
    if x == Complex128::new(0.0, 0.0) {
        return match (y.re, y.im) {
            (re, im) if re == 0.0 && im == 0.0 => Complex128::new(1.0, 0.0),
            (re, im) if re < 0.0 => {
                Complex128::new(f64::INFINITY, if im == 0.0 { 0.0 } else { f64::INFINITY })
            }
            (re, _) if re > 0.0 => x,
            _ => NaN(),
        };
    }
    let modulus = Abs(x);
    if modulus == 0.0 {
        return Complex128::new(0.0, 0.0);
    }
    let mut r = math::Pow(modulus, y.re);
    let angle = Phase(x);
    let mut turned = y.re * angle;
    if y.im != 0.0 {
        r *= math::Exp(-y.im * angle);
        turned += y.im * math::Log(modulus);
    }
    Rect(r, turned)
}
/// The hyperbolic sine and cosine of a real number.
fn hyperbolic(x: f64) -> (f64, f64) {
    if x.abs() <= 0.5 {
        return (math::Sinh(x), math::Cosh(x));
    }
    let e = math::Exp(x);
    let (half, inverse) = (e * 0.5, 0.5 / e);
    (half - inverse, half + inverse)
}
/// Whether a part is infinite or NaN.
fn is_odd(x: f64) -> bool {
    !x.is_finite()
}
/// The hyperbolic sine where C99 lays it down, which no formula gives.
fn sinh_at_limits(x: Complex128) -> Option<Complex128> {
    match (x.re, x.im) {
        (re, im) if re == 0.0 && is_odd(im) => Some(Complex128::new(re, math::NaN())),
        (re, im) if re.is_infinite() && is_odd(im) => Some(Complex128::new(re, math::NaN())),
        (re, im) if im == 0.0 && is_odd(re) => Some(Complex128::new(re, im)),
        _ => None,
    }
}
/// The hyperbolic cosine where C99 lays it down.
fn cosh_at_limits(x: Complex128) -> Option<Complex128> {
    match (x.re, x.im) {
        (re, im) if re == 0.0 && is_odd(im) => Some(Complex128::new(math::NaN(), re * 0f64.copysign(im))),
        (re, im) if re.is_infinite() && im == 0.0 => {
            Some(Complex128::new(f64::INFINITY, im * 0f64.copysign(re)))
        }
        (re, im) if re.is_infinite() && is_odd(im) => Some(Complex128::new(f64::INFINITY, math::NaN())),
        (re, im) if im == 0.0 && re.is_nan() => Some(Complex128::new(math::NaN(), im)),
        _ => None,
    }
}
/// The sine.
pub fn Sin(x: Complex128) -> Complex128 {
    if let Some(sinh) = sinh_at_limits(Complex128::new(-x.im, x.re)) {
        return Complex128::new(sinh.im, -sinh.re);
    }
    let (sin, cos) = math::Sincos(x.re);
    let (sinh, cosh) = hyperbolic(x.im);
    Complex128::new(sin * cosh, cos * sinh)
}
/// The cosine.
pub fn Cos(x: Complex128) -> Complex128 {
    if x.re == 0.0 && x.im.is_nan() {
        return Complex128::new(math::NaN(), 0.0);
    }
    if let Some(cosh) = cosh_at_limits(Complex128::new(-x.im, x.re)) {
        return cosh;
    }
    let (sin, cos) = math::Sincos(x.re);
    let (sinh, cosh) = hyperbolic(x.im);
    Complex128::new(cos * cosh, -sin * sinh)
}
/// The hyperbolic sine.
pub fn Sinh(x: Complex128) -> Complex128 {
    if let Some(sinh) = sinh_at_limits(x) {
        return sinh;
    }
    let (sin, cos) = math::Sincos(x.im);
    let (sinh, cosh) = hyperbolic(x.re);
    Complex128::new(cos * sinh, sin * cosh)
}
/// The hyperbolic cosine.
pub fn Cosh(x: Complex128) -> Complex128 {
    if let Some(cosh) = cosh_at_limits(x) {
        return cosh;
    }
    let (sin, cos) = math::Sincos(x.im);
    let (sinh, cosh) = hyperbolic(x.re);
    Complex128::new(cos * cosh, sin * sinh)
}
