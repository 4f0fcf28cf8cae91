//! Numbers, runes and strings (Go specification, "Integer literals" to "String literals"): their extent and what is
//! wrong with them. Values are computed later, by the checker.

use super::{Lexer, code_point, quoted};
use crate::ast::LitKind;

impl Lexer<'_> {
    /// Scans a number.
    pub(super) fn number(&mut self) -> LitKind {
        let start = self.off;
        let (mut base, mut prefix) = (10u32, 0u8);
        let mut kind = LitKind::Int;
        let mut digits = Digits::default();
        let mut ok = true;
        if self.peek() != b'.' {
            if self.peek() == b'0' {
                self.off += 1;
                (base, prefix) = match self.peek().to_ascii_lowercase() {
                    b'x' => (16, b'x'),
                    b'o' => (8, b'o'),
                    b'b' => (2, b'b'),
                    _ => (8, b'0'),
                };
                if prefix == b'0' {
                    digits.any = true;
                } else {
                    self.off += 1;
                }
            }
            self.digits(base, &mut digits);
        }
        if self.peek() == b'.' {
            kind = LitKind::Float;
            if prefix == b'o' || prefix == b'b' {
                self.bad(&mut ok, self.off, format!("invalid radix point in {} literal", base_name(base)));
            }
            self.off += 1;
            self.digits(base, &mut digits);
        }
        if !digits.any {
            self.bad(&mut ok, self.off, format!("{} literal has no digits", base_name(base)));
        }
        let e = self.peek().to_ascii_lowercase();
        if e == b'e' || e == b'p' {
            let shown = self.peek() as char;
            if e == b'e' && prefix != 0 && prefix != b'0' {
                self.bad(&mut ok, self.off, format!("'{shown}' exponent requires decimal mantissa"));
            } else if e == b'p' && prefix != b'x' {
                self.bad(&mut ok, self.off, format!("'{shown}' exponent requires hexadecimal mantissa"));
            }
            self.off += 1;
            kind = LitKind::Float;
            if matches!(self.peek(), b'+' | b'-') {
                self.off += 1;
            }
            let mut exponent = Digits::default();
            self.digits(10, &mut exponent);
            if !exponent.any {
                self.bad(&mut ok, self.off, "exponent has no digits");
            }
        } else if prefix == b'x' && kind == LitKind::Float {
            self.bad(&mut ok, self.off, "hexadecimal mantissa requires a 'p' exponent");
        }
        if self.eat(b'i') {
            kind = LitKind::Imag;
        }
        if let Some(off) = digits.invalid.filter(|_| kind == LitKind::Int) {
            let digit = self.src[off] as char;
            self.bad(&mut ok, off, format!("invalid digit '{digit}' in {} literal", base_name(base)));
        }
        if let Some(at) = misplaced_separator(&self.src[start..self.off]) {
            self.bad(&mut ok, start + at, "'_' must separate successive digits");
        }
        kind
    }

    /// Reports what is wrong with a literal, unless something is already.
    fn bad(&mut self, ok: &mut bool, off: usize, text: impl Into<String>) {
        if std::mem::replace(ok, false) {
            self.error_at(off, text);
        }
    }

    fn digits(&mut self, base: u32, seen: &mut Digits) {
        loop {
            let b = self.peek();
            let digit = (b as char).to_digit(if base == 16 { 16 } else { 10 });
            match digit {
                Some(digit) => {
                    seen.any = true;
                    if digit >= base && seen.invalid.is_none() {
                        seen.invalid = Some(self.off);
                    }
                }
                None if b == b'_' => {}
                None => return,
            }
            self.off += 1;
        }
    }

    /// Scans `'x'`.
    pub(super) fn rune(&mut self) {
        let start = self.off;
        self.off += 1;
        let mut chars = 0;
        let mut ok = true;
        loop {
            if self.off >= self.src.len() {
                return self.bad(&mut ok, start, "rune literal not terminated");
            }
            match self.peek() {
                b'\n' => return self.bad(&mut ok, self.off, "newline in rune literal"),
                b'\'' => {
                    match chars {
                        0 => self.bad(&mut ok, self.off, "empty rune literal or unescaped '"),
                        1 => {}
                        _ => self.bad(&mut ok, start, "more than one character in rune literal"),
                    }
                    self.off += 1;
                    return;
                }
                b'\\' => ok &= self.escape(b'\''),
                _ => {
                    let before = self.diags.len();
                    let (_, len) = self.decode();
                    ok &= self.diags.len() == before;
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
        self.off += 1;
        let (count, base, max) = match self.peek() {
            b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'\\' => {
                self.off += 1;
                return true;
            }
            b if b == quote => {
                self.off += 1;
                return true;
            }
            b'0'..=b'7' => (3, 8, 255),
            b'x' => (2, 16, 255),
            b'u' => (4, 16, 0x10_ffff),
            b'U' => (8, 16, 0x10_ffff),
            _ if self.off >= self.src.len() => return true, // the missing end is reported by the caller
            _ => {
                self.error_at(self.off, "unknown escape");
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
                let text = format!("invalid character {} in {} escape", quoted(c), base_name(base));
                self.error_at(self.off, text);
                return false;
            };
            value = value.wrapping_mul(base).wrapping_add(digit);
            self.off += 1;
        }
        if value > max && base == 8 {
            self.error_at(self.off, format!("octal escape value {value} > 255"));
            return false;
        }
        if value > max || (max > 255 && (0xd800..0xe000).contains(&value)) {
            let text = format!("escape is invalid Unicode code point {}", code_point(value));
            self.error_at(self.off, text);
            return false;
        }
        true
    }
}

#[derive(Default)]
struct Digits {
    any: bool,
    invalid: Option<usize>,
}

fn base_name(base: u32) -> &'static str {
    match base {
        2 => "binary",
        8 => "octal",
        16 => "hexadecimal",
        _ => "decimal",
    }
}

/// Where a `_` stands that is not between digits (or a base prefix and a digit).
fn misplaced_separator(text: &[u8]) -> Option<usize> {
    let prefix = match text {
        [b'0', p, ..] if matches!(p.to_ascii_lowercase(), b'x' | b'o' | b'b') => p.to_ascii_lowercase(),
        _ => b' ',
    };
    let skip = if prefix == b' ' { 0 } else { 2 };
    // a prefix counts as a digit
    let (mut after_digit, mut after_separator) = (skip > 0, false);
    for (i, b) in text.iter().enumerate().skip(skip) {
        let is_digit = if prefix == b'x' { b.is_ascii_hexdigit() } else { b.is_ascii_digit() };
        if *b == b'_' && !after_digit {
            return Some(i);
        }
        if *b != b'_' && !is_digit && after_separator {
            return Some(i - 1);
        }
        (after_digit, after_separator) = (is_digit, *b == b'_');
    }
    after_separator.then(|| text.len() - 1)
}
