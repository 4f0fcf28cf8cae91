//! Go's package `encoding/base64`.
//!
//! Must hold: line breaks in what is decoded are passed over; an error names the byte where the text stops to be base64, and
//! what came before it is delivered.

mod streams;

pub use self::streams::{Decoder, Encoder, NewDecoder, NewEncoder};

use goxide_macros::{GoNewtype, GoStruct, methods};

use crate::global::Global;
use crate::interface::{Error, Interface, any};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::{Slice, copy};
use crate::string::{Str, str};
use crate::view::{View, zero};

/// What fills the last group.
pub const StdPadding: i32 = b'=' as i32;
/// Nothing fills the last group.
pub const NoPadding: i32 = -1;

/// Where the text stops to be base64.
#[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
#[go("encoding/base64.CorruptInputError")]
pub struct CorruptInputError(pub i64);

#[methods(reflected)]
#[allow(missing_docs)]
impl CorruptInputError {
    pub fn Error(self) -> Str {
        Str::from(format!("illegal base64 data at input byte {}", self.0))
    }
}

/// An alphabet with its padding; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("encoding/base64.Encoding")]
#[repr(C)]
pub struct Encoding {
    encode: [u8; 64],
    /// The place in the alphabet; 255 for what is not there.
    decode: [u8; 256],
    padChar: i32,
    strict: bool,
}

const fn encoding(alphabet: &[u8; 64], padChar: i32) -> Encoding {
    let mut decode = [255; 256];
    let mut i = 0;
    while i < 64 {
        decode[alphabet[i] as usize] = i as u8;
        i += 1;
    }
    Encoding { encode: *alphabet, decode, padChar, strict: false }
}

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

