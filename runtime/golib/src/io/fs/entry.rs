//! Entries of folders: made of what is known of a file, and shown.

use goxide_macros::{GoNewtype, GoStruct, methods};

use super::{DirEntry, FileInfo, FileMode};
use crate::func::Func;
use crate::interface::{Error, Interface};
use crate::string::{Str, str};
use crate::time::DateTime;
use crate::view::zero;

/// What `WalkDir` calls for each file and folder.
#[derive(Clone, Copy, GoNewtype)]
#[go("io/fs.WalkDirFunc")]
pub struct WalkDirFunc(pub Func<dyn Fn(Str, DirEntry, Error) -> Error>);

/// An entry made of what is known of the file.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("io/fs.dirInfo")]
#[repr(C)]
pub struct DirInfo {
    fileInfo: FileInfo,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl DirInfo {
    pub fn Info(self) -> (FileInfo, Error) {
        (self.fileInfo, zero())
    }
    pub fn IsDir(self) -> bool {
        self.fileInfo.IsDir()
    }
    pub fn Name(self) -> Str {
        self.fileInfo.Name()
    }
    pub fn String(self) -> Str {
        FormatDirEntry(DirEntry::of(self))
    }
    pub fn Type(self) -> FileMode {
        self.fileInfo.Mode().Type()
    }
}

/// An entry made of what is known of the file; nil for nil.
pub fn FileInfoToDirEntry(info: FileInfo) -> DirEntry {
    if info.is_nil() { zero() } else { DirEntry::of(DirInfo { fileInfo: info }) }
}

/// An entry as text: its kind and its name.
pub fn FormatDirEntry(dir: DirEntry) -> Str {
    let mode = dir.Type().String();
    // Permissions are not known.
    let kind = mode.slice_to(mode.len() - 9);
    let slash = if dir.IsDir() { str("/") } else { str("") };
    Str::concat([kind, str(" "), dir.Name(), slash])
}

/// What is known of a file as text.
pub fn FormatFileInfo(info: FileInfo) -> Str {
    let slash = if info.IsDir() { "/" } else { "" };
    let (mode, size, time) = (info.Mode().String(), info.Size(), info.ModTime().Format(DateTime));
    Str::from(format!("{mode} {size} {time} {}{slash}", info.Name()))
}
