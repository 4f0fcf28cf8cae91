//! Return addresses on the stacks of goroutines, by frame pointers.
//!
//! Code that is built without frame pointers gives fewer of them, or wrong ones, but nothing outside of the goroutine's own stack
//! is ever read.
//!
//! Rejected: unwinding by tables (a microsecond a frame, where a panic that is recovered wants nanoseconds).

use super::{Record, current, on_goroutine};
use crate::shim::Ordering;

/// The return addresses of the running goroutine, innermost first, from the caller of this function on; how many. None on a
/// plain OS thread.
#[inline(never)]
pub fn callers(into: &mut [usize]) -> usize {
    if !on_goroutine() {
        return 0;
    }
    let here = 0u8;
    let high = current().stack.1.load(Ordering::Relaxed);
    frames(frame_pointer(), &raw const here as usize, high, into)
}

/// The return addresses of a goroutine that is parked, innermost first; how many. The world is stopped, or it cannot be woken.
pub(crate) fn parked(record: &Record, into: &mut [usize]) -> usize {
    let sp = record.parked_sp.load(Ordering::Relaxed);
    let high = record.stack.1.load(Ordering::Relaxed);
    if sp == 0 || high == 0 {
        return 0;
    }
    /// Where `sys::signal::spilled` puts the frame pointer.
    const SAVED: usize = if cfg!(target_arch = "aarch64") { 80 } else { 8 };
    // SAFETY: the record of registers that the goroutine made before it parked, on its stack.
    let frame = unsafe { std::ptr::with_exposed_provenance::<usize>(sp + SAVED).read() };
    frames(frame, sp, high, into)
}

/// Walks the chain of frames between `low` and `high`, which is stack that somebody uses.
fn frames(mut frame: usize, low: usize, high: usize, into: &mut [usize]) -> usize {
    const WORD: usize = size_of::<usize>();
    let mut count = 0;
    while count < into.len() && frame.is_multiple_of(WORD) && frame >= low && frame + 2 * WORD <= high {
        // SAFETY: two aligned words of a stack that is in use and belongs to who asks, or to a goroutine that stands still.
        let [next, back] = unsafe { std::ptr::with_exposed_provenance::<[usize; 2]>(frame).read() };
        if back == 0 {
            break;
        }
        into[count] = back;
        count += 1;
        if next <= frame {
            break;
        }
        frame = next;
    }
    count
}

#[inline(always)]
fn frame_pointer() -> usize {
    let frame: usize;
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: copies a register.
    unsafe {
        std::arch::asm!("mov {}, rbp", out(reg) frame, options(nomem, nostack, preserves_flags));
    }
    #[cfg(all(target_arch = "aarch64", not(miri)))]
    // SAFETY: copies a register.
    unsafe {
        std::arch::asm!("mov {}, x29", out(reg) frame, options(nomem, nostack, preserves_flags));
    }
    #[cfg(any(miri, not(any(target_arch = "x86_64", target_arch = "aarch64"))))]
    {
        frame = 0;
    }
    frame
}
