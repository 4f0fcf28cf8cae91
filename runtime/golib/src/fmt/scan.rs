//! Scanning: `Scan` and its like, which take operands one by one, separated by space.
//!
//! What must hold: the error of a failure is what Go says, the count is that of operands stored before it; a character
//! that belongs to nothing is left in the input.

use goxide_macros::GoStruct;

use super::scan_source::Source;
use crate::errors;
use crate::interface::{Any, Error, Interface};
use crate::io::{self, EOF, ErrUnexpectedEOF, Reader};
use crate::os;
use crate::slice::Slice;
use crate::string::Str;
use crate::unicode::utf8;
use crate::view::{View, zero};

/// A scan under way.
pub(super) struct Scanning {
    pub(super) input: Input,
    /// The token.
    pub(super) token: Vec<u8>,
}

/// The input of a scan and how much of it may be read; a Go value, for a `Scanner` gets hold of it.
#[derive(Clone, Copy, GoStruct)]
#[go("fmt.ss")]
#[repr(C)]
pub struct Input {
    source: Source,
    /// How many characters were read, and how many may be for this operand; its width.
    pub(super) count: isize,
    pub(super) limit: isize,
    pub(super) width: isize,
    at_end: bool,
    newline_is_space: bool,
    newline_ends: bool,
}

/// The limit and width where there are none.
pub(super) const UNLIMITED: isize = 1 << 30;

/// What may fail with an error for the caller.
pub(super) type Scanned<T> = Result<T, Error>;

/// A failure with a text.
pub(super) fn failed<T>(text: &str) -> Scanned<T> {
    Err(errors::New(Str::from(text)))
}

pub(super) fn is_space(rune: i32) -> bool {
    matches!(rune, 9..=13 | 32 | 0x85 | 0xa0 | 0x1680 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000)
}

impl Input {
    /// The next character and its length; none at the end.
    pub(super) fn next(&mut self) -> Scanned<Option<(i32, usize)>> {
        if self.at_end || self.count >= self.limit {
            return Ok(None);
        }
        let found = self.source.next()?;
        match found {
            Some((rune, _)) => {
                self.count += 1;
                self.at_end = self.newline_ends && rune == i32::from(b'\n');
            }
            None => self.at_end = true,
        }
        Ok(found)
    }

    /// Takes the last character back.
    pub(super) fn back(&mut self) {
        self.source.back();
        self.at_end = false;
        self.count -= 1;
    }

    /// Goes on to what is no space.
    pub(super) fn skip_space(&mut self) -> Scanned<()> {
        while let Some((rune, _)) = self.next()? {
            if rune == i32::from(b'\r') && self.sees(b"\n")? {
                continue;
            }
            if rune == i32::from(b'\n') {
                if self.newline_is_space {
                    continue;
                }
                return failed("unexpected newline");
            }
            if !is_space(rune) {
                self.back();
                break;
            }
        }
        Ok(())
    }

    /// Whether the next character is one of these.
    fn sees(&mut self, wanted: &[u8]) -> Scanned<bool> {
        let Some((rune, _)) = self.next()? else { return Ok(false) };
        self.back();
        Ok(u8::try_from(rune).is_ok_and(|byte| wanted.contains(&byte)))
    }
}

impl Scanning {
    pub(super) fn new(source: Source, newline_is_space: bool, newline_ends: bool) -> Scanning {
        let input = Input {
            source,
            count: 0,
            limit: UNLIMITED,
            width: UNLIMITED,
            at_end: false,
            newline_is_space,
            newline_ends,
        };
        Scanning { input, token: Vec::new() }
    }

    /// The next character; none at the end.
    pub(super) fn next(&mut self) -> Scanned<Option<i32>> {
        Ok(self.input.next()?.map(|(rune, _)| rune))
    }

    /// Takes the last character back.
    pub(super) fn back(&mut self) {
        self.input.back();
    }

    /// The next character, which must be there.
    pub(super) fn must(&mut self) -> Scanned<i32> {
        self.next()?.ok_or_else(|| ErrUnexpectedEOF.get())
    }

