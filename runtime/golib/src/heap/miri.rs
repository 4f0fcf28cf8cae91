//! The heap under Miri: its own allocator, so that it sees where each object ends. Nothing is collected.

pub(super) fn alloc(size: usize, align: usize, _noscan: bool) -> *mut u8 {
    let layout = std::alloc::Layout::from_size_align(size, align.max(16)).expect("a size that fits");
    // SAFETY: the size is not zero.
    unsafe { std::alloc::alloc_zeroed(layout) }
}

/// Nothing is known.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    pub allocated: (usize, usize),
    pub live: (usize, usize),
    pub heap: usize,
    pub in_use: usize,
    pub released: usize,
    pub history: History,
}

/// No collection has a history.
#[derive(Clone, Debug, Default)]
pub struct History {
    pub next: usize,
    pub collections: u32,
    pub forced: u32,
    pub last: std::time::Duration,
    pub paused: std::time::Duration,
    pub pauses: Vec<(std::time::Duration, std::time::Duration)>,
}

pub(crate) fn numbers() -> Numbers {
    Numbers {
        history: History { pauses: vec![Default::default(); 256], ..History::default() },
        ..Numbers::default()
    }
}

pub(crate) fn force() {}

pub(crate) fn free_memory() {}

pub(crate) fn set_percent(_: isize) -> isize {
    100
}

pub(crate) fn set_limit(_: i64) -> i64 {
    i64::MAX
}

/// See the real one.
pub(crate) fn parked() -> Vec<(&'static str, Vec<usize>)> {
    Vec::new()
}
