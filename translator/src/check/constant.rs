//! Arithmetic on constants of any size (Go specification, "Constant expressions").
//!
//! Values are kept in the smallest kind that holds them exactly; operations bring both sides to one kind first.

use crate::ast::{BinaryOp, LitKind, UnaryOp};
use crate::typed::Const;
use crate::typed::constant::Rational;
pub(super) use crate::typed::constant::{from_f64, to_f32, to_f64};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};
use std::cmp::Ordering;
use std::sync::Arc;

/// A decimal exponent beyond this is refused: no type could hold the value.
const MAX_EXPONENT: i64 = 20_000;

/// The value of a literal; `None` if it is malformed or too large.
pub(super) fn from_literal(kind: LitKind, text: &str) -> Option<Const> {
    match kind {
        LitKind::Int => integer(text).map(Const::Int),
        LitKind::Float => float(text).map(|v| normal(Const::Float(v))),
        LitKind::Imag => {
            let digits = &text[..text.len() - 1];
            // "0123i" is decimal for backward compatibility
            let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'_');
            let value = if plain {
                Rational::from(parse_radix(digits, 10)?)
            } else if let Some(v) = integer(digits) {
                Rational::from(v)
            } else {
                float(digits)?
            };
            Some(Const::Complex(Rational::zero(), value))
        }
        LitKind::Char => unquote(text).and_then(|(_, c)| c).map(|c| Const::Int(BigInt::from(c))),
        LitKind::String => unquote(text).map(|(bytes, _)| Const::String(bytes.into())),
    }
}

fn parse_radix(digits: &str, radix: u32) -> Option<BigInt> {
    let clean: Vec<u8> = digits.bytes().filter(|b| *b != b'_').collect();
    if clean.is_empty() {
        return Some(BigInt::zero());
    }
    BigInt::parse_bytes(&clean, radix)
}

fn integer(text: &str) -> Option<BigInt> {
    let lower = text.to_ascii_lowercase();
    if let Some(hex) = lower.strip_prefix("0x") {
        return parse_radix(hex, 16);
    }
    if let Some(octal) = lower.strip_prefix("0o") {
        return parse_radix(octal, 8);
    }
    if let Some(binary) = lower.strip_prefix("0b") {
        return parse_radix(binary, 2);
    }
    if lower.len() > 1 && lower.starts_with('0') {
        return parse_radix(&lower[1..], 8);
    }
    parse_radix(&lower, 10)
}

fn float(text: &str) -> Option<Rational> {
    let clean: String = text.to_ascii_lowercase().replace('_', "");
    let (mantissa, radix, exp_char, exp_base) = match clean.strip_prefix("0x") {
        Some(hex) => (hex.to_owned(), 16, 'p', 2),
        None => (clean, 10, 'e', 10),
    };
    let (digits, exponent) = match mantissa.split_once(exp_char) {
        Some((digits, exp)) => (digits.to_owned(), exp.parse::<i64>().ok()?),
        None => (mantissa, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let value = parse_radix(&format!("{whole}{fraction}"), radix)?;
    let scale = BigInt::from(radix).pow(fraction.len() as u32);
    if exponent.abs() > MAX_EXPONENT {
        return None;
    }
    let power = BigInt::from(exp_base).pow(exponent.unsigned_abs() as u32);
    Some(if exponent >= 0 {
        Rational::new(value * power, scale)
    } else {
        Rational::new(value, scale * power)
    })
}

/// The bytes of a quoted literal, and for a rune literal its value.
fn unquote(text: &str) -> Option<(Vec<u8>, Option<u32>)> {
    if let Some(raw) = text.strip_prefix('`') {
        return Some((raw.strip_suffix('`')?.bytes().filter(|b| *b != b'\r').collect(), None));
    }
    let inner = text.get(1..text.len().checked_sub(1)?)?;
    let mut out = vec![];
    let mut rune = None;
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            rune = Some(c as u32);
            out.extend(c.encode_utf8(&mut [0; 4]).bytes());
            continue;
        }
        let escape = chars.next()?;
        let simple = match escape {
            'a' => 7,
            'b' => 8,
            'f' => 12,
            'n' => 10,
            'r' => 13,
            't' => 9,
            'v' => 11,
            '\\' | '\'' | '"' => escape as u8,
            _ => 0,
        };
        if simple != 0 {
            rune = Some(simple as u32);
            out.push(simple);
            continue;
        }
        let (count, radix, first) = match escape {
            'x' => (2, 16, None),
            'u' => (4, 16, None),
            'U' => (8, 16, None),
            digit => (2, 8, Some(digit.to_digit(8)?)),
        };
        let mut value = first.unwrap_or(0);
        for _ in 0..count {
            value = value * radix + chars.next()?.to_digit(radix)?;
        }
        rune = Some(value);
        if matches!(escape, 'u' | 'U') {
            out.extend(char::from_u32(value)?.encode_utf8(&mut [0; 4]).bytes());
        } else {
            out.push(value as u8);
        }
    }
    Some((out, rune))
}

