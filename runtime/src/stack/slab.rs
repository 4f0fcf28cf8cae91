//! Stacks cut out of one reservation of address space.
//!
//! ```text
//! slot:  | guard | usable .......................... | colour |
//!        low     low + guard                      high
//! ```
//! - A guard is no mapping of its own: `MADV_GUARD_INSTALL` (Linux 6.13) marks its pages in the page table, so a million stacks need
//!   one mapping, where stacks with a page protected by `mprotect` end at `vm.max_map_count`.
//! - A slot that comes back is the next one given out again: its pages are warm. Those that nobody has needed for a while give them back.
//! - Each thread has some of the size that it asked for first, so that most come and go without a lock, and guards are made, and pages
//!   given back, for many at a time. It also keeps two threads out of one page of the page table while both make new stacks.
//! - The tops of stacks are shifted against each other by a few cache lines (the colour): else the hot frames of all goroutines
//!   would fall into the same sets of the cache.
//!
//! What must hold: a slot is with one stack at a time, keeps its size and its guard for ever, and nothing but its own stack touches it.
//!
//! Rejected: having the system make the top pages of many slots at once (`MADV_POPULATE_WRITE` through `process_madvise`: what a first
//! touch costs is the clearing of the page, and the call saves nothing of that); guards of 64 KiB for small stacks, which double the page tables of a million of them; slots by powers of two, which
//! waste up to half of the same.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;

use super::Bounds;
use crate::shim::{Mutex, OnceLock, lock};
use crate::sys::memory;

/// Slots are an odd number of pages, so that the pages which hold the tops of stacks, all that most goroutines touch, spread over the
/// translation buffer of the processor. By powers of two they shared a sixteenth of it, and 1,500 goroutines that took turns were slower by a fifth.
const PAGE: usize = 4096;
/// The guard of a small slot, and of those of at least [`LARGE`]. A frame that is larger and does not touch its pages one after the
/// other (in C code built without probes) could step over it.
const GUARDS: [usize; 2] = [16 << 10, 64 << 10];
const LARGE: usize = 192 << 10;
/// What a page of the page table covers. Slots of that size begin in the middle of one, so that the guard of each is in the same
/// page of the page table as the top of the one below, which is all that most goroutines touch.
const TABLE: usize = 2 << 20;
/// Slots that are cut at once.
const CUT: usize = 64;
/// The address space asked for: the largest that the system gives.
const RESERVATIONS: [usize; 6] = [1 << 46, 1 << 45, 1 << 43, 1 << 40, 1 << 36, 1 << 33];
/// Colours, and how far they are apart.
const COLOURS: usize = 16;
const LINE: usize = 64;
/// Slots nobody uses whose pages stay resident.
const WARM: usize = 16 << 10;

/// A stack's place.
#[derive(Debug)]
pub(crate) struct Slot {
    low: usize,
    bytes: usize,
}

/// The reservation.
struct Slab {
    low: usize,
    high: usize,
    state: Mutex<State>,
}

struct State {
    /// Where nothing has been cut yet.
    next: usize,
    /// Slots that nobody has, by size.
    free: BTreeMap<usize, Free>,
    /// How many of them are warm.
    warm: usize,
}

/// Slots of one size that nobody has: those that may hold memory, and those that hold none.
#[derive(Default)]
struct Free {
    warm: Vec<usize>,
    cold: Vec<usize>,
    /// The fewest that were warm since [`scavenge`] looked: so many from the bottom on were not needed.
    least: usize,
}

static SLAB: OnceLock<Option<Slab>> = OnceLock::new();

fn slab() -> Option<&'static Slab> {
    let reserve = || {
        let (low, bytes) = RESERVATIONS
            .iter()
            .find_map(|&bytes| Some((memory::reserve(bytes)?.expose_provenance(), bytes)))?;
        // SAFETY: reserved just now. Most stacks use some bytes of a page.
        unsafe { memory::keep_pages_small(low, bytes) };
        // The first pages show whether the kernel knows guards.
        // SAFETY: reserved above, and nobody knows it.
        if unsafe { memory::guard(&[(low, GUARDS[0])]) }.is_err() {
            // SAFETY: as above.
            unsafe { memory::unreserve(low, bytes) };
            return None;
        }
        let state = State { next: low + GUARDS[0], free: BTreeMap::new(), warm: 0 };
        Some(Slab { low, high: low + bytes, state: Mutex::new(state) })
    };
    SLAB.get_or_init(reserve).as_ref()
}

/// Does the system have what slots need?
pub(crate) fn is_available() -> bool {
    slab().is_some()
}

