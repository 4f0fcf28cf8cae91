//! Floats to text.
//!
//! What must hold: without a precision the digits are the fewest that give the number back; with one they are those of the
//! exact value, rounded to the nearest, ties to even.

use std::fmt::Write as _;

use crate::complex::Complex128;
use crate::interface::any;
use crate::panic::panic;
use crate::slice::Slice;
use crate::string::{Str, str};

/// No float has more digits; what a precision asks for beyond them is zeros.
const MOST_DIGITS: usize = 1100;

/// Up to so many digits need no memory of their own.
const ROOM: usize = 64;

/// ASCII in the making.
struct Text {
    room: [u8; ROOM],
    len: usize,
    /// All of it, once there is more than the room holds.
    rest: Vec<u8>,
}

impl Text {
    const fn new() -> Text {
        Text { room: [0; ROOM], len: 0, rest: Vec::new() }
    }

    fn push(&mut self, bytes: &[u8]) {
        let end = self.len + bytes.len();
        if self.rest.is_empty()
            && let Some(room) = self.room.get_mut(self.len..end)
        {
            room.copy_from_slice(bytes);
            self.len = end;
            return;
        }
        if self.rest.is_empty() {
            self.rest.extend_from_slice(&self.room[..self.len]);
        }
        self.rest.extend_from_slice(bytes);
    }

    fn bytes(&mut self) -> &mut [u8] {
        if self.rest.is_empty() { &mut self.room[..self.len] } else { &mut self.rest }
    }
}

impl std::fmt::Write for Text {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.push(text.as_bytes());
        Ok(())
    }
}

/// `0.d1d2d3.. * 10^point`, without zeros at the end; zero has no digits.
struct Decimal {
    text: Text,
    from: usize,
    to: usize,
    point: i32,
}

/// Moves a point out of the way; gives where it was.
fn without_point(text: &mut [u8]) -> Option<usize> {
    let point = text.iter().position(|&b| b == b'.')?;
    text[point..].rotate_left(1);
    Some(point)
}

impl Decimal {
    /// The digits among a text's first `len`, with `point` of them before the point.
    fn among(mut text: Text, len: usize, point: i32) -> Decimal {
        let digits = &text.bytes()[..len];
        let from = digits.iter().take_while(|&&b| b == b'0').count();
        let to = digits.iter().rposition(|&b| b != b'0').map_or(from, |last| last + 1);
        Decimal { text, from, to, point: if from == to { 0 } else { point - from as i32 } }
    }

    /// Takes apart what Rust's `{:e}` writes: `d.ddde-x`.
    fn of(mut text: Text) -> Decimal {
        let bytes = text.bytes();
        let e = bytes.iter().rposition(|&b| b == b'e').unwrap_or(bytes.len());
        let exponent = bytes.get(e + 1..).and_then(|digits| std::str::from_utf8(digits).ok());
        let exponent: i32 = exponent.and_then(|digits| digits.parse().ok()).unwrap_or(0);
        let len = e - usize::from(without_point(&mut bytes[..e]).is_some());
        Decimal::among(text, len, exponent + 1)
    }

    fn shortest(value: f64, bits: u32) -> Decimal {
        let mut text = Text::new();
        let written = if bits == 32 { write!(text, "{:e}", value as f32) } else { write!(text, "{value:e}") };
        written.expect("a text takes all");
        let mut found = Decimal::of(text);
        found.even_of_two(value, bits).unwrap_or(found)
    }

    /// The other of the two shortest texts when the value lies in the very middle: Rust takes the greater, Go the even one.
    fn even_of_two(&mut self, value: f64, bits: u32) -> Option<Decimal> {
        let count = self.count();
        let (significand, exponent) = parts(value, bits);
        // Bits after the binary point are as many digits after the decimal point, and a middle has one more than the text.
        let places = -(exponent + significand.trailing_zeros() as i32);
        let possible =
            if places > 0 { places == count as i32 - self.point + 1 } else { self.point > count as i32 };
        if !possible || value == 0.0 || self.digits()[count - 1].is_multiple_of(2) {
            return None;
        }
        let mut exact = Decimal::rounded(value, 40);
        let mut even = Decimal::rounded(value, count);
        let mut text = Vec::with_capacity(32);
        even.scientific(&mut text, count - 1, b'e');
        let same = std::str::from_utf8(&text).is_ok_and(|text| match bits {
            32 => text.parse() == Ok(value as f32),
            _ => text.parse() == Ok(value),
        });
        (exact.count() == count + 1 && exact.digits()[count] == b'5' && same).then_some(even)
    }

    /// `count` digits, at least one.
    fn rounded(value: f64, count: usize) -> Decimal {
        let mut text = Text::new();
        write!(text, "{value:.*e}", count.min(MOST_DIGITS) - 1).expect("a text takes all");
        Decimal::of(text)
    }

    /// As many digits as `places` after the point need.
    fn to_places(value: f64, places: usize) -> Decimal {
        let mut text = Text::new();
        write!(text, "{value:.*}", places.min(MOST_DIGITS)).expect("a text takes all");
        let bytes = text.bytes();
        let whole = bytes.len();
        match without_point(bytes) {
            Some(point) => Decimal::among(text, whole - 1, point as i32),
            None => Decimal::among(text, whole, whole as i32),
        }
    }

