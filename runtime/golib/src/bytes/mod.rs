//! Go's package `bytes`.
//!
//! What must hold: parts share the bytes of the whole, as in Go; those of a split have no room behind them, so that appending
//! to one does not write into the next. Functions of the program see a copy of the bytes they are asked about, for they may
//! write them.
#![allow(clippy::redundant_closure)] // `*f` would complain of a nil function that nobody calls

mod buffer;
mod iterators;
mod reader;

pub use buffer::{Buffer, BufferMethods, NewBuffer, NewBufferString};
pub use iterators::{FieldsFuncSeq, FieldsSeq, Lines, SplitAfterSeq, SplitSeq};
pub use reader::{NewReader, Reader, ReaderMethods};

use crate::errors::error_variables;
use crate::func::Func;
use crate::interface::any;
use crate::panic::panic;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::text;
use crate::unicode;
use crate::value::bytes_of as view;
use crate::view::zero;

type Bytes = Slice<u8>;
/// `func(rune) bool`
type Test = Func<dyn Fn(i32) -> bool>;

/// The least room a `Buffer` offers to a reader.
pub const MinRead: isize = 512;

error_variables! {
    /// A buffer that memory cannot hold.
    ErrTooLarge = "bytes.Buffer: too large";
}

fn index(found: Option<usize>) -> isize {
    found.map_or(-1, |at| at as isize)
}

/// The parts from and to these bytes, without room behind them.
fn parts(s: Bytes, bounds: Vec<(usize, usize)>) -> Slice<Bytes> {
    let last = bounds.len().saturating_sub(1);
    let all = Slice::<Bytes>::make_cap(0, bounds.len() as isize);
    bounds.into_iter().enumerate().fold(all, |all, (i, (start, end))| {
        let (start, end) = (start as isize, end as isize);
        let whole_rest = i == last && end == s.len();
        all.append(if whole_rest { s.slice(start, end) } else { s.slice3(start, end, end) })
    })
}

fn own(bytes: &[u8]) -> Bytes {
    Slice::from_static(bytes)
}

fn changed_or_copy(s: Bytes, changed: Option<Vec<u8>>) -> Bytes {
    changed.map_or_else(|| own(view(s)), |text| own(&text))
}

