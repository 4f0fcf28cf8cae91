//! `Writer`: writing through a buffer; and `ReadWriter`.

use goxide_macros::{GoStruct, methods};

use super::{EMPTY_READS, NegativeWrite, Reader, ReaderMethods as _, SIZE};
use crate::interface::{Error, Interface, any};
use crate::io::{self, EOF, ErrNoProgress, ErrShortWrite, ReaderFrom, StringWriter};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::{CopySource, Slice, copy};
use crate::string::Str;
use crate::unicode::utf8;
use crate::view::{View, zero};

/// A writer with a buffer; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("bufio.Writer")]
#[repr(C)]
pub struct Writer {
    err: Error,
    buf: Slice<u8>,
    n: isize,
    wr: io::Writer,
}

/// A writer with a buffer of at least `size` bytes.
pub fn NewWriterSize(w: io::Writer, size: isize) -> Ptr<Writer> {
    if let (b, true) = w.try_assert::<Ptr<Writer>>()
        && b.buf.len() >= size
    {
        return b;
    }
    let size = if size <= 0 { SIZE } else { size };
    Ptr::new(Writer { err: zero(), buf: Slice::make(size), n: 0, wr: w })
}
/// A writer with a buffer.
pub fn NewWriter(w: io::Writer) -> Ptr<Writer> {
    NewWriterSize(w, SIZE)
}

/// As much as fits.
fn put(b: Ptr<Writer>, from: impl CopySource<u8>) -> isize {
    let n = copy(b.buf.slice_from(*b.n), from);
    b.n.set(*b.n + n);
    n
}

