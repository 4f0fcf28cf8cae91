//! Floats to text.
//!
//! What must hold: without a precision the digits are the fewest that give the number back; with one they are those of the
//! exact value, rounded to the nearest, ties to even.

use std::io::Write;

use crate::complex::Complex128;
use crate::interface::any;
use crate::panic::panic;
use crate::slice::Slice;
use crate::string::{Str, str};

/// No float has more digits; what a precision asks for beyond them is zeros.
const MOST_DIGITS: usize = 1100;

/// `0.d1d2d3.. * 10^point`, without zeros at the end; zero has no digits.
struct Decimal {
    digits: Vec<u8>,
    point: i32,
}

impl Decimal {
    /// Takes apart what Rust's `{:e}` writes: `d.ddde-x`.
    fn of(text: &[u8]) -> Decimal {
        let e = text.iter().rposition(|&b| b == b'e').unwrap_or(text.len());
        let exponent = text.get(e + 1..).and_then(|digits| std::str::from_utf8(digits).ok());
        let exponent: i32 = exponent.and_then(|digits| digits.parse().ok()).unwrap_or(0);
        let mut digits: Vec<u8> = text[..e].iter().copied().filter(|&b| b != b'.').collect();
        digits.truncate(digits.iter().rposition(|&b| b != b'0').map_or(0, |last| last + 1));
        let point = if digits.is_empty() { 0 } else { exponent + 1 };
        Decimal { digits, point }
    }

    fn shortest(value: f64, bits: u32) -> Decimal {
        let mut text = Vec::with_capacity(32);
        let written = if bits == 32 { write!(text, "{:e}", value as f32) } else { write!(text, "{value:e}") };
        written.expect("a Vec takes all");
        let found = Decimal::of(&text);
        found.even_of_two(value, bits).unwrap_or(found)
    }

    /// The other of the two shortest texts when the value lies in the very middle: Rust takes the greater, Go the even one.
    fn even_of_two(&self, value: f64, bits: u32) -> Option<Decimal> {
        let count = self.digits.len();
        let (significand, exponent) = parts(value, bits);
        // Bits after the binary point are as many digits after the decimal point, and a middle has one more than the text.
        let places = -(exponent + significand.trailing_zeros() as i32);
        let possible =
            if places > 0 { places == count as i32 - self.point + 1 } else { self.point > count as i32 };
        if !possible || value == 0.0 || self.digits[count - 1].is_multiple_of(2) {
            return None;
        }
        let exact = Decimal::rounded(value, 40);
        let even = Decimal::rounded(value, count);
        let mut text = Vec::with_capacity(32);
        even.scientific(&mut text, count - 1, b'e');
        let same = std::str::from_utf8(&text).is_ok_and(|text| match bits {
            32 => text.parse() == Ok(value as f32),
            _ => text.parse() == Ok(value),
        });
        (exact.digits.len() == count + 1 && exact.digits[count] == b'5' && same).then_some(even)
    }

    /// `count` digits, at least one.
    fn rounded(value: f64, count: usize) -> Decimal {
        let mut text = Vec::with_capacity(32);
        write!(text, "{value:.*e}", count.min(MOST_DIGITS) - 1).expect("a Vec takes all");
        Decimal::of(&text)
    }

    /// As many digits as `places` after the point need.
    fn to_places(value: f64, places: usize) -> Decimal {
        let mut text = Vec::with_capacity(32);
        write!(text, "{value:.*}", places.min(MOST_DIGITS)).expect("a Vec takes all");
        let point = text.iter().position(|&b| b == b'.').unwrap_or(text.len()) as i32;
        let mut digits: Vec<u8> = text.iter().copied().filter(|&b| b != b'.').collect();
        let zeros = digits.iter().take_while(|&&b| b == b'0').count();
        digits.drain(..zeros);
        digits.truncate(digits.iter().rposition(|&b| b != b'0').map_or(0, |last| last + 1));
        let point = if digits.is_empty() { 0 } else { point - zeros as i32 };
        Decimal { digits, point }
    }

