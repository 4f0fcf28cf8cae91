//! Go's package `path/filepath` on Linux.
//!
//! Must hold: what is only text is what package `path` does; the rest asks the file system and answers in lexical order.

mod tree;

pub use self::tree::{EvalSymlinks, Glob, Walk, WalkDir, WalkFunc};
pub use super::{Base, Clean, Dir, ErrBadPattern, Ext, IsAbs, Join, Match, Split};
pub use crate::io::fs::{SkipAll, SkipDir};

use crate::errors;
use crate::interface::{Error, Interface};
use crate::os::Getwd;
use crate::slice::{Slice, slice};
use crate::string::{Str, str};
use crate::view::zero;

/// What separates the elements of a path.
pub const Separator: i32 = b'/' as i32;
/// What separates the paths of a list.
pub const ListSeparator: i32 = b':' as i32;

/// The path from the root.
pub fn Abs(path: Str) -> (Str, Error) {
    if IsAbs(path) {
        return (Clean(path), zero());
    }
    let (folder, err) = Getwd();
    if !err.is_nil() {
        return (zero(), err);
    }
    (Join(slice([folder, path])), zero())
}

/// The path with the system's separators.
pub fn FromSlash(path: Str) -> Str {
    path
}

/// The path with slashes.
pub fn ToSlash(path: Str) -> Str {
    path
}

/// Whether the text begins so, which says little about paths.
pub fn HasPrefix(p: Str, prefix: Str) -> bool {
    p.as_bytes().starts_with(prefix.as_bytes())
}

/// Whether the path stays below the folder it is taken in, by its text.
pub fn IsLocal(path: Str) -> bool {
    if IsAbs(path) || path.is_empty() {
        return false;
    }
    let clean = Clean(path);
    clean.as_bytes() != b".." && !clean.as_bytes().starts_with(b"../")
}

/// A slash-separated path of `io/fs` as one of the system.
pub fn Localize(path: Str) -> (Str, Error) {
    let text = path.as_bytes();
    let good = text == b"."
        || !text.is_empty()
            && std::str::from_utf8(text).is_ok()
            && text.split(|&c| c == b'/').all(|part| !matches!(part, b"" | b"." | b".."));
    if !good || text.contains(&0) {
        return (zero(), errors::New(str("invalid path")));
    }
    (path, zero())
}

/// The way from one path to another.
pub fn Rel(basepath: Str, targpath: Str) -> (Str, Error) {
    let (base, target) = (Clean(basepath), Clean(targpath));
    if base == target {
        return (str("."), zero());
    }
    let refused = || {
        let text = format!("Rel: can't make {targpath} relative to {basepath}");
        (zero(), errors::New(Str::from(text)))
    };
    let parts = |path: &Str| -> Vec<Vec<u8>> {
        let parts = path.as_bytes().split(|&c| c == b'/');
        parts.filter(|part| !matches!(*part, b"" | b".")).map(<[u8]>::to_vec).collect()
    };
    if IsAbs(base) != IsAbs(target) {
        return refused();
    }
    let (from, to) = (parts(&base), parts(&target));
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if from[common..].iter().any(|part| part == b"..") {
        return refused();
    }
    let mut way: Vec<&[u8]> = vec![b".."; from.len() - common];
    way.extend(to[common..].iter().map(Vec::as_slice));
    (Str::copy_of(&way.join(&b'/')), zero())
}

/// The paths of a list such as `$PATH`.
pub fn SplitList(path: Str) -> Slice<Str> {
    if path.is_empty() { slice([]) } else { crate::strings::Split(path, str(":")) }
}

/// The drive of a path, which Linux has not.
pub fn VolumeName(_path: Str) -> Str {
    str("")
}
