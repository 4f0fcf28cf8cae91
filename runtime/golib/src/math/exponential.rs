//! Exponentials, logarithms, powers and hyperbolic functions.
//!
//! What must hold: `Exp` is Shibata's with fused operations, as gc has it on every amd64 processor of the last ten years; `Log`
//! and the others are FreeBSD's; `Pow` squares, so that integer powers of integers are exact.

use std::f64::consts::{LN_2, LOG2_E, LOG10_E};

use super::{Frexp, Ldexp, Modf, NaN, poly};

/// `e^x`
pub fn Exp(x: f64) -> f64 {
    const LN2: [f64; 2] = [0.693_147_180_559_663, 0.282_352_905_630_315_77e-12];
    const TAYLOR: [f64; 8] = [
        2.480_158_730_158_73e-5,
        1.984_126_984_126_984e-4,
        1.388_888_888_888_889e-3,
        8.333_333_333_333_333e-3,
        4.166_666_666_666_666_4e-2,
        1.666_666_666_666_666_6e-1,
        0.5,
        1.0,
    ];
    if !x.is_finite() {
        return if x == f64::NEG_INFINITY { 0.0 } else { x };
    }
    if x > 7.097_827_128_933_84e2 {
        return f64::INFINITY;
    }
    // Far below, all is 0 and the conversion would not fit.
    if x < -1e4 {
        return 0.0;
    }
    let exponent = (x * LOG2_E).round_ties_even();
    let rest = (-LN2[1]).mul_add(exponent, (-LN2[0]).mul_add(exponent, x)) * 0.0625;
    // e^rest - 1, then four times (1 + y)^2 - 1 = y * (y + 2)
    let mut y = rest * TAYLOR[1..].iter().fold(TAYLOR[0], |sum, c| sum.mul_add(rest, *c));
    for _ in 0..3 {
        y *= y + 2.0;
    }
    let y = y.mul_add(y + 2.0, 1.0);
    let biased = exponent as i64 + 1023;
    match biased {
        2047.. => f64::INFINITY,
        1..2047 => y * f64::from_bits((biased as u64) << 52),
        -52..1 => y * f64::from_bits(((biased + 1022) as u64) << 52) * f64::MIN_POSITIVE,
        _ => 0.0,
    }
}

/// `e^(hi - lo) * 2^k`
fn exp_parts(hi: f64, lo: f64, k: isize) -> f64 {
    const P: [f64; 5] = [
        4.138_136_797_057_238_4e-8,
        -1.653_390_220_546_525_2e-6,
        6.613_756_321_437_934e-5,
        -2.777_777_777_701_559_3e-3,
        1.666_666_666_666_666_6e-1,
    ];
    let r = hi - lo;
    let t = r * r;
    let c = r - t * poly(t, &P);
    let y = 1.0 - ((lo - (r * c) / (2.0 - c)) - hi);
    Ldexp(y, k)
}
/// `2^x`
pub fn Exp2(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    if x > 1_023.999_999_999_999_9 {
        return f64::INFINITY;
    }
    if x < -1074.0 {
        return 0.0;
    }
    let k = if x > 0.0 { (x + 0.5) as isize } else { (x - 0.5) as isize };
    let t = x - k as f64;
    exp_parts(t * LN2_HI, -t * LN2_LO, k)
}
/// `e^x - 1`, exact near 0
pub fn Expm1(x: f64) -> f64 {
    libm::expm1(x)
}

const LN2_HI: f64 = 6.931_471_803_691_238e-1;
const LN2_LO: f64 = 1.908_214_929_270_587_7e-10;