macro_rules! encodings {
    ($($(#[$doc:meta])* $name:ident = $alphabet:ident $padding:ident;)*) => {$(
        $(#[$doc])*
        pub static $name: Global<Ptr<Encoding>> = {
            static ENCODING: Global<Encoding> = Global::new(encoding($alphabet, $padding));
            Global::new(Ptr::from_raw(ENCODING.raw()))
        };
    )*};
}
encodings! {
    /// The usual alphabet.
    StdEncoding = STANDARD StdPadding;
    /// The alphabet for file names and URLs.
    URLEncoding = URL StdPadding;
    /// The usual alphabet without padding.
    RawStdEncoding = STANDARD NoPadding;
    /// The alphabet for file names and URLs without padding.
    RawURLEncoding = URL NoPadding;
}

/// An encoding with an alphabet of 64 different bytes.
pub fn NewEncoding(encoder: Str) -> Ptr<Encoding> {
    let complain = |text: &'static str| -> ! { panic(any(str(text))) };
    let Ok(alphabet) = <&[u8; 64]>::try_from(encoder.as_bytes()) else {
        complain("encoding alphabet is not 64-bytes long")
    };
    for (i, byte) in alphabet.iter().enumerate() {
        if matches!(byte, b'\n' | b'\r') {
            complain("encoding alphabet contains newline character");
        }
        if alphabet[..i].contains(byte) {
            complain("encoding alphabet includes duplicate symbols");
        }
    }
    Ptr::new(encoding(alphabet, StdPadding))
}

impl Encoding {
    /// The text of bytes.
    pub(super) fn text_of(&self, bytes: &[u8]) -> Vec<u8> {
        let mut text = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
        for group in bytes.chunks(3) {
            let bits =
                group.iter().fold(0u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - group.len()));
            for i in 0..4 {
                if i <= group.len() {
                    text.push(self.encode[(bits >> (18 - 6 * i) & 63) as usize]);
                } else if self.padChar != NoPadding {
                    text.push(self.padChar as u8);
                }
            }
        }
        text
    }

    /// The bytes of text, and the place of the byte where it stops to be base64.
    pub(super) fn bytes_of(&self, text: &[u8]) -> (Vec<u8>, Option<usize>) {
        let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
        let mut at = 0;
        let skip = |mut at: usize| {
            while matches!(text.get(at), Some(b'\n' | b'\r')) {
                at += 1;
            }
            at
        };
        loop {
            let (mut group, mut len) = ([0u8; 4], 0);
            let mut padded = None;
            while len < 4 {
                at = skip(at);
                let Some(&byte) = text.get(at) else {
                    if len == 0 {
                        return (bytes, None);
                    }
                    if len == 1 || self.padChar != NoPadding {
                        return (bytes, Some(at - len));
                    }
                    break;
                };
                at += 1;
                let digit = self.decode[usize::from(byte)];
                if digit != 255 {
                    group[len] = digit;
                    len += 1;
                    continue;
                }
                if i32::from(byte) != self.padChar || len < 2 {
                    return (bytes, Some(at - 1));
                }
                if len == 2 {
                    at = skip(at);
                    match text.get(at) {
                        None => return (bytes, Some(text.len())),
                        Some(&second) if i32::from(second) != self.padChar => return (bytes, Some(at)),
                        Some(_) => at += 1,
                    }
                }
                at = skip(at);
                padded = Some(at);
                break;
            }
            let bits = group.iter().fold(0u32, |bits, &digit| bits << 6 | u32::from(digit));
            let whole = bits.to_be_bytes();
            let kept = len - 1;
            // Bits that no byte takes.
            if self.strict && whole[1 + kept..].iter().any(|&byte| byte != 0) {
                return (bytes, Some(at - if len == 2 { 2 } else { 1 }));
            }
            bytes.extend_from_slice(&whole[1..1 + kept]);
            if let Some(end) = padded {
                return (bytes, (end < text.len()).then_some(end));
            }
            if len < 4 {
                return (bytes, None);
            }
        }
    }
}

fn outcome(wrong: Option<usize>) -> Error {
    wrong.map_or(zero(), |at| Error::of(CorruptInputError(at as i64)))
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Encoding {
    pub fn Strict(self) -> Ptr<Encoding> {
        Ptr::new(Encoding { strict: true, ..self })
    }
    pub fn WithPadding(self, padding: i32) -> Ptr<Encoding> {
        let complain = |text: &'static str| -> ! { panic(any(str(text))) };
        if padding < NoPadding || padding == i32::from(b'\r') || padding == i32::from(b'\n') || padding > 0xff
        {
            complain("invalid padding");
        }
        if padding != NoPadding && self.decode[padding as usize] != 255 {
            complain("padding contained in alphabet");
        }
        Ptr::new(Encoding { padChar: padding, ..self })
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Encoding> {
    pub fn AppendDecode(self, dst: Slice<u8>, src: Slice<u8>) -> (Slice<u8>, Error) {
        let (bytes, wrong) = self.get().bytes_of(&src.to_vec());
        (dst.append_bytes(&bytes), outcome(wrong))
    }
    pub fn AppendEncode(self, dst: Slice<u8>, src: Slice<u8>) -> Slice<u8> {
        dst.append_bytes(&self.get().text_of(&src.to_vec()))
    }
    pub fn Decode(self, dst: Slice<u8>, src: Slice<u8>) -> (isize, Error) {
        let (bytes, wrong) = self.get().bytes_of(&src.to_vec());
        // Too little room panics as an index does.
        if !bytes.is_empty() {
            let _ = *dst[bytes.len() as isize - 1];
        }
        (copy(dst, Slice::from_static(&bytes)), outcome(wrong))
    }
    pub fn DecodeString(self, s: Str) -> (Slice<u8>, Error) {
        let (bytes, wrong) = self.get().bytes_of(s.as_bytes());
        (Slice::from_static(&bytes), outcome(wrong))
    }
    pub fn DecodedLen(self, n: isize) -> isize {
        if *self.padChar == NoPadding { n / 4 * 3 + n % 4 * 6 / 8 } else { n / 4 * 3 }
    }
    pub fn Encode(self, dst: Slice<u8>, src: Slice<u8>) {
        for (i, byte) in self.get().text_of(&src.to_vec()).into_iter().enumerate() {
            dst[i as isize].set(byte);
        }
    }
    pub fn EncodeToString(self, src: Slice<u8>) -> Str {
        Str::copy_of(&self.get().text_of(&src.to_vec()))
    }
    pub fn EncodedLen(self, n: isize) -> isize {
        if *self.padChar == NoPadding { n / 3 * 4 + (n % 3 * 8 + 5) / 6 } else { (n + 2) / 3 * 4 }
    }
}
