//! The functions of `os` that take paths.

use std::fs;
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};

use super::errors::{LinkError, at_path, failed, of_system, outcome};
use super::file::{File, FileMethods, O_CREATE, O_EXCL, O_RDWR, O_TRUNC, O_WRONLY, OpenFile, open, path};
use super::info::{entry_of, info_of, system_mode};
use super::process::TempDir;
use crate::errors;
use crate::interface::{Error, Interface};
use crate::io::fs::{DirEntry, FileInfo, FileMode};
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::syscall::{EEXIST, EINVAL, ENOTDIR};
use crate::view::{nil, zero};

/// The whole of a file.
pub fn ReadFile(name: Str) -> (Slice<u8>, Error) {
    let at = path(name);
    // Which of the two failed is part of the message.
    let read = goxide::blocking(move || {
        let mut file = fs::File::open(at).map_err(|error| ("open", error))?;
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut file, &mut bytes).map_err(|error| ("read", error))?;
        Ok::<_, (&'static str, io::Error)>(bytes)
    });
    match read {
        // Not nil, even if the file is empty.
        Ok(bytes) => (Slice::make_cap(0, bytes.len() as isize).append_bytes(&bytes), zero()),
        Err((op, error)) => (nil(), failed(op, name, &error)),
    }
}

/// Writes a file anew.
pub fn WriteFile(name: Str, data: Slice<u8>, perm: FileMode) -> Error {
    let (file, error) = OpenFile(name, O_WRONLY | O_CREATE | O_TRUNC, perm);
    if !error.is_nil() {
        return error;
    }
    let written = file.Write(data).1;
    let closed = file.Close();
    if written.is_nil() { closed } else { written }
}

/// The entries of a directory, sorted by name.
pub fn ReadDir(name: Str) -> (Slice<DirEntry>, Error) {
    let entries = match fs::read_dir(path(name)) {
        Ok(entries) => entries.collect::<io::Result<Vec<_>>>(),
        Err(error) if error.raw_os_error() == Some(libc::ENOTDIR) => {
            return (nil(), failed("readdirent", name, &error));
        }
        Err(error) => return (nil(), failed("open", name, &error)),
    };
    match entries {
        Ok(mut entries) => {
            entries.sort_by_key(fs::DirEntry::file_name);
            (entries.iter().fold(zero(), |list: Slice<_>, entry| list.append(entry_of(name, entry))), zero())
        }
        Err(error) => (nil(), failed("readdirent", name, &error)),
    }
}

/// What is known of a file; a link is followed.
pub fn Stat(name: Str) -> (FileInfo, Error) {
    match fs::metadata(path(name)) {
        Ok(data) => (info_of(name, &data), zero()),
        Err(error) => (nil(), failed("stat", name, &error)),
    }
}

/// What is known of a file; a link is looked at itself.
pub fn Lstat(name: Str) -> (FileInfo, Error) {
    match fs::symlink_metadata(path(name)) {
        Ok(data) => (info_of(name, &data), zero()),
        Err(error) => (nil(), failed("lstat", name, &error)),
    }
}

/// Makes a directory.
pub fn Mkdir(name: Str, perm: FileMode) -> Error {
    outcome("mkdir", name, fs::DirBuilder::new().mode(system_mode(perm)).create(path(name)))
}

/// Makes a directory and those above it that are not there.
pub fn MkdirAll(at: Str, perm: FileMode) -> Error {
    if let Ok(data) = fs::metadata(path(at)) {
        return if data.is_dir() { zero() } else { at_path("mkdir", at, Error::of(ENOTDIR)) };
    }
    let bytes = at.as_bytes();
    let end = bytes.iter().rposition(|&byte| byte != b'/').map_or(0, |last| last + 1);
    let parent = bytes[..end].iter().rposition(|&byte| byte == b'/').unwrap_or(0);
    if parent > 0 {
        let error = MkdirAll(at.slice_to(parent as isize), perm);
        if !error.is_nil() {
            return error;
        }
    }
    let error = Mkdir(at, perm);
    // Somebody else may have made it, and `x/.` is there once `x` is.
    let is_there = !error.is_nil() && fs::symlink_metadata(path(at)).is_ok_and(|data| data.is_dir());
    if is_there { zero() } else { error }
}

/// Removes a file or an empty directory.
pub fn Remove(name: Str) -> Error {
    let at = path(name);
    let Err(as_file) = fs::remove_file(&at) else { return zero() };
    match fs::remove_dir(&at) {
        Ok(()) => zero(),
        Err(error) if error.raw_os_error() == Some(libc::ENOTDIR) => failed("remove", name, &as_file),
        Err(error) => failed("remove", name, &error),
    }
}

