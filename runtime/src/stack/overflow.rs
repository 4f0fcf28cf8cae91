//! The report of a goroutine that ran off its stack.
//!
//! Below every stack lies a guard page. A fault there is fatal: a message, what to do about it, exit code 2. Other
//! faults go to the handler that was there before the runtime started (`std`'s). The crate `generator` installs a
//! handler of its own which turns an overflow into a panic; ours is installed above it, because unwinding from a fault
//! in the middle of any instruction is not sound. The handler runs on the alternate stack that `std` gives each thread
//! and only reads a thread-local without destructor, writes to standard error and leaves. Translated programs get Go's words.

use std::cell::Cell;

use super::Bounds;

thread_local! {
    static RUNNING: Cell<Bounds> = const { Cell::new(Bounds { low: 0, high: 0 }) };
}

/// Says which stack this thread runs on from now; zero bounds for its own.
#[cfg_attr(miri, expect(dead_code))]
#[inline]
pub(crate) fn enter(bounds: Bounds) {
    RUNNING.with(|running| running.set(bounds));
}

/// The stack that this thread runs on, zeros if it is its own.
#[inline]
pub(crate) fn running() -> Bounds {
    RUNNING.with(|running| running.get())
}

#[cfg(all(unix, not(miri)))]
pub(crate) use handler::{install, previous};

#[cfg(all(unix, not(miri)))]
mod handler {
    use std::mem::MaybeUninit;
    use std::ptr;

    use super::super::LIMIT;
    use super::RUNNING;
    use crate::shim::{AtomicPtr, Ordering};

    /// How far below a stack a fault still counts as running off it: some foreign code has frames larger than a page.
    const REACH: usize = 64 << 10;
    const SIGNALS: [libc::c_int; 2] = [libc::SIGSEGV, libc::SIGBUS];

    /// The handlers found before the runtime touched them.
    pub(crate) struct Previous([libc::sigaction; 2]);

    static PREVIOUS: AtomicPtr<Previous> = AtomicPtr::new(ptr::null_mut());

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
        for signal in SIGNALS {
            // SAFETY: the action is built from zeros, which is valid, and names a handler of the right type that
            // keeps to what a signal handler may do.
            unsafe {
                let mut action: libc::sigaction = MaybeUninit::zeroed().assume_init();
                action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_NODEFER;
                action.sa_sigaction = on_fault as *const () as libc::sighandler_t;
                libc::sigaction(signal, &action, ptr::null_mut());
            }
        }
    }

    extern "C" fn on_fault(signal: libc::c_int, info: *mut libc::siginfo_t, _context: *mut libc::c_void) {
        // SAFETY: the kernel passes a valid `siginfo_t` to a handler installed with SA_SIGINFO.
        let address = unsafe { (*info).si_addr() } as usize;
        let stack = RUNNING.with(|running| running.get());
        if stack.low != 0 && address < stack.low && address >= stack.low.saturating_sub(REACH) {
            overflowed(stack.high - stack.low);
        }
        let index = usize::from(signal == SIGNALS[1]);
        // SAFETY: PREVIOUS is stored before the handler is installed, and never freed. Putting the old action back and
        // returning repeats the faulting instruction under that action.
        unsafe {
            let previous = PREVIOUS.load(Ordering::Acquire);
            libc::sigaction(signal, &(*previous).0[index], ptr::null_mut());
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
                b" KiB\nRecurse less deeply, move large locals to the heap, or give every goroutine more with the \
                  environment variable GOXIDE_STACK (for example GOXIDE_STACK=8M).\n",
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
