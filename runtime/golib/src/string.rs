//! Go's strings: bytes that nobody changes, usually UTF-8.
//!
//! Must hold: the bytes lie in the heap or in the program and are never written again, so references to them are ordinary
//! Rust references; a byte sequence that is not UTF-8 is iterated as one U+FFFD per byte that starts none.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Add, AddAssign, Index};

use crate::array::{Position, at};
use crate::hash::GoHasher;
use crate::heap;
use crate::num::{Ordered, eq_at, scalar};
use crate::ptr::Ptr;
use crate::runtime_error;
use crate::slice::{Slice, round_up};
use crate::ty::{Desc, Kind, named_id};
use crate::view::{GoType, Var};

/// `string`
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Str {
    ptr: *const u8,
    len: usize,
}

// SAFETY: the bytes are never written.
unsafe impl Send for Str {}
// SAFETY: as above.
unsafe impl Sync for Str {}

// SAFETY: two words, the empty string when all bits are zero.
unsafe impl GoType for Str {
    type View = Var<Str>;
    const ID: u128 = named_id("string", &[]);
    const NOSCAN: bool = false;
    const DESC: &'static Desc = &Desc {
        eq: Some(eq_at::<Str>),
        hash: Some(|value, hasher: &mut GoHasher| {
            // SAFETY: the caller passes a string.
            hasher.write_bytes(unsafe { &*value.cast::<Str>() }.as_bytes());
        }),
        ..scalar::<Str>(Kind::String, || "string".to_string())
    };
}

/// A string literal.
#[inline(always)]
pub const fn str(text: &'static str) -> Str {
    str_bytes(text.as_bytes())
}

/// A string literal that is not UTF-8.
#[inline(always)]
pub const fn str_bytes(bytes: &'static [u8]) -> Str {
    Str { ptr: bytes.as_ptr(), len: bytes.len() }
}

/// All strings of one byte, which need no memory.
#[inline]
fn one_byte(byte: u8) -> Str {
    static BYTES: [u8; 256] = {
        let mut bytes = [0; 256];
        let mut i = 0;
        while i < 256 {
            bytes[i] = i as u8;
            i += 1;
        }
        bytes
    };
    let at = usize::from(byte);
    str_bytes(&BYTES[at..=at])
}

/// The parts one after the other; the only one that is not empty is taken as it is.
fn join(parts: &[Str]) -> Str {
    let mut filled = parts.iter().filter(|part| !part.is_empty());
    let (first, second) = (filled.next(), filled.next());
    if second.is_none() {
        return first.copied().unwrap_or(str(""));
    }
    Str::build(parts.iter().map(|part| part.len).sum(), |mut room| {
        for part in parts {
            let (here, rest) = room.split_at_mut(part.len);
            here.copy_from_slice(part.as_bytes());
            room = rest;
        }
    })
}

const REPLACEMENT: i32 = 0xfffd;

impl Str {
    /// A string of its own with these bytes.
    pub fn copy_of(bytes: &[u8]) -> Str {
        if let &[byte] = bytes {
            return one_byte(byte);
        }
        Str::build(bytes.len(), |room| room.copy_from_slice(bytes))
    }

    /// A string of `len` bytes, which `fill` writes.
    pub(crate) fn build(len: usize, fill: impl FnOnce(&mut [u8])) -> Str {
        if len == 0 {
            return str("");
        }
        let ptr = heap::alloc(len, 1, true);
        // SAFETY: fresh memory of that length, which nobody else knows yet.
        fill(unsafe { std::slice::from_raw_parts_mut(ptr, len) });
        Str { ptr, len }
    }

    /// `a + b + c`, in one piece.
    pub fn concat<const N: usize>(parts: [Str; N]) -> Str {
        join(&parts)
    }

    /// The bytes.
    #[inline(always)]
    pub fn as_bytes(&self) -> &[u8] {
        if self.len == 0 {
            return &[];
        }
        // SAFETY: the bytes live as long as the handle and are never written.
        unsafe { std::slice::from_raw_parts(self.ptr, self.len) }
    }

    /// `unsafe.String(p, len)`: nobody may write the bytes any more.
    pub fn from_ptr(p: Ptr<u8>, len: isize) -> Str {
        if len < 0 {
            runtime_error::throw("unsafe.String: len out of range");
        }
        if len as usize > p.as_raw().addr().wrapping_neg() {
            runtime_error::throw(match p.is_nil() {
                true => "unsafe.String: ptr is nil and len is not zero",
                false => "unsafe.String: len out of range",
            });
        }
        Str { ptr: p.as_raw(), len: len as usize }
    }

