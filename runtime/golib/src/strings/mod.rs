//! Go's package `strings`.
//!
//! What must hold: parts of a string share its bytes, as in Go; what did not change is the very string that was given.
#![allow(clippy::redundant_closure)] // `*f` would complain of a nil function that nobody calls

mod builder;
mod iterators;
mod reader;
mod replacer;

pub use builder::{Builder, BuilderMethods};
pub use iterators::{FieldsFuncSeq, FieldsSeq, Lines, SplitAfterSeq, SplitSeq};
pub use reader::{NewReader, Reader, ReaderMethods};
pub use replacer::{NewReplacer, Replacer, ReplacerMethods};

use crate::func::Func;
use crate::interface::any;
use crate::panic::panic;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::text;
use crate::unicode;
use crate::view::zero;

/// `func(rune) bool`
type Test = Func<dyn Fn(i32) -> bool>;

fn index(found: Option<usize>) -> isize {
    found.map_or(-1, |at| at as isize)
}

/// The parts of a string from and to these bytes.
fn parts(s: Str, bounds: Vec<(usize, usize)>) -> Slice<Str> {
    let all = Slice::<Str>::make_cap(0, bounds.len() as isize);
    bounds.into_iter().fold(all, |all, (start, end)| all.append(s.slice(start as isize, end as isize)))
}

fn or_same(s: Str, changed: Option<Vec<u8>>) -> Str {
    changed.map_or(s, |text| Str::copy_of(&text))
}

