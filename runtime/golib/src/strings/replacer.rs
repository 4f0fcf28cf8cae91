//! `Replacer`: many replacements in one pass.
//!
//! What must hold: at each place the first pair that fits wins, in the order in which pairs were given; replacements do not
//! overlap.

use goxide_macros::{GoStruct, methods};

use crate::interface::{Error, any};
use crate::io::{self, Writer};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::view::{View, zero};

/// A list of replacements; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("strings.Replacer")]
#[repr(C)]
pub struct Replacer {
    old: Slice<Str>,
    new: Slice<Str>,
}

/// Replaces each first by each second.
pub fn NewReplacer(oldnew: Slice<Str>) -> Ptr<Replacer> {
    if oldnew.len() % 2 == 1 {
        panic(any(str("strings.NewReplacer: odd argument count")));
    }
    let (mut old, mut new): (Slice<Str>, Slice<Str>) = (zero(), zero());
    for (i, text) in oldnew.range() {
        if i % 2 == 0 {
            old = old.append(text);
        } else {
            new = new.append(text);
        }
    }
    Ptr::new(Replacer { old, new })
}

/// With everything replaced; none if nothing fits.
fn replaced(r: Ptr<Replacer>, s: Str) -> Option<Vec<u8>> {
    let (old, new) = (r.old.get(), r.new.get());
    // Which pairs could fit where this byte is; the last list is for those that fit everywhere.
    let mut starting = vec![Vec::new(); 257];
    for (i, old) in old.range() {
        match old.as_bytes() {
            [] => starting.iter_mut().for_each(|list| list.push(i)),
            [first, ..] => starting[usize::from(*first)].push(i),
        }
    }
    let text = s.as_bytes();
    let (mut at, mut copied) = (0, 0);
    let mut out: Option<Vec<u8>> = None;
    // An empty `old` fits before each byte and at the end, once.
    let mut was_empty = false;
    while at <= text.len() {
        let list = &starting[text.get(at).map_or(256, |&b| usize::from(b))];
        let fits = |&&i: &&isize| {
            let old = old[i].get();
            text[at..].starts_with(old.as_bytes()) && !(was_empty && old.is_empty())
        };
        let Some(&pair) = list.iter().find(fits) else {
            was_empty = false;
            at += 1;
            continue;
        };
        let out = out.get_or_insert_default();
        out.extend_from_slice(&text[copied..at]);
        out.extend_from_slice(new[pair].as_bytes());
        was_empty = old[pair].is_empty();
        at += old[pair].len() as usize;
        copied = at;
    }
    out.map(|mut out| {
        out.extend_from_slice(text.get(copied..).unwrap_or_default());
        out
    })
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Replacer> {
    pub fn Replace(self, s: Str) -> Str {
        replaced(self, s).map_or(s, |text| Str::copy_of(&text))
    }
    pub fn WriteString(self, w: Writer, s: Str) -> (isize, Error) {
        io::WriteString(w, self.Replace(s))
    }
}
