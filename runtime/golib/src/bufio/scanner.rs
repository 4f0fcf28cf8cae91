//! `Scanner`: input in tokens.

use goxide_macros::{GoNewtype, GoStruct, methods};

use super::{
    EMPTY_READS, ErrAdvanceTooFar, ErrBadReadCount, ErrFinalToken, ErrNegativeAdvance, ErrTooLong,
    MaxScanTokenSize, SIZE,
};
use crate::func::{Func, func};
use crate::interface::{Error, any};
use crate::io::{self, EOF, ErrNoProgress};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::{Slice, copy};
use crate::string::{Str, decode_rune, str};
use crate::text;
use crate::unicode;
use crate::unicode::utf8;
use crate::value::bytes_of;
use crate::view::{View, zero};

/// Finds the next token: how far to go, the token, an error.
#[derive(Clone, Copy, GoNewtype)]
#[go("bufio.SplitFunc")]
pub struct SplitFunc(pub Func<dyn Fn(Slice<u8>, bool) -> Found>);

/// How far to go, the token, an error.
type Found = (isize, Slice<u8>, Error);

/// Input in tokens; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("bufio.Scanner")]
#[repr(C)]
pub struct Scanner {
    r: io::Reader,
    split: SplitFunc,
    maxTokenSize: isize,
    token: Slice<u8>,
    buf: Slice<u8>,
    start: isize,
    end: isize,
    err: Error,
    empties: isize,
    scanCalled: bool,
    done: bool,
}

/// A scanner of lines.
pub fn NewScanner(r: io::Reader) -> Ptr<Scanner> {
    let split = SplitFunc(func(ScanLines as fn(Slice<u8>, bool) -> Found));
    Ptr::new(Scanner { r, split, maxTokenSize: MaxScanTokenSize, ..zero() })
}

/// Keeps the first error; the end is none.
fn fail(s: Ptr<Scanner>, err: Error) {
    if s.err.get() == zero() || s.err.get() == EOF.get() {
        s.err.set(err);
    }
}

/// Moves on; false if the split function asks for what cannot be.
fn advance(s: Ptr<Scanner>, n: isize) -> bool {
    if n < 0 {
        fail(s, ErrNegativeAdvance.get());
        return false;
    }
    if n > *s.end - *s.start {
        fail(s, ErrAdvanceTooFar.get());
        return false;
    }
    s.start.set(*s.start + n);
    true
}

/// What the buffer gives: a token, the end, or the need for more.
enum Step {
    Token,
    End,
    More,
}

fn split(s: Ptr<Scanner>) -> Step {
    let at_end = s.err.get() != zero();
    let (n, token, err) = (s.split.get().0)(s.buf.slice(*s.start, *s.end), at_end);
    if err != zero() {
        if err == ErrFinalToken.get() {
            s.token.set(token);
            s.done.set(true);
            return if token.is_nil() { Step::End } else { Step::Token };
        }
        fail(s, err);
        return Step::End;
    }
    if !advance(s, n) {
        return Step::End;
    }
    s.token.set(token);
    if token.is_nil() {
        return Step::More;
    }
    if s.err.get() == zero() || n > 0 {
        s.empties.set(0);
    } else {
        // At the end: a split function that gives tokens for ever without moving on is wrong.
        s.empties.set(*s.empties + 1);
        if *s.empties > EMPTY_READS {
            panic(any(str("bufio.Scan: too many empty tokens without progressing")));
        }
    }
    Step::Token
}

/// Makes room in a buffer that is full; false if it may not grow.
fn make_room(s: Ptr<Scanner>) -> bool {
    let buf = s.buf.get();
    if *s.start > 0 && (*s.end == buf.len() || *s.start > buf.len() / 2) {
        copy(buf, buf.slice(*s.start, *s.end));
        s.end.set(*s.end - *s.start);
        s.start.set(0);
    }
    if *s.end < buf.len() {
        return true;
    }
    if buf.len() >= *s.maxTokenSize || buf.len() > isize::MAX / 2 {
        fail(s, ErrTooLong.get());
        return false;
    }
    let len = if buf.is_empty() { SIZE } else { buf.len() * 2 };
    let larger = Slice::make(len.min(*s.maxTokenSize));
    copy(larger, buf.slice(*s.start, *s.end));
    s.buf.set(larger);
    s.end.set(*s.end - *s.start);
    s.start.set(0);
    true
}

