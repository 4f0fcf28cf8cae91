//! `Reader`: reading through a buffer.

use goxide_macros::{GoStruct, methods};

use super::{
    EMPTY_READS, ErrBufferFull, ErrInvalidUnreadByte, ErrInvalidUnreadRune, ErrNegativeCount, NegativeRead,
    SIZE,
};
use crate::interface::{Error, Interface, any};
use crate::io::{self, EOF, ErrNoProgress, ReaderFrom, WriterTo};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::{Slice, copy};
use crate::string::Str;
use crate::text;
use crate::unicode::utf8;
use crate::value::bytes_of;
use crate::view::{View, zero};

/// A reader with a buffer; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("bufio.Reader")]
#[repr(C)]
pub struct Reader {
    buf: Slice<u8>,
    rd: io::Reader,
    r: isize,
    w: isize,
    err: Error,
    lastByte: isize,
    lastRuneSize: isize,
}

/// No buffer is smaller.
const LEAST: isize = 16;

/// A reader with a buffer of at least `size` bytes.
pub fn NewReaderSize(rd: io::Reader, size: isize) -> Ptr<Reader> {
    if let (b, true) = rd.try_assert::<Ptr<Reader>>()
        && b.buf.len() >= size
    {
        return b;
    }
    let b = Ptr::<Reader>::zeroed();
    reset(b, Slice::make(size.max(LEAST)), rd);
    b
}
/// A reader with a buffer.
pub fn NewReader(rd: io::Reader) -> Ptr<Reader> {
    NewReaderSize(rd, SIZE)
}

fn reset(b: Ptr<Reader>, buf: Slice<u8>, rd: io::Reader) {
    b.set(Reader { buf, rd, r: 0, w: 0, err: zero(), lastByte: -1, lastRuneSize: -1 });
}

/// Reads more into the buffer.
fn fill(b: Ptr<Reader>) {
    let buf = b.buf.get();
    if *b.r > 0 {
        copy(buf, buf.slice(*b.r, *b.w));
        b.w.set(*b.w - *b.r);
        b.r.set(0);
    }
    for _ in 0..EMPTY_READS {
        let (n, err) = b.rd.Read(buf.slice_from(*b.w));
        if n < 0 {
            panic(any(NegativeRead.get()));
        }
        b.w.set(*b.w + n);
        if err != zero() {
            return b.err.set(err);
        }
        if n > 0 {
            return;
        }
    }
    b.err.set(ErrNoProgress.get());
}

fn take_error(b: Ptr<Reader>) -> Error {
    let err = b.err.get();
    b.err.set(zero());
    err
}

fn unread(b: Ptr<Reader>) -> Slice<u8> {
    b.buf.slice(*b.r, *b.w)
}

