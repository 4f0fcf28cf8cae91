//! `Buffer`: bytes to write to and to read from.
//!
//! What must hold: what was read lies before `off` and is forgotten when room is needed; `UnreadByte` and `UnreadRune` undo only
//! the read right before.

use goxide_macros::{GoStruct, methods};

use super::{ErrTooLarge, MinRead};
use crate::errors;
use crate::interface::{Error, any};
use crate::io::{EOF, ErrShortWrite, Reader, Writer};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::{Slice, copy, round_up};
use crate::string::{Str, str};
use crate::text;
use crate::unicode::utf8;
use crate::value::bytes_of;
use crate::view::{View, zero};

/// Bytes to write to and to read from; the zero value is an empty one.
#[derive(Clone, Copy, GoStruct)]
#[go("bytes.Buffer")]
#[repr(C)]
pub struct Buffer {
    buf: Slice<u8>,
    off: isize,
    lastRead: i8,
}

/// The last operation was not a read.
const NOTHING: i8 = 0;
/// The last operation read bytes.
const READ: i8 = -1;

/// The first room.
const SMALL: isize = 64;

/// A buffer with these bytes.
pub fn NewBuffer(buf: Slice<u8>) -> Ptr<Buffer> {
    Ptr::new(Buffer { buf, off: 0, lastRead: NOTHING })
}
/// A buffer with these bytes.
pub fn NewBufferString(s: Str) -> Ptr<Buffer> {
    NewBuffer(s.to_bytes())
}

/// Makes room for `n` bytes, which are then part of the buffer; where they start.
fn grow(b: Ptr<Buffer>, n: isize) -> isize {
    let unread = b.Len();
    if unread == 0 && *b.off != 0 {
        b.Reset();
    }
    let buf = b.buf.get();
    let len = buf.len();
    if n <= buf.cap() - len {
        b.buf.set(buf.slice_to(len + n));
        return len;
    }
    if buf.is_nil() && n <= SMALL {
        b.buf.set(Slice::make_cap(n, SMALL));
        return 0;
    }
    let rest = buf.slice_from(*b.off);
    let room = if n <= buf.cap() / 2 - unread {
        buf.slice_to(buf.cap())
    } else {
        let cap = unread.checked_add(*b.off + n).filter(|cap| *cap <= 1 << 47);
        let Some(cap) = cap else { panic(any(ErrTooLarge.get())) };
        // Go makes it by appending, which rounds up.
        let len = cap.max(2 * rest.cap());
        Slice::make_cap(len, round_up(len as usize, true) as isize)
    };
    copy(room, rest);
    b.off.set(0);
    b.buf.set(room.slice_to(unread + n));
    unread
}

/// Takes `n` bytes.
fn take(b: Ptr<Buffer>, n: isize) -> Slice<u8> {
    let from = *b.off;
    b.off.set(from + n);
    b.buf.slice(from, from + n)
}