/// The reservation's bounds.
pub(crate) fn bounds() -> Option<Bounds> {
    slab().map(|slab| Bounds { low: slab.low, high: slab.high })
}

/// The guard of a slot of so many bytes.
fn guard(slot: usize) -> usize {
    GUARDS[usize::from(slot >= LARGE)]
}

/// The size of the slot for a stack of so many bytes.
fn slot_for(bytes: usize) -> Option<usize> {
    let with = |guard: usize| {
        Some(bytes.checked_add(guard + (COLOURS - 1) * LINE)?.checked_next_multiple_of(PAGE)? | PAGE)
    };
    let slot = with(GUARDS[0]).filter(|&slot| slot < LARGE).or_else(|| with(GUARDS[1]))?;
    if slot < TABLE { Some(slot) } else { slot.checked_next_multiple_of(TABLE) }
}

/// Gives the memory of slots back that nobody has needed since the last call; whether there are others that hold some.
pub(crate) fn scavenge() -> bool {
    // Where other stacks are used there is none, and none is made.
    let Some(Some(slab)) = SLAB.get() else { return false };
    let mut state = lock(&slab.state);
    let sizes: Vec<usize> = state.free.keys().copied().collect();
    let mut left = false;
    for bytes in sizes {
        loop {
            let State { free, warm, .. } = &mut *state;
            let Some(free) = free.get_mut(&bytes) else { break };
            // The oldest lie at the bottom.
            let count = free.least.min(CUT);
            if count == 0 {
                free.least = free.warm.len();
                left |= free.least > 0;
                break;
            }
            free.least -= count;
            *warm -= count;
            let taken: Vec<usize> = free.warm.drain(..count).collect();
            drop(state);
            let guard = guard(bytes);
            let pieces: Vec<_> = taken.iter().map(|low| (low + guard, bytes - guard)).collect();
            // SAFETY: whole pages of slots that are in no list, so they are ours, and nothing runs on them.
            unsafe { memory::give_back_all(&pieces) };
            state = lock(&slab.state);
            state.free.entry(bytes).or_default().cold.extend(taken);
        }
    }
    left
}

/// The slots that a thread has for itself, all of one size; the next one is the last.
struct Own {
    bytes: usize,
    slots: Vec<usize>,
}

thread_local! {
    static OWN: RefCell<Own> = const { RefCell::new(Own { bytes: 0, slots: Vec::new() }) };
}

impl Own {
    /// Whether slots of that size come and go here.
    fn is_for(&mut self, bytes: usize) -> bool {
        if self.bytes == 0 && bytes < TABLE {
            self.bytes = bytes;
            // More are never here, so it never grows again.
            self.slots.reserve_exact(CUT);
        }
        self.bytes == bytes
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        if let Some(slab) = slab() {
            slab.give(self.bytes, &mut self.slots);
        }
    }
}

/// Calls `f` with the thread's own slots if they are of that size; not in a thread that is about to end.
fn with_own<R>(bytes: usize, f: impl FnOnce(&mut Vec<usize>) -> R) -> Option<R> {
    let f = |own: &RefCell<Own>| {
        let mut own = own.borrow_mut();
        own.is_for(bytes).then(|| f(&mut own.slots))
    };
    OWN.try_with(f).ok().flatten()
}

impl Slot {
    /// A slot for a stack of at least `bytes`.
    pub(crate) fn take(bytes: usize) -> io::Result<Slot> {
        let slab = slab().ok_or(io::ErrorKind::Unsupported)?;
        let bytes = slot_for(bytes).ok_or(io::ErrorKind::OutOfMemory)?;
        let own = with_own(bytes, |own| {
            if own.is_empty() {
                slab.take(bytes, CUT / 2, own)?;
            }
            io::Result::Ok(own.pop())
        });
        let low = match own {
            Some(slot) => slot?,
            None => {
                let mut one = Vec::with_capacity(CUT);
                slab.take(bytes, 1, &mut one)?;
                let low = one.pop();
                slab.give(bytes, &mut one);
                low
            }
        };
        Ok(Slot { low: low.ok_or(io::ErrorKind::OutOfMemory)?, bytes })
    }

    /// The part that may be used.
    pub(crate) fn bounds(&self) -> Bounds {
        let colour = self.low / self.bytes % COLOURS * LINE;
        Bounds { low: self.low + guard(self.bytes), high: self.low + self.bytes - colour }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let Some(slab) = slab() else { return };
        let kept = with_own(self.bytes, |own| {
            own.push(self.low);
            if own.len() == CUT {
                let mut oldest = own.drain(..CUT / 2).collect();
                slab.give(self.bytes, &mut oldest);
            }
        });
        if kept.is_none() {
            slab.give(self.bytes, &mut vec![self.low]);
        }
    }
}

