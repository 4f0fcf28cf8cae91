//! Go's package `syscall`, as far as programs meet it through `os`: numbers of errors and signals, their texts,
//! and the calls that need no care.
//!
//! The system's own texts are used, in the way Go writes them. Numbers are those of Linux on amd64, which translated programs
//! are compiled for.

pub use crate::os::{
    Environ, Exit, Getegid, Geteuid, Getgid, Getpagesize, Getpid, Getppid, Getuid, LookupEnv as Getenv,
};

use goxide_macros::{GoNewtype, methods};

use crate::errors;
use crate::interface::{Error, Interface, eq_iface};
use crate::io::fs;
use crate::num::Uintptr;
use crate::string::{Str, str};
use crate::view::{View, zero};

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

/// Sends a process, or a group of them, a signal.
pub fn Kill(pid: isize, sig: Signal) -> Error {
    crate::os::signal::send(pid, sig).map_or_else(Error::of, |()| zero())
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
    E2BIG = 7 EACCES = 13 EADDRINUSE = 98 EADDRNOTAVAIL = 99 EADV = 68 EAFNOSUPPORT = 97 EAGAIN = 11
    EALREADY = 114 EBADE = 52 EBADF = 9 EBADFD = 77 EBADMSG = 74 EBADR = 53 EBADRQC = 56 EBADSLT = 57
    EBFONT = 59 EBUSY = 16 ECANCELED = 125 ECHILD = 10 ECHRNG = 44 ECOMM = 70 ECONNABORTED = 103
    ECONNREFUSED = 111 ECONNRESET = 104 EDEADLK = 35 EDEADLOCK = 35 EDESTADDRREQ = 89 EDOM = 33 EDOTDOT = 73
    EDQUOT = 122 EEXIST = 17 EFAULT = 14 EFBIG = 27 EHOSTDOWN = 112 EHOSTUNREACH = 113 EIDRM = 43
    EILSEQ = 84 EINPROGRESS = 115 EINTR = 4 EINVAL = 22 EIO = 5 EISCONN = 106 EISDIR = 21 EISNAM = 120
    EKEYEXPIRED = 127 EKEYREJECTED = 129 EKEYREVOKED = 128 EL2HLT = 51 EL2NSYNC = 45 EL3HLT = 46 EL3RST = 47
    ELIBACC = 79 ELIBBAD = 80 ELIBEXEC = 83 ELIBMAX = 82 ELIBSCN = 81 ELNRNG = 48 ELOOP = 40
    EMEDIUMTYPE = 124 EMFILE = 24 EMLINK = 31 EMSGSIZE = 90 EMULTIHOP = 72 ENAMETOOLONG = 36 ENAVAIL = 119
    ENETDOWN = 100 ENETRESET = 102 ENETUNREACH = 101 ENFILE = 23 ENOANO = 55 ENOBUFS = 105 ENOCSI = 50
    ENODATA = 61 ENODEV = 19 ENOENT = 2 ENOEXEC = 8 ENOKEY = 126 ENOLCK = 37 ENOLINK = 67 ENOMEDIUM = 123
    ENOMEM = 12 ENOMSG = 42 ENONET = 64 ENOPKG = 65 ENOPROTOOPT = 92 ENOSPC = 28 ENOSR = 63 ENOSTR = 60
    ENOSYS = 38 ENOTBLK = 15 ENOTCONN = 107 ENOTDIR = 20 ENOTEMPTY = 39 ENOTNAM = 118 ENOTRECOVERABLE = 131
    ENOTSOCK = 88 ENOTSUP = 95 ENOTTY = 25 ENOTUNIQ = 76 ENXIO = 6 EOPNOTSUPP = 95 EOVERFLOW = 75
    EOWNERDEAD = 130 EPERM = 1 EPFNOSUPPORT = 96 EPIPE = 32 EPROTO = 71 EPROTONOSUPPORT = 93 EPROTOTYPE = 91
    ERANGE = 34 EREMCHG = 78 EREMOTE = 66 EREMOTEIO = 121 ERESTART = 85 ERFKILL = 132 EROFS = 30
    ESHUTDOWN = 108 ESOCKTNOSUPPORT = 94 ESPIPE = 29 ESRCH = 3 ESRMNT = 69 ESTALE = 116 ESTRPIPE = 86
    ETIME = 62 ETIMEDOUT = 110 ETOOMANYREFS = 109 ETXTBSY = 26 EUCLEAN = 117 EUNATCH = 49 EUSERS = 87
    EWOULDBLOCK = 11 EXDEV = 18 EXFULL = 54
}
#[rustfmt::skip]
numbers! {
    Signal, Signal:
    SIGABRT = 6 SIGALRM = 14 SIGBUS = 7 SIGCHLD = 17 SIGCLD = 17 SIGCONT = 18 SIGFPE = 8 SIGHUP = 1
    SIGILL = 4 SIGINT = 2 SIGIO = 29 SIGIOT = 6 SIGKILL = 9 SIGPIPE = 13 SIGPOLL = 29 SIGPROF = 27
    SIGPWR = 30 SIGQUIT = 3 SIGSEGV = 11 SIGSTKFLT = 16 SIGSTOP = 19 SIGSYS = 31 SIGTERM = 15 SIGTRAP = 5
    SIGTSTP = 20 SIGTTIN = 21 SIGTTOU = 22 SIGUNUSED = 31 SIGURG = 23 SIGUSR1 = 10 SIGUSR2 = 12
    SIGVTALRM = 26 SIGWINCH = 28 SIGXCPU = 24 SIGXFSZ = 25
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
