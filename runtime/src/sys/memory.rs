//! Memory of the system's.

/// Gives pages back; they are zero when they are touched again.
///
/// # Safety
/// `at` is aligned to a page of a private mapping that goes on for `bytes`, and nobody needs what lies there.
#[cfg(not(miri))]
pub(crate) unsafe fn give_back(at: usize, bytes: usize) {
    // SAFETY: the caller's promise.
    unsafe { libc::madvise(std::ptr::without_provenance_mut(at), bytes, libc::MADV_DONTNEED) };
}
