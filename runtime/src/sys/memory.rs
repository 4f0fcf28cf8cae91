//! Memory of the system's.

use std::io;
use std::ptr;

/// Gives pages back; they are zero when they are touched again.
///
/// # Safety
/// `at` is aligned to a page of a private mapping that goes on for `bytes`, and nobody needs what lies there.
#[cfg(not(miri))]
pub(crate) unsafe fn give_back(at: usize, bytes: usize) {
    // SAFETY: the caller's promise.
    unsafe { libc::madvise(ptr::without_provenance_mut(at), bytes, libc::MADV_DONTNEED) };
}

/// Zeroed address space that becomes memory, page by page, when it is touched, and counts for limits on memory only then.
#[cfg(not(miri))]
pub fn reserve(bytes: usize) -> Option<*mut u8> {
    // SAFETY: a fresh private mapping; nobody else knows it.
    let memory = unsafe {
        libc::mmap(
            ptr::null_mut(),
            bytes,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
            -1,
            0,
        )
    };
    (memory != libc::MAP_FAILED).then_some(memory.cast())
}

/// Keeps the system from making huge pages of these, which would make memory of what nobody has touched.
///
/// # Safety
/// They came from [`reserve`].
#[cfg(not(miri))]
pub(crate) unsafe fn keep_pages_small(at: usize, bytes: usize) {
    #[cfg(target_os = "linux")]
    // SAFETY: the caller's promise.
    unsafe {
        libc::madvise(ptr::without_provenance_mut(at), bytes, libc::MADV_NOHUGEPAGE);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (at, bytes);
}

/// Gives address space back.
///
/// # Safety
/// It came from [`reserve`], whole, and nobody uses it.
#[cfg(not(miri))]
pub(crate) unsafe fn unreserve(at: usize, bytes: usize) {
    // SAFETY: the caller's promise.
    unsafe { libc::munmap(ptr::without_provenance_mut(at), bytes) };
}

/// Makes every access to this a fault, for ever; unlike [`guard`] everywhere, and it costs a mapping.
///
/// # Safety
/// It is a part of what [`reserve`] gave, aligned to pages, and nobody needs what lies there.
#[cfg(not(miri))]
pub(crate) unsafe fn forbid(at: usize, bytes: usize) -> io::Result<()> {
    // SAFETY: the caller's promise.
    match unsafe { libc::mprotect(ptr::without_provenance_mut(at), bytes, libc::PROT_NONE) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Pieces of memory: where each begins, and its bytes.
pub(crate) type Pieces<'a> = &'a [(usize, usize)];

/// Advice of Linux 6.13: every access is a fault, what lay there is gone; and the end of that, with zeros.
#[cfg(all(target_os = "linux", not(miri)))]
const MADV_GUARD_INSTALL: libc::c_int = 102;
#[cfg(all(target_os = "linux", not(miri)))]
const MADV_GUARD_REMOVE: libc::c_int = 103;

/// Makes every access to these pieces a fault, without a mapping of their own. What lay there is gone. How many of them, from the first on: all,
/// or the error of the one behind. An error on older kernels and other systems.
///
/// # Safety
/// The pieces are aligned to pages and part of what [`reserve`] gave, and nobody needs what lies there.
#[cfg(not(miri))]
pub(crate) unsafe fn guard(pieces: Pieces<'_>) -> Result<(), (usize, io::Error)> {
    #[cfg(target_os = "linux")]
    {
        let mut done = 0;
        while done < pieces.len() {
            // SAFETY: the caller's promise.
            let more = unsafe { advise_self(&pieces[done..], MADV_GUARD_INSTALL) };
            done += more;
            if more == 0 {
                let (at, bytes) = pieces[done];
                // SAFETY: the caller's promise.
                if unsafe { libc::madvise(ptr::without_provenance_mut(at), bytes, MADV_GUARD_INSTALL) } != 0 {
                    return Err((done, io::Error::last_os_error()));
                }
                done += 1;
            }
        }
        Ok(())
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = pieces;
        Err((0, io::ErrorKind::Unsupported.into()))
    }
}

/// Ends what [`guard`] did; there are zeros now. May be called in a signal handler.
///
/// # Safety
/// Nobody but the caller knows what is to lie there.
#[cfg(not(miri))]
pub(crate) unsafe fn unguard(at: usize, bytes: usize) {
    #[cfg(target_os = "linux")]
    // SAFETY: the caller's promise.
    unsafe {
        libc::madvise(ptr::without_provenance_mut(at), bytes, MADV_GUARD_REMOVE);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (at, bytes);
}

/// As [`give_back`] for many pieces.
///
/// # Safety
/// As there, for each.
#[cfg(not(miri))]
pub(crate) unsafe fn give_back_all(pieces: Pieces<'_>) {
    let mut done = 0;
    while done < pieces.len() {
        #[cfg(target_os = "linux")]
        // SAFETY: the caller's promise.
        let more = unsafe { advise_self(&pieces[done..], libc::MADV_DONTNEED) };
        #[cfg(not(target_os = "linux"))]
        let more = 0;
        if more == 0 {
            // SAFETY: the caller's promise.
            unsafe { give_back(pieces[done].0, pieces[done].1) };
        }
        done += more.max(1);
    }
}

/// Gives the same advice for many pieces in one call; for how many of them, none where the kernel does not know it.
///
/// # Safety
/// As for `madvise` on each.
#[cfg(all(target_os = "linux", not(miri)))]
unsafe fn advise_self(pieces: Pieces<'_>, advice: libc::c_int) -> usize {
    /// The calling process, in place of a descriptor.
    const PIDFD_SELF: libc::c_int = -10_000;
    const MOST: usize = 64;
    let mut ranges = [libc::iovec { iov_base: ptr::null_mut(), iov_len: 0 }; MOST];
    let count = pieces.len().min(MOST);
    if count < 2 {
        return 0;
    }
    for (range, &(at, bytes)) in ranges.iter_mut().zip(pieces) {
        *range = libc::iovec { iov_base: ptr::without_provenance_mut(at), iov_len: bytes };
    }
    // SAFETY: the caller's promise; the list of ranges lives until the call returns.
    let done =
        unsafe { libc::syscall(libc::SYS_process_madvise, PIDFD_SELF, ranges.as_ptr(), count, advice, 0) };
    let mut left = usize::try_from(done).unwrap_or(0);
    // A piece that was advised in part counts as none.
    pieces[..count]
        .iter()
        .take_while(|(_, bytes)| left.checked_sub(*bytes).map(|rest| left = rest).is_some())
        .count()
}

/// Asks the processor to bring the cache line at an address closer. A hint: any address will do.
#[inline(always)]
pub fn prefetch(address: usize) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: the instruction reads nothing that the program could see, and never faults.
    unsafe {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        _mm_prefetch::<_MM_HINT_T0>(std::ptr::without_provenance(address));
    }
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    let _ = address;
}
