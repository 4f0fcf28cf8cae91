//! `os.File`.
//!
//! A file is a number of a table that holds what the system opened; closing takes it out, and the system closes it when the
//! last operation under way is done. Must hold: what may wait for long (pipes, terminals, opening) runs on the blocking pool,
//! so that other goroutines go on; standard output is written directly. Bytes go through a buffer of Rust's, because nobody
//! makes a `&mut` into the heap.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use goxide_macros::{GoStruct, methods};

use super::errors::{IsNotExist, NewSyscallError, at_path, failed, of_system, outcome};
use super::info::{entry_of, info_of, system_mode};
use super::owner::{ErrNoDeadline, id};
use crate::errors;
use crate::global::Global;
use crate::interface::{Error, Interface as _};
use crate::io::fs::{DirEntry, ErrClosed, ErrInvalid, FileInfo, FileMode};
use crate::io::{Copy_, EOF, Reader, Writer};
use crate::num::Uintptr;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::time::Time;
use crate::view::{GoType, View, nil, zero};

/// An open file.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("os.File")]
#[repr(C)]
pub struct File {
    #[doc(hidden)]
    pub number: u64,
    #[doc(hidden)]
    pub name: Str,
    #[doc(hidden)]
    pub appends: bool,
}

/// What the system opened.
struct Opened {
    file: fs::File,
    /// Reading it may take long.
    waits: bool,
    entries: Mutex<Option<fs::ReadDir>>,
}

impl Opened {
    fn new(file: fs::File) -> Arc<Opened> {
        let waits = file.metadata().is_ok_and(|data| !data.is_file() && !data.is_dir());
        Arc::new(Opened { file, waits, entries: Mutex::new(None) })
    }

    /// Runs `f` where it may take long if it may.
    fn run<R: Send + 'static>(self: &Arc<Opened>, f: impl FnOnce(&fs::File) -> R + Send + 'static) -> R {
        if self.waits {
            let opened = self.clone();
            return goxide::blocking(move || f(&opened.file));
        }
        f(&self.file)
    }
}

/// The open files; the first three numbers are the standard streams.
struct Table {
    files: HashMap<u64, Arc<Opened>>,
    next: u64,
}

const STDIN: u64 = 1;
const STDOUT: u64 = 2;
const STDERR: u64 = 3;

fn with_table<R>(f: impl FnOnce(&mut Table) -> R) -> R {
    static TABLE: OnceLock<Mutex<Table>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut files = HashMap::with_hasher(crate::hash::keys());
        let mut add = |number: u64, stream: BorrowedFd<'_>| {
            // A stream that is closed is not in the table.
            if let Ok(own) = stream.try_clone_to_owned() {
                files.insert(number, Opened::new(own.into()));
            }
        };
        add(STDIN, io::stdin().as_fd());
        add(STDOUT, io::stdout().as_fd());
        add(STDERR, io::stderr().as_fd());
        Mutex::new(Table { files, next: STDERR + 1 })
    });
    f(&mut table.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
}

