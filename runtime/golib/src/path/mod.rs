//! Go's package `path`: slash-separated paths as text. On Linux the functions of `path/filepath` are the same.
//!
//! Must hold: a cleaned path is the shortest that means the same by its text alone, and never empty.

pub mod filepath;
mod pattern;

pub use self::pattern::Match;

use crate::errors::error_variables;
use crate::slice::Slice;
use crate::string::{Str, str};

error_variables! {
    /// A pattern that is none.
    ErrBadPattern = "syntax error in pattern";
}

/// The shortest path that means the same.
pub fn Clean(path: Str) -> Str {
    let text = path.as_bytes();
    if text.is_empty() {
        return str(".");
    }
    let rooted = text[0] == b'/';
    // Where the parts lie in the path: slices of it would be all that holds it.
    let mut kept: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for part in text.split(|&c| c == b'/') {
        let place = (start, start + part.len());
        start = place.1 + 1;
        match part {
            b"" | b"." => {}
            b".." if kept.last().is_some_and(|&(from, to)| text[from..to] != *b"..") => {
                kept.pop();
            }
            b".." if rooted => {}
            _ => kept.push(place),
        }
    }
    let mut joined = Vec::with_capacity(text.len());
    for (i, (from, to)) in kept.into_iter().enumerate() {
        if i > 0 {
            joined.push(b'/');
        }
        joined.extend_from_slice(&text[from..to]);
    }
    match (rooted, joined.is_empty()) {
        (true, _) => Str::copy_of(&[b"/", joined.as_slice()].concat()),
        (false, true) => str("."),
        (false, false) => Str::copy_of(&joined),
    }
}

/// Where the last element begins.
fn last(text: &[u8]) -> usize {
    text.iter().rposition(|&c| c == b'/').map_or(0, |at| at + 1)
}

/// The last element without slashes behind it.
pub fn Base(path: Str) -> Str {
    let text = path.as_bytes();
    if text.is_empty() {
        return str(".");
    }
    let end = text.iter().rposition(|&c| c != b'/').map_or(0, |at| at + 1);
    if end == 0 {
        return str("/");
    }
    let start = last(&text[..end]);
    path.slice(start as isize, end as isize)
}

/// All but the last element, cleaned.
pub fn Dir(path: Str) -> Str {
    Clean(Split(path).0)
}

/// From the last dot of the last element on.
pub fn Ext(path: Str) -> Str {
    let text = path.as_bytes();
    let start = last(text);
    match text[start..].iter().rposition(|&c| c == b'.') {
        Some(dot) => path.slice_from((start + dot) as isize),
        None => str(""),
    }
}

/// Whether it starts at the root.
pub fn IsAbs(path: Str) -> bool {
    path.as_bytes().first() == Some(&b'/')
}

/// The elements that are not empty as one cleaned path.
pub fn Join(elem: Slice<Str>) -> Str {
    let mut joined = Vec::new();
    for part in elem.iter().filter(|part| !part.is_empty()) {
        if !joined.is_empty() {
            joined.push(b'/');
        }
        joined.extend_from_slice(part.as_bytes());
    }
    if joined.is_empty() { str("") } else { Clean(Str::copy_of(&joined)) }
}

/// Up to the last slash, and the rest.
pub fn Split(path: Str) -> (Str, Str) {
    let at = last(path.as_bytes()) as isize;
    (path.slice_to(at), path.slice_from(at))
}
