//! Integers and booleans.

use super::{Refusal, num_error};
use crate::interface::Error;
use crate::panic::panic;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::view::zero;

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// The digits of a number, at the end of the room.
pub(crate) fn digits(value: u64, base: u64, room: &mut [u8; 64]) -> &[u8] {
    // Divisions by constants are multiplications.
    match base {
        10 => digits_of(value, 10, room),
        16 => digits_of(value, 16, room),
        2 => digits_of(value, 2, room),
        _ => digits_of(value, base, room),
    }
}

#[inline(always)]
fn digits_of(mut value: u64, base: u64, room: &mut [u8; 64]) -> &[u8] {
    let mut at = room.len();
    loop {
        at -= 1;
        room[at] = DIGITS[(value % base) as usize];
        value /= base;
        if value == 0 {
            return &room[at..];
        }
    }
}

/// With a sign if negative; gives `take` the text.
pub(crate) fn with_int<R>(value: u64, negative: bool, base: isize, take: impl FnOnce(&[u8]) -> R) -> R {
    if !(2..=36).contains(&base) {
        panic(crate::interface::any(str("strconv: illegal AppendInt/FormatInt base")));
    }
    let mut room = [0; 64];
    let mut text = [0; 65];
    let magnitude = if negative { value.wrapping_neg() } else { value };
    let digits = digits(magnitude, base as u64, &mut room);
    let sign = usize::from(negative);
    text[0] = b'-';
    text[sign..sign + digits.len()].copy_from_slice(digits);
    take(&text[..sign + digits.len()])
}

/// The decimal text.
pub fn Itoa(i: isize) -> Str {
    FormatInt(i as i64, 10)
}
/// The text in a base from 2 to 36.
pub fn FormatInt(i: i64, base: isize) -> Str {
    with_int(i as u64, i < 0, base, Str::copy_of)
}
/// The text in a base from 2 to 36.
pub fn FormatUint(i: u64, base: isize) -> Str {
    with_int(i, false, base, Str::copy_of)
}
/// Appends what `FormatInt` gives.
pub fn AppendInt(dst: Slice<u8>, i: i64, base: isize) -> Slice<u8> {
    with_int(i as u64, i < 0, base, |text| dst.append_bytes(text))
}
/// Appends what `FormatUint` gives.
pub fn AppendUint(dst: Slice<u8>, i: u64, base: isize) -> Slice<u8> {
    with_int(i, false, base, |text| dst.append_bytes(text))
}

/// `true` or `false`
pub fn FormatBool(b: bool) -> Str {
    if b { str("true") } else { str("false") }
}
/// Appends what `FormatBool` gives.
pub fn AppendBool(dst: Slice<u8>, b: bool) -> Slice<u8> {
    dst.append_str(FormatBool(b))
}
/// Reads what Go takes for a truth value.
pub fn ParseBool(str: Str) -> (bool, Error) {
    match str.as_bytes() {
        b"1" | b"t" | b"T" | b"true" | b"TRUE" | b"True" => (true, zero()),
        b"0" | b"f" | b"F" | b"false" | b"FALSE" | b"False" => (false, zero()),
        _ => (false, num_error("ParseBool", str, Refusal::Syntax)),
    }
}

/// Whether underscores stand only between digits, or between a prefix and a digit.
pub(crate) fn underscores_are_good(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"-").or(text.strip_prefix(b"+")).unwrap_or(text);
    let (mut before, mut rest, mut hex) = (b'^', text, false);
    if let [b'0', letter, tail @ ..] = text
        && matches!(letter | 0x20, b'b' | b'o' | b'x')
    {
        (before, rest, hex) = (b'0', tail, letter | 0x20 == b'x');
    }
    for &c in rest {
        let now = match c {
            b'0'..=b'9' => b'0',
            b'a'..=b'f' | b'A'..=b'F' if hex => b'0',
            b'_' if before != b'0' => return false,
            b'_' => b'_',
            _ if before == b'_' => return false,
            _ => b'!',
        };
        before = now;
    }
    before != b'_'
}