/// A copy; nil stays nil.
pub fn Clone_(b: Bytes) -> Bytes {
    if b.is_nil() { b } else { own(view(b)) }
}
/// -1, 0 or 1
pub fn Compare(a: Bytes, b: Bytes) -> isize {
    view(a).cmp(view(b)) as isize
}
/// Whether `subslice` is in `b`.
pub fn Contains(b: Bytes, subslice: Bytes) -> bool {
    Index(b, subslice) >= 0
}
/// Whether a character of `chars` is in `b`.
pub fn ContainsAny(b: Bytes, chars: Str) -> bool {
    IndexAny(b, chars) >= 0
}
/// Whether `f` holds for a character.
pub fn ContainsFunc(b: Bytes, f: Test) -> bool {
    IndexFunc(b, f) >= 0
}
/// Whether a character is in `b`.
pub fn ContainsRune(b: Bytes, r: i32) -> bool {
    IndexRune(b, r) >= 0
}
/// How often `sep` is in `s`, not overlapping.
pub fn Count(s: Bytes, sep: Bytes) -> isize {
    text::count(view(s), view(sep)) as isize
}
/// What is before and after the first `sep`.
pub fn Cut(s: Bytes, sep: Bytes) -> (Bytes, Bytes, bool) {
    match Index(s, sep) {
        ..0 => (s, zero(), false),
        at => (s.slice_to(at), s.slice_from(at + sep.len()), true),
    }
}
/// What is before and after the last `sep`.
pub fn CutLast(s: Bytes, sep: Bytes) -> (Bytes, Bytes, bool) {
    match LastIndex(s, sep) {
        ..0 => (s, zero(), false),
        at => (s.slice_to(at), s.slice_from(at + sep.len()), true),
    }
}
/// `s` without the prefix, and whether it has it.
pub fn CutPrefix(s: Bytes, prefix: Bytes) -> (Bytes, bool) {
    if HasPrefix(s, prefix) { (s.slice_from(prefix.len()), true) } else { (s, false) }
}
/// `s` without the suffix, and whether it has it.
pub fn CutSuffix(s: Bytes, suffix: Bytes) -> (Bytes, bool) {
    if HasSuffix(s, suffix) { (s.slice_to(s.len() - suffix.len()), true) } else { (s, false) }
}
/// Whether both have the same bytes.
pub fn Equal(a: Bytes, b: Bytes) -> bool {
    view(a) == view(b)
}
/// Whether both are the same but for case.
pub fn EqualFold(s: Bytes, t: Bytes) -> bool {
    text::equal_fold(view(s), view(t))
}
/// The parts between white space.
pub fn Fields(s: Bytes) -> Slice<Bytes> {
    parts(s, text::fields(view(s), unicode::IsSpace))
}
/// The parts between characters for which `f` holds.
pub fn FieldsFunc(s: Bytes, f: Test) -> Slice<Bytes> {
    parts(s, text::fields(&s.to_vec(), |r| f(r)))
}
/// Whether `s` starts with `prefix`.
pub fn HasPrefix(s: Bytes, prefix: Bytes) -> bool {
    view(s).starts_with(view(prefix))
}
/// Whether `s` ends with `suffix`.
pub fn HasSuffix(s: Bytes, suffix: Bytes) -> bool {
    view(s).ends_with(view(suffix))
}
/// Where `sep` is first; -1 if nowhere, as in all that follow.
pub fn Index(s: Bytes, sep: Bytes) -> isize {
    index(text::find(view(s), view(sep)))
}
/// Where a character of `chars` is first.
pub fn IndexAny(s: Bytes, chars: Str) -> isize {
    index(text::runes(view(s)).find(|&(_, r)| text::is_among(chars.as_bytes(), r)).map(|(at, _)| at))
}
/// Where a byte is first.
pub fn IndexByte(b: Bytes, c: u8) -> isize {
    index(text::find_byte(view(b), c))
}
/// Where `f` holds first.
pub fn IndexFunc(s: Bytes, f: Test) -> isize {
    index(text::runes(&s.to_vec()).find(|&(_, r)| f(r)).map(|(at, _)| at))
}
/// Where a character is first.
pub fn IndexRune(s: Bytes, r: i32) -> isize {
    index(text::find_rune(view(s), r))
}
/// The elements with `sep` between them.
pub fn Join(s: Slice<Bytes>, sep: Bytes) -> Bytes {
    let mut text = Vec::new();
    for (i, part) in s.range() {
        if i > 0 {
            text.extend_from_slice(view(sep));
        }
        text.extend_from_slice(view(part));
    }
    own(&text)
}
/// Where `sep` is last.
pub fn LastIndex(s: Bytes, sep: Bytes) -> isize {
    index(text::find_last(view(s), view(sep)))
}
/// Where a character of `chars` is last.
pub fn LastIndexAny(s: Bytes, chars: Str) -> isize {
    let mut back = text::runes_back(view(s));
    index(back.find(|&(_, r)| text::is_among(chars.as_bytes(), r)).map(|(at, _)| at))
}
/// Where a byte is last.
pub fn LastIndexByte(s: Bytes, c: u8) -> isize {
    index(view(s).iter().rposition(|&b| b == c))
}
/// Where `f` holds last.
pub fn LastIndexFunc(s: Bytes, f: Test) -> isize {
    index(text::runes_back(&s.to_vec()).find(|&(_, r)| f(r)).map(|(at, _)| at))
}
/// Each character mapped; one below 0 is dropped.
pub fn Map_(mapping: Func<dyn Fn(i32) -> i32>, s: Bytes) -> Bytes {
    let text = s.to_vec();
    own(&text::map(&text, |r| mapping(r)).unwrap_or(text))
}
/// `b` again and again.
pub fn Repeat(b: Bytes, count: isize) -> Bytes {
    if count < 0 {
        panic(any(str("bytes: negative Repeat count")));
    }
    if b.len().checked_mul(count).is_none() {
        panic(any(str("bytes: Repeat output length overflow")));
    }
    own(&view(b).repeat(count as usize))
}
/// With the first `n` of `old` replaced; all if negative.
pub fn Replace(s: Bytes, old: Bytes, new: Bytes, n: isize) -> Bytes {
    changed_or_copy(s, text::replace(view(s), view(old), view(new), n))
}
/// With each `old` replaced.
pub fn ReplaceAll(s: Bytes, old: Bytes, new: Bytes) -> Bytes {
    Replace(s, old, new, -1)
}
/// The characters.
pub fn Runes(s: Bytes) -> Slice<i32> {
    Str::from_slice(s).to_runes()
}

