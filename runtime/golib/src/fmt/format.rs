//! Padding, and the texts of basic values under flags, width and precision.
//!
//! What must hold: width counts characters; zero padding goes between a sign and the digits and never to the right.

use std::io::Write;

use crate::strconv::{self, Plain, format_float, push_quoted, push_quoted_rune};
use crate::string::decode_rune;
use crate::unicode;
use crate::unicode::utf8;

/// What stands between `%` and the verb.
#[derive(Clone, Copy, Default)]
pub(super) struct Flags {
    pub(super) width: Option<usize>,
    pub(super) precision: Option<usize>,
    pub(super) plus: bool,
    pub(super) minus: bool,
    pub(super) sharp: bool,
    pub(super) space: bool,
    pub(super) zero: bool,
    /// `%+v`
    pub(super) plus_v: bool,
    /// `%#v`
    pub(super) sharp_v: bool,
}

pub(super) const LOWER: &[u8; 16] = b"0123456789abcdef";
pub(super) const UPPER: &[u8; 16] = b"0123456789ABCDEF";

impl Flags {
    fn padding(&self, out: &mut Vec<u8>, count: usize) {
        let byte = if self.zero && !self.minus { b'0' } else { b' ' };
        out.resize(out.len() + count, byte);
    }

    /// Adds a text, padded.
    pub(super) fn pad(&self, out: &mut Vec<u8>, text: &[u8]) {
        let missing = match self.width {
            Some(width) if width > 0 => width.saturating_sub(utf8::count(text)),
            _ => 0,
        };
        if missing > 0 && !self.minus {
            self.padding(out, missing);
        }
        out.extend_from_slice(text);
        if missing > 0 && self.minus {
            self.padding(out, missing);
        }
    }

    /// Adds a text, padded with spaces.
    fn pad_spaces(&self, out: &mut Vec<u8>, text: &[u8]) {
        Flags { zero: false, ..*self }.pad(out, text);
    }

    pub(super) fn boolean(&self, out: &mut Vec<u8>, value: bool) {
        self.pad(out, if value { b"true" } else { b"false" });
    }

    /// An integer by its magnitude.
    pub(super) fn integer(
        &self,
        out: &mut Vec<u8>,
        value: u64,
        negative: bool,
        base: u64,
        verb: char,
        upper: bool,
    ) {
        let signed = negative || self.plus || self.space;
        let least = match (self.precision, self.width) {
            (Some(0), _) if value == 0 => return self.pad_spaces(out, b""),
            (Some(precision), _) => precision,
            (None, Some(width)) if self.zero && !self.minus => width.saturating_sub(usize::from(signed)),
            _ => 0,
        };
        let mut room = [0; 64];
        let digits = strconv::digits(value, base, &mut room);
        let plain = !signed && !self.sharp && verb != 'O' && self.width.is_none() && least <= digits.len();
        if plain && !upper {
            return out.extend_from_slice(digits);
        }
        let mut text = Vec::with_capacity(80);
        if negative {
            text.push(b'-');
        } else if self.plus {
            text.push(b'+');
        } else if self.space {
            text.push(b' ');
        }
        if verb == 'O' {
            text.extend_from_slice(b"0o");
        }
        if self.sharp {
            match base {
                2 => text.extend_from_slice(b"0b"),
                8 if least <= digits.len() && digits[0] != b'0' => text.push(b'0'),
                16 => text.extend_from_slice(if upper { b"0X" } else { b"0x" }),
                _ => {}
            }
        }
        text.resize(text.len() + least.saturating_sub(digits.len()), b'0');
        if upper {
            text.extend(digits.iter().map(u8::to_ascii_uppercase));
        } else {
            text.extend_from_slice(digits);
        }
        self.pad_spaces(out, &text);
    }

    /// `%U`
    pub(super) fn unicode(&self, out: &mut Vec<u8>, value: u64) {
        let mut text = Vec::with_capacity(24);
        let digits = self.precision.unwrap_or(0).max(4);
        write!(text, "U+{value:0digits$X}").expect("a Vec takes all");
        if let Ok(rune) = i32::try_from(value)
            && self.sharp
            && unicode::IsPrint(rune)
        {
            text.extend_from_slice(b" '");
            utf8::push(&mut text, rune);
            text.push(b'\'');
        }
        self.pad_spaces(out, &text);
    }

    /// `%c`
    pub(super) fn character(&self, out: &mut Vec<u8>, value: u64) {
        let mut text = Vec::with_capacity(4);
        utf8::push(&mut text, rune_of(value));
        self.pad(out, &text);
    }