/// Takes up to and with a byte.
fn take_line(b: Ptr<Buffer>, delim: u8) -> (Slice<u8>, Error) {
    let found = text::find_byte(bytes_of(b.Bytes()), delim);
    let (n, err) = match found {
        Some(at) => (at as isize + 1, zero()),
        None => (b.Len(), EOF.get()),
    };
    b.lastRead.set(READ);
    (take(b, n), err)
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Buffer> {
    pub fn Bytes(self) -> Slice<u8> {
        self.buf.slice_from(*self.off)
    }
    pub fn AvailableBuffer(self) -> Slice<u8> {
        self.buf.slice_from(self.buf.len()).slice_to(0)
    }
    pub fn String(self) -> Str {
        if self.is_nil() { str("<nil>") } else { Str::from_slice(self.Bytes()) }
    }
    pub fn Len(self) -> isize {
        self.buf.len() - *self.off
    }
    pub fn Cap(self) -> isize {
        self.buf.cap()
    }
    pub fn Available(self) -> isize {
        self.buf.cap() - self.buf.len()
    }
    pub fn Truncate(self, n: isize) {
        if n == 0 {
            return self.Reset();
        }
        self.lastRead.set(NOTHING);
        if n < 0 || n > self.Len() {
            panic(any(str("bytes.Buffer: truncation out of range")));
        }
        self.buf.set(self.buf.slice_to(*self.off + n));
    }
    pub fn Reset(self) {
        self.buf.set(self.buf.slice_to(0));
        self.off.set(0);
        self.lastRead.set(NOTHING);
    }
    pub fn Grow(self, n: isize) {
        if n < 0 {
            panic(any(str("bytes.Buffer.Grow: negative count")));
        }
        let at = grow(self, n);
        self.buf.set(self.buf.slice_to(at));
    }
    pub fn Write(self, p: Slice<u8>) -> (isize, Error) {
        self.lastRead.set(NOTHING);
        let at = grow(self, p.len());
        (copy(self.buf.slice_from(at), p), zero())
    }
    pub fn WriteString(self, s: Str) -> (isize, Error) {
        self.lastRead.set(NOTHING);
        let at = grow(self, s.len());
        (copy(self.buf.slice_from(at), s), zero())
    }
    pub fn WriteByte(self, c: u8) -> Error {
        self.lastRead.set(NOTHING);
        let at = grow(self, 1);
        self.buf[at].set(c);
        zero()
    }
    pub fn WriteRune(self, r: i32) -> (isize, Error) {
        let c = utf8::char_of(r);
        self.WriteString(Str::copy_of(c.encode_utf8(&mut [0; 4]).as_bytes()))
    }
    pub fn ReadFrom(self, r: Reader) -> (i64, Error) {
        self.lastRead.set(NOTHING);
        let mut total = 0;
        loop {
            let at = grow(self, MinRead);
            self.buf.set(self.buf.slice_to(at));
            let (n, err) = r.Read(self.buf.slice(at, self.buf.cap()));
            if n < 0 {
                panic(any(errors::New(str("bytes.Buffer: reader returned negative count from Read"))));
            }
            self.buf.set(self.buf.slice_to(at + n));
            total += n as i64;
            if err != zero() {
                return (total, if err == EOF.get() { zero() } else { err });
            }
        }
    }
    pub fn WriteTo(self, w: Writer) -> (i64, Error) {
        self.lastRead.set(NOTHING);
        let unread = self.Len();
        let mut written = 0;
        if unread > 0 {
            let (n, err) = w.Write(self.Bytes());
            if n > unread {
                panic(any(str("bytes.Buffer.WriteTo: invalid Write count")));
            }
            self.off.set(*self.off + n);
            written = n as i64;
            if err != zero() {
                return (written, err);
            }
            if n != unread {
                return (written, ErrShortWrite.get());
            }
        }
        self.Reset();
        (written, zero())
    }
    pub fn Read(self, p: Slice<u8>) -> (isize, Error) {
        self.lastRead.set(NOTHING);
        if self.Len() == 0 {
            self.Reset();
            return (0, if p.is_empty() { zero() } else { EOF.get() });
        }
        let n = copy(p, self.Bytes());
        self.off.set(*self.off + n);
        if n > 0 {
            self.lastRead.set(READ);
        }
        (n, zero())
    }
    pub fn Peek(self, n: isize) -> (Slice<u8>, Error) {
        let there = self.Len();
        let end = *self.off + n.min(there);
        (self.buf.slice(*self.off, end), if there < n { EOF.get() } else { zero() })
    }
    pub fn Next(self, n: isize) -> Slice<u8> {
        let n = n.min(self.Len());
        let data = take(self, n);
        self.lastRead.set(if n > 0 { READ } else { NOTHING });
        data
    }
    pub fn ReadByte(self) -> (u8, Error) {
        if self.Len() == 0 {
            self.Reset();
            return (0, EOF.get());
        }
        let byte = *take(self, 1)[0];
        self.lastRead.set(READ);
        (byte, zero())
    }
    pub fn ReadRune(self) -> (i32, isize, Error) {
        if self.Len() == 0 {
            self.Reset();
            return (0, 0, EOF.get());
        }
        let (rune, len) = utf8::first(bytes_of(self.Bytes()));
        self.off.set(*self.off + len as isize);
        self.lastRead.set(len as i8);
        (rune, len as isize, zero())
    }
    pub fn UnreadRune(self) -> Error {
        if *self.lastRead <= NOTHING {
            return errors::New(str(
                "bytes.Buffer: UnreadRune: previous operation was not a successful ReadRune",
            ));
        }
        self.off.set(*self.off - isize::from(*self.lastRead));
        self.lastRead.set(NOTHING);
        zero()
    }
    pub fn UnreadByte(self) -> Error {
        if *self.lastRead == NOTHING {
            return errors::New(str(
                "bytes.Buffer: UnreadByte: previous operation was not a successful read",
            ));
        }
        self.lastRead.set(NOTHING);
        if *self.off > 0 {
            self.off.set(*self.off - 1);
        }
        zero()
    }
    pub fn ReadBytes(self, delim: u8) -> (Slice<u8>, Error) {
        let (line, err) = take_line(self, delim);
        (zero::<Slice<u8>>().append_slice(line), err)
    }
    pub fn ReadString(self, delim: u8) -> (Str, Error) {
        let (line, err) = take_line(self, delim);
        (Str::from_slice(line), err)
    }
}
