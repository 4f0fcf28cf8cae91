//! How signals come in: a handler writes the number into a pipe, a thread reads it.
//!
//! Must hold: the handler does nothing that is not allowed in one (a load, a write), and keeps `errno`. The thread is not
//! known to the runtime as one of its own, so a program that only waits for signals is not deadlocked. It is stopped with the world,
//! since it sends on channels.

use std::io::{PipeWriter, Read};
use std::os::fd::AsRawFd;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicI32, Ordering};

static PIPE: AtomicI32 = AtomicI32::new(-1);

extern "C" fn handler(signal: libc::c_int) {
    let number = signal as u8;
    // SAFETY: `write` may be called in a handler and is given one byte that lives; `errno` belongs to this thread.
    unsafe {
        let errno = libc::__errno_location();
        let before = *errno;
        libc::write(PIPE.load(Ordering::Relaxed), std::ptr::from_ref(&number).cast(), 1);
        *errno = before;
    }
}

/// Starts the thread that calls `deliver` with every signal that is caught, the first time only.
pub(super) fn start(deliver: fn(usize)) {
    static STARTED: OnceLock<Option<PipeWriter>> = OnceLock::new();
    let started = STARTED.get_or_init(|| {
        let (mut reader, writer) = std::io::pipe().ok()?;
        PIPE.store(writer.as_raw_fd(), Ordering::Relaxed);
        let run = move || {
            goxide::__private::world::enter();
            let mut number = [0];
            while reader.read_exact(&mut number).is_ok() {
                deliver(usize::from(number[0]));
            }
        };
        std::thread::Builder::new().name("goxide-signals".to_string()).spawn(run).ok()?;
        Some(writer)
    });
    if started.is_none() {
        goxide::__private::fatal("os/signal: the system refuses a pipe or a thread");
    }
}

/// What is done when a signal comes.
#[derive(Clone, Copy)]
pub(super) enum Action {
    Default,
    Ignore,
    Catch,
}

/// Sets what is done when a signal comes. The system refuses that for some signals; then nothing changes, as in Go.
pub(super) fn set(signal: usize, action: Action) {
    let address = match action {
        Action::Default => libc::SIG_DFL,
        Action::Ignore => libc::SIG_IGN,
        Action::Catch => handler as *const () as libc::sighandler_t,
    };
    // SAFETY: all-zero bits are an empty action; the handler is a function of the type the system calls, runs on the thread's
    // own signal stack, and lets interrupted calls go on.
    unsafe {
        let mut new: libc::sigaction = std::mem::zeroed();
        new.sa_sigaction = address;
        new.sa_flags = libc::SA_RESTART | libc::SA_ONSTACK;
        libc::sigaction(signal as libc::c_int, &new, std::ptr::null_mut());
    }
}

/// Sends the program the signal that debuggers wait for.
pub(super) fn breakpoint() {
    // SAFETY: the call takes a number and touches no memory.
    unsafe { libc::raise(libc::SIGTRAP) };
}

/// Sends a process (0 and below: groups of them) a signal; the number of the error if the system refuses.
pub(super) fn send(process: isize, signal: isize) -> Result<(), i32> {
    // SAFETY: the call takes two numbers and touches no memory.
    let result = unsafe { libc::kill(process as libc::pid_t, signal as libc::c_int) };
    if result == 0 { Ok(()) } else { Err(std::io::Error::last_os_error().raw_os_error().unwrap_or_default()) }
}
