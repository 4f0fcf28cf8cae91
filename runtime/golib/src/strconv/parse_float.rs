//! Text to floats.
//!
//! What must hold: the nearest float, ties to even. Decimal texts are checked here, for Go takes fewer and more than Rust
//! (no `inf` with more letters, but underscores), and read by Rust's core, which rounds correctly.

use std::borrow::Cow;

use super::int::underscores_are_good;
use super::{Refusal, num_error};
use crate::interface::Error;
use crate::string::Str;
use crate::view::zero;

/// The NaN that Go's `math.NaN` gives.
const NAN: u64 = 0x7ff8_0000_0000_0001;

/// Reads `inf`, `infinity` and `nan` at the start of a text, with its length.
fn special(text: &[u8]) -> Option<(f64, usize)> {
    let (sign, rest) = match text {
        [b'-', rest @ ..] => (-1.0, rest),
        [b'+', rest @ ..] => (1.0, rest),
        _ => (1.0, text),
    };
    let signed = text.len() - rest.len();
    let starts = |word: &[u8]| rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word);
    if starts(b"infinity") {
        return Some((sign * f64::INFINITY, signed + 8));
    }
    if starts(b"inf") {
        return Some((sign * f64::INFINITY, signed + 3));
    }
    (signed == 0 && starts(b"nan")).then_some((f64::from_bits(NAN), 3))
}

/// A number as it is written.
struct Literal {
    negative: bool,
    hex: bool,
    underscores: bool,
    len: usize,
}

/// Finds the longest number at the start of a text.
fn scan(text: &[u8]) -> Option<Literal> {
    let at = |i: usize| text.get(i).copied().unwrap_or(0);
    let mut i = usize::from(matches!(at(0), b'+' | b'-'));
    let negative = at(0) == b'-';
    let hex = at(i) == b'0' && at(i + 1) | 0x20 == b'x' && text.len() > i + 2;
    if hex {
        i += 2;
    }
    let (mut point, mut digits, mut underscores) = (false, false, false);
    loop {
        match at(i) {
            b'_' => underscores = true,
            b'.' if !point => point = true,
            b'0'..=b'9' => digits = true,
            b'a'..=b'f' | b'A'..=b'F' if hex => digits = true,
            _ => break,
        }
        i += 1;
    }
    if !digits {
        return None;
    }
    let marker = if hex { b'p' } else { b'e' };
    if at(i) | 0x20 == marker && i < text.len() {
        i += 1;
        if matches!(at(i), b'+' | b'-') {
            i += 1;
        }
        if !at(i).is_ascii_digit() {
            return None;
        }
        while matches!(at(i), b'0'..=b'9' | b'_') {
            underscores |= at(i) == b'_';
            i += 1;
        }
    } else if hex {
        return None;
    }
    if underscores && !underscores_are_good(&text[..i]) {
        return None;
    }
    Some(Literal { negative, hex, underscores, len: i })
}

/// The number at the start of a text: the nearest float, how much of the text it is, whether that float is infinite
/// though the text has digits.
pub(super) struct Prefix {
    pub(super) value: f64,
    pub(super) len: usize,
    pub(super) beyond: bool,
}

/// The nearest float of `bits` bits at the start of a text, if there is one.
pub(super) fn read_prefix(text: &[u8], bits: isize) -> Option<Prefix> {
    if let Some((value, len)) = special(text) {
        let value = if bits == 32 { f64::from(value as f32) } else { value };
        return Some(Prefix { value, len, beyond: false });
    }
    let literal = scan(text)?;
    let mut written = Cow::Borrowed(&text[..literal.len]);
    if literal.underscores {
        written.to_mut().retain(|&b| b != b'_');
    }
    let value = if literal.hex {
        read_hex(&written[if matches!(written[0], b'+' | b'-') { 3 } else { 2 }..], literal.negative, bits)
    } else {
        // Digits, a point and an exponent are ASCII and Rust's syntax, too.
        let written = std::str::from_utf8(&written).ok()?;
        if bits == 32 { written.parse::<f32>().ok()?.into() } else { written.parse().ok()? }
    };
    Some(Prefix { value, len: literal.len, beyond: value.is_infinite() })
}

/// A whole text.
pub(crate) fn read_float(text: &[u8], bits: isize) -> Result<f64, (f64, Refusal)> {
    match read_prefix(text, bits).filter(|read| read.len == text.len()) {
        None => Err((0.0, Refusal::Syntax)),
        Some(Prefix { value, beyond: true, .. }) => Err((value, Refusal::Range)),
        Some(Prefix { value, .. }) => Ok(value),
    }
}

