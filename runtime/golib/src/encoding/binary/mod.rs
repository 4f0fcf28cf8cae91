//! Go's package `encoding/binary`: byte orders and varints here, whole values in data.rs.

mod data;
mod varint;

pub use self::data::{Append, Decode, Encode, Read, Size, Write};
pub use self::varint::{
    AppendUvarint, AppendVarint, MaxVarintLen16, MaxVarintLen32, MaxVarintLen64, PutUvarint, PutVarint,
    ReadUvarint, ReadVarint, Uvarint, Varint,
};

use goxide_macros::{GoStruct, interface, methods};

use crate::global::Global;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::view::View;

/// How the bytes of a number follow each other.
#[interface("encoding/binary.ByteOrder")]
pub trait ByteOrder {
    fn PutUint16(self, b: Slice<u8>, v: u16);
    fn PutUint32(self, b: Slice<u8>, v: u32);
    fn PutUint64(self, b: Slice<u8>, v: u64);
    fn String(self) -> Str;
    fn Uint16(self, b: Slice<u8>) -> u16;
    fn Uint32(self, b: Slice<u8>) -> u32;
    fn Uint64(self, b: Slice<u8>) -> u64;
}

/// How the bytes of a number that is appended follow each other.
#[interface("encoding/binary.AppendByteOrder")]
pub trait AppendByteOrder {
    fn AppendUint16(self, b: Slice<u8>, v: u16) -> Slice<u8>;
    fn AppendUint32(self, b: Slice<u8>, v: u32) -> Slice<u8>;
    fn AppendUint64(self, b: Slice<u8>, v: u64) -> Slice<u8>;
    fn String(self) -> Str;
}

/// The first `N` bytes; fewer panic.
#[inline]
fn first<const N: usize>(b: Slice<u8>) -> [u8; N] {
    // As Go does, the last is looked at first.
    let _ = *b[N as isize - 1];
    b.to_array::<N>()
}

#[inline]
fn store<const N: usize>(b: Slice<u8>, bytes: [u8; N]) {
    let _ = *b[N as isize - 1];
    b.to_array_ptr::<N>().set(bytes);
}

macro_rules! orders {
    ($($(#[$doc:meta])* $name:ident $var:ident $go:literal $shown:literal $from:ident $to:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, GoStruct)]
        #[go($go)]
        #[repr(C)]
        pub struct $name {}

        #[methods(reflected)]
        #[allow(missing_docs)]
        impl $name {
            pub fn AppendUint16(self, b: Slice<u8>, v: u16) -> Slice<u8> {
                b.append_bytes(&v.$to())
            }
            pub fn AppendUint32(self, b: Slice<u8>, v: u32) -> Slice<u8> {
                b.append_bytes(&v.$to())
            }
            pub fn AppendUint64(self, b: Slice<u8>, v: u64) -> Slice<u8> {
                b.append_bytes(&v.$to())
            }
            pub fn GoString(self) -> Str {
                str(concat!("binary.", $shown))
            }
            #[inline]
            pub fn PutUint16(self, b: Slice<u8>, v: u16) {
                store(b, v.$to());
            }
            #[inline]
            pub fn PutUint32(self, b: Slice<u8>, v: u32) {
                store(b, v.$to());
            }
            #[inline]
            pub fn PutUint64(self, b: Slice<u8>, v: u64) {
                store(b, v.$to());
            }
            pub fn String(self) -> Str {
                str($shown)
            }
            #[inline]
            pub fn Uint16(self, b: Slice<u8>) -> u16 {
                u16::$from(first(b))
            }
            #[inline]
            pub fn Uint32(self, b: Slice<u8>) -> u32 {
                u32::$from(first(b))
            }
            #[inline]
            pub fn Uint64(self, b: Slice<u8>) -> u64 {
                u64::$from(first(b))
            }
        }

        $(#[$doc])*
        pub static $var: Global<$name> = Global::new($name {});
    )*};
}
orders! {
    /// The lowest byte first.
    LittleEndianOrder LittleEndian "encoding/binary.littleEndian" "LittleEndian" from_le_bytes to_le_bytes;
    /// The highest byte first.
    BigEndianOrder BigEndian "encoding/binary.bigEndian" "BigEndian" from_be_bytes to_be_bytes;
    /// As the processor has it.
    NativeEndianOrder NativeEndian "encoding/binary.nativeEndian" "NativeEndian" from_ne_bytes to_ne_bytes;
}
