//! `math` and `math/bits`, compared with what Go gives to the last bit by a hash (`oracle/math.go`). To see a difference,
//! set `GOXIDE_TABLE=FILE` and compare the file with the output of the Go program.

use std::fmt::Write as _;

use goxide_golib::prelude::*;
use goxide_golib::{fmt, math};
use math::bits;

#[test]
fn every_function_to_the_last_bit() {
    let mut out = String::new();
    let mut state = 1u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state ^ state >> 29
    };
    let special = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        2.0,
        -2.0,
        0.5,
        -0.5,
        3.0,
        1.5,
        f64::INFINITY,
        f64::NEG_INFINITY,
        math::NaN(),
        5e-324,
        f64::MAX,
        1e-310,
        1e300,
        33.5,
        -33.5,
        171.0,
        -170.5,
        (1u64 << 53) as f64,
        (1u64 << 29) as f64 + 0.5,
        1e22,
        709.5,
        -745.0,
        1023.5,
        2.5,
        3.5,
        -2.5,
        0.7,
        0.66,
        2.4,
        -1e-10,
        143.5,
        150.0,
        65.0,
        (1u64 << 62) as f64,
    ];
    for i in 0..3000usize {
        let b = next();
        let mut x = match i % 5 {
            0 => f64::from_bits(b),
            1 => b as i64 as f64 / (1u64 << 60) as f64,
            2 => b as i64 as f64 / (1u64 << 55) as f64,
            3 => (b % 2000) as f64 / 16.0,
            _ => (b % 1_000_000) as f64 * 0.37,
        };
        let mut y = next() as i64 as f64 / (1u64 << 57) as f64;
        if i < special.len() {
            x = special[i];
        } else if i < 2 * special.len() {
            y = special[i - special.len()];
        }
        let (shown_x, shown_y) = (fmt::Sprint(args![x]), fmt::Sprint(args![y]));
        let mut put = |name: &str, values: &[f64]| {
            for value in values {
                // Within a few last bits only: these are msun's in a different spelling.
                let about = ["erf", "bessel", "ahyp", "lgamma"].contains(&name);
                if value.is_nan() {
                    writeln!(out, "{i} {name} NaN").unwrap();
                } else if about {
                    writeln!(out, "{i} {name} {}", fmt::Sprintf(str("%.9e"), args![*value])).unwrap();
                } else {
                    writeln!(out, "{i} {name} {shown_x} {shown_y} {}", value.to_bits()).unwrap();
                }
            }
        };
        let int = |x: f64| float_to_int::<isize>(x);
        put("exp", &[math::Exp(x), math::Exp(y)]);
        put("exp2", &[math::Exp2(x), math::Exp2(y * 10.0)]);
        put("expm1", &[math::Expm1(x), math::Expm1(y)]);
        put("log", &[math::Log(x), math::Log(y.abs())]);
        put("log2", &[math::Log2(x), math::Log10(x), math::Log1p(x), math::Log1p(y)]);
        put("sin", &[math::Sin(x), math::Sin(y)]);
        put("cos", &[math::Cos(x), math::Cos(y)]);
        put("tan", &[math::Tan(x), math::Tan(y)]);
        put("atan", &[math::Atan(x), math::Atan(y), math::Atan2(x, y), math::Atan2(y, x)]);
        put("asin", &[math::Asin(x), math::Acos(x)]);
        put("hyp", &[math::Sinh(x), math::Cosh(x), math::Tanh(x), math::Sinh(y), math::Tanh(y)]);
        put("ahyp", &[math::Asinh(x), math::Acosh(x), math::Atanh(x), math::Asinh(y), math::Atanh(y / 64.0)]);
        let n = i as isize % 640 - 320;
        put(
            "pow",
            &[
                math::Pow(x, y),
                math::Pow(y, x),
                math::Pow(x, int(y) as f64),
                math::Pow(y.abs(), 3.0),
                math::Pow(10.0, n as f64),
                math::Pow10(n),
            ],
        );
        put("roots", &[math::Sqrt(x), math::Cbrt(x), math::Hypot(x, y)]);
        put(
            "mod",
            &[
                math::Mod(x, y),
                math::Mod(y, x),
                math::Remainder(x, y),
                math::Dim(x, y),
                math::Max(x, y),
                math::Min(x, y),
                math::FMA(x, y, x),
            ],
        );
        put(
            "round",
            &[
                math::Floor(x),
                math::Ceil(x),
                math::Trunc(x),
                math::Round(x),
                math::RoundToEven(x),
                math::Abs(x),
                math::Copysign(x, y),
            ],
        );
        let (integer, rest) = math::Modf(x);
        put("modf", &[integer, rest]);
        let (fraction, exponent) = math::Frexp(x);
        put(
            "frexp",
            &[
                fraction,
                exponent as f64,
                math::Ldexp(fraction, exponent),
                math::Ldexp(x, int(y * 10.0)),
                math::Ldexp(y, int(y * 20.0)),
                math::Logb(x),
                math::Ilogb(x) as f64,
                math::Nextafter(x, y),
                f64::from(math::Nextafter32(x as f32, y as f32)),
            ],
        );
        put("gamma", &[math::Gamma(x), math::Gamma(y)]);
        let (value, sign) = math::Lgamma(x);
        put("lgamma", &[value, sign as f64]);
        put("erf", &[math::Erf(x), math::Erfc(x), math::Erf(y), math::Erfc(y)]);
        let a = y.abs() + 0.1;
        put("bessel", &[math::J0(a), math::J1(a), math::Jn(3, a), math::Y0(a), math::Y1(a), math::Yn(2, a)]);
        let (u, v) = (next() as usize, (next() >> (b % 64)) as usize);
        let k = (b % 200) as isize - 100;
        let (hi, lo) = bits::Mul(u, v);
        let (sum, carry) = bits::Add(u, v, (b & 1) as usize);
        let (difference, borrow) = bits::Sub(u, v, (b & 1) as usize);
        let counts = args![
            bits::Len(v),
            bits::LeadingZeros32(v as u32),
            bits::TrailingZeros16(v as u16),
            bits::OnesCount(u),
            bits::Reverse8(u as u8),
            bits::ReverseBytes(u),
            bits::RotateLeft(u, k),
            bits::RotateLeft8(u as u8, k),
            hi,
            lo,
            sum,
            carry,
            difference,
            borrow,
            bits::Rem(u, v, v | 1)
        ];
        out.push_str(&fmt::Sprintln(counts).to_text());
        let (quotient, remainder) = bits::Div(v / 2, u, v | 1);
        out.push_str(&fmt::Sprintln(args![quotient, remainder]).to_text());
    }
    let constants = args![
        math::MaxInt64,
        math::MaxUint64,
        math::Pi,
        math::MaxFloat32,
        math::SmallestNonzeroFloat32,
        math::MaxFloat64,
        math::SmallestNonzeroFloat64,
        math::SqrtPhi,
        math::SqrtE,
        math::SqrtPi,
        math::Phi,
        math::Log2E,
        math::Log10E
    ];
    out.push_str(&fmt::Sprintln(constants).to_text());

    if let Some(file) = std::env::var_os("GOXIDE_TABLE") {
        std::fs::write(file, &out).unwrap();
    }
    let hash =
        out.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(hash, 0x69dc0754e269950b, "the results differ from Go's");
}