/// The smallest kind that holds the value.
pub(super) fn normal(value: Const) -> Const {
    match value {
        Const::Complex(re, im) if im.is_zero() => normal(Const::Float(re)),
        Const::Float(v) if v.is_integer() => Const::Int(v.to_integer()),
        value => value,
    }
}

pub(super) fn to_rational(value: &Const) -> Option<Rational> {
    match value {
        Const::Int(v) => Some(Rational::from(v.clone())),
        Const::Float(v) => Some(v.clone()),
        Const::Complex(re, im) if im.is_zero() => Some(re.clone()),
        _ => None,
    }
}

pub(super) fn to_complex(value: &Const) -> Option<(Rational, Rational)> {
    match value {
        Const::Complex(re, im) => Some((re.clone(), im.clone())),
        value => Some((to_rational(value)?, Rational::zero())),
    }
}

pub(super) fn to_int(value: &Const) -> Option<BigInt> {
    match value {
        Const::Int(v) => Some(v.clone()),
        value => to_rational(value).filter(Rational::is_integer).map(|v| v.to_integer()),
    }
}

pub(super) fn is_zero(value: &Const) -> bool {
    match value {
        Const::Int(v) => v.is_zero(),
        Const::Float(v) => v.is_zero(),
        Const::Complex(re, im) => re.is_zero() && im.is_zero(),
        _ => false,
    }
}

/// `op value`; `bits` is the width of an unsigned type, which `^` stays within.
pub(super) fn unary(op: UnaryOp, value: &Const, bits: Option<u32>) -> Const {
    match (op, value) {
        (UnaryOp::Plus, v) => v.clone(),
        (UnaryOp::Neg, Const::Int(v)) => Const::Int(-v),
        (UnaryOp::Neg, Const::Float(v)) => Const::Float(-v),
        (UnaryOp::Neg, Const::Complex(re, im)) => Const::Complex(-re, -im),
        (UnaryOp::Not, Const::Bool(b)) => Const::Bool(!b),
        (UnaryOp::BitNot, v) => match to_int(v) {
            Some(v) => {
                let not = -v - BigInt::one();
                Const::Int(match bits {
                    Some(bits) => not.mod_floor(&(BigInt::one() << bits)),
                    None => not,
                })
            }
            None => Const::Unknown,
        },
        _ => Const::Unknown,
    }
}

