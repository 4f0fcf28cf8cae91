//! Base64 as streams.
//!
//! Must hold: an encoder writes whole groups, the last one when it is closed; a decoder decodes whole groups, what is left at the
//! end of the input being an end that came too early.

use goxide_macros::{GoStruct, methods};

use super::{CorruptInputError, Encoding, NoPadding};
use crate::interface::{Error, Interface, eq_iface};
use crate::io::{EOF, ErrUnexpectedEOF, Reader, WriteCloser, Writer};
use crate::ptr::Ptr;
use crate::slice::{Slice, copy};
use crate::view::{View, zero};

/// Writes base64; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("encoding/base64.encoder")]
#[repr(C)]
pub struct Encoder {
    err: Error,
    enc: Ptr<Encoding>,
    w: Writer,
    /// Bytes of a group that is not whole yet.
    rest: Slice<u8>,
}

/// Writes what is written as base64; closing it writes the last group.
pub fn NewEncoder(enc: Ptr<Encoding>, w: Writer) -> WriteCloser {
    WriteCloser::of(Ptr::new(Encoder { enc, w, ..zero() }))
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Encoder> {
    pub fn Close(self) -> Error {
        if (*self.err).is_nil() && !self.rest.is_empty() {
            let text = self.enc.get().text_of(&self.rest.to_vec());
            self.rest.set(zero());
            self.err.set((*self.w).Write(Slice::from_static(&text)).1);
        }
        *self.err
    }
    pub fn Write(self, p: Slice<u8>) -> (isize, Error) {
        if !(*self.err).is_nil() {
            return (0, *self.err);
        }
        let all = (*self.rest).append_slice(p);
        let whole = all.len() / 3 * 3;
        if whole > 0 {
            let text = self.enc.get().text_of(&all.slice_to(whole).to_vec());
            let (_, err) = (*self.w).Write(Slice::from_static(&text));
            if !err.is_nil() {
                self.err.set(err);
                return (0, err);
            }
        }
        self.rest.set(Slice::from_static(&all.slice_from(whole).to_vec()));
        (p.len(), zero())
    }
}

/// Reads base64; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("encoding/base64.decoder")]
#[repr(C)]
pub struct Decoder {
    err: Error,
    enc: Ptr<Encoding>,
    r: Reader,
    /// Text of a group that is not whole yet, without line breaks.
    text: Slice<u8>,
    /// Bytes that nobody has read yet.
    bytes: Slice<u8>,
    /// How much text was decoded before.
    before: i64,
}

/// Reads the bytes of the base64 that is read.
pub fn NewDecoder(enc: Ptr<Encoding>, r: Reader) -> Reader {
    Reader::of(Ptr::new(Decoder { enc, r, ..zero() }))
}

/// Fills `bytes`, or sets `err`.
fn advance(of: Ptr<Decoder>) {
    let room = Slice::<u8>::make(1024);
    let (n, err) = (*of.r).Read(room);
    let read: Vec<u8> = room.slice_to(n).iter().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
    let text = (*of.text).append_bytes(&read);
    let at_end = !err.is_nil() && eq_iface(err.iface(), EOF.get().iface());
    let unpadded = *of.enc.padChar == NoPadding;
    let whole = if at_end && unpadded { text.len() } else { text.len() / 4 * 4 };
    let (bytes, wrong) = of.enc.get().bytes_of(&text.slice_to(whole).to_vec());
    of.bytes.set(Slice::from_static(&bytes));
    of.text.set(text.slice_from(whole));
    if let Some(at) = wrong {
        of.err.set(Error::of(CorruptInputError(*of.before + at as i64)));
    } else if at_end && whole < text.len() {
        of.err.set(ErrUnexpectedEOF.get());
    } else {
        of.err.set(err);
    }
    of.before.set(*of.before + whole as i64);
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Decoder> {
    pub fn Read(self, p: Slice<u8>) -> (isize, Error) {
        if p.is_empty() {
            return (0, zero());
        }
        while self.bytes.is_empty() {
            if !(*self.err).is_nil() {
                return (0, *self.err);
            }
            advance(self);
        }
        let n = copy(p, *self.bytes);
        self.bytes.set(self.bytes.slice_from(n));
        (n, zero())
    }
}
