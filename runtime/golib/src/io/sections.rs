//! Parts of what can be read or written anywhere.
//!
//! What must hold: places count from the start of the part; nobody gets outside of it.

use goxide_macros::{GoStruct, methods};

use super::{EOF, ReaderAt, SeekCurrent, SeekEnd, SeekStart, WriterAt};
use crate::errors::error_variables;
use crate::interface::{Error, Interface as _};
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::view::{View, zero};

error_variables! {
    /// A `whence` that is none.
    BadWhence = "Seek: invalid whence";
    /// A place before the start.
    BadOffset = "Seek: invalid offset";
}

/// A part of a reader; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("io.SectionReader")]
#[repr(C)]
pub struct SectionReader {
    r: ReaderAt,
    base: i64,
    off: i64,
    limit: i64,
    n: i64,
}

/// The part of `n` bytes from `off` on.
pub fn NewSectionReader(r: ReaderAt, off: i64, n: i64) -> Ptr<SectionReader> {
    let limit = if off <= i64::MAX.wrapping_sub(n) { off.wrapping_add(n) } else { i64::MAX };
    Ptr::new(SectionReader { r, base: off, off, limit, n })
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<SectionReader> {
    pub fn Read(self, p: Slice<u8>) -> (isize, Error) {
        let left = self.limit.wrapping_sub(*self.off);
        if left <= 0 {
            return (0, EOF.get());
        }
        let p = if p.len() as i64 > left { p.slice_to(left as isize) } else { p };
        let (n, err) = self.r.ReadAt(p, *self.off);
        self.off.set(*self.off + n as i64);
        (n, err)
    }
    pub fn ReadAt(self, p: Slice<u8>, off: i64) -> (isize, Error) {
        if off < 0 || off >= self.Size() {
            return (0, EOF.get());
        }
        let off = off + *self.base;
        let left = *self.limit - off;
        if p.len() as i64 <= left {
            return self.r.ReadAt(p, off);
        }
        let (n, err) = self.r.ReadAt(p.slice_to(left as isize), off);
        (n, if err.is_nil() { EOF.get() } else { err })
    }
    pub fn Seek(self, offset: i64, whence: isize) -> (i64, Error) {
        let from = match whence {
            SeekStart => *self.base,
            SeekCurrent => *self.off,
            SeekEnd => *self.limit,
            _ => return (0, BadWhence.get()),
        };
        let to = from.wrapping_add(offset);
        if to < *self.base {
            return (0, BadOffset.get());
        }
        self.off.set(to);
        (to - *self.base, zero())
    }
    pub fn Size(self) -> i64 {
        *self.limit - *self.base
    }
    pub fn Outer(self) -> (ReaderAt, i64, i64) {
        (*self.r, *self.base, *self.n)
    }
}

/// A writer that starts somewhere in another; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("io.OffsetWriter")]
#[repr(C)]
pub struct OffsetWriter {
    w: WriterAt,
    base: i64,
    off: i64,
}

/// A writer that starts at `off`.
pub fn NewOffsetWriter(w: WriterAt, off: i64) -> Ptr<OffsetWriter> {
    Ptr::new(OffsetWriter { w, base: off, off })
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<OffsetWriter> {
    pub fn Write(self, p: Slice<u8>) -> (isize, Error) {
        let (n, err) = self.w.WriteAt(p, *self.off);
        self.off.set(*self.off + n as i64);
        (n, err)
    }
    pub fn WriteAt(self, p: Slice<u8>, off: i64) -> (isize, Error) {
        if off < 0 {
            return (0, BadOffset.get());
        }
        self.w.WriteAt(p, off + *self.base)
    }
    pub fn Seek(self, offset: i64, whence: isize) -> (i64, Error) {
        let from = match whence {
            SeekStart => *self.base,
            SeekCurrent => *self.off,
            _ => return (0, BadWhence.get()),
        };
        let to = from.wrapping_add(offset);
        if to < *self.base {
            return (0, BadOffset.get());
        }
        self.off.set(to);
        (to - *self.base, zero())
    }
}
