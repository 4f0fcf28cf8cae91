//! What happens at the end of the process.

/// Has `f` called when the process ends, by whatever thread ends it and however: unless it is killed, or aborts.
#[cfg(not(miri))]
pub(crate) fn at_exit(f: extern "C" fn()) {
    // SAFETY: a function that lives for ever, of the type that is asked for. A full table is refused, which costs a trace only.
    unsafe {
        libc::atexit(f);
    }
}

/// As above.
#[cfg(miri)]
pub(crate) fn at_exit(_: extern "C" fn()) {}
