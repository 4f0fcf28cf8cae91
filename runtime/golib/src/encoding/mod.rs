//! Go's package `encoding`: what types do that can be written as bytes or text.

pub mod base64;
pub mod binary;
pub mod hex;

use goxide_macros::interface;

use crate::interface::Error;
use crate::slice::Slice;

/// Can be written as bytes.
#[interface("encoding.BinaryMarshaler")]
pub trait BinaryMarshaler {
    fn MarshalBinary(self) -> (Slice<u8>, Error);
}

/// Can be read from bytes.
#[interface("encoding.BinaryUnmarshaler")]
pub trait BinaryUnmarshaler {
    fn UnmarshalBinary(self, data: Slice<u8>) -> Error;
}

/// Can be appended to bytes.
#[interface("encoding.BinaryAppender")]
pub trait BinaryAppender {
    fn AppendBinary(self, b: Slice<u8>) -> (Slice<u8>, Error);
}

/// Can be written as text.
#[interface("encoding.TextMarshaler")]
pub trait TextMarshaler {
    fn MarshalText(self) -> (Slice<u8>, Error);
}

/// Can be read from text.
#[interface("encoding.TextUnmarshaler")]
pub trait TextUnmarshaler {
    fn UnmarshalText(self, text: Slice<u8>) -> Error;
}

/// Can be appended to text.
#[interface("encoding.TextAppender")]
pub trait TextAppender {
    fn AppendText(self, b: Slice<u8>) -> (Slice<u8>, Error);
}
