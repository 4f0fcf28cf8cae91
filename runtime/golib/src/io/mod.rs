//! Go's package `io`: what readers and writers are, and what joins them.
//!
//! What must hold: a reader may give bytes and an error at once, and the bytes count; `EOF` is told by being that very
//! value. Buffers lie in the heap, for readers and writers are code of the program.

pub mod fs;
mod joined;
mod pipe;
mod sections;

pub use joined::*;
pub use pipe::*;
pub use sections::*;

use goxide_macros::{GoStruct, interface, methods};

use crate::errors::error_variables;
use crate::global::Global;
use crate::interface::{Error, Iface, Interface, any};
use crate::panic::panic;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::view::{View, zero};

/// Seek from the start.
pub const SeekStart: isize = 0;
/// Seek from where we are.
pub const SeekCurrent: isize = 1;
/// Seek from the end.
pub const SeekEnd: isize = 2;

error_variables! {
    /// No more input.
    EOF = "EOF";
    /// The other end of a pipe is closed.
    ErrClosedPipe = "io: read/write on closed pipe";
    /// Many reads gave neither data nor an error.
    ErrNoProgress = "multiple Read calls return no data or error";
    /// A buffer that is too short.
    ErrShortBuffer = "short buffer";
    /// A write that took less than it was given, without an error.
    ErrShortWrite = "short write";
    /// The input ended in the middle.
    ErrUnexpectedEOF = "unexpected EOF";
}