fn split(s: Bytes, sep: Bytes, keep: isize, n: isize) -> Slice<Bytes> {
    if n == 0 { zero() } else { parts(s, text::split(view(s), view(sep), keep as usize, n)) }
}
/// The parts between separators; the characters if there is no separator.
pub fn Split(s: Bytes, sep: Bytes) -> Slice<Bytes> {
    split(s, sep, 0, -1)
}
/// The parts with the separators after them.
pub fn SplitAfter(s: Bytes, sep: Bytes) -> Slice<Bytes> {
    split(s, sep, sep.len(), -1)
}
/// At most `n` parts with the separators after them.
pub fn SplitAfterN(s: Bytes, sep: Bytes, n: isize) -> Slice<Bytes> {
    split(s, sep, sep.len(), n)
}
/// At most `n` parts.
pub fn SplitN(s: Bytes, sep: Bytes, n: isize) -> Slice<Bytes> {
    split(s, sep, 0, n)
}
/// The first letter of each word in title case.
pub fn Title(s: Bytes) -> Bytes {
    let mut before = i32::from(b' ');
    let title = |r| {
        let starts = text::is_separator(before);
        before = r;
        if starts { unicode::ToTitle(r) } else { r }
    };
    changed_or_copy(s, text::map(view(s), title))
}
/// In lower case.
pub fn ToLower(s: Bytes) -> Bytes {
    changed_or_copy(s, text::map(view(s), unicode::ToLower))
}
/// In lower case, as a language has it.
pub fn ToLowerSpecial(c: unicode::SpecialCase, s: Bytes) -> Bytes {
    changed_or_copy(s, text::map(view(s), |r| c.ToLower(r)))
}
/// In title case.
pub fn ToTitle(s: Bytes) -> Bytes {
    changed_or_copy(s, text::map(view(s), unicode::ToTitle))
}
/// In title case, as a language has it.
pub fn ToTitleSpecial(c: unicode::SpecialCase, s: Bytes) -> Bytes {
    changed_or_copy(s, text::map(view(s), |r| c.ToTitle(r)))
}
/// In upper case.
pub fn ToUpper(s: Bytes) -> Bytes {
    changed_or_copy(s, text::map(view(s), unicode::ToUpper))
}
/// In upper case, as a language has it.
pub fn ToUpperSpecial(c: unicode::SpecialCase, s: Bytes) -> Bytes {
    changed_or_copy(s, text::map(view(s), |r| c.ToUpper(r)))
}
/// With each run of bytes that are not UTF-8 replaced.
pub fn ToValidUTF8(s: Bytes, replacement: Bytes) -> Bytes {
    own(&text::to_valid(view(s), view(replacement)))
}

/// Without the first `n` bytes; nil if nothing is left.
fn left(s: Bytes, n: usize) -> Bytes {
    if n as isize == s.len() { zero() } else { s.slice_from(n as isize) }
}
fn right(s: Bytes, n: usize) -> Bytes {
    s.slice_to(n as isize)
}
/// Without the characters of `cutset` at both ends.
pub fn Trim(s: Bytes, cutset: Str) -> Bytes {
    TrimRight(TrimLeft(s, cutset), cutset)
}
/// Without the characters at both ends for which `f` holds.
pub fn TrimFunc(s: Bytes, f: Test) -> Bytes {
    TrimRightFunc(TrimLeftFunc(s, f), f)
}
/// Without the characters of `cutset` at the start.
pub fn TrimLeft(s: Bytes, cutset: Str) -> Bytes {
    left(s, text::trim_left(view(s), |r| text::is_among(cutset.as_bytes(), r)))
}
/// Without the characters at the start for which `f` holds.
pub fn TrimLeftFunc(s: Bytes, f: Test) -> Bytes {
    left(s, text::trim_left(&s.to_vec(), |r| f(r)))
}
/// Without the prefix.
pub fn TrimPrefix(s: Bytes, prefix: Bytes) -> Bytes {
    CutPrefix(s, prefix).0
}
/// Without the characters of `cutset` at the end.
pub fn TrimRight(s: Bytes, cutset: Str) -> Bytes {
    right(s, text::trim_right(view(s), |r| text::is_among(cutset.as_bytes(), r)))
}
/// Without the characters at the end for which `f` holds.
pub fn TrimRightFunc(s: Bytes, f: Test) -> Bytes {
    right(s, text::trim_right(&s.to_vec(), |r| f(r)))
}
/// Without white space at both ends.
pub fn TrimSpace(s: Bytes) -> Bytes {
    let s = left(s, text::trim_left(view(s), unicode::IsSpace));
    right(s, text::trim_right(view(s), unicode::IsSpace))
}
/// Without the suffix.
pub fn TrimSuffix(s: Bytes, suffix: Bytes) -> Bytes {
    CutSuffix(s, suffix).0
}