/// A copy in memory of its own.
pub fn Clone_(s: Str) -> Str {
    Str::copy_of(s.as_bytes())
}
/// -1, 0 or 1
pub fn Compare(a: Str, b: Str) -> isize {
    a.cmp(&b) as isize
}
/// Whether `substr` is in `s`.
pub fn Contains(s: Str, substr: Str) -> bool {
    text::find(s.as_bytes(), substr.as_bytes()).is_some()
}
/// Whether a character of `chars` is in `s`.
pub fn ContainsAny(s: Str, chars: Str) -> bool {
    IndexAny(s, chars) >= 0
}
/// Whether `f` holds for a character.
pub fn ContainsFunc(s: Str, f: Test) -> bool {
    IndexFunc(s, f) >= 0
}
/// Whether a character is in `s`.
pub fn ContainsRune(s: Str, r: i32) -> bool {
    IndexRune(s, r) >= 0
}
/// How often `substr` is in `s`, not overlapping.
pub fn Count(s: Str, substr: Str) -> isize {
    text::count(s.as_bytes(), substr.as_bytes()) as isize
}
/// What is before and after the first `sep`.
pub fn Cut(s: Str, sep: Str) -> (Str, Str, bool) {
    match text::find(s.as_bytes(), sep.as_bytes()) {
        Some(at) => (s.slice_to(at as isize), s.slice_from(at as isize + sep.len()), true),
        None => (s, str(""), false),
    }
}
/// What is before and after the last `sep`.
pub fn CutLast(s: Str, sep: Str) -> (Str, Str, bool) {
    match LastIndex(s, sep) {
        ..0 => (s, str(""), false),
        at => (s.slice_to(at), s.slice_from(at + sep.len()), true),
    }
}
/// `s` without the prefix, and whether it has it.
pub fn CutPrefix(s: Str, prefix: Str) -> (Str, bool) {
    if HasPrefix(s, prefix) { (s.slice_from(prefix.len()), true) } else { (s, false) }
}
/// `s` without the suffix, and whether it has it.
pub fn CutSuffix(s: Str, suffix: Str) -> (Str, bool) {
    if HasSuffix(s, suffix) { (s.slice_to(s.len() - suffix.len()), true) } else { (s, false) }
}
/// Whether both are the same but for case.
pub fn EqualFold(s: Str, t: Str) -> bool {
    text::equal_fold(s.as_bytes(), t.as_bytes())
}
/// The parts between white space.
pub fn Fields(s: Str) -> Slice<Str> {
    parts(s, text::fields(s.as_bytes(), unicode::IsSpace))
}
/// The parts between characters for which `f` holds.
pub fn FieldsFunc(s: Str, f: Test) -> Slice<Str> {
    parts(s, text::fields(s.as_bytes(), |r| f(r)))
}
/// Whether `s` starts with `prefix`.
pub fn HasPrefix(s: Str, prefix: Str) -> bool {
    s.as_bytes().starts_with(prefix.as_bytes())
}
/// Whether `s` ends with `suffix`.
pub fn HasSuffix(s: Str, suffix: Str) -> bool {
    s.as_bytes().ends_with(suffix.as_bytes())
}
/// Where `substr` is first; -1 if nowhere, as in all that follow.
pub fn Index(s: Str, substr: Str) -> isize {
    index(text::find(s.as_bytes(), substr.as_bytes()))
}
/// Where a character of `chars` is first.
pub fn IndexAny(s: Str, chars: Str) -> isize {
    index(text::runes(s.as_bytes()).find(|&(_, r)| text::is_among(chars.as_bytes(), r)).map(|(at, _)| at))
}
/// Where a byte is first.
pub fn IndexByte(s: Str, c: u8) -> isize {
    index(text::find_byte(s.as_bytes(), c))
}
/// Where `f` holds first.
pub fn IndexFunc(s: Str, f: Test) -> isize {
    index(text::runes(s.as_bytes()).find(|&(_, r)| f(r)).map(|(at, _)| at))
}
/// Where a character is first.
pub fn IndexRune(s: Str, r: i32) -> isize {
    index(text::find_rune(s.as_bytes(), r))
}
/// The elements with `sep` between them.
pub fn Join(elems: Slice<Str>, sep: Str) -> Str {
    match elems.len() {
        0 => return str(""),
        1 => return *elems[0],
        _ => {}
    }
    let len: isize = elems.iter().map(|elem| elem.len() + sep.len()).sum();
    let mut text = Vec::with_capacity(len as usize);
    for (i, elem) in elems.range() {
        if i > 0 {
            text.extend_from_slice(sep.as_bytes());
        }
        text.extend_from_slice(elem.as_bytes());
    }
    Str::copy_of(&text)
}
/// Where `substr` is last.
pub fn LastIndex(s: Str, substr: Str) -> isize {
    index(text::find_last(s.as_bytes(), substr.as_bytes()))
}
/// Where a character of `chars` is last.
pub fn LastIndexAny(s: Str, chars: Str) -> isize {
    let mut back = text::runes_back(s.as_bytes());
    index(back.find(|&(_, r)| text::is_among(chars.as_bytes(), r)).map(|(at, _)| at))
}
/// Where a byte is last.
pub fn LastIndexByte(s: Str, c: u8) -> isize {
    index(s.as_bytes().iter().rposition(|&b| b == c))
}
/// Where `f` holds last.
pub fn LastIndexFunc(s: Str, f: Test) -> isize {
    index(text::runes_back(s.as_bytes()).find(|&(_, r)| f(r)).map(|(at, _)| at))
}
/// Each character mapped; one below 0 is dropped.
pub fn Map_(mapping: Func<dyn Fn(i32) -> i32>, s: Str) -> Str {
    or_same(s, text::map(s.as_bytes(), |r| mapping(r)))
}
/// `s` again and again.
pub fn Repeat(s: Str, count: isize) -> Str {
    if count < 0 {
        panic(any(str("strings: negative Repeat count")));
    }
    if s.len().checked_mul(count).is_none() {
        panic(any(str("strings: Repeat output length overflow")));
    }
    Str::build((s.len() * count) as usize, |room| {
        room.chunks_exact_mut(s.len() as usize).for_each(|part| part.copy_from_slice(s.as_bytes()));
    })
}
/// With the first `n` of `old` replaced; all if negative.
pub fn Replace(s: Str, old: Str, new: Str, n: isize) -> Str {
    or_same(s, text::replace(s.as_bytes(), old.as_bytes(), new.as_bytes(), n))
}
/// With each `old` replaced.
pub fn ReplaceAll(s: Str, old: Str, new: Str) -> Str {
    Replace(s, old, new, -1)
}

fn split(s: Str, sep: Str, keep: isize, n: isize) -> Slice<Str> {
    if n == 0 { zero() } else { parts(s, text::split(s.as_bytes(), sep.as_bytes(), keep as usize, n)) }
}
/// The parts between separators; the characters if there is no separator.
pub fn Split(s: Str, sep: Str) -> Slice<Str> {
    split(s, sep, 0, -1)
}
/// The parts with the separators after them.
pub fn SplitAfter(s: Str, sep: Str) -> Slice<Str> {
    split(s, sep, sep.len(), -1)
}
/// At most `n` parts with the separators after them.
pub fn SplitAfterN(s: Str, sep: Str, n: isize) -> Slice<Str> {
    split(s, sep, sep.len(), n)
}
/// At most `n` parts.
pub fn SplitN(s: Str, sep: Str, n: isize) -> Slice<Str> {
    split(s, sep, 0, n)
}
/// The first letter of each word in title case.
pub fn Title(s: Str) -> Str {
    let mut before = i32::from(b' ');
    or_same(
        s,
        text::map(s.as_bytes(), |r| {
            let starts = text::is_separator(before);
            before = r;
            if starts { unicode::ToTitle(r) } else { r }
        }),
    )
}

