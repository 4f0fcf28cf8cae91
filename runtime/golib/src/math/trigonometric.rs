//! Sine and its relatives, by the methods of Moshier's Cephes.
//!
//! What must hold: an angle is reduced to an octant by three parts of pi/4, from 2^29 on by as many bits of 4/pi as it takes
//! (Payne and Hanek).

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

use super::{NaN, poly};

/// 4/pi, first the integer.
const FOUR_OVER_PI: [u64; 20] = [
    0x0000_0000_0000_0001,
    0x45f3_06dc_9c88_2a53,
    0xf84e_afa3_ea69_bb81,
    0xb6c5_2b32_7887_2083,
    0xfca2_c757_bd77_8ac3,
    0x6e48_dc74_849b_a5c0,
    0x0c92_5dd4_13a3_2439,
    0xfc3b_d639_6253_4e7d,
    0xd104_6bea_5d76_8909,
    0xd338_e04d_68be_fc82,
    0x7323_ac73_06a6_73e9,
    0x3908_bf17_7bf2_5076,
    0x3ff1_2fff_bc0b_301f,
    0xde5e_2316_b414_da3e,
    0xda6c_fd9e_4f96_136e,
    0x9e8c_7ecd_3cbf_d45a,
    0xea4f_758f_d7cb_e2f6,
    0x7a0e_73ef_14a5_25d4,
    0xd7f6_bf62_3f1a_ba10,
    0xac06_608d_f8f6_d757,
];

/// pi/4 in parts, the first two with few bits.
const QUARTER: [f64; 3] = [7.853_981_256_484_985e-1, 3.774_894_707_930_798e-8, 2.695_151_429_079_059_5e-15];

const SIN: [f64; 6] = [
    1.589_623_015_765_465_7e-10,
    -2.505_074_776_285_780_7e-8,
    2.755_731_362_138_572_2e-6,
    -1.984_126_982_958_954e-4,
    8.333_333_333_322_118e-3,
    -1.666_666_666_666_663e-1,
];
const COS: [f64; 6] = [
    -1.135_853_652_138_768_2e-11,
    2.087_570_084_197_473e-9,
    -2.755_731_417_929_674e-7,
    2.480_158_728_885_170_5e-5,
    -1.388_888_888_887_305_6e-3,
    4.166_666_666_666_659_5e-2,
];

/// The octant of a positive angle, made even, and what is left.
fn octant(x: f64) -> (u64, f64) {
    const LARGE: f64 = (1u64 << 29) as f64;
    if x >= LARGE {
        return octant_of_large(x);
    }
    let mut j = (x * (4.0 / PI)) as u64;
    let mut y = j as f64;
    if j % 2 == 1 {
        j += 1;
        y += 1.0;
    }
    (j & 7, ((x - y * QUARTER[0]) - y * QUARTER[1]) - y * QUARTER[2])
}

fn octant_of_large(x: f64) -> (u64, f64) {
    let bits = x.to_bits();
    // The place of 4/pi's first digit that counts.
    let place = (bits >> 52 & 0x7ff) as usize - 1014;
    let significand = u128::from(bits & ((1 << 52) - 1) | 1 << 52);
    // The three words of 4/pi that decide: those before give whole turns.
    let (word, shift) = (place / 64, place % 64);
    let digits = |i: usize| {
        let wide = u128::from(FOUR_OVER_PI[word + i]) << 64 | u128::from(FOUR_OVER_PI[word + i + 1]);
        u128::from((wide << shift >> 64) as u64)
    };
    let high = (digits(0) * significand) << 64;
    let product = high.wrapping_add(digits(1) * significand).wrapping_add((digits(2) * significand) >> 64);
    let mut j = (product >> 125) as u64;
    let fraction = (product << 3 >> 64) as u64;
    // As a float in [0, 1), chopped; what moves in from below is the product as it was, which is how gc computes it.
    let zeros = fraction.leading_zeros();
    let below = (product as u64).checked_shr(63 - zeros).unwrap_or(0);
    let kept = (fraction.checked_shl(zeros + 1).unwrap_or(0) | below) >> 12;
    let mut z = f64::from_bits((1022 - u64::from(zeros)) << 52 | kept);
    if j % 2 == 1 {
        j = (j + 1) & 7;
        z -= 1.0;
    }
    (j, z * FRAC_PI_4)
}

/// An angle less the nearest multiple of pi, for the complex functions.
pub(crate) fn within_half_turn(x: f64) -> f64 {
    /// Pi in parts, the first two with few bits.
    const PARTS: [f64; 3] = [3.141_592_502_593_994, 1.509_957_883_172_319_3e-7, 1.078_060_571_631_623_8e-14];
    if x.abs() < (1u64 << 30) as f64 {
        let n = (x / PI + 0.5).trunc();
        return ((x - n * PARTS[0]) - n * PARTS[1]) - n * PARTS[2];
    }
    let bits = x.to_bits();
    // As in `octant_of_large`, by the digits of 1/pi: those of 4/pi two places on.
    let place = (bits >> 52 & 0x7ff) as usize - 1011;
    let significand = u128::from(bits & ((1 << 52) - 1) | 1 << 52);
    let (word, shift) = ((place - 2) / 64, (place - 2) % 64);
    let digits = |i: usize| {
        let wide = u128::from(FOUR_OVER_PI[word + i]) << 64 | u128::from(FOUR_OVER_PI[word + i + 1]);
        u128::from((wide << shift >> 64) as u64)
    };
    let product = ((digits(0) * significand) << 64)
        .wrapping_add(digits(1) * significand)
        .wrapping_add((digits(2) * significand) >> 64);
    let zeros = product.leading_zeros();
    let kept = (product.checked_shl(zeros + 1).unwrap_or(0) >> 76) as u64;
    let turns = f64::from_bits((1022 - u64::from(zeros)) << 52 | kept);
    PI * if turns > 0.5 { turns - 1.0 } else { turns }
}