impl Slab {
    /// Adds up to `most` slots of a size to an empty list, at least one; the warmest is the last. New ones are all that are cut at once.
    fn take(&self, bytes: usize, most: usize, into: &mut Vec<usize>) -> io::Result<()> {
        let mut state = lock(&self.state);
        let State { next, free, warm } = &mut *state;
        let free = free.entry(bytes).or_default();
        if !free.warm.is_empty() {
            let count = most.min(free.warm.len());
            into.extend(free.warm.drain(free.warm.len() - count..));
            *warm -= count;
            free.least = free.least.min(free.warm.len());
            return Ok(());
        }
        if !free.cold.is_empty() {
            let count = most.min(free.cold.len());
            into.extend(free.cold.drain(free.cold.len() - count..));
            return Ok(());
        }
        let (count, low) = match bytes < TABLE {
            true => (CUT, *next),
            false => (1, (*next + TABLE / 2).next_multiple_of(TABLE) - TABLE / 2),
        };
        if self.high.saturating_sub(low) < bytes * count {
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        *next = low + bytes * count;
        drop(state);
        // Those of low addresses are given out first.
        into.extend((0..count).rev().map(|i| low + i * bytes));
        // Guards take pages of the page table, so it is not many.
        let guards: Vec<_> = into.iter().map(|&low| (low, guard(bytes))).collect();
        // SAFETY: cut just now, and nobody knows it.
        unsafe { memory::guard(&guards) }.map_err(|(_, error)| {
            into.clear();
            error
        })
    }

    /// Takes slots of a size back; those that are too many to keep warm lose their memory.
    fn give(&self, bytes: usize, slots: &mut Vec<usize>) {
        if slots.is_empty() {
            return;
        }
        let mut state = lock(&self.state);
        let keep = WARM.saturating_sub(state.warm).min(slots.len());
        state.warm += keep;
        state.free.entry(bytes).or_default().warm.extend(slots.drain(slots.len() - keep..));
        drop(state);
        if slots.is_empty() {
            return;
        }
        let guard = guard(bytes);
        let pieces: Vec<_> = slots.iter().map(|low| (low + guard, bytes - guard)).collect();
        // SAFETY: whole pages of slots that are in no list, so they are ours, and nothing runs on them.
        unsafe { memory::give_back_all(&pieces) };
        lock(&self.state).free.entry(bytes).or_default().cold.append(slots);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_fit_what_was_asked_for() {
        for bytes in [1, 4096, 42 << 10, 64 << 10, 100 << 10, 128 << 10, 192 << 10, 1 << 20, 1 << 30] {
            let slot = slot_for(bytes).expect("a size");
            assert!(slot - guard(slot) - (COLOURS - 1) * LINE >= bytes, "{bytes}");
            let unit = if slot < TABLE { 2 * PAGE } else { TABLE };
            assert!(slot - bytes <= guard(slot) + (COLOURS - 1) * LINE + unit, "{bytes}");
        }
        assert_eq!(slot_for(42 << 10), Some(60 << 10));
        assert!(slot_for(500 << 10).is_some_and(|slot| slot / PAGE % 2 == 1));
        assert_eq!(slot_for(usize::MAX - 5), None);
    }

    #[test]
    fn a_slot_that_comes_back_is_the_next() {
        if !is_available() {
            return;
        }
        // A size that no other test uses.
        let bytes = (23 << 20) + (5 << 14);
        let first = Slot::take(bytes).expect("a slot");
        let second = Slot::take(bytes).expect("a slot");
        assert_ne!(first.bounds(), second.bounds());
        let bounds = first.bounds();
        drop(first);
        assert_eq!(Slot::take(bytes).expect("a slot").bounds(), bounds);
    }

    #[test]
    fn slots_that_nobody_needs_give_their_memory_back() {
        if !is_available() {
            return;
        }
        // A size that no other test uses; another test may scavenge, too, so only what nobody has needed for two calls is looked at.
        let slot = Slot::take((29 << 20) + (3 << 14)).expect("a slot");
        let (bounds, word) = (slot.bounds(), slot.bounds().high - 4096);
        let place = std::ptr::with_exposed_provenance_mut::<usize>(word / 8 * 8);
        // SAFETY: the slot is ours.
        unsafe { place.write_volatile(7) };
        drop(slot);
        scavenge();
        scavenge();
        let again = Slot::take((29 << 20) + (3 << 14)).expect("a slot");
        assert_eq!(again.bounds(), bounds);
        // SAFETY: as above.
        assert_eq!(unsafe { place.read_volatile() }, 0);
    }
}