    fn digit(&self, i: usize) -> u8 {
        self.digits.get(i).copied().unwrap_or(b'0')
    }

    /// `d.ddde±dd`
    fn scientific(&self, out: &mut Vec<u8>, places: usize, e: u8) {
        out.push(self.digit(0));
        if places > 0 {
            out.push(b'.');
            out.extend((1..=places).map(|i| self.digit(i)));
        }
        out.push(e);
        push_exponent(out, if self.digits.is_empty() { 0 } else { self.point - 1 });
    }

    /// `ddd.ddd`
    fn plain(&self, out: &mut Vec<u8>, places: usize) {
        if self.point > 0 {
            out.extend((0..self.point as usize).map(|i| self.digit(i)));
        } else {
            out.push(b'0');
        }
        if places > 0 {
            out.push(b'.');
            let at = |i: usize| i as i32 + self.point;
            out.extend((0..places).map(|i| if at(i) < 0 { b'0' } else { self.digit(at(i) as usize) }));
        }
    }
}

/// A sign and at least two digits.
fn push_exponent(out: &mut Vec<u8>, exponent: i32) {
    let sign = if exponent < 0 { '-' } else { '+' };
    write!(out, "{sign}{:02}", exponent.abs()).expect("a Vec takes all");
}

/// Writes a float of 32 or 64 bits in one of the formats `b e E f g G x X`; a negative precision asks for the shortest text.
pub(crate) fn format_float(out: &mut Vec<u8>, value: f64, format: u8, precision: isize, bits: u32) {
    let value = if bits == 32 { f64::from(value as f32) } else { value };
    if value.is_nan() {
        return out.extend_from_slice(b"NaN");
    }
    if value.is_infinite() {
        return out.extend_from_slice(if value > 0.0 { b"+Inf" } else { b"-Inf" });
    }
    if value.is_sign_negative() {
        out.push(b'-');
    }
    let value = value.abs();
    let shortest = precision < 0;
    let wanted = precision.max(0) as usize;
    match format {
        b'b' => binary(out, value, bits),
        b'x' | b'X' => hexadecimal(out, value, format, precision),
        b'e' | b'E' if shortest => {
            let decimal = Decimal::shortest(value, bits);
            decimal.scientific(out, decimal.digits.len().saturating_sub(1), format);
        }
        b'e' | b'E' => Decimal::rounded(value, wanted + 1).scientific(out, wanted, format),
        b'f' if shortest => {
            let decimal = Decimal::shortest(value, bits);
            decimal.plain(out, (decimal.digits.len() as i32 - decimal.point).max(0) as usize);
        }
        b'f' => Decimal::to_places(value, wanted).plain(out, wanted),
        b'g' | b'G' => {
            let (decimal, mut limit) = if shortest {
                (Decimal::shortest(value, bits), 6)
            } else {
                (Decimal::rounded(value, wanted.max(1)), wanted.max(1))
            };
            let count = decimal.digits.len();
            if !shortest && limit > count && count as i32 >= decimal.point {
                limit = count;
            }
            let exponent = decimal.point - 1;
            if exponent < -4 || exponent >= limit as i32 {
                decimal.scientific(out, count.saturating_sub(1), if format == b'g' { b'e' } else { b'E' });
            } else {
                decimal.plain(out, (count as i32 - decimal.point).max(0) as usize);
            }
        }
        _ => {
            // Go drops the sign, too.
            if out.last() == Some(&b'-') {
                out.pop();
            }
            out.extend_from_slice(&[b'%', format]);
        }
    }
}

