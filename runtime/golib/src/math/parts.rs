//! Signs, rounding, bits, significands and exponents.

/// Go's NaN.
pub fn NaN() -> f64 {
    f64::from_bits(0x7ff8_0000_0000_0001)
}
/// Whether it is NaN.
pub fn IsNaN(f: f64) -> bool {
    f.is_nan()
}
/// Positive infinity, negative if `sign` is.
pub fn Inf(sign: isize) -> f64 {
    if sign >= 0 { f64::INFINITY } else { f64::NEG_INFINITY }
}
/// Whether it is an infinity: of the sign, of any if 0.
pub fn IsInf(f: f64, sign: isize) -> bool {
    sign >= 0 && f == f64::INFINITY || sign <= 0 && f == f64::NEG_INFINITY
}
/// Without the sign.
pub fn Abs(x: f64) -> f64 {
    x.abs()
}
/// Whether the sign is set.
pub fn Signbit(x: f64) -> bool {
    x.is_sign_negative()
}
/// With another's sign.
pub fn Copysign(f: f64, sign: f64) -> f64 {
    f.copysign(sign)
}
/// Rounded down.
pub fn Floor(x: f64) -> f64 {
    x.floor()
}
/// Rounded up.
pub fn Ceil(x: f64) -> f64 {
    x.ceil()
}
/// Rounded to zero.
pub fn Trunc(x: f64) -> f64 {
    x.trunc()
}
/// Rounded to the nearest, halves away from zero.
pub fn Round(x: f64) -> f64 {
    x.round()
}
/// Rounded to the nearest, halves to even.
pub fn RoundToEven(x: f64) -> f64 {
    x.round_ties_even()
}
/// The integer part and the rest, both with the sign.
pub fn Modf(f: f64) -> (f64, f64) {
    let integer = f.trunc();
    if f.is_infinite() {
        return (f, NaN());
    }
    (integer, (f - integer).copysign(f))
}
/// The bits.
pub fn Float64bits(f: f64) -> u64 {
    f.to_bits()
}
/// Of the bits.
pub fn Float64frombits(b: u64) -> f64 {
    f64::from_bits(b)
}
/// The bits.
pub fn Float32bits(f: f32) -> u32 {
    f.to_bits()
}
/// Of the bits.
pub fn Float32frombits(b: u32) -> f32 {
    f32::from_bits(b)
}

/// The same with a significand that is not denormal, and by which power of two it was changed.
fn normal(x: f64) -> (f64, isize) {
    if x.abs() < f64::MIN_POSITIVE { (x * (1u64 << 52) as f64, -52) } else { (x, 0) }
}

const EXPONENT: u64 = 0x7ff << 52;

/// A fraction in [0.5, 1) and a power of two.
pub fn Frexp(f: f64) -> (f64, isize) {
    if f == 0.0 || !f.is_finite() {
        return (f, 0);
    }
    let (f, by) = normal(f);
    let bits = f.to_bits();
    let exponent = by + ((bits & EXPONENT) >> 52) as isize - 1022;
    (f64::from_bits(bits & !EXPONENT | 1022 << 52), exponent)
}
/// `frac * 2^exp`
pub fn Ldexp(frac: f64, exp: isize) -> f64 {
    if frac == 0.0 || !frac.is_finite() {
        return frac;
    }
    let (frac, by) = normal(frac);
    let bits = frac.to_bits();
    let exponent = exp.wrapping_add(by).wrapping_add(((bits & EXPONENT) >> 52) as isize - 1023);
    if exponent < -1075 {
        return 0f64.copysign(frac);
    }
    if exponent > 1023 {
        return f64::INFINITY.copysign(frac);
    }
    // Denormals are made by one rounding multiplication.
    let (exponent, factor) =
        if exponent < -1022 { (exponent + 53, 1.0 / (1u64 << 53) as f64) } else { (exponent, 1.0) };
    factor * f64::from_bits(bits & !EXPONENT | ((exponent + 1023) as u64) << 52)
}
/// The exponent of two of a number that is neither zero nor infinite.
fn exponent(x: f64) -> isize {
    let (x, by) = normal(x);
    ((x.to_bits() & EXPONENT) >> 52) as isize - 1023 + by
}
/// The exponent of two as a float.
pub fn Logb(x: f64) -> f64 {
    match x {
        _ if x == 0.0 => f64::NEG_INFINITY,
        _ if x.is_infinite() => f64::INFINITY,
        _ if x.is_nan() => x,
        _ => exponent(x) as f64,
    }
}
/// The exponent of two.
pub fn Ilogb(x: f64) -> isize {
    match x {
        _ if x == 0.0 => super::MinInt32,
        _ if !x.is_finite() => super::MaxInt32,
        _ => exponent(x),
    }
}
/// The next float on the way to `y`.
pub fn Nextafter(x: f64, y: f64) -> f64 {
    match x {
        _ if x.is_nan() || y.is_nan() => NaN(),
        _ if x == y => x,
        _ if x == 0.0 => f64::from_bits(1).copysign(y),
        _ if (y > x) == (x > 0.0) => f64::from_bits(x.to_bits() + 1),
        _ => f64::from_bits(x.to_bits() - 1),
    }
}
/// The next float of 32 bits on the way to `y`.
pub fn Nextafter32(x: f32, y: f32) -> f32 {
    match x {
        _ if x.is_nan() || y.is_nan() => NaN() as f32,
        _ if x == y => x,
        _ if x == 0.0 => f32::from_bits(1).copysign(y),
        _ if (y > x) == (x > 0.0) => f32::from_bits(x.to_bits() + 1),
        _ => f32::from_bits(x.to_bits() - 1),
    }
}
