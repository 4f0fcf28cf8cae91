//! File systems as interfaces, and what can be done with every one of them.
//!
//! What must hold: a file system that knows a better way (`ReadFileFS` and its like) is asked for it; names are checked by
//! `ValidPath` where Go does so.

use goxide_macros::{GoStruct, interface, methods};

use super::{DirEntry, ErrInvalid, FileInfo, FileInfoToDirEntry, PathError, SkipAll, SkipDir, WalkDirFunc};
use crate::errors;
use crate::interface::{Error, Interface};
use crate::io::EOF;
use crate::path;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::view::{View, nil, zero};

macro_rules! interfaces {
    ($($(#[$doc:meta])* $path:literal $name:ident { $(fn $method:ident(self $(, $param:ident: $ty:ty)*) -> $result:tt;)* })*) => {$(
        $(#[$doc])*
        #[interface($path)]
        pub trait $name {
            $(fn $method(self $(, $param: $ty)*) -> $result;)*
        }
    )*};
}
interfaces! {
    /// A tree of files.
    "io/fs.FS" FS { fn Open(self, name: Str) -> (File, Error); }
    /// An open file.
    "io/fs.File" File {
        fn Stat(self) -> (FileInfo, Error);
        fn Read(self, p: Slice<u8>) -> (isize, Error);
        fn Close(self) -> Error;
    }
    /// An open directory.
    "io/fs.ReadDirFile" ReadDirFile {
        fn Stat(self) -> (FileInfo, Error);
        fn Read(self, p: Slice<u8>) -> (isize, Error);
        fn Close(self) -> Error;
        fn ReadDir(self, n: isize) -> (Slice<DirEntry>, Error);
    }
    /// A tree that reads directories by itself.
    "io/fs.ReadDirFS" ReadDirFS {
        fn Open(self, name: Str) -> (File, Error);
        fn ReadDir(self, name: Str) -> (Slice<DirEntry>, Error);
    }
    /// A tree that reads whole files by itself.
    "io/fs.ReadFileFS" ReadFileFS {
        fn Open(self, name: Str) -> (File, Error);
        fn ReadFile(self, name: Str) -> (Slice<u8>, Error);
    }
    /// A tree that knows of files without opening them.
    "io/fs.StatFS" StatFS {
        fn Open(self, name: Str) -> (File, Error);
        fn Stat(self, name: Str) -> (FileInfo, Error);
    }
    /// A tree that finds names by patterns itself.
    "io/fs.GlobFS" GlobFS {
        fn Open(self, name: Str) -> (File, Error);
        fn Glob(self, pattern: Str) -> (Slice<Str>, Error);
    }
    /// A tree that knows trees below itself.
    "io/fs.SubFS" SubFS {
        fn Open(self, name: Str) -> (File, Error);
        fn Sub(self, dir: Str) -> (FS, Error);
    }
    /// A tree with symbolic links.
    "io/fs.ReadLinkFS" ReadLinkFS {
        fn Open(self, name: Str) -> (File, Error);
        fn ReadLink(self, name: Str) -> (Str, Error);
        fn Lstat(self, name: Str) -> (FileInfo, Error);
    }
}

fn at_path(op: &'static str, path: Str, err: Error) -> Error {
    Error::of(Ptr::new(PathError { Op: str(op), Path: path, Err: err }))
}

/// Closes a file however what is done with it ends.
struct Closing(File);

impl Drop for Closing {
    fn drop(&mut self) {
        self.0.Close();
    }
}

/// Whether a name is one for `Open`: elements without `.` and `..`, with single slashes between them, or `.` alone.
pub fn ValidPath(name: Str) -> bool {
    let name = name.as_bytes();
    std::str::from_utf8(name).is_ok()
        && (name == b"."
            || name.split(|byte| *byte == b'/').all(|element| !matches!(element, b"" | b"." | b"..")))
}

/// The whole of a file.
pub fn ReadFile(fsys: FS, name: Str) -> (Slice<u8>, Error) {
    if let Some(fsys) = fsys.downcast::<ReadFileFS>() {
        return fsys.ReadFile(name);
    }
    let (file, err) = fsys.Open(name);
    if !err.is_nil() {
        return (nil(), err);
    }
    let file = Closing(file);
    let mut all = Slice::<u8>::make_cap(0, 512);
    loop {
        if all.len() == all.cap() {
            all = all.append(0).slice_to(all.len());
        }
        let (n, err) = file.0.Read(all.slice(all.len(), all.cap()));
        all = all.slice_to(all.len() + n);
        if !err.is_nil() {
            return (all, if err == EOF.get() { zero() } else { err });
        }
    }
}

fn sorted(list: Slice<DirEntry>) {
    // inserted one by one, since names are code of the program and may do anything
    for i in 1..list.len() {
        let mut at = i;
        while at > 0 && (*list[at]).Name() < (*list[at - 1]).Name() {
            list.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// The entries of a directory, sorted by name.
pub fn ReadDir(fsys: FS, name: Str) -> (Slice<DirEntry>, Error) {
    if let Some(fsys) = fsys.downcast::<ReadDirFS>() {
        return fsys.ReadDir(name);
    }
    let (file, err) = fsys.Open(name);
    if !err.is_nil() {
        return (nil(), err);
    }
    let file = Closing(file);
    let Some(dir) = file.0.downcast::<ReadDirFile>() else {
        return (nil(), at_path("readdir", name, errors::New(str("not implemented"))));
    };
    let (list, err) = dir.ReadDir(-1);
    sorted(list);
    (list, err)
}

/// What is known of a file.
pub fn Stat(fsys: FS, name: Str) -> (FileInfo, Error) {
    if let Some(fsys) = fsys.downcast::<StatFS>() {
        return fsys.Stat(name);
    }
    let (file, err) = fsys.Open(name);
    if err.is_nil() { Closing(file).0.Stat() } else { (nil(), err) }
}

/// Where a symbolic link leads.
pub fn ReadLink(fsys: FS, name: Str) -> (Str, Error) {
    match fsys.downcast::<ReadLinkFS>() {
        Some(fsys) => fsys.ReadLink(name),
        None => (str(""), at_path("readlink", name, ErrInvalid.get())),
    }
}

/// What is known of a file; a link is looked at itself, if the tree has any.
pub fn Lstat(fsys: FS, name: Str) -> (FileInfo, Error) {
    match fsys.downcast::<ReadLinkFS>() {
        Some(fsys) => fsys.Lstat(name),
        None => Stat(fsys, name),
    }
}

/// The names that a pattern of `path.Match` finds.
pub fn Glob(fsys: FS, pattern: Str) -> (Slice<Str>, Error) {
    if let Some(fsys) = fsys.downcast::<GlobFS>() {
        return fsys.Glob(pattern);
    }
    let (_, err) = path::Match(pattern, str(""));
    if !err.is_nil() {
        return (nil(), err);
    }
    if !has_meta(pattern) {
        let found = Stat(fsys, pattern).1.is_nil();
        return (if found { zero::<Slice<Str>>().append(pattern) } else { nil() }, zero());
    }
    let (dir, file) = path::Split(pattern);
    let dir = match dir.len() {
        0 => str("."),
        len => dir.slice_to(len - 1),
    };
    if !has_meta(dir) {
        return in_directory(fsys, dir, file, nil());
    }
    if dir == pattern {
        return (nil(), path::ErrBadPattern.get());
    }
    let (dirs, err) = Glob(fsys, dir);
    if !err.is_nil() {
        return (nil(), err);
    }
    let mut found: Slice<Str> = nil();
    for dir in dirs.iter() {
        let (more, err) = in_directory(fsys, dir, file, found);
        if !err.is_nil() {
            return (more, err);
        }
        found = more;
    }
    (found, zero())
}

fn has_meta(pattern: Str) -> bool {
    pattern.as_bytes().iter().any(|byte| b"*?[\\".contains(byte))
}

fn in_directory(fsys: FS, dir: Str, pattern: Str, found: Slice<Str>) -> (Slice<Str>, Error) {
    let (list, err) = ReadDir(fsys, dir);
    let mut found = found;
    if !err.is_nil() {
        return (found, zero());
    }
    for entry in list.iter() {
        let name = entry.Name();
        match path::Match(pattern, name) {
            (_, err) if !err.is_nil() => return (found, err),
            (true, _) => found = found.append(path::Join(zero::<Slice<Str>>().append(dir).append(name))),
            _ => {}
        }
    }
    (found, zero())
}

/// Calls `visit` for a file and all below it, in the order of their names.
pub fn WalkDir(fsys: FS, root: Str, visit: WalkDirFunc) -> Error {
    let (info, err) = Stat(fsys, root);
    let err = if err.is_nil() {
        walk(fsys, root, FileInfoToDirEntry(info), visit)
    } else {
        (visit.0)(root, nil(), err)
    };
    if err == SkipDir.get() || err == SkipAll.get() { zero() } else { err }
}

fn walk(fsys: FS, name: Str, entry: DirEntry, visit: WalkDirFunc) -> Error {
    let err = (visit.0)(name, entry, zero());
    if !err.is_nil() || !entry.IsDir() {
        // what is left out is this directory
        return if err == SkipDir.get() && entry.IsDir() { zero() } else { err };
    }
    let (list, err) = ReadDir(fsys, name);
    if !err.is_nil() {
        // the directory once more, with what went wrong
        let err = (visit.0)(name, entry, err);
        if !err.is_nil() {
            return if err == SkipDir.get() { zero() } else { err };
        }
    }
    for entry in list.iter() {
        let inner = path::Join(zero::<Slice<Str>>().append(name).append(entry.Name()));
        let err = walk(fsys, inner, entry, visit);
        if err == SkipDir.get() {
            break;
        }
        if !err.is_nil() {
            return err;
        }
    }
    zero()
}

/// The tree below a directory of another; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("io/fs.subFS")]
#[repr(C)]
pub struct Below {
    fsys: FS,
    dir: Str,
}

/// The tree below a directory.
pub fn Sub(fsys: FS, dir: Str) -> (FS, Error) {
    if !ValidPath(dir) {
        return (nil(), at_path("sub", dir, ErrInvalid.get()));
    }
    if dir == str(".") {
        return (fsys, zero());
    }
    if let Some(fsys) = fsys.downcast::<SubFS>() {
        return fsys.Sub(dir);
    }
    (FS::of(Ptr::new(Below { fsys, dir })), zero())
}

impl Below {
    /// The name in the whole tree.
    fn full(self, op: &'static str, name: Str) -> Result<Str, Error> {
        if !ValidPath(name) {
            return Err(at_path(op, name, ErrInvalid.get()));
        }
        Ok(path::Join(zero::<Slice<Str>>().append(self.dir).append(name)))
    }

    /// The name below the directory, if it is one.
    fn shortened(self, name: Str) -> Option<Str> {
        if name == self.dir {
            return Some(str("."));
        }
        let rest = name
            .as_bytes()
            .strip_prefix(self.dir.as_bytes())?
            .strip_prefix(b"/")
            .filter(|rest| !rest.is_empty())?;
        Some(name.slice_from(name.len() - rest.len() as isize))
    }

    /// An error with the name below the directory.
    fn fixed(self, err: Error) -> Error {
        if let Some(at) = err.downcast::<Ptr<PathError>>()
            && let Some(short) = self.shortened(*at.Path)
        {
            at.Path.set(short);
        }
        err
    }
}

macro_rules! in_whole_tree {
    ($self:ident, $op:literal, $name:ident, $none:expr, |$below:ident, $full:ident| $does:expr) => {{
        let $below = $self.get();
        match $below.full($op, $name) {
            Err(err) => ($none, err),
            Ok($full) => {
                let (value, err) = $does;
                (value, $below.fixed(err))
            }
        }
    }};
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Below> {
    pub fn Open(self, name: Str) -> (File, Error) {
        in_whole_tree!(self, "open", name, nil(), |below, full| below.fsys.Open(full))
    }
    pub fn ReadDir(self, name: Str) -> (Slice<DirEntry>, Error) {
        in_whole_tree!(self, "read", name, nil(), |below, full| ReadDir(below.fsys, full))
    }
    pub fn ReadFile(self, name: Str) -> (Slice<u8>, Error) {
        in_whole_tree!(self, "read", name, nil(), |below, full| ReadFile(below.fsys, full))
    }
    pub fn ReadLink(self, name: Str) -> (Str, Error) {
        in_whole_tree!(self, "readlink", name, str(""), |below, full| ReadLink(below.fsys, full))
    }
    pub fn Lstat(self, name: Str) -> (FileInfo, Error) {
        in_whole_tree!(self, "lstat", name, nil(), |below, full| Lstat(below.fsys, full))
    }
    pub fn Glob(self, pattern: Str) -> (Slice<Str>, Error) {
        if pattern == str(".") {
            return (zero::<Slice<Str>>().append(pattern), zero());
        }
        let below = self.get();
        let (found, err) = Glob(below.fsys, Str::concat([below.dir, str("/"), pattern]));
        for (i, name) in found.range() {
            match below.shortened(name) {
                Some(short) => found.set(i, short),
                None => {
                    return (nil(), errors::New(str("invalid result from inner fsys Glob: ") + name));
                }
            }
        }
        (found, below.fixed(err))
    }
    pub fn Sub(self, dir: Str) -> (FS, Error) {
        if dir == str(".") {
            return (FS::of(self), zero());
        }
        match self.get().full("sub", dir) {
            Err(err) => (nil(), err),
            Ok(full) => (FS::of(Ptr::new(Below { fsys: *self.fsys, dir: full })), zero()),
        }
    }
}
