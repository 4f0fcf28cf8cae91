//! The errors of `os`: what the system says, with what was done to what.

use std::io;

use goxide_macros::{GoStruct, methods};

use crate::errors;
use crate::interface::{Error, Interface, eq_iface};
use crate::io::fs::{self, PathError, is_timeout};
use crate::ptr::Ptr;
use crate::string::{Str, str};
use crate::syscall::{EINVAL, Errno};
use crate::view::{View, zero};

/// What the system says, as a Go error.
pub(super) fn of_system(error: &io::Error) -> Error {
    match error.raw_os_error() {
        Some(number) => Error::of(Errno::new(number)),
        // Rust refuses names with a zero byte before the system does.
        None if error.kind() == io::ErrorKind::InvalidInput => Error::of(EINVAL),
        None => errors::New(Str::from(error.to_string())),
    }
}

/// `op path: err`
pub(super) fn at_path(op: &'static str, path: Str, err: Error) -> Error {
    Error::of(Ptr::new(PathError { Op: str(op), Path: path, Err: err }))
}

/// As [`at_path`], of what the system says.
pub(super) fn failed(op: &'static str, path: Str, error: &io::Error) -> Error {
    at_path(op, path, of_system(error))
}

/// The error of an outcome, nil if it is a success.
pub(super) fn outcome(op: &'static str, path: Str, result: io::Result<()>) -> Error {
    result.map_or_else(|error| failed(op, path, &error), |()| zero())
}

/// A system call and why it failed.
#[derive(Clone, Copy, GoStruct)]
#[go("os.SyscallError")]
#[repr(C)]
pub struct SyscallError {
    /// The system call.
    pub Syscall: Str,
    /// Why it failed.
    pub Err: Error,
}

/// Says which system call failed; nil if `err` is nil.
pub fn NewSyscallError(syscall: Str, err: Error) -> Error {
    if err.is_nil() { err } else { Error::of(Ptr::new(SyscallError { Syscall: syscall, Err: err })) }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<SyscallError> {
    pub fn Error(self) -> Str {
        *self.Syscall + str(": ") + self.Err.Error()
    }
    pub fn Unwrap(self) -> Error {
        *self.Err
    }
    pub fn Timeout(self) -> bool {
        is_timeout(*self.Err)
    }
}

/// What was done with two files, and why it failed.
#[derive(Clone, Copy, GoStruct)]
#[go("os.LinkError")]
#[repr(C)]
pub struct LinkError {
    /// What was done.
    pub Op: Str,
    /// The file that was.
    pub Old: Str,
    /// The file that was to be.
    pub New: Str,
    /// Why it failed.
    pub Err: Error,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<LinkError> {
    pub fn Error(self) -> Str {
        *self.Op + str(" ") + *self.Old + str(" ") + *self.New + str(": ") + self.Err.Error()
    }
    pub fn Unwrap(self) -> Error {
        *self.Err
    }
}

/// What stands behind an error of this package; unlike `errors.Is`, others are not unwrapped.
fn underlying(err: Error) -> Error {
    if let Some(err) = err.downcast::<Ptr<PathError>>() {
        return *err.Err;
    }
    if let Some(err) = err.downcast::<Ptr<LinkError>>() {
        return *err.Err;
    }
    err.downcast::<Ptr<SyscallError>>().map_or(err, |err| *err.Err)
}

fn is(err: Error, target: Error) -> bool {
    let err = underlying(err);
    !err.is_nil() && eq_iface(err.iface(), target.iface())
        || err.downcast::<Errno>().is_some_and(|errno| errno.Is(target))
}

/// Whether it says that a file is there already.
pub fn IsExist(err: Error) -> bool {
    is(err, fs::ErrExist.get())
}

/// Whether it says that a file is not there.
pub fn IsNotExist(err: Error) -> bool {
    is(err, fs::ErrNotExist.get())
}

/// Whether it says that something is not allowed.
pub fn IsPermission(err: Error) -> bool {
    is(err, fs::ErrPermission.get())
}

/// Whether it says that something took too long.
pub fn IsTimeout(err: Error) -> bool {
    is_timeout(underlying(err))
}