/// An unsigned number; on overflow the greatest with the refusal.
pub(crate) fn read_uint(text: &[u8], base: isize, bits: isize) -> Result<u64, (u64, Refusal)> {
    const SYNTAX: (u64, Refusal) = (0, Refusal::Syntax);
    let whole = text;
    if text.is_empty() {
        return Err(SYNTAX);
    }
    let (base_of, text) = match (base, text) {
        (2..=36, _) => (base as u64, text),
        (0, [b'0', letter, digits @ ..]) if !digits.is_empty() && letter | 0x20 == b'b' => (2, digits),
        (0, [b'0', letter, digits @ ..]) if !digits.is_empty() && letter | 0x20 == b'o' => (8, digits),
        (0, [b'0', letter, digits @ ..]) if !digits.is_empty() && letter | 0x20 == b'x' => (16, digits),
        (0, [b'0', digits @ ..]) => (8, digits),
        (0, _) => (10, text),
        _ => return Err((0, Refusal::Base(base))),
    };
    let bits = match bits {
        0 => 64,
        1..=64 => bits as u32,
        _ => return Err((0, Refusal::BitSize(bits))),
    };
    let greatest = u64::MAX >> (64 - bits);
    let mut value: u64 = 0;
    let mut underscores = false;
    for &c in text {
        let digit = match c {
            b'_' if base == 0 => {
                underscores = true;
                continue;
            }
            b'0'..=b'9' => c - b'0',
            b'a'..=b'z' => c - b'a' + 10,
            b'A'..=b'Z' => c - b'A' + 10,
            _ => return Err(SYNTAX),
        };
        if u64::from(digit) >= base_of {
            return Err(SYNTAX);
        }
        match value.checked_mul(base_of).and_then(|value| value.checked_add(u64::from(digit))) {
            Some(next) if next <= greatest => value = next,
            _ => return Err((greatest, Refusal::Range)),
        }
    }
    if underscores && !underscores_are_good(whole) { Err(SYNTAX) } else { Ok(value) }
}

/// A signed number; on overflow the nearest with the refusal.
pub(crate) fn read_int(text: &[u8], base: isize, bits: isize) -> Result<i64, (i64, Refusal)> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let magnitude = match read_uint(digits, base, bits) {
        Ok(value) | Err((value, Refusal::Range)) => value,
        Err((_, refusal)) => return Err((0, refusal)),
    };
    let bits = if bits == 0 { 64 } else { bits as u32 };
    let limit = 1u64 << (bits - 1);
    match negative {
        false if magnitude >= limit => Err(((limit - 1) as i64, Refusal::Range)),
        true if magnitude > limit => Err(((limit as i64).wrapping_neg(), Refusal::Range)),
        false => Ok(magnitude as i64),
        true => Ok((magnitude as i64).wrapping_neg()),
    }
}

fn signed(function: &'static str, s: Str, base: isize, bits: isize) -> (i64, Error) {
    match read_int(s.as_bytes(), base, bits) {
        Ok(value) => (value, zero()),
        Err((value, refusal)) => (value, num_error(function, s, refusal)),
    }
}

/// Reads a decimal `int`.
pub fn Atoi(s: Str) -> (isize, Error) {
    let (value, err) = signed("Atoi", s, 10, 0);
    (value as isize, err)
}
/// Reads a signed integer of that many bits; base 0 goes by the prefix.
pub fn ParseInt(s: Str, base: isize, bitSize: isize) -> (i64, Error) {
    signed("ParseInt", s, base, bitSize)
}
/// Reads an unsigned integer of that many bits; base 0 goes by the prefix.
pub fn ParseUint(s: Str, base: isize, bitSize: isize) -> (u64, Error) {
    match read_uint(s.as_bytes(), base, bitSize) {
        Ok(value) => (value, zero()),
        Err((value, refusal)) => (value, num_error("ParseUint", s, refusal)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_and_prefixes() {
        assert_eq!(read_int(b"-9223372036854775808", 10, 64), Ok(i64::MIN));
        assert_eq!(read_int(b"9223372036854775808", 10, 64), Err((i64::MAX, Refusal::Range)));
        assert_eq!(read_int(b"-129", 10, 8), Err((-128, Refusal::Range)));
        assert_eq!(read_uint(b"18446744073709551616", 10, 64), Err((u64::MAX, Refusal::Range)));
        assert_eq!(read_uint(b"0x_ff", 0, 64), Ok(255));
        assert_eq!(read_uint(b"0b", 0, 64), Err((0, Refusal::Syntax)));
        assert_eq!(read_uint(b"017", 0, 64), Ok(15));
        assert_eq!(read_uint(b"0_17", 0, 64), Ok(15));
        assert_eq!(read_uint(b"1__7", 0, 64), Err((0, Refusal::Syntax)));
        assert_eq!(read_uint(b"1_7", 10, 64), Err((0, Refusal::Syntax)));
        assert_eq!(read_uint(b"1", 37, 64), Err((0, Refusal::Base(37))));
        assert_eq!(read_uint(b"1", 10, 65), Err((0, Refusal::BitSize(65))));
    }
}