/// The integer significand and the exponent of two that belongs to it.
fn parts(value: f64, bits: u32) -> (u64, i32) {
    if bits == 32 {
        let raw = u64::from((value as f32).to_bits());
        let exponent = (raw >> 23) as i32;
        let fraction = raw & ((1 << 23) - 1);
        return if exponent == 0 { (fraction, -149) } else { (fraction | 1 << 23, exponent - 150) };
    }
    let raw = value.to_bits();
    let exponent = (raw >> 52) as i32;
    let fraction = raw & ((1 << 52) - 1);
    if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) }
}

/// `dddp±ddd`
fn binary(out: &mut Vec<u8>, value: f64, bits: u32) {
    let (significand, exponent) = parts(value, bits);
    write!(out, "{significand}p{exponent:+}").expect("a Vec takes all");
}

/// `0x1.hhhp±dd`
fn hexadecimal(out: &mut Vec<u8>, value: f64, format: u8, precision: isize) {
    const POINT: u32 = 60;
    let (mut significand, mut exponent) = parts(value, 64);
    if significand == 0 {
        exponent = 0;
    } else {
        let up = significand.leading_zeros() - (63 - POINT);
        significand <<= up;
        exponent += POINT as i32 - up as i32;
    }
    if (0..15).contains(&precision) {
        let kept = POINT - precision as u32 * 4;
        let rest = significand & ((1 << kept) - 1);
        significand >>= kept;
        let half = 1 << (kept - 1);
        if rest > half || rest == half && significand & 1 == 1 {
            significand += 1;
        }
        significand <<= kept;
        if significand >> (POINT + 1) != 0 {
            significand >>= 1;
            exponent += 1;
        }
    }
    let digits: &[u8; 16] = if format == b'x' { b"0123456789abcdef" } else { b"0123456789ABCDEF" };
    out.extend_from_slice(&[b'0', format, b'0' + (significand >> POINT) as u8]);
    // What is left are the digits after the point, the first in the highest four bits.
    significand <<= 4;
    let count = match precision {
        0.. => precision as usize,
        _ => (64 - significand.trailing_zeros() as usize).div_ceil(4),
    };
    if count > 0 {
        out.push(b'.');
    }
    for _ in 0..count {
        out.push(digits[(significand >> POINT & 15) as usize]);
        significand <<= 4;
    }
    out.push(if format == b'x' { b'p' } else { b'P' });
    push_exponent(out, exponent);
}

fn checked(out: &mut Vec<u8>, f: f64, format: u8, prec: isize, bits: isize) {
    if bits != 32 && bits != 64 {
        panic(any(str("strconv: illegal FormatFloat bitSize")));
    }
    format_float(out, f, format, prec, bits as u32);
}

/// The text of a float of 32 or 64 bits.
pub fn FormatFloat(f: f64, fmt: u8, prec: isize, bitSize: isize) -> Str {
    let mut text = Vec::with_capacity(32);
    checked(&mut text, f, fmt, prec, bitSize);
    Str::copy_of(&text)
}
/// Appends what `FormatFloat` gives.
pub fn AppendFloat(dst: Slice<u8>, f: f64, fmt: u8, prec: isize, bitSize: isize) -> Slice<u8> {
    let mut text = Vec::with_capacity(32);
    checked(&mut text, f, fmt, prec, bitSize);
    dst.append_bytes(&text)
}
/// The text `(re+imi)` of a complex number of 64 or 128 bits.
pub fn FormatComplex(c: Complex128, fmt: u8, prec: isize, bitSize: isize) -> Str {
    if bitSize != 64 && bitSize != 128 {
        panic(any(str("invalid bitSize")));
    }
    let mut text = vec![b'('];
    format_float(&mut text, c.re, fmt, prec, bitSize as u32 / 2);
    let at = text.len();
    format_float(&mut text, c.im, fmt, prec, bitSize as u32 / 2);
    if !matches!(text[at], b'+' | b'-') {
        text.insert(at, b'+');
    }
    text.extend_from_slice(b"i)");
    Str::copy_of(&text)
}