    /// `%q` of an integer
    pub(super) fn quoted_character(&self, out: &mut Vec<u8>, value: u64) {
        let mut text = Vec::with_capacity(12);
        push_quoted_rune(&mut text, rune_of(value), if self.plus { Plain::Ascii } else { Plain::Printable });
        self.pad(out, &text);
    }

    /// As much of a text as the precision lets through.
    fn cut<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        let Some(precision) = self.precision else { return text };
        let mut at = 0;
        for _ in 0..precision {
            if at == text.len() {
                break;
            }
            at += decode_rune(&text[at..]).1;
        }
        &text[..at]
    }

    /// `%s`
    pub(super) fn string(&self, out: &mut Vec<u8>, text: &[u8]) {
        self.pad(out, self.cut(text));
    }

    /// `%q`
    pub(super) fn quoted(&self, out: &mut Vec<u8>, text: &[u8]) {
        let text = self.cut(text);
        let mut quoted = Vec::with_capacity(text.len() + 2);
        if self.sharp && strconv::can_backquote(text) {
            quoted.push(b'`');
            quoted.extend_from_slice(text);
            quoted.push(b'`');
        } else {
            push_quoted(&mut quoted, text, if self.plus { Plain::Ascii } else { Plain::Printable });
        }
        self.pad(out, &quoted);
    }

    /// `%x` of bytes
    pub(super) fn hex(&self, out: &mut Vec<u8>, bytes: &[u8], upper: bool) {
        let bytes = &bytes[..self.precision.unwrap_or(bytes.len()).min(bytes.len())];
        if bytes.is_empty() {
            return self.padding(out, self.width.unwrap_or(0));
        }
        let (digits, mark) = if upper { (UPPER, b'X') } else { (LOWER, b'x') };
        let mut text = Vec::with_capacity(bytes.len() * 2 + 2);
        for (i, byte) in bytes.iter().enumerate() {
            if self.space && i > 0 {
                text.push(b' ');
            }
            if self.sharp && (self.space || i == 0) {
                text.extend_from_slice(&[b'0', mark]);
            }
            text.extend_from_slice(&[digits[usize::from(byte >> 4)], digits[usize::from(byte & 15)]]);
        }
        self.pad(out, &text);
    }

    /// A float of 32 or 64 bits; `precision` unless one is given, negative for the shortest.
    pub(super) fn float(&self, out: &mut Vec<u8>, value: f64, bits: u32, verb: u8, precision: isize) {
        let precision = self.precision.map_or(precision, |precision| precision as isize);
        let mut text = Vec::with_capacity(32);
        format_float(&mut text, value, verb, precision, bits);
        if !matches!(text[0], b'+' | b'-') {
            text.insert(0, b'+');
        }
        if self.space && text[0] == b'+' && !self.plus {
            text[0] = b' ';
        }
        if matches!(text[1], b'I' | b'N') {
            let bare = text[1] == b'N' && !self.space && !self.plus;
            return self.pad_spaces(out, &text[usize::from(bare)..]);
        }
        if self.sharp && verb != b'b' {
            with_point(&mut text, verb, precision);
        }
        if !self.plus && text[0] == b'+' {
            return self.pad(out, &text[1..]);
        }
        match self.width {
            Some(width) if self.zero && !self.minus && width > text.len() => {
                out.push(text[0]);
                self.padding(out, width - text.len());
                out.extend_from_slice(&text[1..]);
            }
            _ => self.pad(out, &text),
        }
    }
}

/// `%#g` and its like: a point always, and zeros up to the precision.
fn with_point(text: &mut Vec<u8>, verb: u8, precision: isize) {
    let mut wanted = match verb {
        b'g' | b'G' | b'x' if precision < 0 => 6,
        b'g' | b'G' | b'x' => precision,
        _ => 0,
    };
    let is_hex = matches!(verb, b'x' | b'X');
    let ends = |c: u8| matches!(c, b'p' | b'P') || !is_hex && matches!(c, b'e' | b'E');
    let end = text.iter().position(|&c| ends(c)).unwrap_or(text.len());
    let tail = text.split_off(end);
    let (mut point, mut significant) = (false, false);
    for &c in &text[1..] {
        if c == b'.' {
            point = true;
            continue;
        }
        significant |= c != b'0';
        wanted -= isize::from(significant);
    }
    if !point {
        // A lone zero counts as a digit.
        wanted -= isize::from(text[1..] == *b"0");
        text.push(b'.');
    }
    text.resize(text.len() + wanted.max(0) as usize, b'0');
    text.extend_from_slice(&tail);
}

fn rune_of(value: u64) -> i32 {
    i32::try_from(value).unwrap_or(utf8::RuneError)
}
