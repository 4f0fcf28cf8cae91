//! Arithmetic on constants of any size (Go specification, "Constant expressions").
//!
//! Values are kept in the smallest kind that holds them exactly; operations bring both sides to one kind first.

use crate::ast::{BinaryOp, LitKind, UnaryOp};
use crate::typed::Const;
pub(super) use crate::typed::constant::from_f64;
use crate::typed::real::Real;
use crate::types::Basic;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Zero};
use std::cmp::Ordering;
use std::sync::Arc;

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
                Real::from(parse_radix(digits, 10)?)
            } else if let Some(v) = integer(digits) {
                Real::from(v)
            } else {
                float(digits)?
            };
            Some(Const::Complex(Real::zero(), value))
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
    // most are small and plain
    if text.len() <= 18 && (text == "0" || !text.starts_with('0')) && text.bytes().all(|b| b.is_ascii_digit())
    {
        return text.parse::<i64>().ok().map(BigInt::from);
    }
    if let Some(hex) = text.strip_prefix("0x").filter(|hex| hex.len() <= 16 && !hex.starts_with('+'))
        && let Ok(n) = u64::from_str_radix(hex, 16)
    {
        return Some(n.into());
    }
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

fn float(text: &str) -> Option<Real> {
    let clean: String = text.to_ascii_lowercase().replace('_', "");
    let (mantissa, radix, exp_char, base) = match clean.strip_prefix("0x") {
        Some(hex) => (hex.to_owned(), 16, 'p', 2),
        None => (clean, 10, 'e', 10),
    };
    let (digits, exponent) = match mantissa.split_once(exp_char) {
        Some((digits, exp)) => (digits.to_owned(), exp.parse::<i64>().ok()?),
        None => (mantissa, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let value = parse_radix(&format!("{whole}{fraction}"), radix)?;
    let places = fraction.len() as i64 * if radix == 16 { 4 } else { 1 };
    Real::scaled(value, base, exponent.checked_sub(places)?)
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
        Const::Float(Real::Exact(v)) if v.is_integer() => Const::Int(v.to_integer()),
        value => value,
    }
}

pub(super) fn to_real(value: &Const) -> Option<Real> {
    match value {
        Const::Int(v) => Some(Real::from(v.clone())),
        Const::Float(v) => Some(v.clone()),
        Const::Complex(re, im) if im.is_zero() => Some(re.clone()),
        _ => None,
    }
}

pub(super) fn to_complex(value: &Const) -> Option<(Real, Real)> {
    match value {
        Const::Complex(re, im) => Some((re.clone(), im.clone())),
        value => Some((to_real(value)?, Real::zero())),
    }
}

pub(super) fn to_int(value: &Const) -> Option<BigInt> {
    match value {
        Const::Int(v) => Some(v.clone()),
        value => to_real(value)?.to_integer(),
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

/// Is `re*re + im*im` zero?
pub(super) fn square_is_zero(value: &Const) -> bool {
    let square = |v: &Real| v.times(v).is_some_and(|v| v.is_zero());
    to_complex(value).is_some_and(|(re, im)| square(&re) && square(&im))
}

/// `op value`; `bits` is the width of an unsigned type, which `^` stays within.
pub(super) fn unary(op: UnaryOp, value: &Const, bits: Option<u32>) -> Const {
    match (op, value) {
        (_, Const::Unknown) => Const::Unknown,
        (UnaryOp::Plus, v) => v.clone(),
        (UnaryOp::Neg, Const::Int(v)) => Const::Int(-v),
        (UnaryOp::Neg, Const::Float(v)) => Const::Float(v.negated()),
        (UnaryOp::Neg, Const::Complex(re, im)) => Const::Complex(re.negated(), im.negated()),
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
        (Const::String(a), Const::String(b)) if op == Add => Const::String(Arc::from([&**a, &**b].concat())),
        (Const::Int(a), Const::Int(b)) if int => match op {
            Add => Const::Int(a + b),
            Sub => Const::Int(a - b),
            Mul => Const::Int(a * b),
            Div => Const::Int(a / b),
            Rem => Const::Int(a % b),
            And => Const::Int(a & b),
            Or => Const::Int(a | b),
            Xor => Const::Int(a ^ b),
            AndNot => Const::Int(a & !b.clone()),
            _ => Const::Unknown,
        },
        (Const::Complex(..), _) | (_, Const::Complex(..)) => match (to_complex(x), to_complex(y)) {
            (Some(a), Some(b)) => {
                complex(op, &a, &b).map_or(Const::Unknown, |(re, im)| normal(Const::Complex(re, im)))
            }
            _ => Const::Unknown,
        },
        _ => match (to_real(x), to_real(y)) {
            (Some(a), Some(b)) => {
                let result = match op {
                    Add => a.plus(&b),
                    Sub => a.minus(&b),
                    Mul => a.times(&b),
                    Div => a.over(&b),
                    _ => None,
                };
                result.map_or(Const::Unknown, |v| normal(Const::Float(v)))
            }
            _ => Const::Unknown,
        },
    }
}

fn complex(op: BinaryOp, (a, b): &(Real, Real), (c, d): &(Real, Real)) -> Option<(Real, Real)> {
    Some(match op {
        BinaryOp::Add => (a.plus(c)?, b.plus(d)?),
        BinaryOp::Sub => (a.minus(c)?, b.minus(d)?),
        BinaryOp::Mul => (a.times(c)?.minus(&b.times(d)?)?, b.times(c)?.plus(&a.times(d)?)?),
        BinaryOp::Div => {
            let s = c.times(c)?.plus(&d.times(d)?)?;
            let re = a.times(c)?.plus(&b.times(d)?)?;
            let im = b.times(c)?.minus(&a.times(d)?)?;
            (re.over(&s)?, im.over(&s)?)
        }
        _ => return None,
    })
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
            let ((a, b), (c, d)) = (to_complex(x)?, to_complex(y)?);
            if a.order(&c).is_eq() && b.order(&d).is_eq() { Ordering::Equal } else { Ordering::Less }
        }
        _ => to_real(x)?.order(&to_real(y)?),
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

/// The value as messages print it, for a constant of type `basic`.
pub(super) fn display(value: &Const, basic: Option<Basic>) -> String {
    let real = |v: &Const| to_real(v).map_or("?".into(), |v| v.text());
    match value {
        Const::Unknown => "unknown".into(),
        Const::Bool(b) => b.to_string(),
        value if basic.is_some_and(Basic::is_complex) || matches!(value, Const::Complex(..)) => {
            let (re, im) = to_complex(value).unwrap_or((Real::zero(), Real::zero()));
            format!("({} + {}i)", re.text(), im.text())
        }
        value if basic.is_some_and(Basic::is_float) => real(value),
        Const::Int(v) => v.to_string(),
        Const::String(s) => quoted(s),
        value => real(value),
    }
}

/// A quoted string of at most 72 characters.
fn quoted(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let quoted = format!("{text:?}").replace("\\'", "'");
    if quoted.chars().count() > 72 {
        let head: String = quoted.chars().take(69).collect();
        return format!("{head}...");
    }
    quoted
}
