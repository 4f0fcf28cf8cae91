//! Turns source bytes into tokens (Go specification, "Lexical elements").
//!
//! Input: a file of the [`SourceMap`](crate::source::SourceMap). Output: one [`Token`] a call, comments collected aside.
//! Semicolons are inserted here, as the specification demands. An error never ends the scan: what is wrong is reported
//! with the compiler's words and something sensible is returned in its place.
//!
//! Always holds: every call consumes at least a byte or returns [`Tok::Eof`], so no caller can loop.

mod literal;
pub mod token;

pub use token::{Kw, Tok, Token};

use crate::ast::{BinaryOp, Comment};
use crate::diag::Diagnostics;
use crate::source::Pos;
use crate::symbol::Symbol;

/// The scanner of one file.
pub struct Lexer<'a> {
    src: &'a [u8],
    base: Pos,
    off: usize,
    /// Would a newline here be a semicolon?
    semi: bool,
    /// Keep no comments but directives (`//go:..`)?
    pub directives_only: bool,
    /// The comments seen so far.
    pub comments: Vec<Comment>,
    /// What was wrong so far.
    pub diags: Diagnostics,
}

const BOM: &[u8] = b"\xef\xbb\xbf";

impl<'a> Lexer<'a> {
    /// A scanner at the start of `src`, whose first byte has position `base`.
    pub fn new(src: &'a [u8], base: Pos) -> Lexer<'a> {
        let off = if src.starts_with(BOM) { BOM.len() } else { 0 };
        Lexer {
            src,
            base,
            off,
            semi: false,
            directives_only: false,
            comments: vec![],
            diags: Diagnostics::new(),
        }
    }

    fn peek(&self) -> u8 {
        self.peek_at(0)
    }

    fn peek_at(&self, n: usize) -> u8 {
        self.src.get(self.off + n).copied().unwrap_or(0)
    }

    fn at(&self, off: usize) -> Pos {
        self.base.plus(off)
    }

    fn error_at(&mut self, off: usize, text: impl Into<String>) {
        let pos = self.at(off);
        self.diags.error(pos, text);
    }

    fn intern(&mut self, start: usize) -> Symbol {
        let text = &self.src[start..self.off];
        match std::str::from_utf8(text) {
            Ok(text) => Symbol::intern(text),
            Err(_) => Symbol::intern(&String::from_utf8_lossy(text)),
        }
    }

    /// The character at the offset and its length; reports what is no valid character.
    fn decode(&mut self) -> (char, usize) {
        let rest = &self.src[self.off..];
        let b = rest[0];
        if b < 0x80 {
            if b == 0 {
                self.error_at(self.off, "invalid NUL character");
            }
            return (b as char, 1);
        }
        let len = match b {
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            _ => 1,
        };
        let valid =
            rest.get(..len).and_then(|bytes| std::str::from_utf8(bytes).ok()).and_then(|s| s.chars().next());
        match valid {
            Some('\u{feff}') if self.off > 0 => {
                self.error_at(self.off, "invalid BOM in the middle of the file");
                ('\u{feff}', len)
            }
            Some(c) => (c, len),
            None => {
                self.error_at(self.off, "invalid UTF-8 encoding");
                ('\u{fffd}', 1)
            }
        }
    }

    /// Skips blanks and comments; a newline that ends a statement gives its offset.
    fn skip_blank(&mut self) -> Option<usize> {
        loop {
            match self.src.get(self.off) {
                Some(b'\n') => {
                    if self.semi {
                        self.off += 1;
                        return Some(self.off - 1);
                    }
                    self.off += 1;
                }
                Some(b' ' | b'\t' | b'\r') => self.off += 1,
                Some(b'/') if self.peek_at(1) == b'/' => {
                    let start = self.off;
                    self.line_comment();
                    self.keep_comment(start);
                }
                Some(b'/') if self.peek_at(1) == b'*' => {
                    let start = self.off;
                    let newline = self.block_comment();
                    self.keep_comment(start);
                    if newline && self.semi {
                        return Some(start);
                    }
                }
                _ => return None,
            }
        }
    }

    /// Skips text that needs no decoding.
    fn skip_ascii(&mut self, ends: impl Fn(u8) -> bool) {
        let rest = &self.src[self.off..];
        self.off += rest.iter().position(|b| ends(*b) || *b >= 0x80 || *b == 0).unwrap_or(rest.len());
    }

    fn line_comment(&mut self) {
        self.skip_ascii(|b| b == b'\n');
        while self.off < self.src.len() && self.src[self.off] != b'\n' {
            let (_, len) = self.decode();
            self.off += len;
        }
    }

    /// Returns whether the comment spans lines.
    fn block_comment(&mut self) -> bool {
        let start = self.off;
        let mut newline = false;
        self.off += 2;
        while self.off < self.src.len() {
            if self.peek() == b'*' && self.peek_at(1) == b'/' {
                self.off += 2;
                return newline;
            }
            newline |= self.peek() == b'\n';
            let (_, len) = self.decode();
            self.off += len;
        }
        self.error_at(start, "comment not terminated");
        newline
    }

    fn keep_comment(&mut self, start: usize) {
        if self.directives_only && !self.src[start..].starts_with(b"//go:") {
            return;
        }
        let mut end = self.off;
        if self.src[..end].ends_with(b"\r") {
            end -= 1;
        }
        let text = String::from_utf8_lossy(&self.src[start..end]).into_owned();
        self.comments.push(Comment { pos: self.at(start), end: self.at(end), text });
    }

    /// The next token.
    pub fn next_token(&mut self) -> Token {
        loop {
            if let Some(token) = self.token() {
                return token;
            }
        }
    }

    /// The next token, or none where something was no token and has been reported.
    fn token(&mut self) -> Option<Token> {
        if let Some(off) = self.skip_blank() {
            self.semi = false;
            return Some(self.inserted(off, "newline"));
        }
        let start = self.off;
        let Some(&b) = self.src.get(start) else {
            if self.semi {
                self.semi = false;
                return Some(self.inserted(start, "EOF"));
            }
            return Some(Token { kind: Tok::Eof, pos: self.at(start), end: self.at(start), sym: None });
        };
        if b.is_ascii_alphabetic() || b == b'_' {
            return Some(self.name(start));
        }
        if b.is_ascii_digit() || (b == b'.' && self.peek_at(1).is_ascii_digit()) {
            let kind = self.number();
            return Some(self.literal(start, kind));
        }
        Some(match b {
            b'"' => {
                self.string();
                self.literal(start, crate::ast::LitKind::String)
            }
            b'`' => {
                self.raw_string();
                self.literal(start, crate::ast::LitKind::String)
            }
            b'\'' => {
                self.rune();
                self.literal(start, crate::ast::LitKind::Char)
            }
            0x80.. | 0..=0x1f | 0x7f | b'#' | b'$' | b'?' | b'@' | b'\\' => return self.strange(start),
            _ => {
                let kind = self.operator(b);
                self.semi = matches!(kind, Tok::Inc | Tok::Dec | Tok::RParen | Tok::RBrack | Tok::RBrace);
                Token { kind, pos: self.at(start), end: self.at(self.off), sym: None }
            }
        })
    }

    fn inserted(&self, off: usize, lit: &str) -> Token {
        Token { kind: Tok::Semi, pos: self.at(off), end: self.at(off), sym: Some(Symbol::intern(lit)) }
    }

    fn literal(&mut self, start: usize, kind: crate::ast::LitKind) -> Token {
        self.semi = true;
        let sym = self.intern(start);
        Token { kind: Tok::Lit(kind), pos: self.at(start), end: self.at(self.off), sym: Some(sym) }
    }

    fn name(&mut self, start: usize) -> Token {
        loop {
            let b = self.peek();
            if b.is_ascii_alphanumeric() || b == b'_' {
                self.off += 1;
            } else if b >= 0x80 {
                let (c, len) = self.decode();
                if !c.is_alphanumeric() {
                    self.error_at(
                        self.off,
                        format!("invalid character {} in identifier", code_point(c as u32)),
                    );
                }
                self.off += len;
            } else {
                break;
            }
        }
        let text = &self.src[start..self.off];
        let end = self.at(self.off);
        if let Some(kw) = Kw::find(text) {
            self.semi = matches!(kw, Kw::Break | Kw::Continue | Kw::Fallthrough | Kw::Return);
            return Token { kind: Tok::Kw(kw), pos: self.at(start), end, sym: None };
        }
        self.semi = true;
        let sym = self.intern(start);
        Token { kind: Tok::Ident, pos: self.at(start), end, sym: Some(sym) }
    }

    /// A character outside ASCII starts a name, reported if it may not; anything else is reported and skipped.
    fn strange(&mut self, start: usize) -> Option<Token> {
        let before = self.diags.len();
        let (c, len) = self.decode();
        if c.is_alphabetic() {
            return Some(self.name(start));
        }
        if c.is_numeric() {
            self.error_at(start, format!("identifier cannot begin with digit {}", code_point(c as u32)));
            return Some(self.name(start));
        }
        if self.diags.len() == before {
            if !c.is_ascii() {
                return Some(self.name(start));
            }
            self.error_at(start, format!("invalid character {}", code_point(c as u32)));
        }
        self.off += len;
        None
    }

    fn operator(&mut self, b: u8) -> Tok {
        use BinaryOp::*;
        self.off += 1;
        let op = match b {
            b'(' => return Tok::LParen,
            b')' => return Tok::RParen,
            b'[' => return Tok::LBrack,
            b']' => return Tok::RBrack,
            b'{' => return Tok::LBrace,
            b'}' => return Tok::RBrace,
            b',' => return Tok::Comma,
            b';' => return Tok::Semi,
            b'~' => return Tok::Tilde,
            b':' => return if self.eat(b'=') { Tok::Define } else { Tok::Colon },
            b'.' => {
                if self.peek() == b'.' && self.peek_at(1) == b'.' {
                    self.off += 2;
                    return Tok::DotDotDot;
                }
                return Tok::Dot;
            }
            b'=' => return if self.eat(b'=') { Tok::Op(Eq) } else { Tok::Assign },
            b'!' => return if self.eat(b'=') { Tok::Op(Ne) } else { Tok::Not },
            b'+' if self.eat(b'+') => return Tok::Inc,
            b'-' if self.eat(b'-') => return Tok::Dec,
            b'<' if self.eat(b'-') => return Tok::Arrow,
            b'<' if self.eat(b'<') => Shl,
            b'<' => return Tok::Op(if self.eat(b'=') { Le } else { Lt }),
            b'>' if self.eat(b'>') => Shr,
            b'>' => return Tok::Op(if self.eat(b'=') { Ge } else { Gt }),
            b'&' if self.eat(b'&') => return Tok::Op(LAnd),
            b'|' if self.eat(b'|') => return Tok::Op(LOr),
            b'&' if self.eat(b'^') => AndNot,
            b'+' => Add,
            b'-' => Sub,
            b'*' => Mul,
            b'/' => Div,
            b'%' => Rem,
            b'&' => And,
            b'|' => Or,
            _ => Xor,
        };
        if self.eat(b'=') { Tok::OpAssign(op) } else { Tok::Op(op) }
    }

    fn eat(&mut self, b: u8) -> bool {
        let found = self.peek() == b;
        self.off += found as usize;
        found
    }
}

/// `U+0041 'A'`, without the character if it cannot be printed.
fn code_point(value: u32) -> String {
    match char::from_u32(value).filter(|c| !c.is_control() && (*c == ' ' || !c.is_whitespace())) {
        Some(c) => format!("U+{value:04X} '{c}'"),
        None => format!("U+{value:04X}"),
    }
}

/// `'A'`, as Go quotes characters.
fn quoted(c: char) -> String {
    match c {
        '\'' => "'\\''".into(),
        '\\' => "'\\\\'".into(),
        '\n' => "'\\n'".into(),
        '\r' => "'\\r'".into(),
        '\t' => "'\\t'".into(),
        c if c.is_control() => format!("'\\x{:02x}'", c as u32),
        c => format!("'{c}'"),
    }
}
