//! Where scanning gets its characters from.
//!
//! What must hold: a reader that cannot take characters back is read byte by byte, so that nothing is lost that the next
//! call wants, except one character that was looked at. A source is a Go value, for a `Scanner` gets hold of it.

use goxide_macros::GoStruct;

use crate::interface::{Error, Interface};
use crate::io::{self, EOF, RuneScanner};
use crate::slice::Slice;
use crate::string::{Str, decode_rune};
use crate::unicode::utf8;
use crate::view::{View, zero};

const TEXT: u8 = 0;
const RUNES: u8 = 1;
const BYTES: u8 = 2;

/// Characters, of which the last can be taken back.
#[derive(Clone, Copy, GoStruct)]
#[go(struct, path = "fmt")]
#[repr(C)]
pub(super) struct Source {
    /// What it reads from: a text, what can take characters back itself, or bytes.
    kind: u8,
    /// Whether the last character of bytes was taken back.
    again: bool,
    last: i32,
    text: Str,
    at: isize,
    before: isize,
    runes: RuneScanner,
    reader: io::Reader,
    room: Slice<u8>,
    /// Bytes that were read too many.
    pending: Slice<u8>,
}

impl Source {
    pub(super) fn text(text: Str) -> Source {
        Source { text, ..zero() }
    }

    pub(super) fn reader(reader: io::Reader) -> Source {
        match reader.downcast::<RuneScanner>() {
            Some(runes) => Source { kind: RUNES, runes, ..zero() },
            None => Source { kind: BYTES, reader, room: Slice::make(1), ..zero() },
        }
    }

    /// The next character and its length in bytes; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<(i32, usize)>, Error> {
        match self.kind {
            TEXT => {
                let rest = &self.text.as_bytes()[self.at as usize..];
                if rest.is_empty() {
                    return Ok(None);
                }
                let (rune, len) = decode_rune(rest);
                self.before = self.at;
                self.at += len as isize;
                Ok(Some((rune, len)))
            }
            RUNES => {
                let (rune, size, err) = self.runes.ReadRune();
                ended(err).map(|ended| (!ended).then_some((rune, size as usize)))
            }
            _ if self.again => {
                self.again = false;
                Ok(Some((self.last, utf8::RuneLen(self.last).max(1) as usize)))
            }
            _ => {
                let mut bytes = Vec::with_capacity(4);
                while !utf8::is_full(&bytes) {
                    match self.one_byte()? {
                        Some(byte) => bytes.push(byte),
                        None if bytes.is_empty() => return Ok(None),
                        None => break,
                    }
                }
                let (rune, len) = decode_rune(&bytes);
                if len < bytes.len() {
                    self.pending = Slice::from_static(&bytes[len..]).append_slice(self.pending);
                }
                self.last = rune;
                Ok(Some((rune, len)))
            }
        }
    }

    /// Takes the last character back.
    pub(super) fn back(&mut self) {
        match self.kind {
            TEXT => self.at = self.before,
            RUNES => {
                self.runes.UnreadRune();
            }
            _ => self.again = true,
        }
    }

    fn one_byte(&mut self) -> Result<Option<u8>, Error> {
        if !self.pending.is_empty() {
            let byte = *self.pending[0];
            self.pending = self.pending.slice_from(1);
            return Ok(Some(byte));
        }
        let (n, err) = io::ReadFull(self.reader, self.room);
        if n == 1 {
            return Ok(Some(*self.room[0]));
        }
        ended(err).map(|_| None)
    }
}

/// Whether an error is the end.
fn ended(err: Error) -> Result<bool, Error> {
    if err.is_nil() {
        Ok(false)
    } else if err == EOF.get() {
        Ok(true)
    } else {
        Err(err)
    }
}
