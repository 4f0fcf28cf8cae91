//! OS threads: starting them, counting them, putting one to sleep.

use std::io;
use std::time::Duration;

use crate::shim::{Condvar, Mutex, lock};

/// Starts a detached OS thread.
pub(crate) fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<()> {
    std::thread::Builder::new().name(name.to_string()).spawn(body).map(drop)
}

/// How many workers to run: GOMAXPROCS if it is a positive number, else `asked` unless zero, else the CPUs this process may use.
pub(crate) fn parallelism(asked: usize) -> usize {
    std::env::var("GOMAXPROCS")
        .ok()
        .and_then(|n| n.trim().parse().ok())
        .filter(|&n: &usize| n > 0)
        .or((asked > 0).then_some(asked))
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, |n| n.get()))
        .min(1024)
}

/// How many OS threads this process has, where that can be known; without allocating, because the world may stand still.
pub(crate) fn count() -> Option<usize> {
    if cfg!(miri) {
        return None;
    }
    let mut text = [0u8; 1024];
    // SAFETY: the path ends with a zero, and the system fills no more than there is room for.
    let read = unsafe {
        let file = libc::open(c"/proc/self/stat".as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC);
        if file < 0 {
            return None;
        }
        let read = libc::read(file, text.as_mut_ptr().cast(), text.len());
        libc::close(file);
        read
    };
    threads_of(text.get(..usize::try_from(read).ok()?)?)
}

/// The number of threads in the text of a `stat`: behind the name, which is in parentheses and may have some of its own, the eighteenth field.
fn threads_of(stat: &[u8]) -> Option<usize> {
    let name = stat.iter().rposition(|byte| *byte == b')')?;
    let field = stat[name..].split(|byte| *byte == b' ').nth(18)?;
    std::str::from_utf8(field).ok()?.parse().ok()
}

/// Whether this is the thread that `main` was called on, where that can be known.
#[cfg(target_os = "linux")]
pub(crate) fn is_main() -> bool {
    // SAFETY: both calls only return a number.
    !cfg!(miri) && unsafe { libc::gettid() == libc::getpid() }
}

/// Whether this is the thread that `main` was called on, where that can be known.
#[cfg(not(target_os = "linux"))]
pub(crate) fn is_main() -> bool {
    false
}

/// The kernel's number of the calling thread, 0 where there is none.
pub(crate) fn number() -> i32 {
    #[cfg(all(target_os = "linux", not(miri)))]
    // SAFETY: the call only returns a number.
    unsafe {
        libc::gettid()
    }
    #[cfg(any(not(target_os = "linux"), miri))]
    0
}

/// The name of the system call that a thread of this process is in, `Some(None)` if it runs, none where that is not told.
pub(crate) fn system_call(thread: i32) -> Option<Option<String>> {
    let text = std::fs::read_to_string(format!("/proc/self/task/{thread}/syscall")).ok()?;
    let first = text.split_whitespace().next()?;
    match first.parse() {
        Ok(number) => Some(Some(name(number))),
        Err(_) if first == "running" => Some(None),
        Err(_) => None,
    }
}

#[cfg(all(target_os = "linux", not(miri)))]
fn name(number: libc::c_long) -> String {
    const NAMES: [(libc::c_long, &str); 32] = [
        (libc::SYS_accept, "accept"),
        (libc::SYS_accept4, "accept4"),
        (libc::SYS_clock_nanosleep, "clock_nanosleep"),
        (libc::SYS_connect, "connect"),
        (libc::SYS_epoll_pwait, "epoll_pwait"),
        (libc::SYS_fcntl, "fcntl"),
        (libc::SYS_fdatasync, "fdatasync"),
        (libc::SYS_flock, "flock"),
        (libc::SYS_fsync, "fsync"),
        (libc::SYS_futex, "futex"),
        (libc::SYS_getrandom, "getrandom"),
        (libc::SYS_io_getevents, "io_getevents"),
        (libc::SYS_msgrcv, "msgrcv"),
        (libc::SYS_nanosleep, "nanosleep"),
        (libc::SYS_openat, "openat"),
        (libc::SYS_ppoll, "ppoll"),
        (libc::SYS_pread64, "pread64"),
        (libc::SYS_pselect6, "pselect6"),
        (libc::SYS_pwrite64, "pwrite64"),
        (libc::SYS_read, "read"),
        (libc::SYS_readv, "readv"),
        (libc::SYS_recvfrom, "recvfrom"),
        (libc::SYS_recvmsg, "recvmsg"),
        (libc::SYS_restart_syscall, "restart_syscall"),
        (libc::SYS_rt_sigtimedwait, "rt_sigtimedwait"),
        (libc::SYS_semtimedop, "semtimedop"),
        (libc::SYS_sendmsg, "sendmsg"),
        (libc::SYS_sendto, "sendto"),
        (libc::SYS_wait4, "wait4"),
        (libc::SYS_waitid, "waitid"),
        (libc::SYS_write, "write"),
        (libc::SYS_writev, "writev"),
    ];
    #[cfg(target_arch = "x86_64")]
    const OLD: [(libc::c_long, &str); 5] = [
        (libc::SYS_epoll_wait, "epoll_wait"),
        (libc::SYS_open, "open"),
        (libc::SYS_pause, "pause"),
        (libc::SYS_poll, "poll"),
        (libc::SYS_select, "select"),
    ];
    #[cfg(not(target_arch = "x86_64"))]
    const OLD: [(libc::c_long, &str); 0] = [];
    let known = NAMES.iter().chain(&OLD).find(|(other, _)| *other == number);
    known.map_or_else(|| format!("number {number}"), |(_, name)| (*name).to_owned())
}

#[cfg(any(not(target_os = "linux"), miri))]
fn name(number: i64) -> String {
    format!("number {number}")
}

/// A place for one thread to sleep until told. A token left while nobody sleeps makes the next sleep return at once.
pub(crate) struct Parker {
    token: Mutex<bool>,
    woken: Condvar,
}

impl Parker {
    pub(crate) const fn new() -> Self {
        Parker { token: Mutex::new(false), woken: Condvar::new() }
    }

    /// Sleeps until the token is there, or for `timeout`, and takes it. Says whether there was one.
    pub(crate) fn park(&self, timeout: Option<Duration>) -> bool {
        let mut token = lock(&self.token);
        match timeout {
            None => {
                while !*token {
                    token = self.woken.wait(token).unwrap_or_else(|poisoned| poisoned.into_inner());
                }
            }
            Some(timeout) => {
                if !*token {
                    token = match self.woken.wait_timeout(token, timeout) {
                        Ok((token, _)) => token,
                        Err(poisoned) => poisoned.into_inner().0,
                    };
                }
            }
        }
        std::mem::take(&mut *token)
    }

    /// Leaves the token and wakes the sleeper.
    pub(crate) fn unpark(&self) {
        // Notified under the lock: a parker in a thread's record may be taken over by another thread as soon as the
        // sleeper runs.
        let mut token = lock(&self.token);
        *token = true;
        self.woken.notify_one();
    }
}
