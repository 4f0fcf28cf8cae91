//! Folders: `Walk`, `WalkDir`, `Glob`, `EvalSymlinks`.
//!
//! Must hold: a folder's entries come in lexical order; what the function answers for a folder that cannot be read decides.

use goxide_macros::GoNewtype;

use super::{Clean, ErrBadPattern, Join, Match, SkipAll, SkipDir, Split};
use crate::errors;
use crate::func::Func;
use crate::interface::{Error, Interface, eq_iface};
use crate::io::fs::{DirEntry, FileInfo, FileInfoToDirEntry, WalkDirFunc};
use crate::os::{Lstat, ReadDir, Readlink, Stat};
use crate::slice::{Slice, slice};
use crate::string::{Str, str};
use crate::view::{View, zero};

/// What `Walk` calls for each file and folder.
#[derive(Clone, Copy, GoNewtype)]
#[go("path/filepath.WalkFunc")]
pub struct WalkFunc(pub Func<dyn Fn(Str, FileInfo, Error) -> Error>);

fn is(err: Error, other: Error) -> bool {
    eq_iface(err.iface(), other.iface())
}

/// What the caller of the walk gets.
fn outcome(err: Error) -> Error {
    if is(err, SkipDir.get()) || is(err, SkipAll.get()) { zero() } else { err }
}

/// Visits a file or a folder and what is in it.
pub fn Walk(root: Str, visit: WalkFunc) -> Error {
    let (info, err) = Lstat(root);
    let err = if err.is_nil() { walk(root, info, visit.0) } else { visit.0(root, zero(), err) };
    outcome(err)
}

fn walk(path: Str, info: FileInfo, visit: Func<dyn Fn(Str, FileInfo, Error) -> Error>) -> Error {
    if !info.IsDir() {
        return visit(path, info, zero());
    }
    let (entries, unreadable) = ReadDir(path);
    let err = visit(path, info, unreadable);
    if !unreadable.is_nil() || !err.is_nil() {
        return err;
    }
    for entry in entries.iter() {
        let name = Join(slice([path, entry.Name()]));
        let (info, err) = Lstat(name);
        if !err.is_nil() {
            let err = visit(name, info, err);
            if !err.is_nil() && !is(err, SkipDir.get()) {
                return err;
            }
            continue;
        }
        let err = walk(name, info, visit);
        let skipped = info.IsDir() && is(err, SkipDir.get());
        if !err.is_nil() && !skipped {
            return err;
        }
    }
    zero()
}

/// As `Walk`, without asking for more about each file than its kind.
pub fn WalkDir(root: Str, visit: WalkDirFunc) -> Error {
    let (info, err) = Lstat(root);
    let err = match err.is_nil() {
        true => walk_dir(root, FileInfoToDirEntry(info), visit),
        false => visit.0(root, zero(), err),
    };
    outcome(err)
}

fn walk_dir(path: Str, entry: DirEntry, visit: WalkDirFunc) -> Error {
    let err = visit.0(path, entry, zero());
    if !err.is_nil() || !entry.IsDir() {
        return if entry.IsDir() && is(err, SkipDir.get()) { zero() } else { err };
    }
    let (entries, unreadable) = ReadDir(path);
    if !unreadable.is_nil() {
        let err = visit.0(path, entry, unreadable);
        if !err.is_nil() {
            return if is(err, SkipDir.get()) { zero() } else { err };
        }
    }
    for entry in entries.iter() {
        let err = walk_dir(Join(slice([path, entry.Name()])), entry, visit);
        if !err.is_nil() {
            // For a file, the rest of its folder is meant.
            return if is(err, SkipDir.get()) { zero() } else { err };
        }
    }
    zero()
}

fn has_meta(path: Str) -> bool {
    path.as_bytes().iter().any(|c| b"*?[\\".contains(c))
}

/// The paths that a pattern matches.
pub fn Glob(pattern: Str) -> (Slice<Str>, Error) {
    if !Match(pattern, str("")).1.is_nil() {
        return (zero(), ErrBadPattern.get());
    }
    if !has_meta(pattern) {
        let exists = Lstat(pattern).1.is_nil();
        return (if exists { slice([pattern]) } else { zero() }, zero());
    }
    let (folder, file) = Split(pattern);
    let folder = match folder.as_bytes() {
        b"" => str("."),
        b"/" => folder,
        _ => folder.slice_to(folder.len() - 1),
    };
    if !has_meta(folder) {
        return (glob(folder, file, zero()), zero());
    }
    if folder == pattern {
        return (zero(), ErrBadPattern.get());
    }
    let (folders, err) = Glob(folder);
    let all = folders.iter().fold(zero(), |found, folder| glob(folder, file, found));
    (all, err)
}

/// The entries of a folder that a pattern matches, after those found before.
fn glob(folder: Str, pattern: Str, found: Slice<Str>) -> Slice<Str> {
    let (info, err) = Stat(folder);
    if !err.is_nil() || !info.IsDir() {
        return found;
    }
    let matching = ReadDir(folder).0.iter().filter(|entry| Match(pattern, entry.Name()).0);
    let paths: Slice<Str> =
        matching.fold(zero(), |paths, entry| paths.append(Join(slice([folder, entry.Name()]))));
    found.append_slice(paths)
}

/// The path without symbolic links.
pub fn EvalSymlinks(path: Str) -> (Str, Error) {
    let mut rest: Vec<u8> = path.as_bytes().to_vec();
    let mut done: Vec<u8> = if rest.first() == Some(&b'/') { b"/".to_vec() } else { Vec::new() };
    let mut links = 0;
    while !rest.is_empty() {
        let start = rest.iter().position(|&c| c != b'/').unwrap_or(rest.len());
        let end = rest[start..].iter().position(|&c| c == b'/').map_or(rest.len(), |at| start + at);
        let part = rest[start..end].to_vec();
        rest.drain(..end);
        if part.is_empty() || part == b"." {
            continue;
        }
        let before = done.clone();
        let at_parent = done.is_empty() || done.ends_with(b"..");
        if part == b".." && !at_parent {
            let cut = done.iter().rposition(|&c| c == b'/').unwrap_or(0);
            done.truncate(cut.max(usize::from(done[0] == b'/')));
            continue;
        }
        if !done.is_empty() && !done.ends_with(b"/") {
            done.push(b'/');
        }
        done.extend_from_slice(&part);
        let (info, err) = Lstat(Str::copy_of(&done));
        if !err.is_nil() {
            return (zero(), err);
        }
        if info.Mode().0 & 1 << 27 == 0 {
            continue;
        }
        links += 1;
        if links > 255 {
            return (zero(), errors::New(str("EvalSymlinks: too many links")));
        }
        let (target, err) = Readlink(Str::copy_of(&done));
        if !err.is_nil() {
            return (zero(), err);
        }
        let target = target.as_bytes();
        done = if target.first() == Some(&b'/') { b"/".to_vec() } else { before };
        rest = [target, b"/", rest.as_slice()].concat();
    }
    (Clean(Str::copy_of(&done)), zero())
}
