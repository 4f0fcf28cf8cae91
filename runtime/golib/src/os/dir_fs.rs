//! Directories of the system as trees of `io/fs`, and copies of such trees.
#![allow(non_camel_case_types)] // the names are Go's

use goxide_macros::{GoNewtype, methods};

use super::errors::at_path;
use super::file::{File, FileMethods as _, O_CREATE, O_EXCL, O_WRONLY, Open, OpenFile};
use super::tree::{Lstat, MkdirAll, ReadDir, ReadFile, Readlink, Stat, Symlink};
use crate::errors;
use crate::func::func;
use crate::interface::{Error, Interface};
use crate::io::fs::{
    self, DirEntry, ErrInvalid, FS, FileInfo, FileMode, ModeDir, ModeSymlink, PathError, ValidPath,
    WalkDirFunc,
};
use crate::io::{self, Reader, Writer};
use crate::path;
use crate::ptr::Ptr;
use crate::slice::{Slice, slice};
use crate::string::{Str, str};
use crate::view::{View, nil};

/// A directory of the system.
#[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
#[go("os.dirFS")]
pub struct dirFS(pub Str);

/// The tree of files below a directory.
pub fn DirFS(dir: Str) -> FS {
    FS::of(dirFS(dir))
}

impl dirFS {
    fn full(self, op: &'static str, name: Str) -> Result<Str, Error> {
        if self.0.is_empty() {
            return Err(at_path(op, name, errors::New(str("os: DirFS with empty root"))));
        }
        if !ValidPath(name) || name.as_bytes().contains(&0) {
            return Err(at_path(op, name, ErrInvalid.get()));
        }
        let slash = if self.0.as_bytes().ends_with(b"/") { "" } else { "/" };
        Ok(Str::concat([self.0, str(slash), name]))
    }
}

/// An error with the name that was asked for.
fn renamed(err: Error, name: Str) -> Error {
    if let Some(at) = err.downcast::<Ptr<PathError>>() {
        at.Path.set(name);
    }
    err
}

fn done<T>(name: Str, none: T, full: Result<Str, Error>, f: impl FnOnce(Str) -> (T, Error)) -> (T, Error) {
    match full {
        Err(err) => (none, err),
        Ok(full) => match f(full) {
            (value, err) if err.is_nil() => (value, err),
            (_, err) => (none, renamed(err, name)),
        },
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl dirFS {
    pub fn Open(self, name: Str) -> (fs::File, Error) {
        done(name, nil(), self.full("open", name), |full| {
            let (file, err) = Open(full);
            (if err.is_nil() { fs::File::of(file) } else { nil() }, err)
        })
    }
    pub fn ReadFile(self, name: Str) -> (Slice<u8>, Error) {
        done(name, nil(), self.full("readfile", name), ReadFile)
    }
    pub fn ReadDir(self, name: Str) -> (Slice<DirEntry>, Error) {
        done(name, nil(), self.full("readdir", name), ReadDir)
    }
    pub fn Stat(self, name: Str) -> (FileInfo, Error) {
        done(name, nil(), self.full("stat", name), Stat)
    }
    pub fn Lstat(self, name: Str) -> (FileInfo, Error) {
        done(name, nil(), self.full("lstat", name), Lstat)
    }
    pub fn ReadLink(self, name: Str) -> (Str, Error) {
        done(name, str(""), self.full("readlink", name), Readlink)
    }
}

/// Copies a tree into a directory, where none of its files may be.
pub fn CopyFS(dir: Str, fsys: FS) -> Error {
    let visit = func(move |name: Str, entry: DirEntry, err: Error| {
        if !err.is_nil() {
            return err;
        }
        let to = path::Join(slice([dir, name]));
        match entry.Type() {
            ModeDir => MkdirAll(to, FileMode(0o777)),
            ModeSymlink => {
                let (target, err) = fs::ReadLink(fsys, name);
                if err.is_nil() { Symlink(target, to) } else { err }
            }
            FileMode(0) => copy_file(fsys, name, to),
            _ => at_path("CopyFS", name, ErrInvalid.get()),
        }
    });
    fs::WalkDir(fsys, str("."), WalkDirFunc(visit))
}

fn copy_file(fsys: FS, name: Str, to: Str) -> Error {
    let (from, err) = fsys.Open(name);
    if !err.is_nil() {
        return err;
    }
    let (info, err) = from.Stat();
    if !err.is_nil() {
        from.Close();
        return err;
    }
    let mode = FileMode(0o666 | info.Mode().0 & 0o777);
    let (file, err): (Ptr<File>, Error) = OpenFile(to, O_CREATE | O_EXCL | O_WRONLY, mode);
    if !err.is_nil() {
        from.Close();
        return err;
    }
    let (_, err) = io::Copy_(Writer::of(file), from.upcast::<Reader>());
    from.Close();
    if !err.is_nil() {
        file.Close();
        return at_path("Copy", to, err);
    }
    file.Close()
}
