//! Unquoting, by the rules of Go's literals.

use super::ErrSyntax;
use crate::interface::Error;
use crate::string::{Str, str};
use crate::unicode::utf8::{ValidRune, first, push};
use crate::view::{View, zero};

/// One character or byte of a literal: its value, whether it is a character beyond ASCII, its length.
fn unescape(text: &[u8], quote: u8) -> Option<(i32, bool, usize)> {
    match *text.first()? {
        c if c == quote && matches!(quote, b'"' | b'\'') => return None,
        0x80.. => {
            let (rune, len) = first(text);
            return Some((rune, true, len));
        }
        b'\\' => {}
        c => return Some((i32::from(c), false, 1)),
    }
    let c = *text.get(1)?;
    let simple = |value: u8| Some((i32::from(value), false, 2));
    let number = |digits: &[u8], base: u32| {
        digits.iter().try_fold(0u32, |n, &d| Some(n.wrapping_mul(base) | char::from(d).to_digit(base)?))
    };
    match c {
        b'a' => simple(7),
        b'b' => simple(8),
        b'f' => simple(12),
        b'n' => simple(10),
        b'r' => simple(13),
        b't' => simple(9),
        b'v' => simple(11),
        b'\\' => simple(b'\\'),
        b'x' | b'u' | b'U' => {
            let count = match c {
                b'x' => 2,
                b'u' => 4,
                _ => 8,
            };
            let value = number(text.get(2..2 + count)?, 16)?;
            if c == b'x' {
                return Some((value as i32, false, 4));
            }
            let rune = i32::try_from(value).ok().filter(|&rune| ValidRune(rune))?;
            Some((rune, true, 2 + count))
        }
        b'0'..=b'7' => {
            let value = number(text.get(1..4)?, 8).filter(|&value| value <= 255)?;
            Some((value as i32, false, 4))
        }
        b'\'' | b'"' if c == quote => simple(c),
        _ => None,
    }
}

/// A literal at the start of a text: its length and what it stands for.
pub(crate) fn unquote_prefix(text: &[u8]) -> Option<(usize, Vec<u8>)> {
    let quote = *text.first()?;
    let mut value = Vec::new();
    match quote {
        b'`' => {
            let end = text[1..].iter().position(|&c| c == b'`')? + 1;
            value.extend(text[1..end].iter().filter(|&&c| c != b'\r'));
            Some((end + 1, value))
        }
        b'"' | b'\'' => {
            let mut at = 1;
            let mut count = 0;
            while *text.get(at)? != quote {
                if text[at] == b'\n' || quote == b'\'' && count == 1 {
                    return None;
                }
                let (rune, multibyte, len) = unescape(&text[at..], quote)?;
                if rune < 0x80 || !multibyte {
                    value.push(rune as u8);
                } else {
                    push(&mut value, rune);
                }
                at += len;
                count += 1;
            }
            // Of one character at most; Go takes none as well.
            Some((at + 1, value))
        }
        _ => None,
    }
}

/// What a quoted text stands for.
pub fn Unquote(s: Str) -> (Str, Error) {
    match unquote_prefix(s.as_bytes()) {
        Some((len, value)) if len as isize == s.len() => (Str::copy_of(&value), zero()),
        _ => (str(""), ErrSyntax.get()),
    }
}
/// The quoted text at the start.
pub fn QuotedPrefix(s: Str) -> (Str, Error) {
    match unquote_prefix(s.as_bytes()) {
        Some((len, _)) => (s.slice_to(len as isize), zero()),
        None => (str(""), ErrSyntax.get()),
    }
}
/// The first character of a literal, whether it is beyond ASCII, and the rest.
pub fn UnquoteChar(s: Str, quote: u8) -> (i32, bool, Str, Error) {
    match unescape(s.as_bytes(), quote) {
        Some((rune, multibyte, len)) => (rune, multibyte, s.slice_from(len as isize), zero()),
        None => (0, false, str(""), ErrSyntax.get()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_and_what_is_none() {
        let value = |text: &str| unquote_prefix(text.as_bytes()).map(|(_, value)| value);
        assert_eq!(value(r#""a\tb\x41\101\u00e4\U0001f600\"""#), Some("a\tbAAä😀\"".as_bytes().to_vec()));
        assert_eq!(value(r#""\xff""#), Some(vec![0xff]));
        assert_eq!(value("`a\\n\r`"), Some(b"a\\n".to_vec()));
        assert_eq!(value("'ä'"), Some("ä".as_bytes().to_vec()));
        assert_eq!(value("''"), Some(vec![]));
        for bad in
            ["", "a", "\"", "'ab'", r#""\'""#, r#""\400""#, r#""\ud800""#, "\"a\nb\"", r#""\x4""#, "`a"]
        {
            assert_eq!(value(bad), None, "{bad}");
        }
    }
}
