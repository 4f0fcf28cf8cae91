//! Go's package `unicode/utf8`.
//!
//! What must hold: what is not UTF-8 is U+FFFD of length 1 a byte, as everywhere in Go; surrogates are not UTF-8.

use crate::slice::Slice;
use crate::string::{Str, decode_rune};
use crate::value::bytes_of as bytes;
use crate::view::View;

/// What stands for a mistake.
pub const RuneError: i32 = 0xfffd;
/// Characters below are one byte.
pub const RuneSelf: isize = 0x80;
/// The greatest code point.
pub const MaxRune: i32 = 0x10_ffff;
/// No encoding is longer.
pub const UTFMax: isize = 4;

/// The character as Rust has it; U+FFFD for what is none.
pub(crate) fn char_of(rune: i32) -> char {
    u32::try_from(rune).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The character at the start, U+FFFD of length 0 for nothing.
pub(crate) fn first(text: &[u8]) -> (i32, usize) {
    if text.is_empty() { (RuneError, 0) } else { decode_rune(text) }
}

/// The character at the end.
pub(crate) fn last(text: &[u8]) -> (i32, usize) {
    if text.is_empty() {
        return (RuneError, 0);
    }
    let least = text.len().saturating_sub(4);
    for start in (least..text.len()).rev() {
        if RuneStart(text[start]) {
            let (rune, len) = decode_rune(&text[start..]);
            if start + len == text.len() {
                return (rune, len);
            }
            break;
        }
    }
    (RuneError, 1)
}

/// How many characters.
pub(crate) fn count(mut text: &[u8]) -> usize {
    let mut n = 0;
    while !text.is_empty() {
        let ascii = text.iter().take_while(|b| b.is_ascii()).count();
        n += ascii;
        text = &text[ascii..];
        if !text.is_empty() {
            text = &text[decode_rune(text).1..];
            n += 1;
        }
    }
    n
}

/// Adds a character.
pub(crate) fn push(out: &mut Vec<u8>, rune: i32) {
    out.extend_from_slice(char_of(rune).encode_utf8(&mut [0; 4]).as_bytes());
}

/// Whether a text starts with a whole character, be it a mistake.
pub(crate) fn is_full(text: &[u8]) -> bool {
    if text.is_empty() {
        return false;
    }
    match std::str::from_utf8(&text[..text.len().min(4)]) {
        Ok(_) => true,
        // A mistake that more bytes could not mend is a full (wrong) character.
        Err(error) => error.valid_up_to() > 0 || error.error_len().is_some(),
    }
}

/// Whether `p` starts with a whole character, be it a mistake.
pub fn FullRune(p: Slice<u8>) -> bool {
    is_full(bytes(p))
}
/// As `FullRune`.
pub fn FullRuneInString(s: Str) -> bool {
    is_full(s.as_bytes())
}
/// The first character and its length.
pub fn DecodeRune(p: Slice<u8>) -> (i32, isize) {
    let (rune, len) = first(bytes(p));
    (rune, len as isize)
}
/// As `DecodeRune`.
pub fn DecodeRuneInString(s: Str) -> (i32, isize) {
    let (rune, len) = first(s.as_bytes());
    (rune, len as isize)
}
/// The last character and its length.
pub fn DecodeLastRune(p: Slice<u8>) -> (i32, isize) {
    let (rune, len) = last(bytes(p));
    (rune, len as isize)
}
/// As `DecodeLastRune`.
pub fn DecodeLastRuneInString(s: Str) -> (i32, isize) {
    let (rune, len) = last(s.as_bytes());
    (rune, len as isize)
}
/// How long the encoding is; -1 for what is no character.
pub fn RuneLen(r: i32) -> isize {
    u32::try_from(r).ok().and_then(char::from_u32).map_or(-1, |c| c.len_utf8() as isize)
}
/// Writes the encoding to `p`, which must be long enough.
pub fn EncodeRune(p: Slice<u8>, r: i32) -> isize {
    let mut room = [0; 4];
    let encoded = char_of(r).encode_utf8(&mut room).as_bytes();
    // The panic of a slice that is too short is that of its last byte.
    let _ = *p[encoded.len() as isize - 1];
    for (i, byte) in (0..).zip(encoded) {
        p[i].set(*byte);
    }
    encoded.len() as isize
}
/// Appends the encoding.
#[inline]
pub fn AppendRune(p: Slice<u8>, r: i32) -> Slice<u8> {
    match u8::try_from(r) {
        Ok(byte @ ..0x80) => p.append(byte),
        _ => append_wide(p, r),
    }
}

#[inline(never)]
fn append_wide(p: Slice<u8>, r: i32) -> Slice<u8> {
    p.append_bytes(char_of(r).encode_utf8(&mut [0; 4]).as_bytes())
}
/// How many characters.
pub fn RuneCount(p: Slice<u8>) -> isize {
    count(bytes(p)) as isize
}
/// As `RuneCount`.
pub fn RuneCountInString(s: Str) -> isize {
    count(s.as_bytes()) as isize
}
/// Whether a byte could be the first of a character.
pub fn RuneStart(b: u8) -> bool {
    b & 0xc0 != 0x80
}
/// Whether all of it is UTF-8.
pub fn Valid(p: Slice<u8>) -> bool {
    std::str::from_utf8(bytes(p)).is_ok()
}
/// As `Valid`.
pub fn ValidString(s: Str) -> bool {
    std::str::from_utf8(s.as_bytes()).is_ok()
}
/// Whether it is a character.
pub fn ValidRune(r: i32) -> bool {
    u32::try_from(r).is_ok_and(|r| char::from_u32(r).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_from_both_ends() {
        assert_eq!(first(b""), (RuneError, 0));
        assert_eq!(first("äx".as_bytes()), (0xe4, 2));
        assert_eq!(first(b"\xe4x"), (RuneError, 1));
        assert_eq!(last("xä".as_bytes()), (0xe4, 2));
        assert_eq!(last(b"\xf0\x9f\x98\x80"), (0x1f600, 4));
        assert_eq!(last(b"a\x80\x80"), (RuneError, 1));
        assert_eq!(last(b"\xc3\xa4\xa4"), (RuneError, 1));
        assert_eq!(last(b"\x80\x80\x80\x80\x80"), (RuneError, 1));
    }

    #[test]
    fn counting_counts_each_wrong_byte() {
        assert_eq!(count("naïve 日本".as_bytes()), 8);
        assert_eq!(count(b"a\xff\xfe\xe6\x97z"), 6);
    }

    #[test]
    fn a_mistake_is_a_full_character() {
        for (text, full) in [
            (&b""[..], false),
            (b"a", true),
            (b"\xc3", false),
            (b"\xc3\xa4", true),
            (b"\xe6\x97", false),
            (b"\xe6x", true),
            (b"\xff", true),
            (b"\xf0\x9f\x98", false),
            (b"\xed\xa0", true),
            (b"a\xc3", true),
        ] {
            assert_eq!(is_full(text), full, "{text:?}");
        }
    }
}
