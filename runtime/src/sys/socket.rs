//! Reading from a TCP socket that tells how much it still has.

use std::io;
use std::mem;
use std::os::fd::{AsRawFd, BorrowedFd};

/// Has [`receive`] told what is left, or no longer. It fails on systems that can't.
#[cfg(target_os = "linux")]
#[inline(never)]
pub(crate) fn tell_rest(socket: BorrowedFd<'_>, on: bool) -> io::Result<()> {
    let on = libc::c_int::from(on);
    let length = mem::size_of_val(&on) as libc::socklen_t;
    // SAFETY: a number, which lives in our frame; the call does not keep it.
    let failed = unsafe {
        libc::setsockopt(socket.as_raw_fd(), libc::IPPROTO_TCP, libc::TCP_INQ, (&raw const on).cast(), length)
    };
    if failed == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn tell_rest(_: BorrowedFd<'_>, _: bool) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Reads: how many bytes, and how many there still were a moment later, if that is told.
#[cfg(target_os = "linux")]
#[inline(never)]
pub(crate) fn receive(socket: BorrowedFd<'_>, buffer: &mut [u8]) -> io::Result<(usize, Option<u32>)> {
    /// One control message with a number.
    #[repr(C)]
    struct Told {
        header: libc::cmsghdr,
        left: libc::c_int,
    }
    let mut part = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
    // SAFETY: both are integers and pointers, for which zeros are values.
    let (mut told, mut message) = unsafe { (mem::zeroed::<Told>(), mem::zeroed::<libc::msghdr>()) };
    message.msg_iov = &raw mut part;
    message.msg_iovlen = 1;
    message.msg_control = (&raw mut told).cast();
    message.msg_controllen = mem::size_of_val(&told);
    // SAFETY: the message names the caller's buffer, which nobody else has, and what lives in our frame; the call keeps none of it.
    let length = unsafe { libc::recvmsg(socket.as_raw_fd(), &raw mut message, 0) };
    let Ok(length) = usize::try_from(length) else { return Err(io::Error::last_os_error()) };
    let is_it = message.msg_controllen >= mem::offset_of!(Told, left) + mem::size_of::<libc::c_int>()
        && told.header.cmsg_level == libc::IPPROTO_TCP
        && told.header.cmsg_type == libc::TCP_CM_INQ;
    Ok((length, is_it.then(|| u32::try_from(told.left).unwrap_or(1))))
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn receive(_: BorrowedFd<'_>, _: &mut [u8]) -> io::Result<(usize, Option<u32>)> {
    Err(io::ErrorKind::Unsupported.into())
}
