//! What the system says of a file, as `FileInfo` and `DirEntry`.

use std::fs::{self, DirEntry as SystemEntry, Metadata};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;

use goxide_macros::{GoStruct, methods};

use super::errors::failed;
use super::file::path;
use crate::interface::{Any, Error, Interface};
use crate::io::fs::{
    DirEntry, FileInfo, FileMode, FormatDirEntry, ModeCharDevice, ModeDevice, ModeDir, ModeIrregular,
    ModeNamedPipe, ModePerm, ModeSetgid, ModeSetuid, ModeSocket, ModeSticky, ModeSymlink,
};
use crate::ptr::Ptr;
use crate::string::{Str, str};
use crate::time::{Time, Unix};
use crate::view::{View, nil, zero};

/// What is known of a file; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("os.fileStat")]
#[repr(C)]
pub struct FileStat {
    name: Str,
    size: i64,
    mode: FileMode,
    modTime: Time,
    dev: u64,
    ino: u64,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<FileStat> {
    pub fn Name(self) -> Str {
        *self.name
    }
    pub fn Size(self) -> i64 {
        *self.size
    }
    pub fn Mode(self) -> FileMode {
        *self.mode
    }
    pub fn ModTime(self) -> Time {
        self.modTime.get()
    }
    pub fn IsDir(self) -> bool {
        self.mode.IsDir()
    }
    /// Nil: there is no `syscall.Stat_t`.
    pub fn Sys(self) -> Any {
        nil()
    }
}

/// Whether both are of one file; not if something else than this package says so.
pub fn SameFile(fi1: FileInfo, fi2: FileInfo) -> bool {
    let which = |info: FileInfo| info.downcast::<Ptr<FileStat>>().map(|stat| (*stat.dev, *stat.ino));
    which(fi1).is_some() && which(fi1) == which(fi2)
}

/// The bits that both Go and the system have, in different places.
const SPECIAL: [(FileMode, u32); 3] =
    [(ModeSetuid, libc::S_ISUID), (ModeSetgid, libc::S_ISGID), (ModeSticky, libc::S_ISVTX)];

/// Go's mode for the system.
pub(super) fn system_mode(mode: FileMode) -> u32 {
    let special = SPECIAL.iter().filter(|(ours, _)| mode.has(*ours)).map(|(_, theirs)| theirs);
    special.fold(mode.Perm().0, |all, bit| all | bit)
}

fn kind(kind: u32) -> FileMode {
    match kind & libc::S_IFMT {
        libc::S_IFREG => FileMode(0),
        libc::S_IFDIR => ModeDir,
        libc::S_IFLNK => ModeSymlink,
        libc::S_IFIFO => ModeNamedPipe,
        libc::S_IFSOCK => ModeSocket,
        libc::S_IFCHR => ModeDevice | ModeCharDevice,
        libc::S_IFBLK => ModeDevice,
        _ => ModeIrregular,
    }
}

/// What the system says of the file of that path.
pub(super) fn info_of(path: Str, data: &Metadata) -> FileInfo {
    let bits = data.mode();
    let special = SPECIAL.iter().filter(|(_, theirs)| bits & theirs != 0).map(|(ours, _)| *ours);
    let mode = special.fold(kind(bits) | (FileMode(bits) & ModePerm), |all, bit| all | bit);
    let size = data.len() as i64;
    let modTime = Unix(data.mtime(), data.mtime_nsec());
    FileInfo::of(Ptr::new(FileStat {
        name: base(path),
        size,
        mode,
        modTime,
        dev: data.dev(),
        ino: data.ino(),
    }))
}

/// The last element of a path.
fn base(path: Str) -> Str {
    let bytes = path.as_bytes();
    let end = bytes.iter().rposition(|&byte| byte != b'/').map_or(bytes.len().min(1), |last| last + 1);
    let start = bytes[..end].iter().rposition(|&byte| byte == b'/').map_or(0, |slash| slash + 1);
    path.slice(if start == end { 0 } else { start as isize }, end as isize)
}

/// One entry of a directory; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("os.unixDirent")]
#[repr(C)]
pub struct Dirent {
    parent: Str,
    name: Str,
    typ: FileMode,
}

pub(super) fn entry_of(parent: Str, entry: &SystemEntry) -> DirEntry {
    let typ = entry.metadata().map_or(FileMode(0), |data| kind(data.mode()));
    DirEntry::of(Ptr::new(Dirent { parent, name: Str::copy_of(entry.file_name().as_bytes()), typ }))
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Dirent> {
    pub fn Name(self) -> Str {
        *self.name
    }
    pub fn IsDir(self) -> bool {
        self.typ.IsDir()
    }
    pub fn Type(self) -> FileMode {
        *self.typ
    }
    pub fn String(self) -> Str {
        FormatDirEntry(DirEntry::of(self))
    }
    pub fn Info(self) -> (FileInfo, Error) {
        let name = *self.parent + str("/") + *self.name;
        match fs::symlink_metadata(path(name)) {
            Ok(data) => (info_of(name, &data), zero()),
            Err(error) => (nil(), failed("lstat", name, &error)),
        }
    }
}
