//! The inverse of the error function, by Wichura's method (Applied Statistics, algorithm AS 241): a quotient of two
//! polynomials in the middle and two more towards the ends.

use std::f64::consts::{LN_2, SQRT_2};

use super::{Log, NaN, poly};

/// Numerator and denominator for the middle.
const MIDDLE: [f64; 8] = [
    887.094_069_625_455_2,
    11_819.493_347_062_295,
    23_782.041_382_114_385,
    16_235.862_515_167_575,
    4_854.886_889_384_388,
    697.062_665_343_896,
    47.072_688_112_383_98,
    1.197_532_311_567_091_3,
];
const UNDER_MIDDLE: [f64; 8] = [
    5_226.495_278_852_854,
    28_729.085_735_721_943,
    39_307.895_800_092_71,
    21_213.794_301_586_597,
    5_394.196_021_424_751,
    687.187_007_492_057_9,
    42.313_330_701_600_91,
    1.0,
];
/// For what is near the ends.
const NEAR: [f64; 8] = [
    0.000_774_545_014_278_341_4,
    0.022_723_844_989_269_184,
    0.241_780_725_177_450_6,
    1.270_458_252_452_368_4,
    3.647_848_324_763_204_5,
    5.769_497_221_460_691,
    4.630_337_846_156_546,
    1.423_437_110_749_683_5,
];
const UNDER_NEAR: [f64; 8] = [
    1.485_985_001_984_035_5e-09,
    0.000_774_414_590_651_577_1,
    0.021_494_160_384_252_878,
    0.209_450_652_105_127_5,
    0.975_478_320_017_874_3,
    2.370_766_162_602_453_4,
    2.903_651_444_541_994_8,
    SQRT_2,
];
/// For what is very near.
const VERY_NEAR: [f64; 8] = [
    2.010_334_399_292_288_1e-07,
    2.711_555_568_743_487_6e-05,
    0.001_242_660_947_388_078_4,
    0.026_532_189_526_576_124,
    0.296_560_571_828_504_87,
    1.784_826_539_917_291_3,
    5.463_784_911_164_114,
    6.657_904_643_501_103,
];
const UNDER_VERY_NEAR: [f64; 8] = [
    2.891_024_605_872_965_5e-15,
    2.010_321_207_683_943e-07,
    2.611_088_405_080_593_5e-05,
    0.001_112_800_997_078_859_7,
    0.021_036_937_682_720_69,
    0.193_648_094_695_065_91,
    0.848_290_841_659_516_4,
    SQRT_2,
];

/// The inverse of the error function.
pub fn Erfinv(x: f64) -> f64 {
    if x.is_nan() || x.abs() > 1.0 {
        return NaN();
    }
    if x.abs() == 1.0 {
        return f64::INFINITY.copysign(x);
    }
    let size = x.abs();
    let value = if size <= 0.85 {
        let r = 0.180625 - 0.25 * size * size;
        (size * poly(r, &MIDDLE)) / poly(r, &UNDER_MIDDLE)
    } else {
        let r = (LN_2 - Log(1.0 - size)).sqrt();
        if r <= 5.0 {
            poly(r - 1.6, &NEAR) / poly(r - 1.6, &UNDER_NEAR)
        } else {
            poly(r - 5.0, &VERY_NEAR) / poly(r - 5.0, &UNDER_VERY_NEAR)
        }
    };
    // not `copysign`: the sign of zero is lost, as in Go
    if x < 0.0 { -value } else { value }
}

/// The inverse of `Erfc`.
pub fn Erfcinv(x: f64) -> f64 {
    Erfinv(1.0 - x)
}