    /// Fails at the end of the input.
    pub(super) fn not_end(&mut self) -> Scanned<()> {
        if self.next()?.is_none() {
            return Err(EOF.get());
        }
        self.back();
        Ok(())
    }

    /// Takes the next character if it is one of these; it becomes part of the token.
    pub(super) fn accept(&mut self, wanted: &[u8]) -> Scanned<bool> {
        let Some(rune) = self.next()? else { return Ok(false) };
        match u8::try_from(rune) {
            Ok(byte) if wanted.contains(&byte) => {
                self.token.push(byte);
                Ok(true)
            }
            _ => {
                self.back();
                Ok(false)
            }
        }
    }

    /// Takes the next character, whatever it is; whether it is this one.
    pub(super) fn takes(&mut self, wanted: u8) -> Scanned<bool> {
        Ok(self.next()? == Some(i32::from(wanted)))
    }

    /// Goes on to what is no space.
    pub(super) fn skip_space(&mut self) -> Scanned<()> {
        self.input.skip_space()
    }

    /// Adds characters up to the next space to the token.
    pub(super) fn word(&mut self) -> Scanned<()> {
        self.skip_space()?;
        while let Some(rune) = self.next()? {
            if is_space(rune) {
                self.back();
                break;
            }
            utf8::push(&mut self.token, rune);
        }
        Ok(())
    }

    /// All operands.
    fn all(&mut self, operands: Slice<Any>, done: &mut isize) -> Scanned<()> {
        for operand in operands.iter() {
            self.one('v', operand)?;
            *done += 1;
        }
        if self.input.newline_ends {
            while let Some(rune) = self.next()? {
                if rune == i32::from(b'\n') {
                    break;
                }
                if !is_space(rune) {
                    return failed("expected newline");
                }
            }
        }
        Ok(())
    }
}

fn scan(source: Source, newline_is_space: bool, newline_ends: bool, a: Slice<Any>) -> (isize, Error) {
    let mut done = 0;
    let result = Scanning::new(source, newline_is_space, newline_ends).all(a, &mut done);
    (done, result.err().unwrap_or(zero()))
}

fn scan_format(source: Source, format: Str, a: Slice<Any>) -> (isize, Error) {
    let mut done = 0;
    let result = Scanning::new(source, false, false).by_format(format.as_bytes(), a, &mut done);
    (done, result.err().unwrap_or(zero()))
}

fn stdin() -> Source {
    Source::reader(io::Reader::of(os::Stdin.get()))
}

/// Reads operands separated by space from a reader; newlines are space.
pub fn Fscan(r: Reader, a: Slice<Any>) -> (isize, Error) {
    scan(Source::reader(r), true, false, a)
}
/// Reads operands from a line of a reader.
pub fn Fscanln(r: Reader, a: Slice<Any>) -> (isize, Error) {
    scan(Source::reader(r), false, true, a)
}
/// Reads operands by a format from a reader.
pub fn Fscanf(r: Reader, format: Str, a: Slice<Any>) -> (isize, Error) {
    scan_format(Source::reader(r), format, a)
}
/// `Fscan` from stdin.
pub fn Scan(a: Slice<Any>) -> (isize, Error) {
    scan(stdin(), true, false, a)
}
/// `Fscanln` from stdin.
pub fn Scanln(a: Slice<Any>) -> (isize, Error) {
    scan(stdin(), false, true, a)
}
/// `Fscanf` from stdin.
pub fn Scanf(format: Str, a: Slice<Any>) -> (isize, Error) {
    scan_format(stdin(), format, a)
}
/// `Fscan` from a text.
pub fn Sscan(str: Str, a: Slice<Any>) -> (isize, Error) {
    scan(Source::text(str), true, false, a)
}
/// `Fscanln` from a text.
pub fn Sscanln(str: Str, a: Slice<Any>) -> (isize, Error) {
    scan(Source::text(str), false, true, a)
}
/// `Fscanf` from a text.
pub fn Sscanf(str: Str, format: Str, a: Slice<Any>) -> (isize, Error) {
    scan_format(Source::text(str), format, a)
}