macro_rules! streams {
    ($($(#[$doc:meta])* $name:ident = $number:ident $path:literal;)*) => {$(
        $(#[$doc])*
        pub static $name: Global<Ptr<File>> = {
            static FILE: Global<File> =
                Global::new(File { number: $number, name: str($path), appends: false });
            Global::new(Ptr::from_raw(FILE.raw()))
        };
    )*};
}
streams! {
    /// Standard input.
    Stdin = STDIN "/dev/stdin";
    /// Standard output.
    Stdout = STDOUT "/dev/stdout";
    /// Standard error.
    Stderr = STDERR "/dev/stderr";
}

pub(super) fn path(name: Str) -> PathBuf {
    PathBuf::from(std::ffi::OsStr::from_bytes(name.as_bytes()))
}

/// Opens for reading only.
pub const O_RDONLY: isize = 0;
/// Opens for writing only.
pub const O_WRONLY: isize = libc::O_WRONLY as isize;
/// Opens for reading and writing.
pub const O_RDWR: isize = libc::O_RDWR as isize;
/// Writes at the end.
pub const O_APPEND: isize = libc::O_APPEND as isize;
/// Makes a new file if there is none.
pub const O_CREATE: isize = libc::O_CREAT as isize;
/// Fails if there is one.
pub const O_EXCL: isize = libc::O_EXCL as isize;
/// Writes through.
pub const O_SYNC: isize = libc::O_SYNC as isize;
/// Empties the file.
pub const O_TRUNC: isize = libc::O_TRUNC as isize;

/// Opens a file for reading.
pub fn Open(name: Str) -> (Ptr<File>, Error) {
    OpenFile(name, O_RDONLY, FileMode(0))
}

/// Opens a file for reading and writing, new or emptied.
pub fn Create(name: Str) -> (Ptr<File>, Error) {
    OpenFile(name, O_RDWR | O_CREATE | O_TRUNC, FileMode(0o666))
}

/// Opens a file.
pub fn OpenFile(name: Str, flag: isize, perm: FileMode) -> (Ptr<File>, Error) {
    match open(name, flag, perm) {
        Ok(file) => (file, zero()),
        Err(error) => (nil(), failed("open", name, &error)),
    }
}

pub(super) fn open(name: Str, flag: isize, perm: FileMode) -> io::Result<Ptr<File>> {
    let access = flag & (O_WRONLY | O_RDWR);
    let mut options = OpenOptions::new();
    options.read(access != O_WRONLY).write(access != O_RDONLY);
    options.custom_flags(flag as i32).mode(system_mode(perm));
    let at = path(name);
    let file = goxide::blocking(move || {
        loop {
            match options.open(&at) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                opened => return opened,
            }
        }
    })?;
    Ok(registered(file, name, flag & O_APPEND != 0))
}

fn registered(file: fs::File, name: Str, appends: bool) -> Ptr<File> {
    let opened = Opened::new(file);
    let number = with_table(|table| {
        let number = table.next;
        table.next += 1;
        table.files.insert(number, opened);
        number
    });
    Ptr::new(File { number, name, appends })
}

/// Both ends of a pipe of the system: what is written to the second is read from the first.
pub fn Pipe() -> (Ptr<File>, Ptr<File>, Error) {
    match io::pipe() {
        Ok((reader, writer)) => {
            let file = |fd: OwnedFd, name| registered(fd.into(), str(name), false);
            (file(reader.into(), "|0"), file(writer.into(), "|1"), zero())
        }
        Err(error) => (nil(), nil(), NewSyscallError(str("pipe2"), of_system(&error))),
    }
}

/// A file that can only be read, so that copying does not ask it to write itself.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("os.fileWithoutWriteTo")]
#[repr(C)]
pub struct Reading {
    file: Ptr<File>,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Reading {
    pub fn Read(self, b: Slice<u8>) -> (isize, Error) {
        self.file.Read(b)
    }
}

/// A file that can only be written, so that copying does not ask it to read.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("os.fileWithoutReadFrom")]
#[repr(C)]
pub struct Writing {
    file: Ptr<File>,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Writing {
    pub fn Write(self, b: Slice<u8>) -> (isize, Error) {
        self.file.Write(b)
    }
    pub fn WriteString(self, s: Str) -> (isize, Error) {
        self.file.WriteString(s)
    }
}

/// As [`FileMethods::ReadDir`], with something of each entry; those that have gone are left out.
fn list<T: GoType>(file: Ptr<File>, n: isize, what: impl Fn(DirEntry) -> (T, Error)) -> (Slice<T>, Error) {
    let (entries, err) = file.ReadDir(n);
    let mut list = Slice::make_cap(0, entries.len());
    for entry in entries.iter() {
        match what(entry) {
            (value, err) if err.is_nil() => list = list.append(value),
            (_, err) if IsNotExist(err) => {}
            (_, err) => return (list, err),
        }
    }
    (list, err)
}

/// The file of an operation; the error is Go's.
fn opened(file: Ptr<File>, op: &'static str) -> Result<Arc<Opened>, Error> {
    if file.is_nil() {
        return Err(ErrInvalid.get());
    }
    let number = *file.number;
    let found = with_table(|table| table.files.get(&number).cloned());
    found.ok_or_else(|| at_path(op, *file.name, ErrClosed.get()))
}

/// Goes on after interruptions.
fn uninterrupted<R>(mut f: impl FnMut() -> io::Result<R>) -> io::Result<R> {
    loop {
        match f() {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// No read takes more at once.
const MOST: usize = 1 << 20;

/// One read, at an offset or where the file stands.
fn read(opened: &Arc<Opened>, into: Slice<u8>, at: Option<u64>) -> io::Result<isize> {
    let wanted = (into.len() as usize).min(MOST);
    let (count, buffer) = opened.run(move |mut file: &fs::File| {
        let mut buffer = vec![0; wanted];
        let count = uninterrupted(|| match at {
            Some(at) => file.read_at(&mut buffer, at),
            None => file.read(&mut buffer),
        });
        (count, buffer)
    });
    let count = count?;
    // Appending to an empty part of a slice that has the room writes in place.
    into.slice_to(0).append_bytes(&buffer[..count]);
    Ok(count as isize)
}

/// Writes all of it, at an offset or where the file stands: how much was written, and why not all.
fn write(mut file: &fs::File, bytes: &[u8], at: Option<u64>) -> (usize, io::Result<()>) {
    let mut done = 0;
    while done < bytes.len() {
        let rest = &bytes[done..];
        match uninterrupted(|| match at {
            Some(at) => file.write_at(rest, at + done as u64),
            None => file.write(rest),
        }) {
            Ok(0) => return (done, Err(ErrorKind::WriteZero.into())),
            Ok(count) => done += count,
            Err(error) => return (done, Err(error)),
        }
    }
    (done, Ok(()))
}

/// What a shell sees of a program that the signal SIGPIPE ended.
const BROKEN_PIPE: i32 = 128 + libc::SIGPIPE;

/// Writes where the file stands. As in Go, a program whose standard output nobody reads any more ends.
pub(crate) fn write_bytes(file: Ptr<File>, bytes: &[u8]) -> (isize, Error) {
    let opened = match opened(file, "write") {
        Ok(opened) => opened,
        Err(error) => return (0, error),
    };
    let (count, result) = if opened.waits && *file.number > STDERR {
        let bytes = bytes.to_vec();
        opened.run(move |file| write(file, &bytes, None))
    } else {
        write(&opened.file, bytes, None)
    };
    if let Err(error) = &result
        && error.kind() == ErrorKind::BrokenPipe
        && matches!(*file.number, STDOUT | STDERR)
    {
        goxide::__private::exit(BROKEN_PIPE);
    }
    (count as isize, outcome("write", *file.name, result))
}

/// Runs an operation that gives nothing but an error.
fn change(file: Ptr<File>, op: &'static str, f: impl FnOnce(&fs::File) -> io::Result<()>) -> Error {
    match opened(file, op) {
        Ok(opened) => outcome(op, *file.name, f(&opened.file)),
        Err(error) => error,
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<File> {
    pub fn Name(self) -> Str {
        *self.name
    }
    pub fn Read(self, b: Slice<u8>) -> (isize, Error) {
        let result = opened(self, "read").map(|opened| read(&opened, b, None));
        match result {
            Err(error) => (0, error),
            Ok(Err(error)) => (0, failed("read", *self.name, &error)),
            Ok(Ok(0)) if !b.is_empty() => (0, EOF.get()),
            Ok(Ok(count)) => (count, zero()),
        }
    }
    pub fn ReadAt(self, b: Slice<u8>, off: i64) -> (isize, Error) {
        let opened = match opened(self, "read") {
            Ok(opened) => opened,
            Err(error) => return (0, error),
        };
        let Ok(off) = u64::try_from(off) else {
            return (0, at_path("readat", *self.name, errors::New(str("negative offset"))));
        };
        let mut done = 0;
        while done < b.len() {
            match read(&opened, b.slice_from(done), Some(off + done as u64)) {
                Ok(0) => return (done, EOF.get()),
                Ok(count) => done += count,
                Err(error) => return (done, failed("read", *self.name, &error)),
            }
        }
        (done, zero())
    }
    pub fn Write(self, b: Slice<u8>) -> (isize, Error) {
        let bytes: Vec<u8> = b.iter().collect();
        write_bytes(self, &bytes)
    }
    pub fn WriteString(self, s: Str) -> (isize, Error) {
        write_bytes(self, s.as_bytes())
    }
    pub fn WriteAt(self, b: Slice<u8>, off: i64) -> (isize, Error) {
        let opened = match opened(self, "write") {
            Ok(opened) => opened,
            Err(error) => return (0, error),
        };
        if *self.appends {
            let text = str("os: invalid use of WriteAt on file opened with O_APPEND");
            return (0, errors::New(text));
        }
        let Ok(off) = u64::try_from(off) else {
            return (0, at_path("writeat", *self.name, errors::New(str("negative offset"))));
        };
        let bytes: Vec<u8> = b.iter().collect();
        let (count, result) = write(&opened.file, &bytes, Some(off));
        (count as isize, outcome("write", *self.name, result))
    }
    pub fn Seek(self, offset: i64, whence: isize) -> (i64, Error) {
        let invalid = || io::Error::from_raw_os_error(libc::EINVAL);
        let to = match whence {
            0 => u64::try_from(offset).map(SeekFrom::Start).map_err(|_| invalid()),
            1 => Ok(SeekFrom::Current(offset)),
            2 => Ok(SeekFrom::End(offset)),
            _ => Err(invalid()),
        };
        let opened = match opened(self, "seek") {
            Ok(opened) => opened,
            Err(error) => return (0, error),
        };
        match to.and_then(|to| (&opened.file).seek(to)) {
            Ok(at) => {
                // A directory is read from its start again.
                *opened.entries.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = None;
                (at as i64, zero())
            }
            Err(error) => (0, failed("seek", *self.name, &error)),
        }
    }
    pub fn Sync(self) -> Error {
        change(self, "sync", fs::File::sync_all)
    }
    pub fn Truncate(self, size: i64) -> Error {
        change(self, "truncate", |file| match u64::try_from(size) {
            Ok(size) => file.set_len(size),
            Err(_) => Err(io::Error::from_raw_os_error(libc::EINVAL)),
        })
    }
    pub fn Chmod(self, mode: FileMode) -> Error {
        change(self, "chmod", |file| file.set_permissions(fs::Permissions::from_mode(system_mode(mode))))
    }
    pub fn Stat(self) -> (FileInfo, Error) {
        match opened(self, "stat").map(|opened| opened.file.metadata()) {
            Ok(Ok(data)) => (info_of(*self.name, &data), zero()),
            Ok(Err(error)) => (nil(), failed("stat", *self.name, &error)),
            Err(error) => (nil(), error),
        }
    }
    pub fn ReadDir(self, n: isize) -> (Slice<DirEntry>, Error) {
        let opened = match opened(self, "readdir") {
            Ok(opened) => opened,
            Err(error) => return (nil(), error),
        };
        let mut entries = opened.entries.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let found = match entries.take().map_or_else(|| fs::read_dir(path(*self.name)), Ok) {
            Ok(found) => entries.insert(found),
            Err(error) => return (nil(), failed("readdirent", *self.name, &error)),
        };
        let mut list: Slice<DirEntry> = zero();
        while n <= 0 || list.len() < n {
            match found.next() {
                None if n > 0 && list.is_empty() => return (list, EOF.get()),
                None => break,
                Some(Ok(entry)) => list = list.append(entry_of(*self.name, &entry)),
                Some(Err(error)) => return (list, failed("readdirent", *self.name, &error)),
            }
        }
        (list, zero())
    }
    pub fn Readdir(self, n: isize) -> (Slice<FileInfo>, Error) {
        list(self, n, |entry| entry.Info())
    }
    pub fn Readdirnames(self, n: isize) -> (Slice<Str>, Error) {
        list(self, n, |entry| (entry.Name(), zero()))
    }
    pub fn ReadFrom(self, r: Reader) -> (i64, Error) {
        match opened(self, "write") {
            Ok(_) => Copy_(Writer::of(Writing { file: self }), r),
            Err(error) => (0, error),
        }
    }
    pub fn WriteTo(self, w: Writer) -> (i64, Error) {
        match opened(self, "read") {
            Ok(_) => Copy_(w, Reader::of(Reading { file: self })),
            Err(error) => (0, error),
        }
    }
    pub fn Fd(self) -> Uintptr {
        let closed = Uintptr(usize::MAX);
        opened(self, "fd").map_or(closed, |opened| Uintptr(opened.file.as_raw_fd() as usize))
    }
    pub fn Chdir(self) -> Error {
        change(self, "chdir", |file| std::env::set_current_dir(format!("/proc/self/fd/{}", file.as_raw_fd())))
    }
    pub fn Chown(self, uid: isize, gid: isize) -> Error {
        change(self, "chown", |file| fchown(file, id(uid), id(gid)))
    }
    pub fn SetDeadline(self, _t: Time) -> Error {
        opened(self, "SetDeadline").map_or_else(|error| error, |_| ErrNoDeadline.get())
    }
    pub fn SetReadDeadline(self, _t: Time) -> Error {
        opened(self, "SetReadDeadline").map_or_else(|error| error, |_| ErrNoDeadline.get())
    }
    pub fn SetWriteDeadline(self, _t: Time) -> Error {
        opened(self, "SetWriteDeadline").map_or_else(|error| error, |_| ErrNoDeadline.get())
    }
    pub fn Close(self) -> Error {
        if let Err(error) = opened(self, "close") {
            return error;
        }
        let number = *self.number;
        match with_table(|table| table.files.remove(&number)) {
            Some(_) => zero(),
            None => at_path("close", *self.name, ErrClosed.get()),
        }
    }
}