/// `hh.hhp±dd`, checked.
fn read_hex(text: &[u8], negative: bool, bits: isize) -> f64 {
    const LIMIT: i64 = 100_000;
    let p = text.iter().position(|b| b | 0x20 == b'p').unwrap_or(text.len());
    // The first 64 bits; what follows only tells whether it is nothing.
    let (mut significand, mut exponent, mut rest) = (0u64, 0i64, false);
    let mut point = false;
    for &c in &text[..p] {
        let Some(digit) = char::from(c).to_digit(16) else {
            point = true;
            continue;
        };
        if significand >> 60 == 0 {
            significand = significand << 4 | u64::from(digit);
            exponent -= if point { 4 } else { 0 };
        } else {
            rest |= digit != 0;
            exponent += if point { 0 } else { 4 };
        }
    }
    let (down, digits) = match text.get(p + 1..).unwrap_or_default() {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    let written = digits.iter().fold(0, |n: i64, &c| (n * 10 + i64::from(c - b'0')).min(LIMIT));
    exponent += if down { -written } else { written };
    let sign = if negative { -1.0 } else { 1.0 };
    if significand == 0 {
        return sign * 0.0;
    }
    // 1.xxx * 2^exponent with 63 bits after the point
    let up = significand.leading_zeros();
    significand <<= up;
    exponent += 63 - i64::from(up);
    let (precision, least, greatest) = if bits == 32 { (24, -126, 127) } else { (53, -1022, 1023) };
    let lost = (64 - precision + (least - exponent).max(0)).min(100) as u32;
    let wide = u128::from(significand);
    let (mut kept, cut) = (wide >> lost, wide & ((1 << lost) - 1));
    let half = 1u128 << (lost - 1);
    if cut > half || cut == half && (rest || kept & 1 == 1) {
        kept += 1;
    }
    let unit = exponent.max(least) - (precision - 1);
    // At most 53 bits times a power of two that is a float: both steps are exact.
    let value = (kept as f64) * power_of_two(unit);
    if exponent.max(least) > greatest || bits == 32 && value > f64::from(f32::MAX) {
        return sign * f64::INFINITY;
    }
    sign * value
}

fn power_of_two(exponent: i64) -> f64 {
    match exponent {
        ..-1074 => 0.0,
        -1074..-1022 => f64::from_bits(1 << (exponent + 1074)),
        -1022..1024 => f64::from_bits(((exponent + 1023) as u64) << 52),
        _ => f64::INFINITY,
    }
}

/// Reads a float of 32 or 64 bits.
pub fn ParseFloat(s: Str, bitSize: isize) -> (f64, Error) {
    match read_float(s.as_bytes(), bitSize) {
        Ok(value) => (value, zero()),
        Err((value, refusal)) => (value, num_error("ParseFloat", s, refusal)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_floats_round_to_even() {
        let read = |text: &str| read_float(text.as_bytes(), 64);
        assert_eq!(read("0x1.8p1"), Ok(3.0));
        assert_eq!(read("-0x.8P+1"), Ok(-1.0));
        assert_eq!(read("0x1.00000000000008p0"), Ok(1.0));
        assert_eq!(read("0x1.00000000000018p0"), Ok(1.0 + 2.0 * f64::EPSILON));
        assert_eq!(read("0x1.000000000000080000000001p0"), Ok(1.0 + f64::EPSILON));
        assert_eq!(read("0x1p-1074"), Ok(5e-324));
        assert_eq!(read("0x1p-1075"), Ok(0.0));
        assert_eq!(read("0x1.8p-1075"), Ok(5e-324));
        assert_eq!(read("0x1.fffffffffffffp1023"), Ok(f64::MAX));
        assert_eq!(read("0x1.fffffffffffff8p1023"), Err((f64::INFINITY, Refusal::Range)));
        assert_eq!(read_float(b"0x1.ffffffp127", 32), Err((f64::INFINITY, Refusal::Range)));
        assert_eq!(read_float(b"0x1.fffffep127", 32), Ok(f64::from(f32::MAX)));
    }

    #[test]
    fn what_is_no_number() {
        for text in [
            "", "+", ".", "1e", "0x", "0x1", "0x.p1", "1__0", "_1", "1_", "+nan", "infi", " 1", "1 ",
            "1e400x",
        ] {
            assert_eq!(read_float(text.as_bytes(), 64), Err((0.0, Refusal::Syntax)), "{text}");
        }
        assert_eq!(read_float(b"1e400", 64), Err((f64::INFINITY, Refusal::Range)));
        assert_eq!(read_float(b"1_0.5_0e0_1", 64), Ok(105.0));
    }
}
