//! `Reader`: bytes to read from.

use goxide_macros::{GoStruct, methods};

use crate::errors;
use crate::interface::{Error, any};
use crate::io::{self, EOF, Writer};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::{Slice, copy};
use crate::string::str;
use crate::unicode::utf8;
use crate::value::bytes_of;
use crate::view::{View, zero};

/// Bytes to read from; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("bytes.Reader")]
#[repr(C)]
pub struct Reader {
    s: Slice<u8>,
    i: i64,
    prevRune: isize,
}

/// A reader of bytes.
pub fn NewReader(s: Slice<u8>) -> Ptr<Reader> {
    Ptr::new(Reader { s, i: 0, prevRune: -1 })
}

/// What has not been read.
fn rest(r: Ptr<Reader>) -> Slice<u8> {
    let at = (*r.i as isize).min(r.s.len());
    r.s.slice_from(at)
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Reader> {
    pub fn Len(self) -> isize {
        rest(self).len()
    }
    pub fn Size(self) -> i64 {
        self.s.len() as i64
    }
    pub fn Read(self, b: Slice<u8>) -> (isize, Error) {
        let rest = rest(self);
        if rest.is_empty() {
            return (0, EOF.get());
        }
        self.prevRune.set(-1);
        let n = copy(b, rest);
        self.i.set(*self.i + n as i64);
        (n, zero())
    }
    pub fn ReadAt(self, b: Slice<u8>, off: i64) -> (isize, Error) {
        if off < 0 {
            return (0, errors::New(str("bytes.Reader.ReadAt: negative offset")));
        }
        if off >= self.s.len() as i64 {
            return (0, EOF.get());
        }
        let n = copy(b, self.s.slice_from(off as isize));
        (n, if n < b.len() { EOF.get() } else { zero() })
    }
    pub fn ReadByte(self) -> (u8, Error) {
        self.prevRune.set(-1);
        let rest = rest(self);
        if rest.is_empty() {
            return (0, EOF.get());
        }
        self.i.set(*self.i + 1);
        (*rest[0], zero())
    }
    pub fn UnreadByte(self) -> Error {
        if *self.i <= 0 {
            return errors::New(str("bytes.Reader.UnreadByte: at beginning of slice"));
        }
        self.prevRune.set(-1);
        self.i.set(*self.i - 1);
        zero()
    }
    pub fn ReadRune(self) -> (i32, isize, Error) {
        let rest = rest(self);
        if rest.is_empty() {
            self.prevRune.set(-1);
            return (0, 0, EOF.get());
        }
        self.prevRune.set(*self.i as isize);
        let (rune, len) = utf8::first(bytes_of(rest));
        self.i.set(*self.i + len as i64);
        (rune, len as isize, zero())
    }
    pub fn UnreadRune(self) -> Error {
        if *self.i <= 0 {
            return errors::New(str("bytes.Reader.UnreadRune: at beginning of slice"));
        }
        if *self.prevRune < 0 {
            return errors::New(str("bytes.Reader.UnreadRune: previous operation was not ReadRune"));
        }
        self.i.set(*self.prevRune as i64);
        self.prevRune.set(-1);
        zero()
    }
    pub fn Seek(self, offset: i64, whence: isize) -> (i64, Error) {
        self.prevRune.set(-1);
        let from = match whence {
            io::SeekStart => 0,
            io::SeekCurrent => *self.i,
            io::SeekEnd => self.s.len() as i64,
            _ => return (0, errors::New(str("bytes.Reader.Seek: invalid whence"))),
        };
        let to = from.wrapping_add(offset);
        if to < 0 {
            return (0, errors::New(str("bytes.Reader.Seek: negative position")));
        }
        self.i.set(to);
        (to, zero())
    }
    pub fn WriteTo(self, w: Writer) -> (i64, Error) {
        self.prevRune.set(-1);
        let rest = rest(self);
        if rest.is_empty() {
            return (0, zero());
        }
        let (n, mut err) = w.Write(rest);
        if n > rest.len() {
            panic(any(str("bytes.Reader.WriteTo: invalid Write count")));
        }
        self.i.set(*self.i + n as i64);
        if n != rest.len() && err == zero() {
            err = io::ErrShortWrite.get();
        }
        (n as i64, err)
    }
    pub fn Reset(self, s: Slice<u8>) {
        self.set(Reader { s, i: 0, prevRune: -1 });
    }
}
