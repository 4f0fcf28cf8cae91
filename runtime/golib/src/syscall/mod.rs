//! Go's package `syscall`, as far as programs meet it through `os`: numbers of errors and signals, and their texts.
//!
//! The system's own texts are used, in the way Go writes them. Numbers are those of Linux on amd64, which translated programs
//! are compiled for.

use goxide_macros::{GoNewtype, methods};

use crate::errors;
use crate::interface::{Error, Interface, eq_iface};
use crate::io::fs;
use crate::num::Uintptr;
use crate::string::{Str, str};
use crate::view::View;

/// The number of an error.
#[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
#[go("syscall.Errno")]
pub struct Errno(pub Uintptr);

/// Errors with a text above this one are not known to Go.
const LAST: usize = 132;

impl Errno {
    pub(crate) const fn new(number: i32) -> Errno {
        Errno(Uintptr(number as usize))
    }

    fn is_one_of(self, errors: &[Errno]) -> bool {
        errors.contains(&self)
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Errno {
    pub fn Error(self) -> Str {
        let number = self.0.0;
        let text = match number {
            1..=LAST => std::io::Error::from_raw_os_error(number as i32).to_string(),
            _ => String::new(),
        };
        // Rust adds the number.
        let text = text.split(" (os error").next().unwrap_or_default();
        if text.is_empty() || text.starts_with("Unknown error") {
            return Str::from(format!("errno {number}"));
        }
        let mut letters = text.chars();
        let is_abbreviation = text.chars().nth(1).is_some_and(char::is_uppercase);
        match letters.next().filter(|_| !is_abbreviation) {
            Some(first) => Str::from(format!("{}{}", first.to_ascii_lowercase(), letters.as_str())),
            None => Str::from(text),
        }
    }
    pub fn Is(self, target: Error) -> bool {
        let is = |error: Error| eq_iface(target.iface(), error.iface());
        is(fs::ErrNotExist.get()) && self.is_one_of(&[ENOENT])
            || is(fs::ErrExist.get()) && self.is_one_of(&[EEXIST, ENOTEMPTY])
            || is(fs::ErrPermission.get()) && self.is_one_of(&[EACCES, EPERM])
            || is(errors::ErrUnsupported.get()) && self.is_one_of(&[ENOSYS, ENOTSUP])
    }
    pub fn Temporary(self) -> bool {
        self.is_one_of(&[EINTR, EMFILE, ENFILE]) || self.Timeout()
    }
    pub fn Timeout(self) -> bool {
        self.is_one_of(&[EAGAIN, ETIMEDOUT])
    }
}

/// A signal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, GoNewtype)]
#[go("syscall.Signal")]
pub struct Signal(pub isize);

#[rustfmt::skip]
const SIGNALS: [&str; 32] = [
    "signal 0", "hangup", "interrupt", "quit", "illegal instruction", "trace/breakpoint trap", "aborted",
    "bus error", "floating point exception", "killed", "user defined signal 1",
    "segmentation fault", "user defined signal 2", "broken pipe", "alarm clock", "terminated",
    "stack fault", "child exited", "continued", "stopped (signal)", "stopped",
    "stopped (tty input)", "stopped (tty output)", "urgent I/O condition",
    "CPU time limit exceeded", "file size limit exceeded", "virtual timer expired",
    "profiling timer expired", "window changed", "I/O possible", "power failure", "bad system call",
];

#[methods(reflected)]
#[allow(missing_docs)]
impl Signal {
    pub fn Signal(self) {}
    pub fn String(self) -> Str {
        match usize::try_from(self.0).ok().and_then(|number| SIGNALS.get(number)) {
            Some(name) => str(name),
            None => Str::from(format!("signal {}", self.0)),
        }
    }
}

macro_rules! numbers {
    ($make:expr, $ty:ty: $($name:ident = $number:literal)*) => {$(
        #[allow(missing_docs)]
        pub const $name: $ty = $make($number);
    )*};
}
#[rustfmt::skip]
numbers! {
    Errno::new, Errno:
    EPERM = 1 ENOENT = 2 ESRCH = 3 EINTR = 4 EIO = 5 ENXIO = 6 E2BIG = 7 EBADF = 9 ECHILD = 10 EAGAIN = 11
    ENOMEM = 12 EACCES = 13 EFAULT = 14 EBUSY = 16 EEXIST = 17 EXDEV = 18 ENODEV = 19 ENOTDIR = 20
    EISDIR = 21 EINVAL = 22 ENFILE = 23 EMFILE = 24 ENOTTY = 25 EFBIG = 27 ENOSPC = 28 ESPIPE = 29
    EROFS = 30 EMLINK = 31 EPIPE = 32 EDOM = 33 ERANGE = 34 ENAMETOOLONG = 36 ENOSYS = 38 ENOTEMPTY = 39
    ELOOP = 40 EOVERFLOW = 75 ENOTSUP = 95 ETIMEDOUT = 110 ECONNREFUSED = 111 ECONNRESET = 104
    ECONNABORTED = 103 EADDRINUSE = 98 ECANCELED = 125 EWOULDBLOCK = 11
}
#[rustfmt::skip]
numbers! {
    Signal, Signal:
    SIGHUP = 1 SIGINT = 2 SIGQUIT = 3 SIGILL = 4 SIGTRAP = 5 SIGABRT = 6 SIGBUS = 7 SIGFPE = 8 SIGKILL = 9
    SIGUSR1 = 10 SIGSEGV = 11 SIGUSR2 = 12 SIGPIPE = 13 SIGALRM = 14 SIGTERM = 15 SIGCHLD = 17
    SIGCONT = 18 SIGSTOP = 19 SIGTSTP = 20 SIGTTIN = 21 SIGTTOU = 22 SIGURG = 23 SIGXCPU = 24 SIGXFSZ = 25
    SIGVTALRM = 26 SIGPROF = 27 SIGWINCH = 28 SIGIO = 29 SIGPWR = 30 SIGSYS = 31
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Go 1.27 says them.
    #[test]
    fn texts() {
        for (number, text) in [
            (0, "errno 0"),
            (1, "operation not permitted"),
            (2, "no such file or directory"),
            (25, "inappropriate ioctl for device"),
            (41, "errno 41"),
            (73, "RFS specific error"),
            (132, "operation not possible due to RF-kill"),
            (133, "errno 133"),
        ] {
            assert_eq!(Errno::new(number).Error(), str(text));
        }
        assert_eq!(SIGTERM.String(), str("terminated"));
        assert_eq!(Signal(32).String(), str("signal 32"));
        assert_eq!(Signal(-1).String(), str("signal -1"));
    }
}
