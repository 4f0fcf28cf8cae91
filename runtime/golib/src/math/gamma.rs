//! The gamma function, by the method of Moshier's Cephes, and its logarithm.

use std::f64::consts::PI;

use super::{Cos, Exp, Log, NaN, Pow, Sin, poly};

/// Stirling's formula, as two factors that don't overflow.
fn stirling(x: f64) -> (f64, f64) {
    const SERIES: [f64; 6] = [
        7.873_113_957_930_937e-4,
        -2.295_499_616_133_781_3e-4,
        -2.681_326_178_057_812_4e-3,
        3.472_222_216_054_586_6e-3,
        8.333_333_333_334_822e-2,
        1.0,
    ];
    const SQRT_TWO_PI: f64 = 2.506_628_274_631_000_7;
    const LARGE: f64 = 143.01608;
    if x > 200.0 {
        return (f64::INFINITY, 1.0);
    }
    let w = poly(1.0 / x, &SERIES);
    let e = Exp(x);
    if x > LARGE {
        let root = Pow(x, 0.5 * x - 0.25);
        return (root, SQRT_TWO_PI * w * (root / e));
    }
    (Pow(x, x - 0.5) / e, SQRT_TWO_PI * w)
}

/// The gamma function.
pub fn Gamma(x: f64) -> f64 {
    const P: [f64; 7] = [
        1.601_195_224_767_518_5e-4,
        1.191_351_470_065_863_8e-3,
        1.042_137_975_617_615_7e-2,
        4.763_678_004_571_372e-2,
        2.074_482_276_484_359_8e-1,
        4.942_148_268_014_971e-1,
        1.0,
    ];
    const Q: [f64; 8] = [
        -2.315_818_733_241_201_4e-5,
        5.396_055_804_933_034e-4,
        -4.456_419_138_517_973e-3,
        1.181_397_852_220_604_3e-2,
        3.582_363_986_054_986_5e-2,
        -2.345_917_957_182_433_5e-1,
        7.143_049_170_302_73e-2,
        1.0,
    ];
    const EULER: f64 = 0.577_215_664_901_532_9;
    if x < 0.0 && x == x.floor() || x.is_nan() {
        return NaN();
    }
    if x == f64::INFINITY {
        return x;
    }
    if x == 0.0 {
        return f64::INFINITY.copysign(x);
    }
    let q = x.abs();
    if q > 33.0 {
        let (a, b) = stirling(q);
        if x >= 0.0 {
            return a * b;
        }
        // Reflection.
        let mut p = q.floor();
        let sign = if p as i64 & 1 == 0 { -1.0 } else { 1.0 };
        let mut z = q - p;
        if z > 0.5 {
            p += 1.0;
            z = q - p;
        }
        z = (q * Sin(PI * z)).abs();
        if z == 0.0 {
            return sign * f64::INFINITY;
        }
        let d = z * a * b;
        return sign * if d.is_infinite() { PI / z / a / b } else { PI / d };
    }
    let small = |x: f64, z: f64| if x == 0.0 { f64::INFINITY } else { z / ((1.0 + EULER * x) * x) };
    let (mut x, mut z) = (x, 1.0);
    while x >= 3.0 {
        x -= 1.0;
        z *= x;
    }
    while x < 0.0 {
        if x > -1e-9 {
            return small(x, z);
        }
        z /= x;
        x += 1.0;
    }
    while x < 2.0 {
        if x < 1e-9 {
            return small(x, z);
        }
        z /= x;
        x += 1.0;
    }
    if x == 2.0 {
        return z;
    }
    x -= 2.0;
    z * poly(x, &P) / poly(x, &Q)
}

/// The logarithm of the gamma function's magnitude, and its sign.
pub fn Lgamma(x: f64) -> (f64, isize) {
    const TINY: f64 = 1.0 / (1u128 << 70) as f64;
    if x == f64::NEG_INFINITY {
        return (x, 1);
    }
    if x == 0.0 {
        return (f64::INFINITY, 1);
    }
    if x.abs() < TINY {
        return (-Log(x.abs()), if x < 0.0 { -1 } else { 1 });
    }
    if x >= 0.0 || x.is_nan() {
        return (libm::lgamma(x), 1);
    }
    // by reflection
    let size = -x;
    let sine = if size < (1u64 << 52) as f64 { -sin_pi(size) } else { 0.0 };
    if sine == 0.0 {
        return (f64::INFINITY, 1);
    }
    let reflected = Log(PI / (sine * size).abs());
    (reflected - libm::lgamma(size), if sine < 0.0 { -1 } else { 1 })
}

/// `Sin(Pi * x)` of an x that is not negative, exact at multiples of a half.
fn sin_pi(x: f64) -> f64 {
    if x < 0.25 {
        return Sin(PI * x);
    }
    let x = x % 2.0;
    match (x * 4.0) as u8 {
        0 => Sin(PI * x),
        1 | 2 => Cos(PI * (0.5 - x)),
        3 | 4 => Sin(PI * (1.0 - x)),
        5 | 6 => -Cos(PI * (x - 1.5)),
        _ => Sin(PI * (x - 2.0)),
    }
}