/// Writes bytes that lie outside of the heap, if they fit in the buffer.
pub(crate) fn put_bytes(b: Ptr<Writer>, text: &[u8]) -> bool {
    if b.is_nil() || b.err.get() != zero() || text.len() as isize > b.Available() {
        return false;
    }
    put(b, Str::passing(text));
    true
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Writer> {
    pub fn Size(self) -> isize {
        self.buf.len()
    }
    pub fn Reset(self, w: io::Writer) {
        if w.try_assert::<Ptr<Writer>>() == (self, true) {
            return;
        }
        if self.buf.is_nil() {
            self.buf.set(Slice::make(SIZE));
        }
        self.err.set(zero());
        self.n.set(0);
        self.wr.set(w);
    }
    pub fn Flush(self) -> Error {
        if self.err.get() != zero() {
            return self.err.get();
        }
        if *self.n == 0 {
            return zero();
        }
        let (n, mut err) = self.wr.Write(self.buf.slice_to(*self.n));
        if n < *self.n && err == zero() {
            err = ErrShortWrite.get();
        }
        if err != zero() {
            if n > 0 && n < *self.n {
                copy(*self.buf, self.buf.slice(n, *self.n));
            }
            self.n.set(*self.n - n);
            self.err.set(err);
            return err;
        }
        self.n.set(0);
        zero()
    }
    #[inline]
    pub fn Available(self) -> isize {
        self.buf.len() - *self.n
    }
    pub fn AvailableBuffer(self) -> Slice<u8> {
        self.buf.slice_from(*self.n).slice_to(0)
    }
    pub fn Buffered(self) -> isize {
        *self.n
    }
    #[inline]
    pub fn Write(self, p: Slice<u8>) -> (isize, Error) {
        let mut rest = p;
        while rest.len() > self.Available() && self.err.get() == zero() {
            let n = if *self.n == 0 {
                // A large write goes past the buffer.
                let (n, err) = self.wr.Write(rest);
                self.err.set(err);
                n
            } else {
                let n = put(self, rest);
                self.Flush();
                n
            };
            rest = rest.slice_from(n);
        }
        if self.err.get() != zero() {
            return (p.len() - rest.len(), self.err.get());
        }
        put(self, rest);
        (p.len(), zero())
    }
    #[inline]
    pub fn WriteByte(self, c: u8) -> Error {
        if self.err.get() != zero() {
            return self.err.get();
        }
        if self.Available() <= 0 && self.Flush() != zero() {
            return self.err.get();
        }
        self.buf[*self.n].set(c);
        self.n.set(*self.n + 1);
        zero()
    }
    pub fn WriteRune(self, r: i32) -> (isize, Error) {
        if self.err.get() != zero() {
            return (0, self.err.get());
        }
        // A character is not torn apart unless the buffer is too small for any.
        if r >= 0x80 && self.Available() < utf8::UTFMax && self.Flush() != zero() {
            return (0, self.err.get());
        }
        let mut room = [0; 4];
        let bytes = utf8::char_of(r).encode_utf8(&mut room).as_bytes();
        self.WriteString(Str::copy_of(bytes))
    }
    #[inline]
    pub fn WriteString(self, s: Str) -> (isize, Error) {
        let mut rest = s;
        let direct = if s.len() > self.Available() { self.wr.downcast::<StringWriter>() } else { None };
        while rest.len() > self.Available() && self.err.get() == zero() {
            let n = match direct {
                Some(w) if *self.n == 0 => {
                    let (n, err) = w.WriteString(rest);
                    self.err.set(err);
                    n
                }
                _ => {
                    let n = put(self, rest);
                    self.Flush();
                    n
                }
            };
            rest = rest.slice_from(n);
        }
        if self.err.get() != zero() {
            return (s.len() - rest.len(), self.err.get());
        }
        put(self, rest);
        (s.len(), zero())
    }
    pub fn ReadFrom(self, r: io::Reader) -> (i64, Error) {
        if self.err.get() != zero() {
            return (0, self.err.get());
        }
        let direct = self.wr.downcast::<ReaderFrom>();
        let mut total = 0;
        loop {
            if self.Available() == 0 {
                let err = self.Flush();
                if err != zero() {
                    return (total, err);
                }
            }
            if let Some(w) = direct
                && *self.n == 0
            {
                let (n, err) = w.ReadFrom(r);
                self.err.set(err);
                return (total + n, err);
            }
            let mut tries = 0;
            let (n, err) = loop {
                let (n, err) = r.Read(self.buf.slice_from(*self.n));
                if n != 0 || err != zero() {
                    break (n, err);
                }
                tries += 1;
                if tries == EMPTY_READS {
                    return (total, ErrNoProgress.get());
                }
            };
            if n < 0 {
                panic(any(NegativeWrite.get()));
            }
            self.n.set(*self.n + n);
            total += n as i64;
            if err != zero() {
                if err != EOF.get() {
                    return (total, err);
                }
                // A full buffer is written at once.
                return (total, if self.Available() == 0 { self.Flush() } else { zero() });
            }
        }
    }
}

/// A reader and a writer.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("bufio.ReadWriter")]
#[repr(C)]
pub struct ReadWriter {
    /// The reader.
    #[go(embedded)]
    pub Reader: Ptr<Reader>,
    /// The writer.
    #[go(embedded)]
    pub Writer: Ptr<Writer>,
}

/// A reader and a writer.
pub fn NewReadWriter(r: Ptr<Reader>, w: Ptr<Writer>) -> Ptr<ReadWriter> {
    Ptr::new(ReadWriter { Reader: r, Writer: w })
}

macro_rules! forwarded {
    ($($part:ident { $(fn $name:ident($($param:ident: $ty:ty),*) $(-> $result:tt)?;)* })*) => {
        /// The methods of both, as far as only one has them.
        #[methods(reflected)]
        #[allow(missing_docs)]
        impl ReadWriter {
            $($(pub fn $name(self $(, $param: $ty)*) $(-> $result)? {
                self.$part.$name($($param),*)
            })*)*
        }
    };
}
type ByteSlice = Slice<u8>;
forwarded! {
    Reader {
        fn Discard(n: isize) -> (isize, Error);
        fn Peek(n: isize) -> (Slice<u8>, Error);
        fn Read(p: Slice<u8>) -> (isize, Error);
        fn ReadByte() -> (u8, Error);
        fn ReadBytes(delim: u8) -> (Slice<u8>, Error);
        fn ReadLine() -> (Slice<u8>, bool, Error);
        fn ReadRune() -> (i32, isize, Error);
        fn ReadSlice(delim: u8) -> (Slice<u8>, Error);
        fn ReadString(delim: u8) -> (Str, Error);
        fn UnreadByte() -> Error;
        fn UnreadRune() -> Error;
        fn WriteTo(w: io::Writer) -> (i64, Error);
    }
    Writer {
        fn Available() -> isize;
        fn AvailableBuffer() -> ByteSlice;
        fn Flush() -> Error;
        fn ReadFrom(r: io::Reader) -> (i64, Error);
        fn Write(p: Slice<u8>) -> (isize, Error);
        fn WriteByte(c: u8) -> Error;
        fn WriteRune(r: i32) -> (isize, Error);
        fn WriteString(s: Str) -> (isize, Error);
    }
}
