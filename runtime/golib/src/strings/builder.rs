//! `Builder`: a string in the making.
//!
//! What must hold: the bytes that a string was made of are never written again, for `String` shares them. So bytes are only
//! added behind those there are, and a builder that was copied must not be used, which is found out as in Go.

use goxide_macros::{GoStruct, methods};

use crate::interface::{Error, any};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::unicode::utf8;
use crate::view::{View, zero};

/// A string in the making; the zero value is an empty one.
#[derive(Clone, Copy, GoStruct)]
#[go("strings.Builder")]
#[repr(C)]
pub struct Builder {
    addr: Ptr<Builder>,
    buf: Slice<u8>,
}

#[inline]
fn check(b: Ptr<Builder>) {
    if b.addr.is_nil() {
        b.addr.set(b);
    } else if *b.addr != b {
        copied();
    }
}

#[cold]
#[inline(never)]
fn copied() -> ! {
    panic(any(str("strings: illegal use of non-zero Builder copied by value")))
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Builder> {
    pub fn Cap(self) -> isize {
        self.buf.cap()
    }
    pub fn Grow(self, n: isize) {
        check(self);
        if n < 0 {
            panic(any(str("strings.Builder.Grow: negative count")));
        }
        let buf = self.buf.get();
        if buf.cap() - buf.len() < n {
            let room = Slice::<u8>::make_cap(0, 2 * buf.cap() + n);
            self.buf.set(room.append_slice(buf));
        }
    }
    #[inline]
    pub fn Len(self) -> isize {
        self.buf.len()
    }
    pub fn Reset(self) {
        self.addr.set(zero());
        self.buf.set(zero());
    }
    #[inline]
    pub fn String(self) -> Str {
        Str::sharing(*self.buf)
    }
    #[inline]
    pub fn Write(self, p: Slice<u8>) -> (isize, Error) {
        check(self);
        self.buf.set(self.buf.append_slice(p));
        (p.len(), zero())
    }
    #[inline]
    pub fn WriteByte(self, c: u8) -> Error {
        check(self);
        self.buf.set(self.buf.append(c));
        zero()
    }
    pub fn WriteRune(self, r: i32) -> (isize, Error) {
        check(self);
        let before = *self.buf;
        let after = utf8::AppendRune(before, r);
        self.buf.set(after);
        (after.len() - before.len(), zero())
    }
    #[inline]
    pub fn WriteString(self, s: Str) -> (isize, Error) {
        check(self);
        self.buf.set(self.buf.append_str(s));
        (s.len(), zero())
    }
}
