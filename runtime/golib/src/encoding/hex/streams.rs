//! Hexadecimal digits as streams, and dumps.
//!
//! Must hold: a dump shows sixteen bytes a line, the last line padded, when it is closed.

use goxide_macros::{GoStruct, methods};

use super::{DIGITS, Decode, EncodeToString, value};
use crate::errors;
use crate::interface::{Error, Interface, eq_iface};
use crate::io::{EOF, ErrUnexpectedEOF, Reader, WriteCloser, Writer};
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::view::{View, zero};

/// Writes digits; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("encoding/hex.encoder")]
#[repr(C)]
pub struct Encoder {
    w: Writer,
    err: Error,
}

/// Writes the digits of what is written.
pub fn NewEncoder(w: Writer) -> Writer {
    Writer::of(Ptr::new(Encoder { w, err: zero() }))
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Encoder> {
    pub fn Write(self, p: Slice<u8>) -> (isize, Error) {
        if !(*self.err).is_nil() {
            return (0, *self.err);
        }
        let (n, err) = (*self.w).Write(EncodeToString(p).to_bytes());
        self.err.set(err);
        (n / 2, err)
    }
}

/// Reads digits; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("encoding/hex.decoder")]
#[repr(C)]
pub struct Decoder {
    r: Reader,
    err: Error,
    /// Digits not decoded yet.
    rest: Slice<u8>,
}

/// Reads the bytes of the digits that are read.
pub fn NewDecoder(r: Reader) -> Reader {
    Reader::of(Ptr::new(Decoder { r, err: zero(), rest: zero() }))
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Decoder> {
    pub fn Read(self, p: Slice<u8>) -> (isize, Error) {
        if self.rest.len() < 2 && (*self.err).is_nil() {
            let room = Slice::<u8>::make(1024);
            let (n, err) = (*self.r).Read(room);
            self.rest.set((*self.rest).append_slice(room.slice_to(n)));
            self.err.set(err);
            let at_end = !err.is_nil() && eq_iface(err.iface(), EOF.get().iface());
            if at_end && self.rest.len() % 2 != 0 {
                let last = value(*self.rest[self.rest.len() - 1]);
                self.err.set(last.err().unwrap_or_else(|| ErrUnexpectedEOF.get()));
            }
        }
        let n = p.len().min(self.rest.len() / 2);
        let (n, err) = Decode(p, self.rest.slice_to(n * 2));
        self.rest.set(self.rest.slice_from(n * 2));
        if !err.is_nil() {
            self.rest.set(zero());
            self.err.set(err);
        }
        let err = if self.rest.len() < 2 { *self.err } else { zero() };
        (n, err)
    }
}

/// Writes a dump; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("encoding/hex.dumper")]
#[repr(C)]
pub struct DumpWriter {
    w: Writer,
    /// The bytes of the line that is not full yet.
    line: Slice<u8>,
    /// How many bytes there were before the line.
    before: usize,
    closed: bool,
}

/// Writes a dump of what is written, as `hexdump -C` shows it.
pub fn Dumper(w: Writer) -> WriteCloser {
    WriteCloser::of(Ptr::new(DumpWriter { w, ..zero() }))
}

fn shown(before: usize, line: Slice<u8>) -> Vec<u8> {
    let mut text = format!("{before:08x}").into_bytes();
    text.push(b' ');
    for i in 0..16 {
        match i < line.len() {
            true => {
                let byte = *line[i];
                let (high, low) = (DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]);
                text.extend_from_slice(&[b' ', high, low]);
            }
            false => text.extend_from_slice(b"   "),
        }
        if i == 7 || i == 15 {
            text.push(b' ');
        }
    }
    text.extend_from_slice(b" |");
    text.extend(line.iter().map(|byte| if (32..=126).contains(&byte) { byte } else { b'.' }));
    text.extend_from_slice(b"|\n");
    text
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<DumpWriter> {
    pub fn Close(self) -> Error {
        if *self.closed {
            return zero();
        }
        self.closed.set(true);
        if self.line.is_empty() {
            return zero();
        }
        (*self.w).Write(Slice::from_static(&shown(*self.before, *self.line))).1
    }
    pub fn Write(self, p: Slice<u8>) -> (isize, Error) {
        if *self.closed {
            return (0, errors::New(str("encoding/hex: dumper closed")));
        }
        for (i, byte) in p.range() {
            self.line.set((*self.line).append(byte));
            if self.line.len() == 16 {
                let (_, err) = (*self.w).Write(Slice::from_static(&shown(*self.before, *self.line)));
                if !err.is_nil() {
                    return (i, err);
                }
                self.before.set(*self.before + 16);
                self.line.set(zero());
            }
        }
        (p.len(), zero())
    }
}

/// A dump of bytes.
pub fn Dump(data: Slice<u8>) -> Str {
    let mut text = Vec::new();
    let mut at = 0;
    while at < data.len() {
        let end = data.len().min(at + 16);
        text.extend(shown(at as usize, data.slice(at, end)));
        at = end;
    }
    Str::copy_of(&text)
}
