//! Sizes and bounds of goroutine stacks.
//!
//! A stack is address space: pages become memory when they are first touched, so sizes are chosen for what code needs
//! rather than for what a goroutine costs. Translated Go recurses as deep as Go does, in any goroutine: stacks come in [`TIERS`]. Those
//! that are in use at once have all the room that Go allows, as long as they are not very many; what is beyond has less, because
//! a million of the large ones would not fit into an address space, and each would need a page of the page table of its own.
//!
//! Must hold: a stack's bounds never change while something runs on it. Rejected: 64 KiB for every goroutine (printing a
//! backtrace in a debug build needs more); copying stacks to grow them (Rust code borrows from its own stack); growth by further
//! segments, which needs a check in every translated function and a closure around every call.

pub(crate) mod overflow;
#[cfg(not(miri))]
pub(crate) mod slab;

use std::cell::Cell;

use crate::shim::{AtomicUsize, OnceLock, Ordering};
#[cfg(not(miri))]
use crate::sys::memory;

/// The stack of the main goroutine.
pub(crate) const MAIN: usize = 512 << 20;

/// Kinds of stacks for goroutines that asked for no size: bytes, and how many of a kind are in use at once. The last kind is for any
/// number, and is the only one unless translated code runs.
const GO_TIERS: [(usize, usize); TIERS] = [(1 << 30, 4096), (64 << 20, 60_000), (1 << 20, 0)];
pub(crate) const TIERS: usize = 3;

/// A million of them should take little. Without optimisation frames are several times as large.
const DEFAULT: usize = if cfg!(debug_assertions) { 256 << 10 } else { 42 << 10 };
const LEAST: usize = 16 << 10;

/// The limit that Go's report names; 0 unless translated code runs.
static LIMIT: AtomicUsize = AtomicUsize::new(0);
/// How many of each tier may still be made.
static LEFT: [AtomicUsize; TIERS] = [const { AtomicUsize::new(0) }; TIERS];

/// Bytes of stack for a goroutine that asked for none: GOXIDE_STACK, else what translated Go gets when very many are in use,
/// else [`DEFAULT`].
pub(crate) fn default_size() -> usize {
    bytes_of(TIERS - 1)
}

/// Bytes of the stacks of a tier.
pub(crate) fn bytes_of(tier: usize) -> usize {
    match (asked(), LIMIT.load(Ordering::Relaxed)) {
        (0, 0) => DEFAULT,
        (0, limit) => whole_pages(limit.min(GO_TIERS[tier].0)),
        (asked, _) => asked,
    }
}

/// What the program asked for; GOXIDE_STACK goes before it.
static PROGRAM: AtomicUsize = AtomicUsize::new(0);

/// Gives goroutines stacks of so many bytes. Called before there are any.
pub(crate) fn set_default_size(bytes: usize) {
    PROGRAM.store(whole_pages(bytes), Ordering::Relaxed);
}

/// What GOXIDE_STACK or the program says, else 0.
fn asked() -> usize {
    static ASKED: OnceLock<usize> = OnceLock::new();
    *ASKED.get_or_init(|| {
        let told = std::env::var("GOXIDE_STACK").ok().and_then(|text| parse(&text));
        told.unwrap_or_else(|| PROGRAM.load(Ordering::Relaxed))
    })
}

/// Gives goroutines that have not started yet stacks as translated Go needs them: of `limit` bytes, or of less when very many are
/// in use at once.
pub fn set_go_limit(limit: usize) {
    if LIMIT.swap(limit, Ordering::Relaxed) == 0 && asked() == 0 {
        for (left, (_, most)) in LEFT.iter().zip(GO_TIERS) {
            left.store(most, Ordering::Relaxed);
        }
    }
}

/// The tier of a stack of that many bytes; none if it was asked for.
pub(crate) fn tier_of(bytes: usize) -> Option<usize> {
    (0..TIERS).rev().find(|&tier| bytes == bytes_of(tier))
}

/// The right to make a stack of a tier but the last, which needs none.
pub(crate) fn claim(tier: usize) -> bool {
    let left = &LEFT[tier];
    left.load(Ordering::Relaxed) > 0
        && left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
}

/// Gives that right back.
pub(crate) fn release(tier: usize) {
    if tier < TIERS - 1 {
        LEFT[tier].fetch_add(1, Ordering::Relaxed);
    }
}

