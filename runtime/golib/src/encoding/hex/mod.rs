//! Go's package `encoding/hex`.
//!
//! Must hold: what was decoded before a byte that is no digit is delivered with the error; such a byte counts for more than an
//! odd length.

mod streams;

pub use self::streams::{Dump, Dumper, NewDecoder, NewEncoder};

use goxide_macros::{GoNewtype, methods};

use crate::errors::error_variables;
use crate::interface::{Error, Interface};
use crate::slice::{Slice, copy};
use crate::string::Str;
use crate::view::{View, zero};

error_variables! {
    /// Half of a byte is missing.
    ErrLength = "encoding/hex: odd length hex string";
}

/// A byte that is no hexadecimal digit.
#[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
#[go("encoding/hex.InvalidByteError")]
pub struct InvalidByteError(pub u8);

#[methods(reflected)]
#[allow(missing_docs)]
impl InvalidByteError {
    pub fn Error(self) -> Str {
        let quoted = crate::strconv::QuoteRune(i32::from(self.0));
        Str::from(format!("encoding/hex: invalid byte: U+{:04X} {quoted}", self.0))
    }
}

pub(super) const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// How many digits that many bytes have.
pub fn EncodedLen(n: isize) -> isize {
    n * 2
}

/// How many bytes that many digits are.
pub fn DecodedLen(x: isize) -> isize {
    x / 2
}

/// The digits of bytes, appended.
pub fn AppendEncode(dst: Slice<u8>, src: Slice<u8>) -> Slice<u8> {
    let digits: Vec<u8> = src.iter().flat_map(digits).collect();
    dst.append_bytes(&digits)
}

fn digits(byte: u8) -> [u8; 2] {
    [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
}

/// The digits of bytes, stored.
pub fn Encode(dst: Slice<u8>, src: Slice<u8>) -> isize {
    for (i, byte) in src.range() {
        let [high, low] = digits(byte);
        dst[2 * i].set(high);
        dst[2 * i + 1].set(low);
    }
    src.len() * 2
}

/// The digits of bytes as a string.
pub fn EncodeToString(src: Slice<u8>) -> Str {
    Str::from_slice(AppendEncode(zero(), src))
}

fn value(digit: u8) -> Result<u8, Error> {
    match char::from(digit).to_digit(16) {
        Some(value) => Ok(value as u8),
        None => Err(Error::of(InvalidByteError(digit))),
    }
}

/// The bytes of digits, and what is wrong behind them.
fn decoded(src: Slice<u8>) -> (Slice<u8>, Error) {
    let mut bytes = Slice::make_cap(0, src.len() / 2);
    let pairs = src.len() / 2;
    for i in 0..pairs {
        match (value(*src[2 * i]), value(*src[2 * i + 1])) {
            (Ok(high), Ok(low)) => bytes = bytes.append(high << 4 | low),
            (Err(err), _) | (_, Err(err)) => return (bytes, err),
        }
    }
    if src.len() % 2 == 1 {
        let err = value(*src[src.len() - 1]).err().unwrap_or_else(|| ErrLength.get());
        return (bytes, err);
    }
    (bytes, zero())
}

/// The bytes of digits, stored.
pub fn Decode(dst: Slice<u8>, src: Slice<u8>) -> (isize, Error) {
    let (bytes, err) = decoded(src);
    for (i, byte) in bytes.range() {
        dst[i].set(byte);
    }
    (bytes.len(), err)
}

/// The bytes of digits, appended.
pub fn AppendDecode(dst: Slice<u8>, src: Slice<u8>) -> (Slice<u8>, Error) {
    let (bytes, err) = decoded(src);
    (dst.append_slice(bytes), err)
}

/// The bytes of a string of digits.
pub fn DecodeString(s: Str) -> (Slice<u8>, Error) {
    let (bytes, err) = decoded(s.to_bytes());
    let whole = Slice::make(bytes.len());
    copy(whole, bytes);
    (whole, err)
}
