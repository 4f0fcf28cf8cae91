//! Sizes and bounds of goroutine stacks.
//!
//! A stack is address space: pages become memory when they are first touched, so sizes are chosen for what code needs
//! rather than for what a goroutine costs. Must hold: a stack's bounds never change while something runs on it.
//! Rejected: 64 KiB for every goroutine (printing a backtrace in a debug build needs more), and copying stacks to grow
//! them (Rust code borrows from its own stack).

pub(crate) mod overflow;

use crate::shim::{AtomicUsize, OnceLock, Ordering};

/// The stack of the main goroutine of a translated program, which has the recursion a Go program expects.
pub(crate) const MAIN: usize = 512 << 20;

const DEFAULT: usize = 256 << 10;
const LEAST: usize = 16 << 10;

static CHOSEN: AtomicUsize = AtomicUsize::new(0);

/// Bytes of stack for a goroutine that asked for none: GOXIDE_STACK, else what [`set_default`] chose, else 256 KiB.
pub(crate) fn default_size() -> usize {
    static ASKED: OnceLock<usize> = OnceLock::new();
    let asked =
        *ASKED.get_or_init(|| std::env::var("GOXIDE_STACK").ok().and_then(|text| parse(&text)).unwrap_or(0));
    if asked != 0 {
        return asked;
    }
    match CHOSEN.load(Ordering::Relaxed) {
        0 => DEFAULT,
        chosen => chosen,
    }
}

/// Sets the default for goroutines that have not started yet.
pub fn set_default(bytes: usize) {
    CHOSEN.store(whole_pages(bytes), Ordering::Relaxed);
}

/// `bytes` as a stack size: at least 16 KiB and a multiple of a page.
pub(crate) fn whole_pages(bytes: usize) -> usize {
    bytes.max(LEAST).next_multiple_of(4096)
}

/// `65536`, `64K` or `1M`.
fn parse(text: &str) -> Option<usize> {
    let text = text.trim();
    let (digits, shift) = match text.as_bytes().last()? {
        b'k' | b'K' => (&text[..text.len() - 1], 10),
        b'm' | b'M' => (&text[..text.len() - 1], 20),
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
        assert_eq!(parse("1"), Some(LEAST));
        assert_eq!(parse(""), None);
        assert_eq!(parse("lots"), None);
        assert_eq!(parse("0"), None);
    }
}