/// No more stacks of a tier: the system refuses them.
pub(crate) fn none_left(tier: usize) {
    LEFT[tier].store(0, Ordering::Relaxed);
}

/// Added to a stack's size, which is a multiple of a page: a smaller one will do where the system refuses that.
pub(crate) const OR_LESS: usize = 1;

/// `bytes` as a stack size: at least 16 KiB and a multiple of a page.
pub(crate) fn whole_pages(bytes: usize) -> usize {
    bytes.max(LEAST).checked_next_multiple_of(4096).unwrap_or(usize::MAX - 4095)
}

/// Sizes in bytes, as stacks are measured: `256.kib()`, `8.mib()`.
///
/// Inside the option of `go!(stack = ..; ..)` these methods are in scope already. More than a `usize` holds becomes the most it
/// holds.
///
/// ```
/// use goxide::ByteSize;
///
/// assert_eq!(256.kib(), 262_144);
/// assert_eq!(8.mib(), 8 << 20);
/// # goxide::Builder::new().stack_size(128.kib()).run(|| {
/// let depth = goxide::chan(0);
/// let out = depth.clone();
/// fn deep(n: u64) -> u64 {
///     let frame = std::hint::black_box([n; 64]);
///     if n == 0 { 0 } else { deep(n - 1) + frame[0] / n }
/// }
/// goxide::go! { stack = 64.mib();
///     out.send(deep(50_000));
/// }
/// assert_eq!(depth.recv(), Some(50_000));
/// # }).unwrap();
/// ```
pub trait ByteSize: Sized {
    /// So many times 1,024 bytes.
    fn kib(self) -> usize;

    /// So many times 1,048,576 bytes.
    fn mib(self) -> usize;

    /// So many times 1,073,741,824 bytes.
    ///
    /// ```
    /// use goxide::ByteSize;
    ///
    /// assert_eq!((1.gib(), 1024.mib()), (1_073_741_824, 1_073_741_824));
    /// ```
    fn gib(self) -> usize;
}

// For `usize` only, so that a literal without a suffix is one.
impl ByteSize for usize {
    fn kib(self) -> usize {
        self.saturating_mul(1 << 10)
    }

    fn mib(self) -> usize {
        self.saturating_mul(1 << 20)
    }

    fn gib(self) -> usize {
        self.saturating_mul(1 << 30)
    }
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

/// What a thread is told of the stack that it runs on ([`overflow::enter`]).
#[repr(C)]
pub(crate) struct Extent {
    /// Zeros while it is not known.
    pub(crate) stack: Cell<Bounds>,
    /// The segment that its code has gone on on (`grow`), zeros if it has not.
    pub(crate) segment: Cell<Bounds>,
}

impl Extent {
    pub(crate) fn new(stack: Bounds) -> Extent {
        Extent { stack: Cell::new(stack), segment: Cell::new(Bounds::default()) }
    }
}

/// Whether translated code runs.
#[cfg(not(miri))]
#[inline]
pub(crate) fn is_go() -> bool {
    LIMIT.load(Ordering::Relaxed) != 0
}

/// The largest stack.
pub(crate) const MOST: usize = (Packed::PAGES as usize - 1) * 4096;

/// [`Bounds`] in one word, zero for zeros: `high` in units of 64 bytes, and how many pages there are from `low`, which begins one, on.
#[derive(Clone, Copy)]
pub(crate) struct Packed(pub(crate) u64);

impl Packed {
    const PAGES: u64 = 1 << 22;

    #[inline]
    pub(crate) fn of(bounds: Bounds) -> Packed {
        debug_assert!(bounds.high.is_multiple_of(64) && bounds.low.is_multiple_of(4096));
        let pages = (bounds.high.next_multiple_of(4096) - bounds.low) / 4096;
        Packed((bounds.high / 64) as u64 * Packed::PAGES + pages as u64)
    }

    #[inline]
    pub(crate) fn bounds(self) -> Bounds {
        let high = (self.0 / Packed::PAGES * 64) as usize;
        Bounds { low: high.next_multiple_of(4096) - (self.0 % Packed::PAGES) as usize * 4096, high }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_fit_a_word() {
        for (low, high) in
            [(0, 0), (4096, 8192), (0x7fff_0000_4000, 0x7fff_0000_f440), (1 << 46, (1 << 46) + MOST)]
        {
            let bounds = Bounds { low, high };
            assert_eq!(Packed::of(bounds).bounds(), bounds);
        }
    }

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
