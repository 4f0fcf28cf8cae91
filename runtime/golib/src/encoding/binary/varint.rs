//! Varints: seven bits a byte, the lowest first, the top bit set on all but the last.

use crate::errors;
use crate::interface::{Error, Interface, eq_iface};
use crate::io::{ByteReader, EOF, ErrUnexpectedEOF};
use crate::slice::{Slice, copy};
use crate::string::str;
use crate::view::{View, zero};

/// The most bytes of a varint of 16 bits.
pub const MaxVarintLen16: isize = 3;
/// The most bytes of a varint of 32 bits.
pub const MaxVarintLen32: isize = 5;
/// The most bytes of a varint of 64 bits.
pub const MaxVarintLen64: isize = 10;

/// Signed numbers near zero as small unsigned ones.
fn zigzag(x: i64) -> u64 {
    (x << 1 ^ x >> 63) as u64
}

fn unzigzag(x: u64) -> i64 {
    (x >> 1) as i64 ^ -((x & 1) as i64)
}

/// `buf` with a number appended.
pub fn AppendUvarint(buf: Slice<u8>, x: u64) -> Slice<u8> {
    let (mut buf, mut x) = (buf, x);
    while x >= 0x80 {
        buf = buf.append(x as u8 | 0x80);
        x >>= 7;
    }
    buf.append(x as u8)
}

/// `buf` with a signed number appended.
pub fn AppendVarint(buf: Slice<u8>, x: i64) -> Slice<u8> {
    AppendUvarint(buf, zigzag(x))
}

/// Stores a number; how many bytes it took. Too little room panics.
pub fn PutUvarint(buf: Slice<u8>, x: u64) -> isize {
    let bytes = AppendUvarint(zero(), x);
    if buf.len() < bytes.len() {
        copy(buf, bytes);
        let _ = *buf[buf.len()];
    }
    copy(buf, bytes)
}

/// Stores a signed number; how many bytes it took. Too little room panics.
pub fn PutVarint(buf: Slice<u8>, x: i64) -> isize {
    PutUvarint(buf, zigzag(x))
}

/// A number and how many bytes it took; 0 if the bytes end early, fewer than that if the number is too large.
pub fn Uvarint(buf: Slice<u8>) -> (u64, isize) {
    let mut x = 0;
    for (i, byte) in buf.range() {
        if i == MaxVarintLen64 || i == MaxVarintLen64 - 1 && byte > 1 && byte < 0x80 {
            return (0, -(i + 1));
        }
        if byte < 0x80 {
            return (x | u64::from(byte) << (7 * i), i + 1);
        }
        x |= u64::from(byte & 0x7f) << (7 * i);
    }
    (0, 0)
}

/// As `Uvarint`, of a signed number.
pub fn Varint(buf: Slice<u8>) -> (i64, isize) {
    let (x, n) = Uvarint(buf);
    (unzigzag(x), n)
}

/// Reads a number.
pub fn ReadUvarint(r: ByteReader) -> (u64, Error) {
    let mut x = 0;
    for i in 0..MaxVarintLen64 {
        let (byte, err) = r.ReadByte();
        if !err.is_nil() {
            let early = i > 0 && eq_iface(err.iface(), EOF.get().iface());
            return (x, if early { ErrUnexpectedEOF.get() } else { err });
        }
        if byte < 0x80 {
            if i == MaxVarintLen64 - 1 && byte > 1 {
                break;
            }
            return (x | u64::from(byte) << (7 * i), zero());
        }
        x |= u64::from(byte & 0x7f) << (7 * i);
    }
    (x, errors::New(str("binary: varint overflows a 64-bit integer")))
}

/// Reads a signed number.
pub fn ReadVarint(r: ByteReader) -> (i64, Error) {
    let (x, err) = ReadUvarint(r);
    (unzigzag(x), err)
}
