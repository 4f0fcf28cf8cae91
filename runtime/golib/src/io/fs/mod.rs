//! Go's package `io/fs`: modes, what is known of a file, the errors of files, and trees of files.

mod entry;
mod system;

pub use self::entry::{DirInfo, FileInfoToDirEntry, FormatDirEntry, FormatFileInfo, WalkDirFunc};
pub use self::system::*;

use goxide_macros::{GoNewtype, GoStruct, interface, methods};

use crate::errors::error_variables;
use crate::interface::{Any, Error, Interface};
use crate::ptr::Ptr;
use crate::string::{Str, str};
use crate::time::Time;

error_variables! {
    /// An argument that makes no sense.
    ErrInvalid = "invalid argument";
    /// Not allowed.
    ErrPermission = "permission denied";
    /// There already.
    ErrExist = "file already exists";
    /// Not there.
    ErrNotExist = "file does not exist";
    /// Closed before.
    ErrClosed = "file already closed";
    /// What a walk is told to leave out the rest of everything.
    SkipAll = "skip everything and stop the walk";
    /// What a walk is told to leave out a folder.
    SkipDir = "skip this directory";
}

/// What was done to which file, and why it failed.
#[derive(Clone, Copy, GoStruct)]
#[go("io/fs.PathError")]
#[repr(C)]
pub struct PathError {
    /// What was done.
    pub Op: Str,
    /// To which file.
    pub Path: Str,
    /// Why it failed.
    pub Err: Error,
}

#[interface]
trait KnowsTimeout {
    fn Timeout(self) -> bool;
}

/// Whether an error says that it is a timeout.
pub(crate) fn is_timeout(error: Error) -> bool {
    error.downcast::<KnowsTimeout>().is_some_and(KnowsTimeout::Timeout)
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<PathError> {
    pub fn Error(self) -> Str {
        *self.Op + str(" ") + *self.Path + str(": ") + self.Err.Error()
    }
    pub fn Unwrap(self) -> Error {
        *self.Err
    }
    pub fn Timeout(self) -> bool {
        is_timeout(*self.Err)
    }
}

/// What kind of file it is, and who may do what.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, GoNewtype)]
#[go("io/fs.FileMode")]
pub struct FileMode(pub u32);

macro_rules! modes {
    ($($name:ident = $bit:literal)*) => {$(
        #[allow(missing_docs)]
        pub const $name: FileMode = FileMode(1 << $bit);
    )*};
}
modes! {
    ModeDir = 31 ModeAppend = 30 ModeExclusive = 29 ModeTemporary = 28 ModeSymlink = 27 ModeDevice = 26 ModeNamedPipe = 25
    ModeSocket = 24 ModeSetuid = 23 ModeSetgid = 22 ModeCharDevice = 21 ModeSticky = 20 ModeIrregular = 19
}
/// The letters of the bits from 31 down.
const LETTERS: &str = "dalTLDpSugct?";
/// The bits that say what kind of file it is.
pub const ModeType: FileMode = FileMode(
    ModeDir.0
        | ModeSymlink.0
        | ModeNamedPipe.0
        | ModeSocket.0
        | ModeDevice.0
        | ModeCharDevice.0
        | ModeIrregular.0,
);
/// The bits that say who may do what.
pub const ModePerm: FileMode = FileMode(0o777);

impl FileMode {
    /// Whether it has all these bits.
    pub(crate) fn has(self, bits: FileMode) -> bool {
        self.0 & bits.0 == bits.0
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl FileMode {
    pub fn String(self) -> Str {
        let letters = LETTERS.chars().zip((0..32).rev());
        let mut text: String =
            letters.filter(|&(_, bit)| self.has(FileMode(1 << bit))).map(|(c, _)| c).collect();
        if text.is_empty() {
            text.push('-');
        }
        text.extend(
            "rwxrwxrwx"
                .chars()
                .zip((0..9).rev())
                .map(|(letter, bit)| if self.has(FileMode(1 << bit)) { letter } else { '-' }),
        );
        Str::from(text)
    }
    pub fn IsDir(self) -> bool {
        self.has(ModeDir)
    }
    pub fn IsRegular(self) -> bool {
        self.0 & ModeType.0 == 0
    }
    pub fn Perm(self) -> FileMode {
        self & ModePerm
    }
    pub fn Type(self) -> FileMode {
        self & ModeType
    }
}

/// What is known of a file.
#[interface("io/fs.FileInfo")]
pub trait FileInfo {
    fn Name(self) -> Str;
    fn Size(self) -> i64;
    fn Mode(self) -> FileMode;
    fn ModTime(self) -> Time;
    fn IsDir(self) -> bool;
    fn Sys(self) -> Any;
}

/// One entry of a directory.
#[interface("io/fs.DirEntry")]
pub trait DirEntry {
    fn Name(self) -> Str;
    fn IsDir(self) -> bool;
    fn Type(self) -> FileMode;
    fn Info(self) -> (FileInfo, Error);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Go 1.27 shows them.
    #[test]
    fn modes() {
        let device = ModeDevice | ModeCharDevice | FileMode(0o600);
        for (mode, text) in [
            (FileMode(0o644), "-rw-r--r--"),
            (ModeDir | FileMode(0o755), "drwxr-xr-x"),
            (ModeSetuid | FileMode(0o755), "urwxr-xr-x"),
            (device, "Dcrw-------"),
            (ModeSticky | ModeDir | ModePerm, "dtrwxrwxrwx"),
            (ModeIrregular, "?---------"),
            (ModeAppend | ModeExclusive | ModeTemporary | ModeSetgid, "alTg---------"),
        ] {
            assert_eq!(mode.String(), str(text));
        }
        assert!(device.Type() == ModeDevice | ModeCharDevice && !device.IsRegular());
        assert!(ModeSetgid.IsRegular());
    }
}