/// `x op y` for all operators but shifts and comparisons; `int` asks for integer division.
pub(super) fn binary(op: BinaryOp, x: &Const, y: &Const, int: bool) -> Const {
    use BinaryOp::*;
    match (x, y) {
        (Const::Bool(a), Const::Bool(b)) => match op {
            LAnd => Const::Bool(*a && *b),
            LOr => Const::Bool(*a || *b),
            _ => Const::Unknown,
        },
        (Const::String(a), Const::String(b)) if op == Add => {
            let joined: Vec<u8> = a.iter().chain(b.iter()).copied().collect();
            Const::String(Arc::from(joined))
        }
        (Const::Int(a), Const::Int(b)) => match op {
            Add => Const::Int(a + b),
            Sub => Const::Int(a - b),
            Mul => Const::Int(a * b),
            Div if int => Const::Int(a / b),
            Div => normal(Const::Float(Rational::new(a.clone(), b.clone()))),
            Rem => Const::Int(a % b),
            And => Const::Int(a & b),
            Or => Const::Int(a | b),
            Xor => Const::Int(a ^ b),
            AndNot => Const::Int(a & !b.clone()),
            _ => Const::Unknown,
        },
        (Const::Complex(..), _) | (_, Const::Complex(..)) => match (to_complex(x), to_complex(y)) {
            (Some((a, b)), Some((c, d))) => normal(match op {
                Add => Const::Complex(a + c, b + d),
                Sub => Const::Complex(a - c, b - d),
                Mul => Const::Complex(&a * &c - &b * &d, &b * &c + &a * &d),
                Div => {
                    let s = &c * &c + &d * &d;
                    Const::Complex((&a * &c + &b * &d) / &s, (&b * &c - &a * &d) / &s)
                }
                _ => Const::Unknown,
            }),
            _ => Const::Unknown,
        },
        _ => match (to_rational(x), to_rational(y)) {
            (Some(a), Some(b)) => normal(match op {
                Add => Const::Float(a + b),
                Sub => Const::Float(a - b),
                Mul => Const::Float(a * b),
                Div => Const::Float(a / b),
                _ => Const::Unknown,
            }),
            _ => Const::Unknown,
        },
    }
}

/// `x << n` or `x >> n`.
pub(super) fn shift(op: BinaryOp, x: &BigInt, n: u64) -> BigInt {
    if op == BinaryOp::Shl { x << n } else { x >> n }
}

/// `x op y` for comparisons.
pub(super) fn compare(op: BinaryOp, x: &Const, y: &Const) -> Option<bool> {
    let order = match (x, y) {
        (Const::Bool(a), Const::Bool(b)) => a.cmp(b),
        (Const::String(a), Const::String(b)) => a.cmp(b),
        (Const::Int(a), Const::Int(b)) => a.cmp(b),
        (Const::Complex(..), _) | (_, Const::Complex(..)) => {
            if to_complex(x)? == to_complex(y)? {
                Ordering::Equal
            } else {
                Ordering::Less
            }
        }
        _ => to_rational(x)?.cmp(&to_rational(y)?),
    };
    Some(match op {
        BinaryOp::Eq => order.is_eq(),
        BinaryOp::Ne => order.is_ne(),
        BinaryOp::Lt => order.is_lt(),
        BinaryOp::Le => order.is_le(),
        BinaryOp::Gt => order.is_gt(),
        _ => order.is_ge(),
    })
}

/// The value as messages print it.
pub(super) fn display(value: &Const) -> String {
    match value {
        Const::Unknown => "unknown".into(),
        Const::Bool(b) => b.to_string(),
        Const::Int(v) => v.to_string(),
        Const::String(s) => {
            let text = String::from_utf8_lossy(s);
            let quoted = format!("{text:?}").replace("\\'", "'");
            if quoted.chars().count() > 72 {
                let head: String = quoted.chars().take(69).collect();
                return format!("{head}...");
            }
            quoted
        }
        Const::Float(v) => float_text(to_f64(v)),
        Const::Complex(re, im) => format!("({} + {}i)", float_text(to_f64(re)), float_text(to_f64(im))),
    }
}

/// `%.6g`
fn float_text(v: f64) -> String {
    if v == 0.0 || !v.is_finite() {
        return if v == 0.0 { "0".into() } else { v.to_string() };
    }
    let sci = format!("{v:.5e}");
    let (mantissa, exp) = sci.split_once('e').expect("scientific form");
    let exp: i32 = exp.parse().expect("an exponent");
    if !(-5..6).contains(&exp) {
        let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
        let sign = if exp < 0 { '-' } else { '+' };
        return format!("{mantissa}e{sign}{:02}", exp.abs());
    }
    let text = format!("{v:.*}", (5 - exp).max(0) as usize);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
