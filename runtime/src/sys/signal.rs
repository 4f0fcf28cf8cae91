//! The signal by which one thread stops another, and what a handler of it may use.
//!
//! Must hold: everything a handler calls here is allowed in one: system calls and reads of what the kernel passed. `errno` is
//! the interrupted code's, so [`keeping_errno`] puts it back. Linux on x86-64 and aarch64; elsewhere and under Miri
//! [`AVAILABLE`] is false and nothing is ever stopped.

use super::entry::Place;
use crate::shim::AtomicU32;

/// Can threads be stopped here?
pub(crate) const AVAILABLE: bool =
    cfg!(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"), not(miri)));

/// Where a thread was interrupted, and the alternate signal stack it has.
#[cfg_attr(miri, expect(dead_code))]
pub(crate) struct Interrupted {
    pub(crate) place: Place,
    pub(crate) alternate: (usize, usize),
    /// From where on the kernel's frame has vector registers only that nobody needs: where a system call was interrupted, which none of them
    /// outlives in its caller. An idle thread keeps there for hours what it copied last.
    pub(crate) unused: Option<usize>,
}

#[cfg(all(target_os = "linux", not(miri)))]
mod imp {
    use std::mem::MaybeUninit;
    use std::ptr;
    use std::time::Duration;

    use super::super::entry::Place;
    use super::{AtomicU32, Interrupted};
    use crate::sys::clock::timespec;

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

    /// Keeps a handler with this mask from being stopped.
    pub(crate) fn hold_stops(mask: &mut libc::sigset_t) {
        // SAFETY: the set is valid, and so is the number.
        unsafe { libc::sigaddset(mask, number()) };
    }

    /// Sets the handler of SIGQUIT, for one time, unless the program has one or ignores it. Who sends it again gets the system's
    /// way of ending.
    pub(crate) fn on_quit(handler: Handler) {
        // SAFETY: as above; the first call only fills `present`.
        unsafe {
            let mut present: libc::sigaction = MaybeUninit::zeroed().assume_init();
            libc::sigaction(libc::SIGQUIT, ptr::null(), &mut present);
            if present.sa_sigaction != libc::SIG_DFL {
                return;
            }
            let mut action: libc::sigaction = MaybeUninit::zeroed().assume_init();
            action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_RESTART | libc::SA_RESETHAND;
            action.sa_sigaction = handler as *const () as libc::sighandler_t;
            libc::sigaction(libc::SIGQUIT, &action, ptr::null_mut());
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

    /// The kernel's number of the process, and of the thread that it began with.
    pub(crate) fn process() -> i32 {
        // SAFETY: the call takes nothing.
        unsafe { libc::getpid() }
    }

    /// Gives the main thread, if it asks, an alternate signal stack that is there for ever. That of `std` is unmapped when any thread ends the
    /// process, though the main thread may still stand in a handler there.
    pub(crate) fn keep_alternate_stack() {
        const BYTES: usize = 64 << 10;
        if thread() != process() {
            return;
        }
        // Without memory things are as they were.
        let Some(memory) = crate::sys::memory::reserve(BYTES) else { return };
        let stack = libc::stack_t { ss_sp: memory.cast(), ss_flags: 0, ss_size: BYTES };
        // SAFETY: memory that nobody else knows and that is never given back; in a handler that runs on the present one the call is refused.
        unsafe { libc::sigaltstack(&stack, ptr::null_mut()) };
    }

    /// What the kernel saved of the interrupted code.
    ///
    /// # Safety
    /// `context` is what the kernel passed to a handler that is still running.
    pub(crate) unsafe fn interrupted(context: *mut libc::c_void) -> Interrupted {
        // SAFETY: the caller's promise.
        let context = unsafe { &*context.cast::<libc::ucontext_t>() };
        #[cfg(target_arch = "x86_64")]
        let place = {
            let register = |number: libc::c_int| context.uc_mcontext.gregs[number as usize] as usize;
            Place { pc: register(libc::REG_RIP), sp: register(libc::REG_RSP), frame: register(libc::REG_RBP) }
        };
        #[cfg(target_arch = "aarch64")]
        let place = {
            let state = &context.uc_mcontext;
            Place { pc: state.pc as usize, sp: state.sp as usize, frame: state.regs[29] as usize }
        };
        #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
        let place = Place::default();
        #[cfg(target_arch = "x86_64")]
        let unused = {
            let after = context.uc_mcontext.gregs[libc::REG_RCX as usize] as usize;
            // The instruction leaves the address behind it in this register; one that is to be repeated is the next. It does not begin a page of code.
            let may_be = (after == place.pc || after == place.pc.wrapping_add(2)) && after % 4096 >= 2;
            let code = ptr::with_exposed_provenance::<[u8; 2]>(after.wrapping_sub(2));
            // SAFETY: the bytes before or at the program counter, in its page of code.
            let is_call = may_be && unsafe { code.read() } == [0x0f, 0x05];
            is_call.then_some(context.uc_mcontext.fpregs as usize)
        };
        #[cfg(not(target_arch = "x86_64"))]
        let unused = None;
        let low = context.uc_stack.ss_sp as usize;
        Interrupted { place, alternate: (low, low + context.uc_stack.ss_size), unused }
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

    /// Sleeps until the word is woken or, with a timeout, for that long, unless it is not `expected` any more. May return early.
    pub(crate) fn wait(word: &AtomicU32, expected: u32, timeout: Option<Duration>) {
        let time = timeout.map(timespec);
        let time = time.as_ref().map_or(ptr::null(), ptr::from_ref);
        // SAFETY: the word and the time live; the kernel reads them.
        unsafe {
            libc::syscall(
                libc::SYS_futex,
                word.as_ptr(),
                libc::FUTEX_WAIT | libc::FUTEX_PRIVATE_FLAG,
                expected,
                time,
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
pub(crate) use imp::{
    hold_stops, install, interrupted, keep_alternate_stack, keeping_errno, on_quit, own_stack, process, send,
    thread, wait, wake,
};

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
    let result = f(registers.as_mut_ptr().expose_provenance());
    // Keeps the record alive, and the call above from becoming a jump.
    std::hint::black_box(&mut registers);
    result
}
