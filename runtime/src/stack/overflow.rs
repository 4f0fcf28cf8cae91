//! The report of a goroutine that ran off its stack.
//!
//! Below every stack lies a guard page. A fault there is fatal: a message, what to do about it, exit code 2. Other
//! faults go to the handler that was there before the runtime started (`std`'s). The crate `generator` installs a
//! handler of its own which turns an overflow into a panic; ours is installed above it, because unwinding from a fault
//! in the middle of any instruction is not sound. The handler runs on the alternate stack that `std` gives each thread
//! and only reads a word of the thread, writes to standard error and leaves. Translated programs get Go's words.

use std::ptr;

use super::{Bounds, Extent};
use crate::sys::words;

/// Says which stack this thread runs on from now: one word, because it is said at every switch. A thread that is back on its own
/// stack need not say so: nobody asks there, and a fault there is not just below the other.
///
/// # Safety
/// `extent` stays readable until this thread calls this again, or [`leave`], or runs no more code of the runtime.
#[cfg_attr(miri, expect(dead_code))]
#[inline]
pub(crate) unsafe fn enter(extent: *const Extent) {
    words::RUNNING.set(extent.cast());
}

/// What was said by [`enter`] is so no more.
#[cfg_attr(miri, expect(dead_code))]
pub(crate) fn leave() {
    words::RUNNING.set(ptr::null());
}

/// What was said by [`enter`].
#[inline]
pub(crate) fn entered() -> *const Extent {
    words::RUNNING.get().cast()
}

/// The bounds of the stack that this thread runs on, zeros where they are not known.
#[inline]
pub(crate) fn running() -> Bounds {
    // SAFETY: null, or readable as `enter` demands.
    unsafe { entered().as_ref() }.map(|extent| extent.stack.get()).unwrap_or_default()
}

#[cfg(all(unix, not(miri)))]
pub(crate) use handler::{install, previous, set_rescue};

#[cfg(all(unix, not(miri)))]
mod handler {
    use std::mem::MaybeUninit;
    use std::ptr;

    use super::super::LIMIT;
    use super::entered;
    use crate::shim::{AtomicPtr, Ordering};
    #[cfg(target_os = "linux")]
    use crate::sys::signal;

    /// How far below a stack a fault still counts as running off it: some foreign code has frames larger than a page.
    const REACH: usize = 64 << 10;
    const SIGNALS: [libc::c_int; 2] = [libc::SIGSEGV, libc::SIGBUS];

    /// The handlers found before the runtime touched them.
    pub(crate) struct Previous([libc::sigaction; 2]);

    static PREVIOUS: AtomicPtr<Previous> = AtomicPtr::new(ptr::null_mut());

    /// What brings memory back that was put away.
    static RESCUE: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

    /// Sets what is asked first about a fault at an address: true if the access is to be repeated. It is called in the signal handler, while
    /// the world is not stopped.
    pub(crate) fn set_rescue(rescue: fn(usize) -> bool) {
        RESCUE.store(rescue as *mut (), Ordering::Release);
    }

    #[cfg(target_os = "linux")]
    fn is_rescued(address: usize) -> bool {
        let rescue = RESCUE.load(Ordering::Acquire);
        // SAFETY: null or what `set_rescue` stored, a function of that type.
        !rescue.is_null() && unsafe { std::mem::transmute::<*mut (), fn(usize) -> bool>(rescue) }(address)
    }

    /// Reads the present handlers.
    pub(crate) fn previous() -> Previous {
        Previous(SIGNALS.map(|signal| {
            let mut action = MaybeUninit::<libc::sigaction>::zeroed();
            // SAFETY: with no new action the call only fills `action`, which is ours; all zero bytes are a valid one.
            unsafe {
                libc::sigaction(signal, ptr::null(), action.as_mut_ptr());
                action.assume_init()
            }
        }))
    }

    /// Puts our handler in front; faults that are no overflow go to `previous`.
    pub(crate) fn install(previous: Previous) {
        PREVIOUS.store(Box::into_raw(Box::new(previous)), Ordering::Release);
        for number in SIGNALS {
            // SAFETY: the action is built from zeros, which is valid, and names a handler of the right type that
            // keeps to what a signal handler may do.
            unsafe {
                let mut action: libc::sigaction = MaybeUninit::zeroed().assume_init();
                action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_NODEFER;
                action.sa_sigaction = on_fault as *const () as libc::sighandler_t;
                #[cfg(target_os = "linux")]
                signal::hold_stops(&mut action.sa_mask);
                libc::sigaction(number, &action, ptr::null_mut());
            }
        }
    }

    extern "C" fn on_fault(number: libc::c_int, info: *mut libc::siginfo_t, _context: *mut libc::c_void) {
        // SAFETY: the kernel passes a valid `siginfo_t` to a handler installed with SA_SIGINFO.
        let address = unsafe { (*info).si_addr() } as usize;
        #[cfg(target_os = "linux")]
        {
            let mut rescued = false;
            signal::keeping_errno(|| rescued = is_rescued(address));
            if rescued {
                return;
            }
        }
        // SAFETY: null, or readable as `enter` demands.
        if let Some(extent) = unsafe { entered().as_ref() } {
            for stack in [extent.segment.get(), extent.stack.get()] {
                if stack.low != 0 && address < stack.low && address >= stack.low.saturating_sub(REACH) {
                    overflowed(stack.high - stack.low);
                }
            }
        }
        let index = usize::from(number == SIGNALS[1]);
        // SAFETY: PREVIOUS is stored before the handler is installed, and never freed. Putting the old action back and
        // returning repeats the faulting instruction under that action.
        unsafe {
            let previous = PREVIOUS.load(Ordering::Acquire);
            libc::sigaction(number, &(*previous).0[index], ptr::null_mut());
        }
    }

    /// A number in decimal digits.
    struct Decimal {
        digits: [u8; 20],
        at: usize,
    }

    impl Decimal {
        fn of(mut number: usize) -> Decimal {
            let mut decimal = Decimal { digits: [0; 20], at: 20 };
            loop {
                decimal.at -= 1;
                decimal.digits[decimal.at] = b'0' + (number % 10) as u8;
                number /= 10;
                if number == 0 {
                    return decimal;
                }
            }
        }

        fn text(&self) -> &[u8] {
            &self.digits[self.at..]
        }
    }

    fn overflowed(size: usize) -> ! {
        match LIMIT.load(Ordering::Relaxed) {
            0 => write(&[
                b"\nfatal error: goroutine stack overflow: it used all of its ",
                Decimal::of(size >> 10).text(),
                b" KiB\nPut goxide::grow(|| ..) around the step that recurses, move large locals to the heap, give this goroutine more with \
                  go!(stack = 8.mib(); ..), or every goroutine with the environment variable GOXIDE_STACK (for example GOXIDE_STACK=8M).\n",
            ]),
            limit => write(&[
                b"runtime: goroutine stack exceeds ",
                Decimal::of(limit.min(size)).text(),
                b"-byte limit\nfatal error: stack overflow\n\ngoroutine [running]:\n(The environment variable \
                  GOXIDE_STACK gives every goroutine another limit, for example GOXIDE_STACK=4G.)\n",
            ]),
        }
        // SAFETY: _exit(2) may be called from a signal handler.
        unsafe { libc::_exit(2) }
    }

    fn write(parts: &[&[u8]]) {
        for part in parts {
            // SAFETY: write(2) may be called from a signal handler; the buffer is alive.
            unsafe { libc::write(libc::STDERR_FILENO, part.as_ptr().cast(), part.len()) };
        }
    }
}
