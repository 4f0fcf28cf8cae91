//! The error function, by the method of FreeBSD's msun: a quotient of polynomials in each of four ranges.

use super::{Exp, NaN, poly};

/// The error function of 1, roughly, from which the second range starts.
const AT_ONE: f64 = 0.845_062_911_510_467_5;
/// `2 / sqrt(pi) - 1`, once and eightfold.
const SLOPE: f64 = 0.128_379_167_095_512_6;
const SLOPE_8: f64 = 1.027_033_336_764_100_7;
/// Numerators and denominators of the four ranges.
const P0: [f64; 5] = [
    -2.376_301_665_665_016_3e-05,
    -0.005_770_270_296_489_442,
    -0.028_481_749_575_598_51,
    -0.325_042_107_247_001_5,
    0.128_379_167_095_512_56,
];
const Q0: [f64; 6] = [
    -3.960_228_278_775_368e-06,
    0.000_132_494_738_004_321_64,
    0.005_081_306_281_875_766,
    0.065_022_249_988_767_3,
    0.397_917_223_959_155_35,
    1.0,
];
const P1: [f64; 7] = [
    -0.002_166_375_594_868_791,
    0.035_478_304_325_618_236,
    -0.110_894_694_282_396_68,
    0.318_346_619_901_161_75,
    -0.372_207_876_035_701_3,
    0.414_856_118_683_748_33,
    -0.002_362_118_560_752_659_4,
];
const Q1: [f64; 7] = [
    0.011_984_499_846_799_107,
    0.013_637_083_912_029_05,
    0.126_171_219_808_761_64,
    0.071_828_654_414_196_27,
    0.540_397_917_702_171,
    0.106_420_880_400_844_23,
    1.0,
];
const P2: [f64; 8] = [
    -9.814_329_344_169_145,
    -81.287_435_506_306_6,
    -184.605_092_906_711_04,
    -162.396_669_462_573_47,
    -62.375_332_450_326_006,
    -10.558_626_225_323_291,
    -0.693_858_572_707_181_8,
    -0.009_864_944_034_847_148,
];
const Q2: [f64; 9] = [
    -0.060_424_415_214_858_1,
    6.570_249_770_319_282,
    108.635_005_541_779_44,
    429.008_140_027_567_83,
    645.387_271_733_267_9,
    434.565_877_475_229_23,
    137.657_754_143_519_04,
    19.651_271_667_439_257,
    1.0,
];
const P3: [f64; 7] = [
    -483.519_191_608_651_4,
    -1_025.095_131_611_077_2,
    -637.566_443_368_389_6,
    -160.636_384_855_821_92,
    -17.757_954_917_754_752,
    -0.799_283_237_680_523,
    -0.009_864_942_924_700_1,
];
const Q3: [f64; 8] = [
    -22.440_952_446_585_82,
    474.528_541_206_955_37,
    2_553.050_406_433_164_4,
    3_199.858_219_508_595_5,
    1_536.729_586_084_437,
    325.792_512_996_573_9,
    30.338_060_743_482_46,
    1.0,
];

/// Where the ranges end.
const FIRST: f64 = 0.84375;
const SECOND: f64 = 1.25;
const THIRD: f64 = 1.0 / 0.35;

fn first(x: f64) -> f64 {
    let z = x * x;
    poly(z, &P0) / poly(z, &Q0)
}

fn second(x: f64) -> f64 {
    poly(x - 1.0, &P1) / poly(x - 1.0, &Q1)
}

/// What is left of 1 far out.
fn tail(x: f64) -> f64 {
    let s = 1.0 / (x * x);
    let ratio = if x < THIRD { poly(s, &P2) / poly(s, &Q2) } else { poly(s, &P3) / poly(s, &Q3) };
    // x with 20 bits, so that its square is exact
    let z = f64::from_bits(x.to_bits() & 0xffff_ffff_0000_0000);
    Exp(-z * z - 0.5625) * Exp((z - x) * (z + x) + ratio) / x
}

/// The error function.
pub fn Erf(x: f64) -> f64 {
    const SMALL: f64 = 1.0 / (1 << 28) as f64;
    const VERY_TINY: f64 = 2.848_094_538_889_218e-306;
    if x.is_nan() {
        return NaN();
    }
    let size = x.abs();
    let value = if size < FIRST {
        if size < VERY_TINY {
            0.125 * (8.0 * size + SLOPE_8 * size)
        } else if size < SMALL {
            size + SLOPE * size
        } else {
            size + size * first(size)
        }
    } else if size < SECOND {
        AT_ONE + second(size)
    } else if size < 6.0 {
        1.0 - tail(size)
    } else {
        1.0
    };
    value.copysign(x)
}

/// `1 - Erf(x)`
pub fn Erfc(x: f64) -> f64 {
    const TINY: f64 = 1.0 / (1u64 << 56) as f64;
    if x.is_nan() {
        return NaN();
    }
    let (size, negative) = (x.abs(), x < 0.0);
    if size < FIRST {
        let part = if size < TINY {
            size
        } else if size < 0.25 {
            size + size * first(size)
        } else {
            0.5 + (size * first(size) + (size - 0.5))
        };
        return if negative { 1.0 + part } else { 1.0 - part };
    }
    if size < SECOND {
        let part = second(size);
        return if negative { 1.0 + AT_ONE + part } else { 1.0 - AT_ONE - part };
    }
    if size >= 28.0 || negative && size > 6.0 {
        return if negative { 2.0 } else { 0.0 };
    }
    if negative { 2.0 - tail(size) } else { tail(size) }
}
