//! Quoting.

use std::io::Write;

use crate::slice::Slice;
use crate::string::{Str, decode_rune};
use crate::unicode;
use crate::unicode::utf8::{RuneError, ValidRune, push};

/// Which characters stand for themselves.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Plain {
    Printable,
    Ascii,
    Graphic,
}

fn push_escaped(out: &mut Vec<u8>, rune: i32, quote: u8, plain: Plain) {
    if rune == i32::from(quote) || rune == i32::from(b'\\') {
        return out.extend_from_slice(&[b'\\', rune as u8]);
    }
    let stands = match plain {
        Plain::Printable => IsPrint(rune),
        Plain::Ascii => rune < 0x80 && IsPrint(rune),
        Plain::Graphic => IsGraphic(rune),
    };
    if stands {
        return push(out, rune);
    }
    let rune = if ValidRune(rune) { rune } else { RuneError };
    let letter = match rune {
        7 => b'a',
        8 => b'b',
        9 => b't',
        10 => b'n',
        11 => b'v',
        12 => b'f',
        13 => b'r',
        _ => {
            let written = match rune {
                ..0x20 | 0x7f => write!(out, "\\x{rune:02x}"),
                ..0x10000 => write!(out, "\\u{rune:04x}"),
                _ => write!(out, "\\U{rune:08x}"),
            };
            return written.expect("a Vec takes all");
        }
    };
    out.extend_from_slice(&[b'\\', letter]);
}

/// Adds a quoted text.
pub(crate) fn push_quoted(out: &mut Vec<u8>, mut text: &[u8], plain: Plain) {
    out.push(b'"');
    while !text.is_empty() {
        let (rune, len) = decode_rune(text);
        if rune == RuneError && len == 1 {
            write!(out, "\\x{:02x}", text[0]).expect("a Vec takes all");
        } else {
            push_escaped(out, rune, b'"', plain);
        }
        text = &text[len..];
    }
    out.push(b'"');
}

/// Adds a quoted character.
pub(crate) fn push_quoted_rune(out: &mut Vec<u8>, rune: i32, plain: Plain) {
    out.push(b'\'');
    push_escaped(out, if ValidRune(rune) { rune } else { RuneError }, b'\'', plain);
    out.push(b'\'');
}

/// Whether a text can stand between backquotes.
pub(crate) fn can_backquote(text: &[u8]) -> bool {
    std::str::from_utf8(text).is_ok_and(|text| {
        !text.chars().any(|c| c == '\u{feff}' || c < ' ' && c != '\t' || c == '`' || c == '\u{7f}')
    })
}

macro_rules! quoting {
    ($($string:ident $append:ident $push:ident($value:ident: $ty:ty, $taken:expr) $plain:ident;)*) => {$(
        #[doc = concat!("`", stringify!($string), "`")]
        pub fn $string($value: $ty) -> Str {
            let mut out = Vec::new();
            $push(&mut out, $taken, Plain::$plain);
            Str::copy_of(&out)
        }
        #[doc = concat!("`", stringify!($append), "`")]
        pub fn $append(dst: Slice<u8>, $value: $ty) -> Slice<u8> {
            let mut out = Vec::new();
            $push(&mut out, $taken, Plain::$plain);
            dst.append_bytes(&out)
        }
    )*};
}
quoting! {
    Quote AppendQuote push_quoted(s: Str, s.as_bytes()) Printable;
    QuoteToASCII AppendQuoteToASCII push_quoted(s: Str, s.as_bytes()) Ascii;
    QuoteToGraphic AppendQuoteToGraphic push_quoted(s: Str, s.as_bytes()) Graphic;
    QuoteRune AppendQuoteRune push_quoted_rune(r: i32, r) Printable;
    QuoteRuneToASCII AppendQuoteRuneToASCII push_quoted_rune(r: i32, r) Ascii;
    QuoteRuneToGraphic AppendQuoteRuneToGraphic push_quoted_rune(r: i32, r) Graphic;
}

/// Whether it can stand between backquotes.
pub fn CanBackquote(s: Str) -> bool {
    can_backquote(s.as_bytes())
}
/// Letters, marks, numbers, punctuation, symbols and the ASCII space.
pub fn IsPrint(r: i32) -> bool {
    unicode::IsPrint(r)
}
/// As `IsPrint`, with all spaces.
pub fn IsGraphic(r: i32) -> bool {
    unicode::IsGraphic(r)
}
