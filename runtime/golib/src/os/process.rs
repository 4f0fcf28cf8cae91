//! What `os` says of the process and the machine.

use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

use goxide_macros::{GoStruct, interface, methods};

use super::env::{Getenv, LookupEnv};
use super::errors::NewSyscallError;
use super::errors::{failed, of_system, outcome};
use super::file::path;
use super::owner::ErrProcessDone;
use super::signal;
use crate::errors;
use crate::global::Global;
use crate::interface::{Error, Interface};
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::syscall::{self, ESRCH, SIGINT, SIGKILL};
use crate::view::{View, zero};

/// The command line; `start` fills it in.
pub static Args: Global<Slice<Str>> = Global::zero();

/// Fills in what the program finds there when it starts.
pub(crate) fn start() {
    let all = std::env::args_os().map(|arg| Str::copy_of(&arg.into_vec()));
    Args.set(all.fold(zero(), Slice::append));
    Interrupt.set(Signal::of(SIGINT));
    Kill.set(Signal::of(SIGKILL));
}

/// A signal of the system.
#[interface("os.Signal")]
pub trait Signal {
    fn String(self) -> Str;
    fn Signal(self);
}

/// The signal that the terminal's interrupt key sends.
pub static Interrupt: Global<Signal> = Global::zero();
/// The signal that ends a process at once.
pub static Kill: Global<Signal> = Global::zero();

/// A process of the system; values are pointers to it. Only signals can be sent to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("os.Process")]
#[repr(C)]
pub struct Process {
    /// Its number.
    pub Pid: isize,
}

/// The process with a number, whether or not there is one.
pub fn FindProcess(pid: isize) -> (Ptr<Process>, Error) {
    (Ptr::new(Process { Pid: pid }), zero())
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Process> {
    pub fn Kill(self) -> Error {
        self.Signal(Signal::of(SIGKILL))
    }
    pub fn Release(self) -> Error {
        self.Pid.set(-1);
        zero()
    }
    pub fn Signal(self, sig: Signal) -> Error {
        let Some(sig) = sig.downcast::<syscall::Signal>() else {
            return errors::New(str("os: unsupported signal type"));
        };
        match *self.Pid {
            -1 => errors::New(str("os: process already released")),
            0 => errors::New(str("os: process not initialized")),
            pid => match signal::send(pid, sig) {
                Ok(()) => zero(),
                Err(ESRCH) => ErrProcessDone.get(),
                Err(error) => Error::of(error),
            },
        }
    }
}

/// Ends the program; deferred calls are not run.
pub fn Exit(code: isize) {
    goxide::__private::exit(code as i32)
}

/// The number of this process.
pub fn Getpid() -> isize {
    std::process::id() as isize
}

/// The number of the process that started this one.
pub fn Getppid() -> isize {
    std::os::unix::process::parent_id() as isize
}

/// The name of the machine.
pub fn Hostname() -> (Str, Error) {
    match std::fs::read("/proc/sys/kernel/hostname") {
        Ok(name) => (Str::copy_of(name.trim_ascii_end()), zero()),
        Err(error) => (str(""), NewSyscallError(str("uname"), of_system(&error))),
    }
}

fn text(path: PathBuf) -> Str {
    Str::copy_of(&path.into_os_string().into_vec())
}

/// The directory that relative paths start from.
pub fn Getwd() -> (Str, Error) {
    match std::env::current_dir() {
        Ok(dir) => (text(dir), zero()),
        Err(error) => (str(""), NewSyscallError(str("getwd"), of_system(&error))),
    }
}

/// Sets the directory that relative paths start from.
pub fn Chdir(dir: Str) -> Error {
    outcome("chdir", dir, std::env::set_current_dir(path(dir)))
}

/// Where files for a while go.
pub fn TempDir() -> Str {
    let dir = Getenv(str("TMPDIR"));
    if dir.is_empty() { str("/tmp") } else { dir }
}

/// The home directory of the user.
pub fn UserHomeDir() -> (Str, Error) {
    match LookupEnv(str("HOME")) {
        (home, _) if !home.is_empty() => (home, zero()),
        _ => (str(""), errors::New(str("$HOME is not defined"))),
    }
}

/// The file of this program.
pub fn Executable() -> (Str, Error) {
    match std::env::current_exe() {
        Ok(file) => (text(file), zero()),
        Err(error) => (str(""), failed("readlink", str("/proc/self/exe"), &error)),
    }
}