/// Changes ASCII by bytes, the rest by characters.
fn recase(s: Str, ascii: fn(&u8) -> u8, other: fn(i32) -> i32) -> Str {
    let bytes = s.as_bytes();
    if !bytes.is_ascii() {
        return or_same(s, text::map(bytes, other));
    }
    if bytes.iter().all(|b| ascii(b) == *b) {
        return s;
    }
    Str::build(bytes.len(), |room| room.iter_mut().zip(bytes).for_each(|(to, from)| *to = ascii(from)))
}
/// In lower case.
pub fn ToLower(s: Str) -> Str {
    recase(s, u8::to_ascii_lowercase, unicode::ToLower)
}
/// In lower case, as a language has it.
pub fn ToLowerSpecial(c: unicode::SpecialCase, s: Str) -> Str {
    or_same(s, text::map(s.as_bytes(), |r| c.ToLower(r)))
}
/// In title case.
pub fn ToTitle(s: Str) -> Str {
    recase(s, u8::to_ascii_uppercase, unicode::ToTitle)
}
/// In title case, as a language has it.
pub fn ToTitleSpecial(c: unicode::SpecialCase, s: Str) -> Str {
    or_same(s, text::map(s.as_bytes(), |r| c.ToTitle(r)))
}
/// In upper case.
pub fn ToUpper(s: Str) -> Str {
    recase(s, u8::to_ascii_uppercase, unicode::ToUpper)
}
/// In upper case, as a language has it.
pub fn ToUpperSpecial(c: unicode::SpecialCase, s: Str) -> Str {
    or_same(s, text::map(s.as_bytes(), |r| c.ToUpper(r)))
}
/// With each run of bytes that are not UTF-8 replaced.
pub fn ToValidUTF8(s: Str, replacement: Str) -> Str {
    if std::str::from_utf8(s.as_bytes()).is_ok() {
        return s;
    }
    Str::copy_of(&text::to_valid(s.as_bytes(), replacement.as_bytes()))
}

fn left(s: Str, drop: impl FnMut(i32) -> bool) -> Str {
    s.slice_from(text::trim_left(s.as_bytes(), drop) as isize)
}
fn right(s: Str, drop: impl FnMut(i32) -> bool) -> Str {
    s.slice_to(text::trim_right(s.as_bytes(), drop) as isize)
}
/// Without the characters of `cutset` at both ends.
pub fn Trim(s: Str, cutset: Str) -> Str {
    TrimRight(TrimLeft(s, cutset), cutset)
}
/// Without the characters at both ends for which `f` holds.
pub fn TrimFunc(s: Str, f: Test) -> Str {
    TrimRightFunc(TrimLeftFunc(s, f), f)
}
/// Without the characters of `cutset` at the start.
pub fn TrimLeft(s: Str, cutset: Str) -> Str {
    left(s, |r| text::is_among(cutset.as_bytes(), r))
}
/// Without the characters at the start for which `f` holds.
pub fn TrimLeftFunc(s: Str, f: Test) -> Str {
    left(s, |r| f(r))
}
/// Without the prefix.
pub fn TrimPrefix(s: Str, prefix: Str) -> Str {
    CutPrefix(s, prefix).0
}
/// Without the characters of `cutset` at the end.
pub fn TrimRight(s: Str, cutset: Str) -> Str {
    right(s, |r| text::is_among(cutset.as_bytes(), r))
}
/// Without the characters at the end for which `f` holds.
pub fn TrimRightFunc(s: Str, f: Test) -> Str {
    right(s, |r| f(r))
}
/// Without white space at both ends.
pub fn TrimSpace(s: Str) -> Str {
    right(left(s, unicode::IsSpace), unicode::IsSpace)
}
/// Without the suffix.
pub fn TrimSuffix(s: Str, suffix: Str) -> Str {
    CutSuffix(s, suffix).0
}
