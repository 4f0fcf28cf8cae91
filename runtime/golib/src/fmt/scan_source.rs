//! Where scanning gets its characters from.
//!
//! What must hold: a reader that cannot take characters back is read byte by byte, so that nothing is lost that the next
//! call wants, except one character that was looked at.

use crate::interface::{Error, Interface};
use crate::io::{self, EOF, RuneScanner};
use crate::slice::Slice;
use crate::string::{Str, decode_rune};
use crate::unicode::utf8;
use crate::view::View;

/// Characters, of which the last can be taken back.
pub(super) enum Source {
    /// A text, where to go on, where the last character was.
    Text { text: Str, at: usize, last: usize },
    /// A reader that can take characters back itself.
    Runes(RuneScanner),
    /// A reader of bytes: room for one, bytes that were read too many, the last character, whether it was taken back.
    Bytes { reader: io::Reader, room: Slice<u8>, pending: Vec<u8>, last: i32, again: bool },
}

impl Source {
    pub(super) fn text(text: Str) -> Source {
        Source::Text { text, at: 0, last: 0 }
    }

    pub(super) fn reader(reader: io::Reader) -> Source {
        match reader.downcast::<RuneScanner>() {
            Some(runes) => Source::Runes(runes),
            None => {
                Source::Bytes { reader, room: Slice::make(1), pending: Vec::new(), last: 0, again: false }
            }
        }
    }

    /// The next character; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<i32>, Error> {
        match self {
            Source::Text { text, at, last } => {
                let rest = &text.as_bytes()[*at..];
                if rest.is_empty() {
                    return Ok(None);
                }
                let (rune, len) = decode_rune(rest);
                *last = *at;
                *at += len;
                Ok(Some(rune))
            }
            Source::Runes(runes) => {
                let (rune, _, err) = runes.ReadRune();
                ended(err).map(|ended| (!ended).then_some(rune))
            }
            Source::Bytes { again: again @ true, last, .. } => {
                *again = false;
                Ok(Some(*last))
            }
            Source::Bytes { reader, room, pending, last, .. } => {
                let mut bytes = Vec::with_capacity(4);
                while !utf8::is_full(&bytes) {
                    match one_byte(*reader, *room, pending)? {
                        Some(byte) => bytes.push(byte),
                        None if bytes.is_empty() => return Ok(None),
                        None => break,
                    }
                }
                let (rune, len) = decode_rune(&bytes);
                pending.splice(0..0, bytes[len..].iter().copied());
                *last = rune;
                Ok(Some(rune))
            }
        }
    }

    /// Takes the last character back.
    pub(super) fn back(&mut self) {
        match self {
            Source::Text { at, last, .. } => *at = *last,
            Source::Runes(runes) => {
                runes.UnreadRune();
            }
            Source::Bytes { again, .. } => *again = true,
        }
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

fn one_byte(reader: io::Reader, room: Slice<u8>, pending: &mut Vec<u8>) -> Result<Option<u8>, Error> {
    if !pending.is_empty() {
        return Ok(Some(pending.remove(0)));
    }
    let (n, err) = io::ReadFull(reader, room);
    if n == 1 {
        return Ok(Some(*room[0]));
    }
    ended(err).map(|_| None)
}