    /// `unsafe.StringData(s)`
    #[inline(always)]
    pub fn data(self) -> Ptr<u8> {
        Ptr::from_raw(self.ptr.cast_mut())
    }

    /// The text, with U+FFFD in place of what is not UTF-8.
    pub fn to_text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.as_bytes())
    }

    /// The bytes as a slice that must not be written.
    pub(crate) fn as_slice(self) -> Slice<u8> {
        Slice::from_raw_parts(self.ptr.cast_mut(), self.len, self.len)
    }

    /// `len(s)`
    #[inline(always)]
    pub const fn len(self) -> isize {
        self.len as isize
    }

    /// `s == ""`
    #[inline(always)]
    pub const fn is_empty(self) -> bool {
        self.len == 0
    }

    /// `s[lo:hi]`
    #[inline]
    pub fn slice(self, lo: impl Position, hi: impl Position) -> Str {
        if hi.position() > self.len {
            runtime_error::slice_high(hi.number(), self.len, false);
        }
        if lo.position() > hi.position() {
            runtime_error::slice_low(lo.number(), hi.position());
        }
        self.cut(lo.position(), hi.position())
    }

    /// `s[lo:]`
    #[inline]
    pub fn slice_from(self, lo: impl Position) -> Str {
        if lo.position() > self.len {
            runtime_error::slice_low(lo.number(), self.len);
        }
        self.cut(lo.position(), self.len)
    }

    /// `s[:hi]`
    #[inline]
    pub fn slice_to(self, hi: impl Position) -> Str {
        self.slice(0isize, hi)
    }

    #[inline(always)]
    fn cut(self, lo: usize, hi: usize) -> Str {
        // An address past the end would be in the next object.
        let ptr = if lo == self.len { self.ptr } else { self.ptr.wrapping_add(lo) };
        Str { ptr, len: hi - lo }
    }

    /// Where each character starts, and the character.
    #[inline]
    pub fn runes(self) -> Runes {
        Runes { text: self, next: 0 }
    }

    /// `string(r)`
    #[inline]
    pub fn from_rune(rune: i64) -> Str {
        match u8::try_from(rune) {
            Ok(byte @ ..0x80) => one_byte(byte),
            _ => Str::from_wide_rune(rune),
        }
    }

    #[inline(never)]
    fn from_wide_rune(rune: i64) -> Str {
        let c = u32::try_from(rune).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
        Str::copy_of(c.encode_utf8(&mut [0; 4]).as_bytes())
    }

    /// Bytes of any kind as a string, for callees that read them at once and keep nothing.
    #[inline]
    pub(crate) fn passing(bytes: &[u8]) -> Str {
        Str { ptr: bytes.as_ptr(), len: bytes.len() }
    }

    /// The bytes of a slice as a string, for whoever never writes them again.
    pub(crate) fn sharing(bytes: Slice<u8>) -> Str {
        Str { ptr: bytes.as_raw(), len: bytes.len() as usize }
    }

    /// `string(bytes)`
    pub fn from_slice(bytes: Slice<u8>) -> Str {
        // SAFETY: read once, here; a goroutine that writes meanwhile races in Go, too.
        Str::copy_of(unsafe { bytes.as_bytes() })
    }

    /// `string(runes)`
    pub fn from_runes(runes: Slice<i32>) -> Str {
        let char_of = |rune: i32| u32::try_from(rune).ok().and_then(char::from_u32);
        let text: String = runes.iter().map(|r| char_of(r).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        Str::from(text.as_str())
    }

    /// `[]byte(s)`
    pub fn to_bytes(self) -> Slice<u8> {
        Slice::make_cap(0, round_up(self.len, true) as isize).append_bytes(self.as_bytes())
    }

    /// `[]rune(s)`
    pub fn to_runes(self) -> Slice<i32> {
        let count = self.runes().count();
        let cap = round_up(count * size_of::<i32>(), true) / size_of::<i32>();
        self.runes().fold(Slice::make_cap(0, cap as isize), |runes, (_, rune)| runes.append(rune))
    }
}

/// The character at the start of bytes that are not empty, and how long it is; what is not UTF-8 is U+FFFD of length 1.
#[inline]
pub fn decode_rune(bytes: &[u8]) -> (i32, usize) {
    let first = bytes[0];
    if first < 0x80 {
        return (i32::from(first), 1);
    }
    decode_wide(first, &bytes[1..])
}

