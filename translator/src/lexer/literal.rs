//! Numbers, runes and strings (Go specification, "Integer literals" to "String literals"): their extent and what is
//! wrong with them. Values are computed later, by the checker.

use super::{Lexer, quoted};
use crate::ast::LitKind;

impl Lexer<'_> {
    /// Scans a number.
    pub(super) fn number(&mut self) -> LitKind {
        let start = self.off;
        let (mut base, mut prefix) = (10u32, 0u8);
        let mut kind = LitKind::Int;
        let mut digits = Digits::default();
        if self.peek() != b'.' {
            if self.peek() == b'0' {
                self.off += 1;
                match self.peek().to_ascii_lowercase() {
                    b'x' => (base, prefix) = (16, b'x'),
                    b'o' => (base, prefix) = (8, b'o'),
                    b'b' => (base, prefix) = (2, b'b'),
                    _ => {
                        (base, prefix) = (8, b'0');
                        digits.any = true;
                    }
                }
                if prefix != b'0' {
                    self.off += 1;
                }
            }
            self.digits(base, &mut digits);
        }
        if self.peek() == b'.' {
            kind = LitKind::Float;
            if prefix == b'o' || prefix == b'b' {
                self.error_at(self.off, format!("invalid radix point in {}", base_name(base)));
            }
            self.off += 1;
            self.digits(base, &mut digits);
        }
        let mut bad = false;
        if !digits.any {
            self.error_at(start, format!("{} has no digits", base_name(base)));
            bad = true;
        }
        let e = self.peek().to_ascii_lowercase();
        if e == b'e' || e == b'p' {
            if e == b'e' && prefix != 0 && prefix != b'0' {
                self.error_at(
                    self.off,
                    format!("'{}' exponent requires decimal mantissa", self.peek() as char),
                );
                bad = true;
            } else if e == b'p' && prefix != b'x' {
                self.error_at(
                    self.off,
                    format!("'{}' exponent requires hexadecimal mantissa", self.peek() as char),
                );
                bad = true;
            }
            self.off += 1;
            kind = LitKind::Float;
            if matches!(self.peek(), b'+' | b'-') {
                self.off += 1;
            }
            let mut exponent = Digits::default();
            self.digits(10, &mut exponent);
            digits.misplaced |= exponent.misplaced;
            if !exponent.any && !bad {
                self.error_at(start, "exponent has no digits");
                bad = true;
            }
        } else if prefix == b'x' && kind == LitKind::Float && !bad {
            self.error_at(start, "hexadecimal mantissa requires a 'p' exponent");
            bad = true;
        }
        if self.eat(b'i') {
            kind = LitKind::Imag;
        }
        if kind == LitKind::Int
            && !bad
            && let Some(off) = digits.invalid
        {
            let digit = self.src[off] as char;
            self.error_at(off, format!("invalid digit '{digit}' in {}", base_name(base)));
            bad = true;
        }
        if !bad && (digits.misplaced || self.separators_misplaced(start)) {
            self.error_at(start, "'_' must separate successive digits");
        }
        kind
    }

    fn digits(&mut self, base: u32, seen: &mut Digits) {
        loop {
            let b = self.peek();
            let digit = (b as char).to_digit(16.min(base.max(10)));
            if b == b'_' {
                seen.misplaced |= self.peek_at(1) == b'_';
            } else if let Some(digit) = digit {
                seen.any = true;
                if digit >= base && seen.invalid.is_none() {
                    seen.invalid = Some(self.off);
                }
            } else {
                return;
            }
            self.off += 1;
        }
    }

    /// Is a `_` anywhere but between digits (or a base prefix and a digit)?
    fn separators_misplaced(&self, start: usize) -> bool {
        let text = &self.src[start..self.off];
        let hex = text.len() > 1 && text[0] == b'0' && matches!(text[1], b'x' | b'X');
        let is_digit = |b: u8| if hex { b.is_ascii_hexdigit() } else { b.is_ascii_digit() };
        text.iter().enumerate().any(|(i, &b)| {
            if b != b'_' {
                return false;
            }
            let after_prefix = i == 2 && text[0] == b'0' && text[1].is_ascii_alphabetic();
            let before = i > 0 && (is_digit(text[i - 1]) || after_prefix);
            let after = text.get(i + 1).is_some_and(|&b| is_digit(b));
            !(before && after)
        })
    }

    /// Scans `'x'`.
    pub(super) fn rune(&mut self) {
        let start = self.off;
        self.off += 1;
        let mut chars = 0;
        let mut bad = false;
        loop {
            if self.off >= self.src.len() || self.peek() == b'\n' {
                if !bad {
                    let text = if self.off >= self.src.len() {
                        "rune literal not terminated"
                    } else {
                        "newline in rune literal"
                    };
                    self.error_at(start, text);
                }
                return;
            }
            match self.peek() {
                b'\'' => {
                    self.off += 1;
                    if !bad && chars == 0 {
                        self.error_at(start, "empty rune literal or unescaped ' in rune literal");
                    } else if !bad && chars > 1 {
                        self.error_at(start, "more than one character in rune literal");
                    }
                    return;
                }
                b'\\' => bad |= !self.escape(b'\''),
                _ => {
                    let before = self.diags.len();
                    let (_, len) = self.decode();
                    bad |= self.diags.len() > before;
                    self.off += len;
                }
            }
            chars += 1;
        }
    }

    /// Scans `"..."`.
    pub(super) fn string(&mut self) {
        let start = self.off;
        self.off += 1;
        loop {
            if self.off >= self.src.len() {
                return self.error_at(start, "string not terminated");
            }
            match self.peek() {
                b'"' => {
                    self.off += 1;
                    return;
                }
                b'\n' => return self.error_at(self.off, "newline in string"),
                b'\\' => {
                    self.escape(b'"');
                }
                _ => {
                    let (_, len) = self.decode();
                    self.off += len;
                }
            }
        }
    }

    /// Scans a raw string.
    pub(super) fn raw_string(&mut self) {
        let start = self.off;
        self.off += 1;
        while self.off < self.src.len() {
            if self.peek() == b'`' {
                self.off += 1;
                return;
            }
            let (_, len) = self.decode();
            self.off += len;
        }
        self.error_at(start, "string not terminated");
    }

    /// Scans an escape sequence; reports a wrong one and says false.
    fn escape(&mut self, quote: u8) -> bool {
        let start = self.off;
        self.off += 1;
        let (count, base, max, what) = match self.peek() {
            b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'\\' => {
                self.off += 1;
                return true;
            }
            b if b == quote => {
                self.off += 1;
                return true;
            }
            b'0'..=b'7' => (3, 8, 255, "octal"),
            b'x' => (2, 16, 255, "hex"),
            b'u' => (4, 16, 0x10_ffff, "Unicode"),
            b'U' => (8, 16, 0x10_ffff, "Unicode"),
            _ => {
                if self.off >= self.src.len() {
                    return true; // the missing end is reported by the caller
                }
                self.error_at(start, "unknown escape");
                return false;
            }
        };
        if base == 16 {
            self.off += 1;
        }
        let mut value = 0u32;
        for _ in 0..count {
            if self.off >= self.src.len() {
                return true; // the missing end is reported by the caller
            }
            let Some(digit) = (self.peek() as char).to_digit(base) else {
                let (c, _) = self.decode();
                let shown = if c == '\'' { "U+0027 '''".to_owned() } else { quoted(c) };
                let shown = shown.split_once(' ').map_or(shown.clone(), |(_, q)| q.to_owned());
                let what = if what == "octal" {
                    "octal"
                } else if what == "hex" {
                    "hex"
                } else {
                    what
                };
                self.error_at(self.off, format!("invalid character {shown} in {what} escape"));
                return false;
            };
            value = value.wrapping_mul(base).wrapping_add(digit);
            self.off += 1;
        }
        if value > max && base == 8 {
            self.error_at(start, format!("octal escape value {value} > 255"));
            return false;
        }
        if value > max || (max > 255 && (0xd800..0xe000).contains(&value)) {
            self.error_at(start, format!("escape is invalid Unicode code point U+{value:04X}"));
            return false;
        }
        true
    }
}

#[derive(Default)]
struct Digits {
    any: bool,
    misplaced: bool,
    invalid: Option<usize>,
}

fn base_name(base: u32) -> &'static str {
    match base {
        2 => "binary literal",
        8 => "octal literal",
        16 => "hexadecimal literal",
        _ => "decimal literal",
    }
}
