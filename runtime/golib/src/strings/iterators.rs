//! Iterators over parts.
//!
//! What must hold: a part is looked for when it is asked for.

use super::Test;
use crate::func::{Func, func};
use crate::iter::Seq;
use crate::string::Str;
use crate::text;
use crate::unicode::{self, utf8};

type Parts = Seq<Str>;
type Yield = Func<dyn Fn(Str) -> bool>;

/// `s` as far as `end`, and the rest.
fn cut(s: Str, end: usize) -> (Str, Str) {
    (s.slice_to(end as isize), s.slice_from(end as isize))
}

/// The lines, each with its newline, which the last may lack.
pub fn Lines(s: Str) -> Parts {
    Seq(func(move |yield_: Yield| {
        let mut rest = s;
        while !rest.is_empty() {
            let end = text::find_byte(rest.as_bytes(), b'\n').map_or(rest.len() as usize, |at| at + 1);
            let line;
            (line, rest) = cut(rest, end);
            if !yield_(line) {
                return;
            }
        }
    }))
}

fn characters(s: Str) -> Parts {
    Seq(func(move |yield_: Yield| {
        let mut rest = s;
        while !rest.is_empty() {
            let (_, len) = utf8::first(rest.as_bytes());
            let character;
            (character, rest) = cut(rest, len);
            if !yield_(character) {
                return;
            }
        }
    }))
}

fn split(s: Str, sep: Str, keep: usize) -> Parts {
    if sep.is_empty() {
        return characters(s);
    }
    Seq(func(move |yield_: Yield| {
        let mut rest = s;
        while let Some(at) = text::find(rest.as_bytes(), sep.as_bytes()) {
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
pub fn SplitSeq(s: Str, sep: Str) -> Parts {
    split(s, sep, 0)
}

/// The parts with the separators after them.
pub fn SplitAfterSeq(s: Str, sep: Str) -> Parts {
    split(s, sep, sep.len() as usize)
}

fn fields(s: Str, yield_: Yield, is_between: impl Fn(i32) -> bool) {
    let (mut at, mut start) = (0, None);
    while at < s.len() as usize {
        let (rune, len) = utf8::first(&s.as_bytes()[at..]);
        if !is_between(rune) {
            start = start.or(Some(at));
        } else if let Some(from) = start.take()
            && !yield_(s.slice(from as isize, at as isize))
        {
            return;
        }
        at += len;
    }
    if let Some(from) = start {
        yield_(s.slice(from as isize, at as isize));
    }
}

/// The parts between white space.
pub fn FieldsSeq(s: Str) -> Parts {
    Seq(func(move |yield_: Yield| fields(s, yield_, unicode::IsSpace)))
}

/// The parts between characters for which `f` holds.
pub fn FieldsFuncSeq(s: Str, f: Test) -> Parts {
    Seq(func(move |yield_: Yield| fields(s, yield_, |rune| f(rune))))
}
