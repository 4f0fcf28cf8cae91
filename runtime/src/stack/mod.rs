//! Sizes and bounds of goroutine stacks.
//!
//! A stack is address space: pages become memory when they are first touched, so sizes are chosen for what code needs
//! rather than for what a goroutine costs. Translated Go recurses as deep as Go does, in any goroutine: the first [`ROOMY`] stacks
//! that are in use at once have all the room that Go allows, and only those beyond are smaller, because a million of the
//! large ones would not fit into an address space.
//!
//! Must hold: a stack's bounds never change while something runs on it. Rejected: 64 KiB for every goroutine (printing a
//! backtrace in a debug build needs more); copying stacks to grow them (Rust code borrows from its own stack); growth by further
//! segments, which needs a check in every translated function and a closure around every call.

pub(crate) mod overflow;

use crate::shim::{AtomicUsize, OnceLock, Ordering};
#[cfg(not(miri))]
use crate::sys::memory;

/// The stack of the main goroutine.
pub(crate) const MAIN: usize = 512 << 20;

/// How many roomy stacks there are at once; each takes two pages of page tables more than a plain one.
const ROOMY: usize = 4096;

const DEFAULT: usize = 256 << 10;
const LEAST: usize = 16 << 10;

static CHOSEN: AtomicUsize = AtomicUsize::new(0);
/// The limit that Go's report names; 0 unless translated code runs.
static LIMIT: AtomicUsize = AtomicUsize::new(0);
/// Roomy stacks that may still be made.
static LEFT: AtomicUsize = AtomicUsize::new(0);

/// Bytes of stack for a goroutine that asked for none: GOXIDE_STACK, else what [`set_go_sizes`] chose, else 256 KiB.
pub(crate) fn default_size() -> usize {
    match (asked(), CHOSEN.load(Ordering::Relaxed)) {
        (0, 0) => DEFAULT,
        (0, chosen) => chosen,
        (asked, _) => asked,
    }
}

/// What GOXIDE_STACK says, else 0.
fn asked() -> usize {
    static ASKED: OnceLock<usize> = OnceLock::new();
    *ASKED.get_or_init(|| std::env::var("GOXIDE_STACK").ok().and_then(|text| parse(&text)).unwrap_or(0))
}

/// Gives goroutines that have not started yet stacks as translated Go needs them: of `limit` bytes, or of `plain` bytes when
/// very many are in use at once.
pub fn set_go_sizes(limit: usize, plain: usize) {
    CHOSEN.store(whole_pages(plain), Ordering::Relaxed);
    if LIMIT.swap(limit, Ordering::Relaxed) == 0 && asked() == 0 {
        LEFT.store(ROOMY, Ordering::Relaxed);
    }
}

/// Whether a stack is one of the roomy ones.
pub(crate) fn is_roomy(bytes: usize) -> bool {
    let limit = LIMIT.load(Ordering::Relaxed);
    limit != 0 && asked() == 0 && bytes == whole_pages(limit)
}

/// The right to make a roomy stack, of so many bytes.
pub(crate) fn claim_roomy() -> Option<usize> {
    let claimed = LEFT.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
    claimed.is_ok().then(|| whole_pages(LIMIT.load(Ordering::Relaxed)))
}

/// Gives that right back.
pub(crate) fn release_roomy() {
    LEFT.fetch_add(1, Ordering::Relaxed);
}

/// No more roomy stacks: the system refuses them.
pub(crate) fn no_roomy() {
    LEFT.store(0, Ordering::Relaxed);
}

/// `bytes` as a stack size: at least 16 KiB and a multiple of a page.
pub(crate) fn whole_pages(bytes: usize) -> usize {
    bytes.max(LEAST).next_multiple_of(4096)
}

/// What an idle stack keeps.
#[cfg(not(miri))]
const SHALLOW: usize = 256 << 10;

/// Gives the memory of an idle stack back to the system if something ran deep on it.
#[cfg(not(miri))]
pub(crate) fn give_back_depth(stack: Bounds) {
    const LOOKED_AT: usize = 32;
    if stack.high - stack.low <= SHALLOW {
        return;
    }
    let edge = stack.high - SHALLOW;
    let words = edge as *const usize;
    // SAFETY: words of the stack's own memory, on which nothing runs.
    if (0..LOOKED_AT).any(|i| unsafe { words.add(i).read_volatile() } != 0) {
        // The lowest page has marks by which `generator` sees that a stack was used up.
        let low = stack.low + 4096;
        // SAFETY: as above, and nothing that ran there is looked at again.
        unsafe { memory::give_back(low, edge - low) };
    }
}

/// `65536`, `64K`, `1M` or `1G`.
fn parse(text: &str) -> Option<usize> {
    let text = text.trim();
    let (digits, shift) = match text.as_bytes().last()? {
        b'k' | b'K' => (&text[..text.len() - 1], 10),
        b'm' | b'M' => (&text[..text.len() - 1], 20),
        b'g' | b'G' => (&text[..text.len() - 1], 30),
        _ => (text, 0),
    };
    let bytes = digits.parse::<usize>().ok()?.checked_mul(1 << shift)?;
    (bytes > 0).then(|| whole_pages(bytes))
}

/// The usable part of a stack, `low` to `high`.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Bounds {
    pub(crate) low: usize,
    pub(crate) high: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_unit() {
        assert_eq!(parse("65536"), Some(65536));
        assert_eq!(parse(" 64K "), Some(65536));
        assert_eq!(parse("2m"), Some(2 << 20));
        assert_eq!(parse("3G"), Some(3 << 30));
        assert_eq!(parse("1"), Some(LEAST));
        assert_eq!(parse(""), None);
        assert_eq!(parse("lots"), None);
        assert_eq!(parse("0"), None);
    }
}
