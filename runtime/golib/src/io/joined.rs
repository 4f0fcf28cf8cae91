//! Readers and writers made of others.

use goxide_macros::{GoStruct, methods};

use super::{Copy_, EOF, ErrShortWrite, ReadCloser, Reader, Writer, WriterTo};
use crate::interface::{Error, Interface};
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::view::{View, zero};

/// The first `N` bytes of a reader; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("io.LimitedReader")]
#[repr(C)]
pub struct LimitedReader {
    /// The reader.
    pub R: Reader,
    /// How much is left.
    pub N: i64,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<LimitedReader> {
    pub fn Read(self, p: Slice<u8>) -> (isize, Error) {
        if *self.N <= 0 {
            return (0, EOF.get());
        }
        let p = if p.len() as i64 > *self.N { p.slice_to(*self.N as isize) } else { p };
        let (n, err) = self.R.Read(p);
        self.N.set(*self.N - n as i64);
        (n, err)
    }
}

/// The first `n` bytes of a reader.
pub fn LimitReader(r: Reader, n: i64) -> Reader {
    Reader::of(Ptr::new(LimitedReader { R: r, N: n }))
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("io.teeReader")]
#[repr(C)]
struct Tee {
    r: Reader,
    w: Writer,
}

#[methods(reflected)]
impl Ptr<Tee> {
    pub fn Read(self, p: Slice<u8>) -> (isize, Error) {
        let (n, err) = self.r.Read(p);
        if n > 0 {
            let (written, failed) = self.w.Write(p.slice_to(n));
            if !failed.is_nil() {
                return (written, failed);
            }
        }
        (n, err)
    }
}

/// A reader that writes what it reads.
pub fn TeeReader(r: Reader, w: Writer) -> Reader {
    Reader::of(Ptr::new(Tee { r, w }))
}

#[derive(Clone, Copy, GoStruct)]
#[go("io.multiReader")]
#[repr(C)]
struct Readers {
    readers: Slice<Reader>,
}

#[methods(reflected)]
impl Ptr<Readers> {
    pub fn Read(self, p: Slice<u8>) -> (isize, Error) {
        while !self.readers.is_empty() {
            let (n, err) = self.readers[0].Read(p);
            let ended = err == EOF.get();
            if ended {
                self.readers.set(self.readers.slice_from(1));
            }
            if n > 0 || !ended {
                return (n, if ended && !self.readers.is_empty() { zero() } else { err });
            }
        }
        (0, EOF.get())
    }
}

/// The readers one after the other.
pub fn MultiReader(readers: Slice<Reader>) -> Reader {
    let readers = zero::<Slice<Reader>>().append_slice(readers);
    Reader::of(Ptr::new(Readers { readers }))
}

#[derive(Clone, Copy, GoStruct)]
#[go("io.multiWriter")]
#[repr(C)]
struct Writers {
    writers: Slice<Writer>,
}

#[methods(reflected)]
impl Ptr<Writers> {
    pub fn Write(self, p: Slice<u8>) -> (isize, Error) {
        for writer in self.writers.iter() {
            let (n, err) = writer.Write(p);
            if !err.is_nil() {
                return (n, err);
            }
            if n != p.len() {
                return (n, ErrShortWrite.get());
            }
        }
        (p.len(), zero())
    }
}

/// A writer that writes to all.
pub fn MultiWriter(writers: Slice<Writer>) -> Writer {
    let writers = zero::<Slice<Writer>>().append_slice(writers);
    Writer::of(Ptr::new(Writers { writers }))
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("io.nopCloser")]
#[repr(C)]
struct NotClosing {
    Reader: Reader,
}

#[methods(reflected)]
impl NotClosing {
    pub fn Read(self, p: Slice<u8>) -> (isize, Error) {
        self.Reader.Read(p)
    }
    pub fn Close(self) -> Error {
        zero()
    }
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("io.nopCloserWriterTo")]
#[repr(C)]
struct NotClosingWriterTo {
    Reader: Reader,
}

#[methods(reflected)]
impl NotClosingWriterTo {
    pub fn Read(self, p: Slice<u8>) -> (isize, Error) {
        self.Reader.Read(p)
    }
    pub fn Close(self) -> Error {
        zero()
    }
    pub fn WriteTo(self, w: Writer) -> (i64, Error) {
        match self.Reader.downcast::<WriterTo>() {
            Some(reader) => reader.WriteTo(w),
            None => Copy_(w, self.Reader),
        }
    }
}

/// A reader that is closed by doing nothing.
pub fn NopCloser(r: Reader) -> ReadCloser {
    match r.downcast::<WriterTo>() {
        Some(_) => ReadCloser::of(NotClosingWriterTo { Reader: r }),
        None => ReadCloser::of(NotClosing { Reader: r }),
    }
}
