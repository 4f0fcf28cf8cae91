//! Go's package `os`.
//!
//! Missing: processes (`StartProcess`, `FindProcess`), `Root`, `NewFile`, `File.SyscallConn`; no file has deadlines.

mod dir_fs;
mod env;
mod errors;
mod file;
mod info;
mod owner;
mod process;
pub mod signal;
mod tree;

use crate::string::{Str, str};

pub(crate) use env::lookup;
pub(crate) use file::write_bytes;
pub(crate) use process::start;

pub use crate::io::fs::{
    DirEntry, ErrClosed, ErrExist, ErrInvalid, ErrNotExist, ErrPermission, FileInfo, FileMode, ModeAppend,
    ModeCharDevice, ModeDevice, ModeDir, ModeExclusive, ModeIrregular, ModeNamedPipe, ModePerm, ModeSetgid,
    ModeSetuid, ModeSocket, ModeSticky, ModeSymlink, ModeTemporary, ModeType, PathError, PathErrorMethods,
};
pub use dir_fs::{CopyFS, DirFS, dirFS};
pub use env::{Clearenv, Environ, Expand, ExpandEnv, Getenv, LookupEnv, Setenv, Unsetenv};
pub use errors::{
    IsExist, IsNotExist, IsPermission, IsTimeout, LinkError, LinkErrorMethods, NewSyscallError, SyscallError,
    SyscallErrorMethods,
};
pub use file::{
    Create, File, FileMethods, O_APPEND, O_CREATE, O_EXCL, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY, Open,
    OpenFile, Pipe, Stderr, Stdin, Stdout,
};
pub use info::SameFile;
pub use owner::{
    Chown, Chtimes, ErrDeadlineExceeded, ErrNoDeadline, ErrNoHandle, ErrProcessDone, Getegid, Geteuid,
    Getgid, Getgroups, Getpagesize, Getuid, IsPathSeparator, Lchown, UserCacheDir, UserConfigDir,
};
pub use process::{
    Args, Chdir, Executable, Exit, FindProcess, Getpid, Getppid, Getwd, Hostname, Interrupt, Kill, Process,
    ProcessMethods, Signal, TempDir, UserHomeDir,
};
pub use tree::{
    Chmod, CreateTemp, Link, Lstat, Mkdir, MkdirAll, MkdirTemp, ReadDir, ReadFile, Readlink, Remove,
    RemoveAll, Rename, Stat, Symlink, Truncate, WriteFile,
};

/// Seek from the start.
pub const SEEK_SET: isize = 0;
/// Seek from where we are.
pub const SEEK_CUR: isize = 1;
/// Seek from the end.
pub const SEEK_END: isize = 2;
/// Between the elements of a path.
pub const PathSeparator: i32 = '/' as i32;
/// Between paths in a list.
pub const PathListSeparator: i32 = ':' as i32;
/// The file that is always empty.
pub const DevNull: Str = str("/dev/null");
