//! Iterators over parts.
//!
//! What must hold: a part is looked for when it is asked for, for the bytes may change in between.

use super::{Bytes, Test, view};
use crate::func::{Func, func};
use crate::iter::Seq;
use crate::text;
use crate::unicode::{self, utf8};

type Parts = Seq<Bytes>;
type Yield = Func<dyn Fn(Bytes) -> bool>;

/// `s` as far as `end`, and the rest.
fn cut(s: Bytes, end: usize) -> (Bytes, Bytes) {
    (s.slice3(0, end as isize, end as isize), s.slice_from(end as isize))
}

/// The lines, each with its newline, which the last may lack.
pub fn Lines(s: Bytes) -> Parts {
    Seq(func(move |yield_: Yield| {
        let mut rest = s;
        while !rest.is_empty() {
            let end = text::find_byte(view(rest), b'\n').map_or(rest.len() as usize, |at| at + 1);
            let line;
            (line, rest) = cut(rest, end);
            if !yield_(line) {
                return;
            }
        }
    }))
}

fn characters(s: Bytes) -> Parts {
    Seq(func(move |yield_: Yield| {
        let mut rest = s;
        while !rest.is_empty() {
            let (_, len) = utf8::first(view(rest));
            let character;
            (character, rest) = cut(rest, len);
            if !yield_(character) {
                return;
            }
        }
    }))
}

fn split(s: Bytes, sep: Bytes, keep: usize) -> Parts {
    if sep.is_empty() {
        return characters(s);
    }
    Seq(func(move |yield_: Yield| {
        let mut rest = s;
        while let Some(at) = text::find(view(rest), view(sep)) {
            let part = cut(rest, at + keep).0;
            rest = rest.slice_from(at as isize + sep.len());
            if !yield_(part) {
                return;
            }
        }
        yield_(rest);
    }))
}

/// The parts between separators; the characters if there is no separator.
pub fn SplitSeq(s: Bytes, sep: Bytes) -> Parts {
    split(s, sep, 0)
}

/// The parts with the separators after them.
pub fn SplitAfterSeq(s: Bytes, sep: Bytes) -> Parts {
    split(s, sep, sep.len() as usize)
}

fn fields(s: Bytes, yield_: Yield, is_between: impl Fn(i32) -> bool) {
    let (mut at, mut start) = (0, None);
    while at < s.len() as usize {
        let (rune, len) = utf8::first(&view(s)[at..]);
        if !is_between(rune) {
            start = start.or(Some(at));
        } else if let Some(from) = start.take()
            && !yield_(s.slice3(from as isize, at as isize, at as isize))
        {
            return;
        }
        at += len;
    }
    if let Some(from) = start {
        yield_(s.slice3(from as isize, at as isize, at as isize));
    }
}

/// The parts between white space.
pub fn FieldsSeq(s: Bytes) -> Parts {
    Seq(func(move |yield_: Yield| fields(s, yield_, unicode::IsSpace)))
}

/// The parts between characters for which `f` holds.
pub fn FieldsFuncSeq(s: Bytes, f: Test) -> Parts {
    Seq(func(move |yield_: Yield| fields(s, yield_, |rune| f(rune))))
}
