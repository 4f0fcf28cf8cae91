//! The signal by which one thread stops another, and what a handler of it may use.
//!
//! Must hold: everything a handler calls here is allowed in one: system calls and reads of what the kernel passed. `errno` is
//! the interrupted code's, so [`keeping_errno`] puts it back. Linux on x86-64 and aarch64; elsewhere and under Miri
//! [`AVAILABLE`] is false and nothing is ever stopped.

use crate::shim::AtomicU32;

/// Can threads be stopped here?
pub(crate) const AVAILABLE: bool =
    cfg!(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"), not(miri)));

/// Where a thread was interrupted, and the alternate signal stack it has.
#[cfg_attr(miri, expect(dead_code))]
pub(crate) struct Interrupted {
    pub(crate) sp: usize,
    pub(crate) alternate: (usize, usize),
}

#[cfg(all(target_os = "linux", not(miri)))]
mod imp {
    use std::mem::MaybeUninit;
    use std::ptr;

    use super::{AtomicU32, Interrupted};

    /// What the kernel calls.
    pub(crate) type Handler = extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void);

    /// One of the numbers that the C library leaves to programs; Go's own is SIGURG, which programs may want.
    fn number() -> libc::c_int {
        libc::SIGRTMIN() + 6
    }

    /// Sets the handler. Interrupted calls go on afterwards, and it runs on the alternate stack where there is one.
    pub(crate) fn install(handler: Handler) {
        // SAFETY: all zero bits are a valid action, and the handler is of the type that SA_SIGINFO asks for.
        unsafe {
            let mut action: libc::sigaction = MaybeUninit::zeroed().assume_init();
            action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_RESTART;
            action.sa_sigaction = handler as *const () as libc::sighandler_t;
            libc::sigaction(number(), &action, ptr::null_mut());
        }
    }

    /// Calls `handler` by a signal whenever the process has used `nanoseconds` of processor time; false where that cannot be.
    pub(crate) fn tick(nanoseconds: i64, handler: Handler) -> bool {
        let number = libc::SIGRTMIN() + 7;
        // SAFETY: all zero bits are valid values of these plain structs; the handler is of the type that SA_SIGINFO asks for, and
        // the timer is set only if it was made.
        unsafe {
            let mut action: libc::sigaction = MaybeUninit::zeroed().assume_init();
            action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_RESTART;
            action.sa_sigaction = handler as *const () as libc::sighandler_t;
            libc::sigaction(number, &action, ptr::null_mut());
            let mut event: libc::sigevent = MaybeUninit::zeroed().assume_init();
            event.sigev_notify = libc::SIGEV_SIGNAL;
            event.sigev_signo = number;
            let mut timer: libc::timer_t = ptr::null_mut();
            if libc::timer_create(libc::CLOCK_PROCESS_CPUTIME_ID, &mut event, &mut timer) != 0 {
                return false;
            }
            let every = libc::timespec { tv_sec: 0, tv_nsec: nanoseconds };
            let times = libc::itimerspec { it_interval: every, it_value: every };
            libc::timer_settime(timer, 0, &times, ptr::null_mut()) == 0
        }
    }

    /// Sends the signal to a thread of this process; false when there is no such thread.
    pub(crate) fn send(thread: i32) -> bool {
        // SAFETY: the call takes numbers only.
        unsafe { libc::syscall(libc::SYS_tgkill, libc::getpid(), thread, number()) == 0 }
    }

    /// The kernel's number of the calling thread.
    pub(crate) fn thread() -> i32 {
        // SAFETY: the call takes nothing.
        unsafe { libc::gettid() }
    }

    /// What the kernel saved of the interrupted code.
    ///
    /// # Safety
    /// `context` is what the kernel passed to a handler that is still running.
    pub(crate) unsafe fn interrupted(context: *mut libc::c_void) -> Interrupted {
        // SAFETY: the caller's promise.
        let context = unsafe { &*context.cast::<libc::ucontext_t>() };
        #[cfg(target_arch = "x86_64")]
        let sp = context.uc_mcontext.gregs[libc::REG_RSP as usize] as usize;
        #[cfg(target_arch = "aarch64")]
        let sp = context.uc_mcontext.sp as usize;
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        let sp = 0;
        let low = context.uc_stack.ss_sp as usize;
        Interrupted { sp, alternate: (low, low + context.uc_stack.ss_size) }
    }

    /// Runs `f` and leaves `errno` as it was.
    pub(crate) fn keeping_errno(f: impl FnOnce()) {
        // SAFETY: the address is this thread's own, and the thread does not change under a signal handler.
        unsafe {
            let errno = libc::__errno_location();
            let before = *errno;
            f();
            *errno = before;
        }
    }

    /// Sleeps until the word is woken, unless it is not `expected` any more. May return early.
    pub(crate) fn wait(word: &AtomicU32, expected: u32) {
        // SAFETY: the word lives; the kernel reads it.
        unsafe {
            libc::syscall(
                libc::SYS_futex,
                word.as_ptr(),
                libc::FUTEX_WAIT | libc::FUTEX_PRIVATE_FLAG,
                expected,
                ptr::null::<libc::timespec>(),
            );
        }
    }

    /// Wakes those who wait for the word.
    pub(crate) fn wake(word: &AtomicU32) {
        // SAFETY: only the address is used.
        unsafe {
            libc::syscall(
                libc::SYS_futex,
                word.as_ptr(),
                libc::FUTEX_WAKE | libc::FUTEX_PRIVATE_FLAG,
                i32::MAX,
            );
        }
    }

    /// The calling thread's own stack, `low` and `high`; zeros when the system does not say.
    pub(crate) fn own_stack() -> (usize, usize) {
        let mut attributes = MaybeUninit::<libc::pthread_attr_t>::uninit();
        // SAFETY: the first call fills the attributes when it returns zero; they are read and destroyed after that only.
        unsafe {
            if libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) != 0 {
                return (0, 0);
            }
            let (mut low, mut size) = (ptr::null_mut(), 0);
            libc::pthread_attr_getstack(attributes.as_ptr(), &mut low, &mut size);
            libc::pthread_attr_destroy(attributes.as_mut_ptr());
            (low as usize, low as usize + size)
        }
    }
}