macro_rules! interfaces {
    ($($(#[$doc:meta])* $path:literal $name:ident { $(fn $method:ident(self $(, $param:ident: $ty:ty)*) -> $result:tt;)* })*) => {$(
        $(#[$doc])*
        #[interface($path)]
        pub trait $name {
            $(fn $method(self $(, $param: $ty)*) -> $result;)*
        }
    )*};
}
interfaces! {
    /// What bytes can be read from.
    "io.Reader" Reader { fn Read(self, p: Slice<u8>) -> (isize, Error); }
    /// What bytes can be written to.
    "io.Writer" Writer { fn Write(self, p: Slice<u8>) -> (isize, Error); }
    /// What can be closed.
    "io.Closer" Closer { fn Close(self) -> Error; }
    /// What has a place that can be moved.
    "io.Seeker" Seeker { fn Seek(self, offset: i64, whence: isize) -> (i64, Error); }
    /// `Reader` and `Writer`
    "io.ReadWriter" ReadWriter {
        fn Read(self, p: Slice<u8>) -> (isize, Error);
        fn Write(self, p: Slice<u8>) -> (isize, Error);
    }
    /// `Reader` and `Closer`
    "io.ReadCloser" ReadCloser {
        fn Read(self, p: Slice<u8>) -> (isize, Error);
        fn Close(self) -> Error;
    }
    /// `Writer` and `Closer`
    "io.WriteCloser" WriteCloser {
        fn Write(self, p: Slice<u8>) -> (isize, Error);
        fn Close(self) -> Error;
    }
    /// `Reader`, `Writer` and `Closer`
    "io.ReadWriteCloser" ReadWriteCloser {
        fn Read(self, p: Slice<u8>) -> (isize, Error);
        fn Write(self, p: Slice<u8>) -> (isize, Error);
        fn Close(self) -> Error;
    }
    /// `Reader` and `Seeker`
    "io.ReadSeeker" ReadSeeker {
        fn Read(self, p: Slice<u8>) -> (isize, Error);
        fn Seek(self, offset: i64, whence: isize) -> (i64, Error);
    }
    /// `Reader`, `Seeker` and `Closer`
    "io.ReadSeekCloser" ReadSeekCloser {
        fn Read(self, p: Slice<u8>) -> (isize, Error);
        fn Seek(self, offset: i64, whence: isize) -> (i64, Error);
        fn Close(self) -> Error;
    }
    /// `Writer` and `Seeker`
    "io.WriteSeeker" WriteSeeker {
        fn Write(self, p: Slice<u8>) -> (isize, Error);
        fn Seek(self, offset: i64, whence: isize) -> (i64, Error);
    }
    /// `Reader`, `Writer` and `Seeker`
    "io.ReadWriteSeeker" ReadWriteSeeker {
        fn Read(self, p: Slice<u8>) -> (isize, Error);
        fn Write(self, p: Slice<u8>) -> (isize, Error);
        fn Seek(self, offset: i64, whence: isize) -> (i64, Error);
    }
    /// What reads all of a reader.
    "io.ReaderFrom" ReaderFrom { fn ReadFrom(self, r: Reader) -> (i64, Error); }
    /// What writes all of itself.
    "io.WriterTo" WriterTo { fn WriteTo(self, w: Writer) -> (i64, Error); }
    /// What can be read anywhere.
    "io.ReaderAt" ReaderAt { fn ReadAt(self, p: Slice<u8>, off: i64) -> (isize, Error); }
    /// What can be written anywhere.
    "io.WriterAt" WriterAt { fn WriteAt(self, p: Slice<u8>, off: i64) -> (isize, Error); }
    /// What gives bytes one by one.
    "io.ByteReader" ByteReader { fn ReadByte(self) -> (u8, Error); }
    /// And takes one back.
    "io.ByteScanner" ByteScanner {
        fn ReadByte(self) -> (u8, Error);
        fn UnreadByte(self) -> Error;
    }
    /// What takes bytes one by one.
    "io.ByteWriter" ByteWriter { fn WriteByte(self, c: u8) -> Error; }
    /// What gives characters.
    "io.RuneReader" RuneReader { fn ReadRune(self) -> (i32, isize, Error); }
    /// And takes one back.
    "io.RuneScanner" RuneScanner {
        fn ReadRune(self) -> (i32, isize, Error);
        fn UnreadRune(self) -> Error;
    }
    /// What takes strings.
    "io.StringWriter" StringWriter { fn WriteString(self, s: Str) -> (isize, Error); }
}

/// What swallows all that is written; the value of `Discard`.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("io.discard")]
#[repr(C)]
pub struct Discarding {}

#[methods(reflected)]
#[allow(missing_docs)]
impl Discarding {
    pub fn Write(self, p: Slice<u8>) -> (isize, Error) {
        (p.len(), zero())
    }
    pub fn WriteString(self, s: Str) -> (isize, Error) {
        (s.len(), zero())
    }
    pub fn ReadFrom(self, r: Reader) -> (i64, Error) {
        let room = Slice::make(BUFFER);
        let mut total = 0;
        loop {
            let (n, err) = r.Read(room);
            total += n as i64;
            if !err.is_nil() {
                return (total, if err == EOF.get() { zero() } else { err });
            }
        }
    }
}

/// Swallows all that is written.
pub static Discard: Global<Writer> = {
    let value = Iface::of_word(&__WriterTable::<Discarding>::ITAB, std::ptr::null_mut());
    Global::new(Writer(value, std::marker::PhantomData))
};

const BUFFER: isize = 32 << 10;

/// Writes a string.
pub fn WriteString(w: Writer, s: Str) -> (isize, Error) {
    match w.downcast::<StringWriter>() {
        Some(w) => w.WriteString(s),
        None => w.Write(s.to_bytes()),
    }
}

/// Reads until at least `min` bytes are there.
pub fn ReadAtLeast(r: Reader, buf: Slice<u8>, min: isize) -> (isize, Error) {
    if buf.len() < min {
        return (0, ErrShortBuffer.get());
    }
    let (mut n, mut err) = (0, zero::<Error>());
    while n < min && err.is_nil() {
        let (more, now) = r.Read(buf.slice_from(n));
        n += more;
        err = now;
    }
    if n >= min {
        err = zero();
    } else if n > 0 && err == EOF.get() {
        err = ErrUnexpectedEOF.get();
    }
    (n, err)
}
/// Fills the buffer.
pub fn ReadFull(r: Reader, buf: Slice<u8>) -> (isize, Error) {
    ReadAtLeast(r, buf, buf.len())
}
/// Reads to the end.
pub fn ReadAll(r: Reader) -> (Slice<u8>, Error) {
    let mut all = Slice::<u8>::make_cap(0, 512);
    loop {
        let (n, err) = r.Read(all.slice(all.len(), all.cap()));
        all = all.slice_to(all.len() + n);
        if !err.is_nil() {
            return (all, if err == EOF.get() { zero() } else { err });
        }
        if all.len() == all.cap() {
            all = all.append(0).slice_to(all.len());
        }
    }
}

/// Copies to the end.
pub fn Copy_(dst: Writer, src: Reader) -> (i64, Error) {
    copy_buffer(dst, src, zero())
}
/// As `Copy_`, through a buffer.
pub fn CopyBuffer(dst: Writer, src: Reader, buf: Slice<u8>) -> (i64, Error) {
    if !buf.is_nil() && buf.is_empty() {
        panic(any(str("empty buffer in CopyBuffer")));
    }
    copy_buffer(dst, src, buf)
}
/// Copies `n` bytes.
pub fn CopyN(dst: Writer, src: Reader, n: i64) -> (i64, Error) {
    let (written, err) = Copy_(dst, LimitReader(src, n));
    if written == n {
        return (n, zero());
    }
    (written, if err.is_nil() { EOF.get() } else { err })
}

fn copy_buffer(dst: Writer, src: Reader, buf: Slice<u8>) -> (i64, Error) {
    if let Some(src) = src.downcast::<WriterTo>() {
        return src.WriteTo(dst);
    }
    if let Some(dst) = dst.downcast::<ReaderFrom>() {
        return dst.ReadFrom(src);
    }
    let buf = if buf.is_nil() { Slice::make(BUFFER) } else { buf };
    let mut total = 0;
    loop {
        let (n, err) = src.Read(buf);
        if n > 0 {
            let (written, failed) = dst.Write(buf.slice_to(n));
            if written < 0 || written > n {
                let failed = if failed.is_nil() { InvalidWrite.get() } else { failed };
                return (total, failed);
            }
            total += written as i64;
            if !failed.is_nil() {
                return (total, failed);
            }
            if written != n {
                return (total, ErrShortWrite.get());
            }
        }
        if !err.is_nil() {
            return (total, if err == EOF.get() { zero() } else { err });
        }
    }
}

error_variables! {
    /// A writer that claims to have written more than it was given.
    InvalidWrite = "invalid write result";
}