/// The natural logarithm.
pub fn Log(x: f64) -> f64 {
    const ODD: [f64; 4] = [
        1.479_819_860_511_658_6e-1,
        1.818_357_216_161_805e-1,
        2.857_142_874_366_239e-1,
        6.666_666_666_666_735e-1,
    ];
    const EVEN: [f64; 3] = [1.531_383_769_920_937_3e-1, 2.222_219_843_214_978_4e-1, 3.999_999_999_940_942e-1];
    if x.is_nan() || x == f64::INFINITY {
        return x;
    }
    if x < 0.0 {
        return NaN();
    }
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    // Of a denormal gc takes the bits as they are.
    let bits = x.to_bits();
    let mut fraction = f64::from_bits(bits & ((1 << 52) - 1) | 1022 << 52);
    let mut k = (bits >> 52) as f64 - 1022.0;
    if fraction <= std::f64::consts::FRAC_1_SQRT_2 {
        fraction *= 2.0;
        k -= 1.0;
    }
    let f = fraction - 1.0;
    let s = f / (2.0 + f);
    let s2 = s * s;
    let s4 = s2 * s2;
    let r = s2 * poly(s4, &ODD) + s4 * poly(s4, &EVEN);
    let half = 0.5 * f * f;
    k * LN2_HI - ((half - (s * (half + r) + k * LN2_LO)) - f)
}
/// The logarithm to base 10.
pub fn Log10(x: f64) -> f64 {
    Log(x) * LOG10_E
}
/// The logarithm to base 2, exact for powers of two.
pub fn Log2(x: f64) -> f64 {
    let (fraction, exponent) = Frexp(x);
    if fraction == 0.5 {
        return (exponent - 1) as f64;
    }
    Log(fraction) * LOG2_E + exponent as f64
}
/// `Log(1 + x)`, exact near 0
pub fn Log1p(x: f64) -> f64 {
    const SERIES: [f64; 7] = [
        1.479_819_860_511_658_6e-1,
        1.531_383_769_920_937_3e-1,
        1.818_357_216_161_805e-1,
        2.222_219_843_214_978_4e-1,
        2.857_142_874_366_239e-1,
        3.999_999_999_940_942e-1,
        6.666_666_666_666_735e-1,
    ];
    const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    const SQRT2_FRACTION: u64 = 0x6_a09e_667f_3bcd;
    const FRACTION: u64 = (1 << 52) - 1;
    if x < -1.0 || x.is_nan() {
        return NaN();
    }
    if x == -1.0 || x == f64::INFINITY {
        return if x > 0.0 { x } else { f64::NEG_INFINITY };
    }
    let size = x.abs();
    if size < 1.0 / (1u64 << 54) as f64 {
        return x;
    }
    if size < 1.0 / (1 << 29) as f64 {
        return x - x * x * 0.5;
    }
    // 1 + x is 2^k * (1 + f) with f about 0, and `rest` is what rounding the sum has cost
    let (mut k, mut f, mut rest, mut is_exact) = (0, x, 0.0, false);
    if size >= std::f64::consts::SQRT_2 - 1.0 || x <= std::f64::consts::FRAC_1_SQRT_2 - 1.0 {
        let mut sum = x;
        if size < (1u64 << 53) as f64 {
            sum = 1.0 + x;
            rest = if sum >= 2.0 { 1.0 - (sum - x) } else { x - (sum - 1.0) } / sum;
        }
        k = (sum.to_bits() >> 52) as i64 - 1023;
        let fraction = sum.to_bits() & FRACTION;
        let halved = fraction >= SQRT2_FRACTION;
        k += i64::from(halved);
        f = f64::from_bits(fraction | if halved { 1022 << 52 } else { 1023 << 52 }) - 1.0;
        is_exact = (if halved { ((1 << 52) - fraction) >> 2 } else { fraction }) == 0;
    }
    let k = k as f64;
    let half_square = 0.5 * f * f;
    if is_exact {
        if f == 0.0 {
            return if k == 0.0 { 0.0 } else { k * LN2_HIGH + (rest + k * LN2_LOW) };
        }
        let r = half_square * (1.0 - 0.666_666_666_666_666_7 * f);
        return if k == 0.0 { f - r } else { k * LN2_HIGH - ((r - (k * LN2_LOW + rest)) - f) };
    }
    let s = f / (2.0 + f);
    let z = s * s;
    let r = z * poly(z, &SERIES);
    if k == 0.0 {
        return f - (half_square - s * (half_square + r));
    }
    k * LN2_HIGH - ((half_square - (s * (half_square + r) + (k * LN2_LOW + rest))) - f)
}

fn is_odd(y: f64) -> bool {
    y.abs() < (1u64 << 53) as f64 && y == y.trunc() && (y as i64) & 1 == 1
}

/// The cases that are no computation.
fn special_power(x: f64, y: f64) -> Option<f64> {
    let grows = x.abs() > 1.0;
    Some(match (x, y) {
        _ if y == 0.0 || x == 1.0 => 1.0,
        _ if y == 1.0 => x,
        _ if x.is_nan() || y.is_nan() => NaN(),
        _ if x == 0.0 => match (y < 0.0, is_odd(y)) {
            (true, true) => f64::INFINITY.copysign(x),
            (true, false) => f64::INFINITY,
            (false, true) => x,
            (false, false) => 0.0,
        },
        _ if y.is_infinite() && x == -1.0 => 1.0,
        _ if y.is_infinite() => {
            if grows == (y > 0.0) {
                f64::INFINITY
            } else {
                0.0
            }
        }
        _ if x.is_infinite() => {
            let size = if y < 0.0 { 0.0 } else { f64::INFINITY };
            if x < 0.0 && is_odd(y) { -size } else { size }
        }
        _ if y == 0.5 => x.sqrt(),
        _ if y == -0.5 => 1.0 / x.sqrt(),
        _ if x < 0.0 && y != y.trunc() => NaN(),
        _ if y.abs() >= (1u64 << 63) as f64 => match () {
            () if x == -1.0 => 1.0,
            () if grows == (y > 0.0) => f64::INFINITY,
            () => 0.0,
        },
        _ => return None,
    })
}