/// As [`decode_rune`], of a first byte that is not ASCII and the bytes after it.
fn decode_wide(first: u8, rest: &[u8]) -> (i32, usize) {
    // What may come second: surrogates, overlong forms and what is above U+10FFFF are no characters.
    let second = match first {
        0xc2..=0xdf | 0xe1..=0xec | 0xee..=0xef | 0xf1..=0xf3 => 0x80..=0xbf,
        0xe0 => 0xa0..=0xbf,
        0xed => 0x80..=0x9f,
        0xf0 => 0x90..=0xbf,
        0xf4 => 0x80..=0x8f,
        _ => return (REPLACEMENT, 1),
    };
    let bits = |byte: u8| i32::from(byte & 0x3f);
    let follows = |byte: u8| byte & 0xc0 == 0x80;
    let start = i32::from(first);
    match (first, rest) {
        (..0xe0, &[a, ..]) if second.contains(&a) => ((start & 0x1f) << 6 | bits(a), 2),
        (0xe0..0xf0, &[a, b, ..]) if second.contains(&a) && follows(b) => {
            ((start & 0xf) << 12 | bits(a) << 6 | bits(b), 3)
        }
        (0xf0.., &[a, b, c, ..]) if second.contains(&a) && follows(b) && follows(c) => {
            ((start & 7) << 18 | bits(a) << 12 | bits(b) << 6 | bits(c), 4)
        }
        _ => (REPLACEMENT, 1),
    }
}

/// Iteration over the characters of a string.
pub struct Runes {
    text: Str,
    next: usize,
}

impl Iterator for Runes {
    type Item = (isize, i32);

    #[inline]
    fn next(&mut self) -> Option<(isize, i32)> {
        let start = self.next;
        let bytes = self.text.as_bytes();
        let &first = bytes.get(start)?;
        if first < 0x80 {
            self.next = start + 1;
            return Some((start as isize, i32::from(first)));
        }
        let (rune, len) = decode_wide(first, &bytes[start + 1..]);
        self.next = start + len;
        Some((start as isize, rune))
    }
}

impl From<&str> for Str {
    fn from(text: &str) -> Str {
        Str::copy_of(text.as_bytes())
    }
}
impl From<String> for Str {
    fn from(text: String) -> Str {
        Str::copy_of(text.as_bytes())
    }
}

impl<P: Position> Index<P> for Str {
    type Output = u8;

    #[inline(always)]
    fn index(&self, index: P) -> &u8 {
        &self.as_bytes()[at(index, self.len)]
    }
}

impl Add for Str {
    type Output = Str;

    fn add(self, other: Str) -> Str {
        if other.is_empty() {
            return self;
        }
        if self.is_empty() {
            return other;
        }
        Str::build(self.len + other.len, |room| {
            let (left, right) = room.split_at_mut(self.len);
            left.copy_from_slice(self.as_bytes());
            right.copy_from_slice(other.as_bytes());
        })
    }
}
impl AddAssign for Str {
    fn add_assign(&mut self, other: Str) {
        *self = *self + other;
    }
}

impl PartialEq for Str {
    #[inline]
    fn eq(&self, other: &Str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}
impl Eq for Str {}
impl PartialOrd for Str {
    fn partial_cmp(&self, other: &Str) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Str {
    fn cmp(&self, other: &Str) -> std::cmp::Ordering {
        self.as_bytes().cmp(other.as_bytes())
    }
}
impl Hash for Str {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.as_bytes().hash(hasher);
    }
}
impl Ordered for Str {
    fn least(self, other: Str) -> Str {
        Ord::min(self, other)
    }
    fn greatest(self, other: Str) -> Str {
        Ord::max(self, other)
    }
}
impl fmt::Display for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.to_text(), f)
    }
}
impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_text(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::decode_rune;

    #[test]
    fn characters_are_those_of_utf8() {
        for c in (0..=0x10_ffff).step_by(if cfg!(miri) { 997 } else { 1 }).filter_map(char::from_u32) {
            let mut buffer = [0xff; 5];
            let len = c.encode_utf8(&mut buffer).len();
            assert_eq!(decode_rune(&buffer), (c as i32, len));
            assert_eq!(decode_rune(&buffer[..len]), (c as i32, len));
            if len > 1 {
                assert_eq!(decode_rune(&buffer[..len - 1]), (0xfffd, 1), "a cut character");
            }
        }
        for first in 0x80..=0xffu8 {
            for second in 0..=0xffu8 {
                let bytes = [first, second, 0x80, 0x80];
                let wanted = (2..=4).find_map(|len| std::str::from_utf8(&bytes[..len]).ok()?.chars().next());
                let wanted = wanted.map_or((0xfffd, 1), |c| (c as i32, c.len_utf8()));
                assert_eq!(decode_rune(&bytes), wanted, "{bytes:x?}");
            }
        }
    }
}