/// Removes a file, or a directory with all that is in it. It need not be there.
pub fn RemoveAll(at: Str) -> Error {
    if at.as_bytes() == b"." || at.as_bytes().ends_with(b"/.") {
        return at_path("RemoveAll", at, Error::of(EINVAL));
    }
    if at.is_empty() || Remove(at).is_nil() {
        return zero();
    }
    let name = path(at);
    match goxide::blocking(move || fs::remove_dir_all(name)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => failed("unlinkat", at, &error),
        _ => zero(),
    }
}

fn linked(op: &'static str, old: Str, new: Str, result: io::Result<()>) -> Error {
    let fail = |error: io::Error| {
        Error::of(Ptr::new(LinkError { Op: str(op), Old: old, New: new, Err: of_system(&error) }))
    };
    result.map_or_else(fail, |()| zero())
}

/// Gives a file another name, where there may be another file, but no directory.
pub fn Rename(oldpath: Str, newpath: Str) -> Error {
    let there = |name: Str| fs::symlink_metadata(path(name));
    let result = match (there(newpath), there(oldpath)) {
        (Ok(new), Err(error)) if new.is_dir() => Err(error),
        (Ok(new), Ok(old)) if new.is_dir() && (oldpath == newpath || !is_same(&new, &old)) => {
            Err(io::Error::from_raw_os_error(EEXIST.0.0 as i32))
        }
        _ => fs::rename(path(oldpath), path(newpath)),
    };
    linked("rename", oldpath, newpath, result)
}

fn is_same(a: &fs::Metadata, b: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Makes `newname` a symbolic link to `oldname`.
pub fn Symlink(oldname: Str, newname: Str) -> Error {
    linked("symlink", oldname, newname, std::os::unix::fs::symlink(path(oldname), path(newname)))
}

/// Makes `newname` another name of the file `oldname`.
pub fn Link(oldname: Str, newname: Str) -> Error {
    linked("link", oldname, newname, fs::hard_link(path(oldname), path(newname)))
}

/// Where a symbolic link leads.
pub fn Readlink(name: Str) -> (Str, Error) {
    match fs::read_link(path(name)) {
        Ok(to) => (Str::copy_of(&to.into_os_string().into_vec()), zero()),
        Err(error) => (str(""), failed("readlink", name, &error)),
    }
}

/// Sets the length of a file.
pub fn Truncate(name: Str, size: i64) -> Error {
    let Ok(size) = u64::try_from(size) else {
        return at_path("truncate", name, Error::of(EINVAL));
    };
    let file = fs::OpenOptions::new().write(true).open(path(name));
    outcome("truncate", name, file.and_then(|file| file.set_len(size)))
}

/// Sets who may do what with a file.
pub fn Chmod(name: Str, mode: FileMode) -> Error {
    let permissions = fs::Permissions::from_mode(system_mode(mode));
    outcome("chmod", name, fs::set_permissions(path(name), permissions))
}

/// Tries names made of `pattern` and a number until one is free.
fn make_temporary<R>(
    op: &'static str,
    dir: Str,
    pattern: Str,
    make: impl Fn(Str) -> io::Result<R>,
) -> Result<(Str, R), Error> {
    let dir = if dir.is_empty() { TempDir() } else { dir };
    let bytes = pattern.as_bytes();
    if bytes.contains(&b'/') {
        return Err(at_path(op, pattern, errors::New(str("pattern contains path separator"))));
    }
    let star = bytes.iter().rposition(|&byte| byte == b'*');
    let (before, after) = star.map_or((bytes, &b""[..]), |star| (&bytes[..star], &bytes[star + 1..]));
    let slash: &[u8] = if dir.as_bytes().ends_with(b"/") { b"" } else { b"/" };
    for attempt in 0.. {
        let number = random().to_string();
        let name = Str::copy_of(&[dir.as_bytes(), slash, before, number.as_bytes(), after].concat());
        match make(name) {
            Ok(made) => return Ok((name, made)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < 10_000 => {}
            Err(error) => {
                return Err(failed(if op == "createtemp" { "open" } else { "mkdir" }, name, &error));
            }
        }
    }
    unreachable!("the last attempt returns")
}

/// A number nobody can foresee: the seed of Rust's hash maps.
fn random() -> u32 {
    use std::hash::{BuildHasher, Hasher};
    crate::hash::keys().build_hasher().finish() as u32
}

/// Makes and opens a file whose name nobody has.
pub fn CreateTemp(dir: Str, pattern: Str) -> (Ptr<File>, Error) {
    let made = make_temporary("createtemp", dir, pattern, |name| {
        open(name, O_RDWR | O_CREATE | O_EXCL, FileMode(0o600))
    });
    made.map_or_else(|error| (nil(), error), |(_, file)| (file, zero()))
}

/// Makes a directory whose name nobody has.
pub fn MkdirTemp(dir: Str, pattern: Str) -> (Str, Error) {
    let made = make_temporary("mkdirtemp", dir, pattern, |name| {
        fs::DirBuilder::new().mode(0o700).create(std::ffi::OsStr::from_bytes(name.as_bytes()))
    });
    made.map_or_else(|error| (str(""), error), |(name, ())| (name, zero()))
}
