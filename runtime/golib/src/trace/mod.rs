//! Where a goroutine is: Go functions and lines of return addresses (packages `runtime`, `runtime/debug`, `log`; the end of a panic).
//!
//! A place is a return address, and of several Go functions that rustc has put into one the number of the function, counted from
//! the innermost, in the top byte: so one number stands for one Go function's frame, as Go's program counters do. Frames of golib
//! are no frames; the two that every goroutine of Go has at its end stand for its own.
//!
//! Must hold: what is not known is not said. Without line tables (see `translator/src/lower/positions.rs`) that is all.

mod names;
mod positions;
mod symbols;

use std::sync::atomic::{AtomicUsize, Ordering};

use goxide::__private as runtime;

use crate::panic;

pub(crate) use positions::set_table;
pub(crate) use symbols::{entry, frame};

/// A Go function's frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Frame {
    /// Go's name of the function.
    pub(crate) function: &'static str,
    /// Empty if unknown.
    pub(crate) file: &'static str,
    /// Zero if unknown.
    pub(crate) line: u32,
    /// Where the function begins: its address and line.
    pub(crate) entry: usize,
    pub(crate) declared: u32,
    /// Has it parameters or a receiver?
    pub(crate) takes: bool,
}

/// A local of every function that traces show: its end comes after the last call, which therefore is none in place of the function.
pub struct Stay;

impl Drop for Stay {
    #[inline(always)]
    fn drop(&mut self) {
        #[cfg(not(miri))]
        // SAFETY: no instruction at all, but one that rustc must not move or leave out.
        unsafe {
            std::arch::asm!("", options(nomem, nostack, preserves_flags));
        }
    }
}

/// The first bit of a place that counts functions in one address.
const LEVEL: u32 = 56;
/// Addresses that nothing has, for what Go calls its own.
const CALLERS: usize = 1;
const MAIN: usize = 2;
const GOEXIT: usize = 3;
const PANIC: usize = 4;

/// What Go names the frames that stand for its own.
fn own(place: usize) -> Option<&'static str> {
    match place {
        CALLERS => Some("runtime.Callers"),
        MAIN => Some("runtime.main"),
        GOEXIT => Some("runtime.goexit"),
        PANIC => Some("runtime.gopanic"),
        _ => None,
    }
}

/// The words of the main goroutine's record, which only tell it apart in reports.
static MAIN_WORDS: AtomicUsize = AtomicUsize::new(0);

/// The running goroutine is the main one.
pub(crate) fn enter_main() {
    MAIN_WORDS.store(std::ptr::from_ref(runtime::record()).addr(), Ordering::Relaxed);
}

/// Is the running goroutine the main one?
pub(crate) fn on_main() -> bool {
    MAIN_WORDS.load(Ordering::Relaxed) == std::ptr::from_ref(runtime::record()).addr()
}

/// How many frames of a deep stack are looked at.
const DEPTH: usize = 4096;

/// The return addresses of the running goroutine, innermost first.
#[inline(never)]
pub(crate) fn addresses(limit: usize) -> Vec<usize> {
    let mut found = vec![0; limit];
    let count = runtime::callers(&mut found);
    found.truncate(count);
    found
}

/// The places of the running goroutine's Go functions, innermost first, with Go's own at the end. A deferred call that runs
/// because of a panic is seen, as in Go, above the function that panicked.
#[inline(never)]
pub(crate) fn places() -> Vec<usize> {
    let mut list = with_panics(addresses(DEPTH), panic::raised());
    if on_main() {
        list.push(MAIN);
    }
    list.push(GOEXIT);
    list
}

/// The places of what calls deferred functions because of panics, the newest raised at `raised[0]`: the stacks of those have been
/// unwound, but nobody has seen it.
pub(crate) fn with_panics(mut addresses: Vec<usize>, raised: Vec<Vec<usize>>) -> Vec<usize> {
    let mut list = Vec::new();
    for older in raised {
        let pairs = addresses.iter().rev().zip(older.iter().rev());
        let common = pairs.take_while(|(a, b)| a == b).count();
        list.extend(symbols::places(&addresses[..addresses.len() - common]));
        // the function that has deferred is also below the panic
        list.pop();
        list.push(PANIC);
        addresses = older;
    }
    list.extend(symbols::places(&addresses));
    list
}

/// The place that stands for `runtime.Callers` itself.
pub(crate) fn of_callers() -> usize {
    CALLERS
}

/// The Go function that called what golib's caller stands in, and so on `skip` times.
#[inline(never)]
pub(crate) fn caller(skip: usize) -> Option<(usize, Frame)> {
    let place = *places().get(skip)?;
    Some((place, frame(place)?))
}

/// Adds the frames at these places as Go's traces show them.
pub(crate) fn print(out: &mut Vec<u8>, places: &[usize]) {
    use std::io::Write;
    if !symbols::are_known() {
        let _ = writeln!(out, "\t(goxide run --trace shows where)");
        return;
    }
    /// Go shows so many of either end.
    const ENDS: usize = 50;
    for (i, &place) in places.iter().enumerate() {
        if places.len() > 2 * ENDS && (ENDS..places.len() - ENDS).contains(&i) {
            if i == ENDS {
                let _ = writeln!(out, "...{} frames elided...", places.len() - 2 * ENDS);
            }
            continue;
        }
        if place == PANIC {
            let _ = writeln!(out, "panic(...)\n\t{}:{}", file!(), line!());
            continue;
        }
        let Some(frame) = frame(place).filter(|_| place > PANIC) else { continue };
        let arguments = if frame.takes { "..." } else { "" };
        let _ = writeln!(out, "{}({arguments})", frame.function);
        if frame.line > 0 {
            let _ = write!(out, "\t{}:{}", frame.file, frame.line);
            let inner = places.get(i + 1).is_some_and(|next| next << (64 - LEVEL) == place << (64 - LEVEL));
            let _ = match inner {
                true => writeln!(out),
                false => writeln!(out, " +{:#x}", (place & ((1 << LEVEL) - 1)).saturating_sub(frame.entry)),
            };
        }
    }
}