/// `x^y`
pub fn Pow(x: f64, y: f64) -> f64 {
    const FAR: isize = 1 << 12;
    if let Some(value) = special_power(x, y) {
        return value;
    }
    let (mut whole, mut part) = Modf(y.abs());
    // The power is `fraction * 2^exponent`.
    let (mut fraction, mut exponent) = (1.0, 0);
    if part != 0.0 {
        if part > 0.5 {
            part -= 1.0;
            whole += 1.0;
        }
        fraction = Exp(part * Log(x));
    }
    let (mut square, mut square_exponent) = Frexp(x);
    let mut rest = whole as i64;
    while rest != 0 {
        if !(-FAR..=FAR).contains(&square_exponent) {
            // It overflows or vanishes.
            exponent += square_exponent;
            break;
        }
        if rest & 1 == 1 {
            fraction *= square;
            exponent += square_exponent;
        }
        square *= square;
        square_exponent *= 2;
        if square < 0.5 {
            square += square;
            square_exponent -= 1;
        }
        rest >>= 1;
    }
    if y < 0.0 { Ldexp(1.0 / fraction, -exponent) } else { Ldexp(fraction, exponent) }
}
/// `10^n`
pub fn Pow10(n: isize) -> f64 {
    // The product, or quotient, of a power of 10^32 and a small one, each the nearest float.
    let power = |n: isize| format!("1e{n}").parse().unwrap_or(f64::NAN);
    match n {
        0..=308 => power(n / 32 * 32) * power(n % 32),
        -323..0 => power(n / 32 * 32) / power(-n % 32),
        309.. => f64::INFINITY,
        _ => 0.0,
    }
}

/// The hyperbolic sine.
pub fn Sinh(x: f64) -> f64 {
    const P: [f64; 4] = [
        -0.263_056_321_339_749_7e2,
        -0.289_421_135_598_956_4e4,
        -0.899_127_202_203_950_9e5,
        -0.630_767_364_049_771_7e6,
    ];
    const Q: [f64; 4] =
        [1.0, -0.173_678_953_558_233_7e3, 0.152_151_737_879_001_9e5, -0.630_767_364_049_771_7e6];
    // -0 stays what it is.
    let a = if x < 0.0 { -x } else { x };
    let value = if a > 21.0 {
        Exp(a) * 0.5
    } else if a > 0.5 {
        let e = Exp(a);
        (e - 1.0 / e) * 0.5
    } else {
        let square = a * a;
        poly(square, &P) * a / poly(square, &Q)
    };
    if x < 0.0 { -value } else { value }
}
/// The hyperbolic cosine.
pub fn Cosh(x: f64) -> f64 {
    let e = Exp(x.abs());
    if x.abs() > 21.0 { e * 0.5 } else { (e + 1.0 / e) * 0.5 }
}
/// The hyperbolic tangent.
pub fn Tanh(x: f64) -> f64 {
    const P: [f64; 3] = [-9.643_991_794_250_523e-1, -9.928_772_310_019_185e1, -1.614_687_684_417_084_5e3];
    const Q: [f64; 4] = [1.0, 1.128_116_784_916_329_3e2, 2.235_488_390_601_004_5e3, 4.844_063_053_251_255e3];
    const MOST: f64 = 0.5 * 8.802_969_193_111_305e1;
    let a = x.abs();
    if a > MOST {
        1f64.copysign(x)
    } else if a >= 0.625 {
        let value = 1.0 - 2.0 / (Exp(2.0 * a) + 1.0);
        if x < 0.0 { -value } else { value }
    } else if x == 0.0 {
        x
    } else {
        let s = x * x;
        x + x * s * poly(s, &P) / poly(s, &Q)
    }
}

const LARGE: f64 = (1u64 << 28) as f64;

/// The inverse of `Cosh`.
pub fn Acosh(x: f64) -> f64 {
    match x {
        _ if x < 1.0 || x.is_nan() => NaN(),
        _ if x == 1.0 => 0.0,
        _ if x >= LARGE => Log(x) + LN_2,
        _ if x > 2.0 => Log(2.0 * x - 1.0 / (x + (x * x - 1.0).sqrt())),
        _ => {
            let t = x - 1.0;
            Log1p(t + (2.0 * t + t * t).sqrt())
        }
    }
}
/// The inverse of `Sinh`.
pub fn Asinh(x: f64) -> f64 {
    let a = x.abs();
    let value = match a {
        _ if !a.is_finite() => return x,
        _ if a > LARGE => Log(a) + LN_2,
        _ if a > 2.0 => Log(2.0 * a + 1.0 / ((a * a + 1.0).sqrt() + a)),
        _ if a < 1.0 / LARGE => a,
        _ => Log1p(a + a * a / (1.0 + (1.0 + a * a).sqrt())),
    };
    value.copysign(x)
}
/// The inverse of `Tanh`.
pub fn Atanh(x: f64) -> f64 {
    let a = x.abs();
    let value = match a {
        _ if a > 1.0 || a.is_nan() => return NaN(),
        _ if a == 1.0 => f64::INFINITY,
        _ if a < 1.0 / LARGE => a,
        _ if a < 0.5 => {
            let t = a + a;
            0.5 * Log1p(t + t * a / (1.0 - a))
        }
        _ => 0.5 * Log1p((a + a) / (1.0 - a)),
    };
    value.copysign(x)
}
