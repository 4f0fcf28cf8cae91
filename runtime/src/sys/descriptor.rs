//! Waiting for one descriptor, the calling OS thread included.

use std::io;
use std::os::fd::RawFd;
use std::time::Duration;

/// Waits until a descriptor can be read (or `writable`: written) or is broken, or for `timeout`. An error is an interruption by a
/// signal, mostly; false after the time is over.
pub(crate) fn wait(fd: RawFd, writable: bool, timeout: Option<Duration>) -> io::Result<bool> {
    let mut entry =
        libc::pollfd { fd, events: if writable { libc::POLLOUT } else { libc::POLLIN }, revents: 0 };
    match poll(&mut entry, timeout) {
        count if count < 0 => Err(io::Error::last_os_error()),
        count => Ok(count > 0),
    }
}

/// Waits until a descriptor can be read, for `timeout` at most; may return early.
pub(crate) fn wait_readable(fd: RawFd, timeout: Duration) {
    let _ = wait(fd, false, Some(timeout));
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn poll(entry: &mut libc::pollfd, timeout: Option<Duration>) -> libc::c_int {
    let time = timeout.map(super::clock::timespec);
    let time = time.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    // SAFETY: one entry, and a time or none, which live in our frame; the call keeps neither.
    unsafe { libc::ppoll(entry, 1, time, std::ptr::null()) }
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn poll(entry: &mut libc::pollfd, timeout: Option<Duration>) -> libc::c_int {
    let up = |timeout: Duration| timeout.as_nanos().div_ceil(1_000_000);
    let time = timeout.map_or(-1, |timeout| libc::c_int::try_from(up(timeout)).unwrap_or(libc::c_int::MAX));
    // SAFETY: one entry, which lives in our frame; the call does not keep it.
    unsafe { libc::poll(entry, 1, time) }
}