#[cfg(all(target_os = "linux", not(miri)))]
pub(crate) use imp::{install, interrupted, keeping_errno, own_stack, send, thread, tick, wait, wake};

/// Calls `f` with the address of a record of the registers that a call preserves; it and all that lies above it on this
/// stack holds whatever the callers had in registers, for as long as `f` runs.
#[inline(never)]
pub fn spilled<R>(f: impl FnOnce(usize) -> R) -> R {
    let mut registers = [0usize; 12];
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: six stores into an array of twelve words.
    unsafe {
        std::arch::asm!(
            "mov [{0}], rbx", "mov [{0} + 8], rbp", "mov [{0} + 16], r12",
            "mov [{0} + 24], r13", "mov [{0} + 32], r14", "mov [{0} + 40], r15",
            in(reg) registers.as_mut_ptr(), options(nostack, preserves_flags),
        );
    }
    #[cfg(all(target_arch = "aarch64", not(miri)))]
    // SAFETY: twelve stores into an array of twelve words.
    unsafe {
        std::arch::asm!(
            "stp x19, x20, [{0}]", "stp x21, x22, [{0}, 16]", "stp x23, x24, [{0}, 32]",
            "stp x25, x26, [{0}, 48]", "stp x27, x28, [{0}, 64]", "stp x29, x30, [{0}, 80]",
            in(reg) registers.as_mut_ptr(), options(nostack, preserves_flags),
        );
    }
    let result = f(registers.as_mut_ptr() as usize);
    // Keeps the record alive, and the call above from becoming a jump.
    std::hint::black_box(&mut registers);
    result
}