fn read(s: Ptr<Scanner>) {
    for _ in 0..=EMPTY_READS {
        let room = s.buf.slice(*s.end, s.buf.len());
        let (n, err) = s.r.Read(room);
        if n < 0 || room.len() < n {
            return fail(s, ErrBadReadCount.get());
        }
        s.end.set(*s.end + n);
        if err != zero() {
            return fail(s, err);
        }
        if n > 0 {
            s.empties.set(0);
            return;
        }
    }
    fail(s, ErrNoProgress.get());
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Scanner> {
    pub fn Scan(self) -> bool {
        if *self.done {
            return false;
        }
        self.scanCalled.set(true);
        loop {
            if *self.end > *self.start || self.err.get() != zero() {
                match split(self) {
                    Step::Token => return true,
                    Step::End => {
                        self.token.set(if *self.done { *self.token } else { zero() });
                        return false;
                    }
                    Step::More => {}
                }
            }
            if self.err.get() != zero() {
                self.start.set(0);
                self.end.set(0);
                return false;
            }
            if !make_room(self) {
                self.token.set(zero());
                return false;
            }
            read(self);
        }
    }
    pub fn Bytes(self) -> Slice<u8> {
        *self.token
    }
    pub fn Text(self) -> Str {
        Str::from_slice(*self.token)
    }
    pub fn Err(self) -> Error {
        if self.err.get() == EOF.get() { zero() } else { self.err.get() }
    }
    pub fn Buffer(self, buf: Slice<u8>, max: isize) {
        if *self.scanCalled {
            panic(any(str("Buffer called after Scan")));
        }
        self.buf.set(buf.slice_to(buf.cap()));
        self.maxTokenSize.set(max);
    }
    pub fn Split(self, split: SplitFunc) {
        if *self.scanCalled {
            panic(any(str("Split called after Scan")));
        }
        self.split.set(split);
    }
}

/// Nothing yet.
fn more() -> Found {
    (0, zero(), zero())
}

/// Byte by byte.
pub fn ScanBytes(data: Slice<u8>, atEOF: bool) -> Found {
    if atEOF && data.is_empty() { more() } else { (1, data.slice_to(1), zero()) }
}
/// Character by character; what is not UTF-8 becomes U+FFFD.
pub fn ScanRunes(data: Slice<u8>, atEOF: bool) -> Found {
    if data.is_empty() {
        return more();
    }
    let (rune, len) = decode_rune(bytes_of(data));
    if len > 1 || rune < 0x80 {
        return (len as isize, data.slice_to(len as isize), zero());
    }
    if !atEOF && !utf8::FullRune(data) {
        return more();
    }
    (1, Slice::from_static("\u{fffd}".as_bytes()), zero())
}
/// Line by line, without `\n` or `\r\n`.
pub fn ScanLines(data: Slice<u8>, atEOF: bool) -> Found {
    if data.is_empty() {
        return more();
    }
    let bytes = bytes_of(data);
    let (line, next) = match text::find_byte(bytes, b'\n') {
        Some(at) => (at, at + 1),
        None if atEOF => (bytes.len(), bytes.len()),
        None => return more(),
    };
    let line = if bytes[..line].ends_with(b"\r") { line - 1 } else { line };
    (next as isize, data.slice_to(line as isize), zero())
}
/// Word by word.
pub fn ScanWords(data: Slice<u8>, atEOF: bool) -> Found {
    let bytes = bytes_of(data);
    let start = text::trim_left(bytes, unicode::IsSpace);
    let space = text::runes(&bytes[start..]).find(|&(_, rune)| unicode::IsSpace(rune));
    match space {
        Some((len, rune)) => {
            let (start, end) = (start as isize, (start + len) as isize);
            (end + utf8::RuneLen(rune), data.slice(start, end), zero())
        }
        None if atEOF && start < bytes.len() => (data.len(), data.slice_from(start as isize), zero()),
        None => (start as isize, zero(), zero()),
    }
}