/// Up to and with a byte, in memory of its own.
fn collect(b: Ptr<Reader>, delim: u8) -> (Slice<u8>, Error) {
    let mut all = zero::<Slice<u8>>();
    loop {
        let (part, err) = b.ReadSlice(delim);
        all = all.append_slice(part);
        if err != ErrBufferFull.get() {
            return (all, err);
        }
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Reader> {
    pub fn Size(self) -> isize {
        self.buf.len()
    }
    pub fn Reset(self, r: io::Reader) {
        if r.try_assert::<Ptr<Reader>>() == (self, true) {
            return;
        }
        let buf = if self.buf.is_nil() { Slice::make(SIZE) } else { *self.buf };
        reset(self, buf, r);
    }
    pub fn Buffered(self) -> isize {
        *self.w - *self.r
    }
    pub fn Peek(self, n: isize) -> (Slice<u8>, Error) {
        if n < 0 {
            return (zero(), ErrNegativeCount.get());
        }
        self.lastByte.set(-1);
        self.lastRuneSize.set(-1);
        while self.Buffered() < n && self.Buffered() < self.buf.len() && self.err.get() == zero() {
            fill(self);
        }
        if n > self.buf.len() {
            return (unread(self), ErrBufferFull.get());
        }
        let there = self.Buffered();
        if there >= n {
            return (self.buf.slice(*self.r, *self.r + n), zero());
        }
        let err = take_error(self);
        (unread(self), if err == zero() { ErrBufferFull.get() } else { err })
    }
    pub fn Discard(self, n: isize) -> (isize, Error) {
        if n < 0 {
            return (0, ErrNegativeCount.get());
        }
        if n == 0 {
            return (0, zero());
        }
        self.lastByte.set(-1);
        self.lastRuneSize.set(-1);
        let mut left = n;
        loop {
            if self.Buffered() == 0 {
                fill(self);
            }
            let skip = self.Buffered().min(left);
            self.r.set(*self.r + skip);
            left -= skip;
            if left == 0 {
                return (n, zero());
            }
            if self.err.get() != zero() {
                return (n - left, take_error(self));
            }
        }
    }
    pub fn Read(self, p: Slice<u8>) -> (isize, Error) {
        if p.is_empty() {
            return (0, if self.Buffered() > 0 { zero() } else { take_error(self) });
        }
        if self.Buffered() == 0 {
            if self.err.get() != zero() {
                return (0, take_error(self));
            }
            // A large read goes past the buffer.
            let direct = p.len() >= self.buf.len();
            self.r.set(0);
            self.w.set(0);
            let (n, err) = self.rd.Read(if direct { p } else { *self.buf });
            self.err.set(err);
            if n < 0 {
                panic(any(NegativeRead.get()));
            }
            if direct {
                if n > 0 {
                    self.lastByte.set(isize::from(*p[n - 1]));
                    self.lastRuneSize.set(-1);
                }
                return (n, take_error(self));
            }
            if n == 0 {
                return (0, take_error(self));
            }
            self.w.set(n);
        }
        let n = copy(p, unread(self));
        self.r.set(*self.r + n);
        self.lastByte.set(isize::from(*self.buf[*self.r - 1]));
        self.lastRuneSize.set(-1);
        (n, zero())
    }
    pub fn ReadByte(self) -> (u8, Error) {
        self.lastRuneSize.set(-1);
        while self.Buffered() == 0 {
            if self.err.get() != zero() {
                return (0, take_error(self));
            }
            fill(self);
        }
        let byte = *self.buf[*self.r];
        self.r.set(*self.r + 1);
        self.lastByte.set(isize::from(byte));
        (byte, zero())
    }
    pub fn UnreadByte(self) -> Error {
        if *self.lastByte < 0 || *self.r == 0 && *self.w > 0 {
            return ErrInvalidUnreadByte.get();
        }
        if *self.r > 0 {
            self.r.set(*self.r - 1);
        } else {
            self.w.set(1);
        }
        self.buf[*self.r].set(*self.lastByte as u8);
        self.lastByte.set(-1);
        self.lastRuneSize.set(-1);
        zero()
    }
    pub fn ReadRune(self) -> (i32, isize, Error) {
        let at = *self.r;
        if at < *self.w {
            let byte = *self.buf[at];
            if isize::from(byte) < utf8::RuneSelf {
                self.r.set(at + 1);
                self.lastByte.set(isize::from(byte));
                self.lastRuneSize.set(1);
                return (i32::from(byte), 1, zero());
            }
        }
        while self.Buffered() < utf8::UTFMax
            && !utf8::FullRune(unread(self))
            && self.err.get() == zero()
            && self.Buffered() < self.buf.len()
        {
            fill(self);
        }
        self.lastRuneSize.set(-1);
        if self.Buffered() == 0 {
            return (0, 0, take_error(self));
        }
        let (rune, len) = utf8::first(bytes_of(unread(self)));
        let len = len as isize;
        self.r.set(*self.r + len);
        self.lastByte.set(isize::from(*self.buf[*self.r - 1]));
        self.lastRuneSize.set(len);
        (rune, len, zero())
    }
    pub fn UnreadRune(self) -> Error {
        if *self.lastRuneSize < 0 || *self.r < *self.lastRuneSize {
            return ErrInvalidUnreadRune.get();
        }
        self.r.set(*self.r - *self.lastRuneSize);
        self.lastByte.set(-1);
        self.lastRuneSize.set(-1);
        zero()
    }
    pub fn ReadSlice(self, delim: u8) -> (Slice<u8>, Error) {
        // What was searched already is not searched again.
        let mut searched = 0;
        let (line, err) = loop {
            let rest = unread(self);
            if let Some(at) = text::find_byte(bytes_of(rest.slice_from(searched)), delim) {
                let len = searched + at as isize + 1;
                self.r.set(*self.r + len);
                break (rest.slice_to(len), zero());
            }
            if self.err.get() != zero() {
                self.r.set(*self.w);
                break (rest, take_error(self));
            }
            if rest.len() >= self.buf.len() {
                self.r.set(*self.w);
                break (rest, ErrBufferFull.get());
            }
            searched = rest.len();
            fill(self);
        };
        if !line.is_empty() {
            self.lastByte.set(isize::from(*line[line.len() - 1]));
            self.lastRuneSize.set(-1);
        }
        (line, err)
    }
    pub fn ReadLine(self) -> (Slice<u8>, bool, Error) {
        let (line, err) = self.ReadSlice(b'\n');
        if err == ErrBufferFull.get() {
            // A `\r` at the end may belong to a `\n` that comes.
            if !line.is_empty() && *line[line.len() - 1] == b'\r' {
                self.r.set(*self.r - 1);
                return (line.slice_to(line.len() - 1), true, zero());
            }
            return (line, true, zero());
        }
        if line.is_empty() {
            return (if err == zero() { line } else { zero() }, false, err);
        }
        let bytes = bytes_of(line);
        let cut = if bytes.ends_with(b"\r\n") { 2 } else { isize::from(bytes.ends_with(b"\n")) };
        (line.slice_to(line.len() - cut), false, zero())
    }
    pub fn ReadBytes(self, delim: u8) -> (Slice<u8>, Error) {
        collect(self, delim)
    }
    pub fn ReadString(self, delim: u8) -> (Str, Error) {
        let (line, err) = collect(self, delim);
        (Str::sharing(line), err)
    }
    pub fn WriteTo(self, w: io::Writer) -> (i64, Error) {
        self.lastByte.set(-1);
        self.lastRuneSize.set(-1);
        let flush = |total: &mut i64| {
            let rest = unread(self);
            if rest.is_empty() {
                return zero();
            }
            let (n, err) = w.Write(rest);
            if n < 0 {
                panic(any(NegativeRead.get()));
            }
            self.r.set(*self.r + n);
            *total += n as i64;
            err
        };
        let mut total = 0;
        if self.Buffered() > 0 {
            let err: Error = flush(&mut total);
            if err != zero() {
                return (total, err);
            }
        }
        if let Some(rd) = self.rd.downcast::<WriterTo>() {
            let (n, err) = rd.WriteTo(w);
            return (total + n, err);
        }
        if let Some(w) = w.downcast::<ReaderFrom>() {
            let (n, err) = w.ReadFrom(*self.rd);
            return (total + n, err);
        }
        loop {
            if self.Buffered() < self.buf.len() && self.err.get() == zero() {
                fill(self);
            }
            if self.Buffered() == 0 {
                break;
            }
            let err = flush(&mut total);
            if err != zero() {
                return (total, err);
            }
        }
        if self.err.get() == EOF.get() {
            self.err.set(zero());
        }
        (total, take_error(self))
    }
}