    fn count(&self) -> usize {
        self.to - self.from
    }

    fn digits(&mut self) -> &[u8] {
        let (from, to) = (self.from, self.to);
        &self.text.bytes()[from..to]
    }

    /// The digits from one on, with zeros behind them.
    fn push_digits(&mut self, out: &mut Vec<u8>, from: usize, count: usize) {
        let digits = self.digits();
        let there = digits.get(from..).unwrap_or_default();
        let there = &there[..count.min(there.len())];
        out.extend_from_slice(there);
        out.resize(out.len() + count - there.len(), b'0');
    }

    /// `d.ddde±dd`
    fn scientific(&mut self, out: &mut Vec<u8>, places: usize, e: u8) {
        self.push_digits(out, 0, 1);
        if places > 0 {
            out.push(b'.');
            self.push_digits(out, 1, places);
        }
        out.push(e);
        push_exponent(out, if self.count() == 0 { 0 } else { self.point - 1 });
    }

    /// `ddd.ddd`
    fn plain(&mut self, out: &mut Vec<u8>, places: usize) {
        let before = self.point.max(0) as usize;
        if before > 0 {
            self.push_digits(out, 0, before);
        } else {
            out.push(b'0');
        }
        if places > 0 {
            out.push(b'.');
            let zeros = (self.point.min(0).unsigned_abs() as usize).min(places);
            out.resize(out.len() + zeros, b'0');
            self.push_digits(out, before, places - zeros);
        }
    }
}

/// Writes the value with so many places after the point, if whole numbers of 128 bits can do it: the value times a power of
/// ten is a whole number over a power of two.
fn push_places(out: &mut Vec<u8>, value: f64, places: usize) -> bool {
    // 53 bits times 10^19 are at most 117.
    const MOST_PLACES: usize = 19;
    let (significand, exponent) = parts(value, 64);
    if places > MOST_PLACES || exponent >= 0 {
        return false;
    }
    let product = u128::from(significand) * 10u128.pow(places as u32);
    let down = exponent.unsigned_abs();
    let (mut kept, cut, half) = match down {
        ..128 => (product >> down, product & ((1 << down) - 1), 1u128 << (down - 1)),
        // Below a half in any case.
        _ => (0, 0, 1),
    };
    if cut > half || cut == half && kept & 1 == 1 {
        kept += 1;
    }
    let Ok(kept) = u64::try_from(kept) else { return false };
    let mut room = [0; 64];
    let digits = super::int::digits(kept, 10, &mut room);
    let (before, after) = digits.split_at(digits.len().saturating_sub(places));
    out.extend_from_slice(if before.is_empty() { b"0" } else { before });
    if places > 0 {
        out.push(b'.');
        out.resize(out.len() + places - after.len(), b'0');
        out.extend_from_slice(after);
    }
    true
}

/// A sign and at least two digits.
fn push_exponent(out: &mut Vec<u8>, exponent: i32) {
    out.push(if exponent < 0 { b'-' } else { b'+' });
    if exponent.abs() < 10 {
        out.push(b'0');
    }
    out.extend_from_slice(super::int::digits(exponent.unsigned_abs().into(), 10, &mut [0; 64]));
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
            let mut decimal = Decimal::shortest(value, bits);
            let places = decimal.count().saturating_sub(1);
            decimal.scientific(out, places, format);
        }
        b'e' | b'E' => Decimal::rounded(value, wanted + 1).scientific(out, wanted, format),
        b'f' if shortest => {
            let mut decimal = Decimal::shortest(value, bits);
            let places = (decimal.count() as i32 - decimal.point).max(0) as usize;
            decimal.plain(out, places);
        }
        b'f' if push_places(out, value, wanted) => {}
        b'f' => Decimal::to_places(value, wanted).plain(out, wanted),
        b'g' | b'G' => {
            let (mut decimal, mut limit) = if shortest {
                (Decimal::shortest(value, bits), 6)
            } else {
                (Decimal::rounded(value, wanted.max(1)), wanted.max(1))
            };
            let count = decimal.count();
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
    out.extend_from_slice(format!("{significand}p{exponent:+}").as_bytes());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_by_whole_numbers_are_those_of_the_exact_value() {
        let mut bits = 0x9e37_79b9_7f4a_7c15u64;
        for i in 0..200_000 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let value = match i % 4 {
                0 => f64::from_bits(bits >> 1),
                1 => (bits >> 40) as f64 / 8.0,
                2 => (bits >> 30) as f64 / 1000.0,
                _ => f64::from_bits((bits >> 12) | (1023 - (bits & 63)) << 52),
            };
            let places = i % 20;
            let (mut fast, mut sure) = (Vec::new(), Vec::new());
            if value.is_finite() && push_places(&mut fast, value, places) {
                Decimal::to_places(value, places).plain(&mut sure, places);
                assert_eq!(fast, sure, "{value:e} with {places} places");
            }
        }
    }
}