fn sin_poly(z: f64) -> f64 {
    let zz = z * z;
    z + z * zz * poly(zz, &SIN)
}
fn cos_poly(z: f64) -> f64 {
    let zz = z * z;
    1.0 - 0.5 * zz + zz * zz * poly(zz, &COS)
}

/// The cosine.
pub fn Cos(x: f64) -> f64 {
    if !x.is_finite() {
        return NaN();
    }
    let (j, z) = octant(x.abs());
    let y = if matches!(j % 4, 1 | 2) { sin_poly(z) } else { cos_poly(z) };
    if (j > 3) != (j % 4 > 1) { -y } else { y }
}
/// The sine.
pub fn Sin(x: f64) -> f64 {
    if x == 0.0 || x.is_nan() {
        return x;
    }
    if x.is_infinite() {
        return NaN();
    }
    let (j, z) = octant(x.abs());
    let y = if matches!(j % 4, 1 | 2) { cos_poly(z) } else { sin_poly(z) };
    if (j > 3) != (x < 0.0) { -y } else { y }
}
/// Both.
pub fn Sincos(x: f64) -> (f64, f64) {
    (Sin(x), Cos(x))
}
/// The tangent.
pub fn Tan(x: f64) -> f64 {
    const P: [f64; 3] = [-1.309_369_391_813_837_9e4, 1.153_516_648_385_874_2e6, -1.795_652_519_764_848_8e7];
    const Q: [f64; 5] = [
        1.0,
        1.368_129_634_706_929_6e4,
        -1.320_892_344_402_109_7e6,
        2.500_838_018_233_579e7,
        -5.386_957_559_294_546_4e7,
    ];
    if x == 0.0 || x.is_nan() {
        return x;
    }
    if x.is_infinite() {
        return NaN();
    }
    let (j, z) = octant(x.abs());
    let zz = z * z;
    let mut y = if zz > 1e-14 { z + z * (zz * poly(zz, &P) / poly(zz, &Q)) } else { z };
    if j & 2 == 2 {
        y = -1.0 / y;
    }
    if x < 0.0 { -y } else { y }
}

/// The arc tangent below 0.66.
fn atan_small(x: f64) -> f64 {
    const P: [f64; 5] = [
        -8.750_608_600_031_904e-1,
        -1.615_753_718_733_365_2e1,
        -7.500_855_792_314_705e1,
        -1.228_866_684_490_136_1e2,
        -6.485_021_904_942_025e1,
    ];
    const Q: [f64; 6] = [
        1.0,
        2.485_846_490_142_306_3e1,
        1.650_270_098_316_988_6e2,
        4.328_810_604_912_902_7e2,
        4.853_903_996_359_137e2,
        1.945_506_571_482_614e2,
    ];
    let z = x * x;
    let z = z * poly(z, &P) / poly(z, &Q);
    x * z + x
}

/// The arc tangent of a positive number.
fn atan_positive(x: f64) -> f64 {
    /// What pi/2 as a float lacks.
    const REST: f64 = 6.123_233_995_736_766e-17;
    const TAN_3_PI_8: f64 = 2.414_213_562_373_095;
    if x <= 0.66 {
        atan_small(x)
    } else if x > TAN_3_PI_8 {
        FRAC_PI_2 - atan_small(1.0 / x) + REST
    } else {
        FRAC_PI_4 + atan_small((x - 1.0) / (x + 1.0)) + 0.5 * REST
    }
}

/// The arc tangent.
pub fn Atan(x: f64) -> f64 {
    if x == 0.0 || x.is_nan() {
        return x;
    }
    if x > 0.0 { atan_positive(x) } else { -atan_positive(-x) }
}
/// The angle of the point (x, y).
pub fn Atan2(y: f64, x: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        return NaN();
    }
    if y == 0.0 {
        return if x.is_sign_positive() { 0f64.copysign(y) } else { PI.copysign(y) };
    }
    if x == 0.0 {
        return FRAC_PI_2.copysign(y);
    }
    if x.is_infinite() {
        let angle = match (x > 0.0, y.is_infinite()) {
            (true, true) => FRAC_PI_4,
            (true, false) => 0.0,
            (false, true) => 3.0 * FRAC_PI_4,
            (false, false) => PI,
        };
        return angle.copysign(y);
    }
    if y.is_infinite() {
        return FRAC_PI_2.copysign(y);
    }
    let q = Atan(y / x);
    if x >= 0.0 {
        q
    } else if q <= 0.0 {
        q + PI
    } else {
        q - PI
    }
}
/// The arc sine.
pub fn Asin(x: f64) -> f64 {
    if x == 0.0 {
        return x;
    }
    let a = x.abs();
    if a > 1.0 || a.is_nan() {
        return NaN();
    }
    let root = (1.0 - a * a).sqrt();
    let angle = if a > 0.7 { FRAC_PI_2 - atan_positive(root / a) } else { atan_positive(a / root) };
    if x < 0.0 { -angle } else { angle }
}
/// The arc cosine.
pub fn Acos(x: f64) -> f64 {
    FRAC_PI_2 - Asin(x)
}
