//! What all maps share, whatever their keys and values: compiled once.
//!
//! The index is open addressing with linear probing; a word holds the tag (half of the hash) above and the slot plus one below, zero when
//! free. Removing moves later words of the run back, so there are no tombstones. Must hold: every slot in use has one
//! word; at most three quarters of the words are in use; `count` slots of the first `used` are in use. Slots freed by deletes are
//! used again only when those after `used` have run out.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};

use goxide::__private::fatal;

use crate::hash::random;
use crate::heap;

/// Up to this many entries are found by their tags alone.
const SMALL: usize = 8;

/// What the map handle points to.
pub(super) struct Header {
    pub(super) seed: u64,
    pub(super) table: Cell<Table>,
    pub(super) count: Cell<usize>,
    /// How often it was cleared.
    pub(super) clears: Cell<usize>,
    /// Where to look for a free slot next.
    hint: Cell<usize>,
    writing: AtomicBool,
}

/// The entries of one size of a map.
#[derive(Clone, Copy)]
pub(super) struct Table {
    pub(super) entries: *mut u8,
    index: *mut u64,
    tags: *mut u32,
    /// The number of words in the index less one; zero for a small table, which has none.
    mask: usize,
    cap: usize,
    /// Slots that have ever been in use.
    pub(super) used: usize,
}

/// How an entry lies in memory.
pub(super) struct EntryLayout {
    pub(super) size: usize,
    pub(super) align: usize,
    pub(super) noscan: bool,
}

/// What is kept of a hash. Never zero.
#[inline(always)]
fn tag_of(hash: u64) -> u32 {
    ((hash >> 16) as u32).max(1)
}

impl Table {
    pub(super) const EMPTY: Table = Table {
        entries: std::ptr::null_mut(),
        index: std::ptr::null_mut(),
        tags: std::ptr::null_mut(),
        mask: 0,
        cap: 0,
        used: 0,
    };

    /// Whether both are views of one table.
    #[inline]
    pub(super) fn is_same(&self, other: &Table) -> bool {
        std::ptr::eq(self.tags, other.tags)
    }

    /// Whether a slot below the capacity is in use.
    #[inline(always)]
    pub(super) fn is_used(&self, slot: usize) -> bool {
        // SAFETY: there are `cap` tags.
        unsafe { *self.tags.add(slot) != 0 }
    }

    /// The slot with that hash for which `is_it` says yes.
    #[inline(always)]
    pub(super) fn find(&self, hash: u64, mut is_it: impl FnMut(usize) -> bool) -> Option<usize> {
        let tag = tag_of(hash);
        if self.mask == 0 {
            // SAFETY: there are `cap` tags, and no more slots have been in use.
            return (0..self.used).find(|&slot| unsafe { *self.tags.add(slot) } == tag && is_it(slot));
        }
        let mut at = tag as usize & self.mask;
        loop {
            // SAFETY: the mask keeps it within the index.
            let word = unsafe { *self.index.add(at) };
            if word == 0 {
                return None;
            }
            if (word >> 32) as u32 == tag {
                let slot = word as u32 as usize - 1;
                if is_it(slot) {
                    return Some(slot);
                }
            }
            at = (at + 1) & self.mask;
        }
    }

    /// Enters a slot that is not in the index.
    fn enter(&self, tag: u32, slot: usize) {
        let mut at = tag as usize & self.mask;
        // SAFETY: the mask keeps it within the index, in which some words are free.
        unsafe {
            while *self.index.add(at) != 0 {
                at = (at + 1) & self.mask;
            }
            *self.index.add(at) = u64::from(tag) << 32 | (slot as u64 + 1);
        }
    }

    /// Takes a slot out of the index.
    fn withdraw(&self, tag: u32, slot: usize) {
        let mask = self.mask;
        let word = u64::from(tag) << 32 | (slot as u64 + 1);
        let mut hole = tag as usize & mask;
        // SAFETY: the mask keeps everything within the index; the word is there, and some words are free.
        unsafe {
            while *self.index.add(hole) != word {
                hole = (hole + 1) & mask;
            }
            let mut at = hole;
            loop {
                at = (at + 1) & mask;
                let word = *self.index.add(at);
                if word == 0 {
                    break;
                }
                let home = (word >> 32) as usize & mask;
                // It may move back if its home is not after the hole.
                if at.wrapping_sub(home) & mask >= at.wrapping_sub(hole) & mask {
                    *self.index.add(hole) = word;
                    hole = at;
                }
            }
            *self.index.add(hole) = 0;
        }
    }

    /// A table for at least `cap` entries.
    fn with_room(cap: usize, layout: &EntryLayout) -> Table {
        let words = if cap <= SMALL { 0 } else { (cap * 4).div_ceil(3).next_power_of_two() };
        let cap = if words == 0 { SMALL } else { words / 4 * 3 };
        if cap >= u32::MAX as usize || cap.checked_mul(layout.size).is_none_or(|bytes| bytes > 1 << 47) {
            fatal("runtime: out of memory: map of more than 3 billion entries");
        }
        let index = heap::alloc(words * size_of::<u64>() + cap * size_of::<u32>(), align_of::<u64>(), true);
        Table {
            entries: heap::alloc(cap * layout.size, layout.align, layout.noscan),
            index: index.cast(),
            tags: index.wrapping_add(words * size_of::<u64>()).cast(),
            mask: words.saturating_sub(1),
            cap,
            used: 0,
        }
    }
}

impl Header {
    /// Ends the program when somebody is changing the map.
    #[inline(always)]
    pub(super) fn check_read(&self) {
        if self.writing.load(Ordering::Relaxed) {
            concurrent("concurrent map read and map write");
        }
    }

    /// As [`Header::check_read`], in an iteration.
    #[inline(always)]
    pub(super) fn check_iteration(&self) {
        if self.writing.load(Ordering::Relaxed) {
            concurrent("concurrent map iteration and map write");
        }
    }

    /// Says that the map is being changed. No Go code runs until `end_write`, except for comparisons that cannot panic: keys
    /// that can be hashed can be compared.
    #[inline(always)]
    pub(super) fn begin_write(&self) {
        if self.writing.load(Ordering::Relaxed) {
            concurrent("concurrent map writes");
        }
        self.writing.store(true, Ordering::Relaxed);
    }

    #[inline(always)]
    pub(super) fn end_write(&self) {
        self.writing.store(false, Ordering::Relaxed);
    }
}

#[cold]
#[inline(never)]
fn concurrent(text: &str) -> ! {
    fatal(text)
}

pub(super) fn make() -> *mut Header {
    let place = heap::alloc_for::<Header>(false);
    let header = Header {
        seed: random(),
        table: Cell::new(Table::EMPTY),
        count: Cell::new(0),
        clears: Cell::new(0),
        hint: Cell::new(0),
        writing: AtomicBool::new(false),
    };
    // SAFETY: fresh memory, which nobody else knows.
    unsafe { place.write(header) };
    place
}

/// Makes room for `n` entries in a map that has none.
pub(super) fn reserve(header: &Header, n: usize, layout: &EntryLayout) {
    header.table.set(Table::with_room(n, layout));
}

/// Sets a slot aside for a new key of that hash.
#[inline(never)]
pub(super) fn insert(header: &Header, hash: u64, layout: &EntryLayout) -> usize {
    let mut table = header.table.get();
    if table.used == table.cap && header.count.get() >= table.cap - table.cap / 8 {
        grow(header, layout);
        table = header.table.get();
    }
    let slot = if table.used < table.cap {
        table.used += 1;
        header.table.set(table);
        table.used - 1
    } else {
        free_slot(header, &table)
    };
    // SAFETY: there are `cap` tags, and nobody else changes the map.
    unsafe { *table.tags.add(slot) = tag_of(hash) };
    if table.mask != 0 {
        table.enter(tag_of(hash), slot);
    }
    header.count.set(header.count.get() + 1);
    slot
}

/// A slot that deletes have freed. There is at least one.
fn free_slot(header: &Header, table: &Table) -> usize {
    let mut slot = header.hint.get();
    loop {
        if slot >= table.cap {
            slot = 0;
        }
        if !table.is_used(slot) {
            header.hint.set(slot + 1);
            return slot;
        }
        slot += 1;
    }
}

/// Moves to a table of twice the size.
#[cold]
fn grow(header: &Header, layout: &EntryLayout) {
    let old = header.table.get();
    let mut new = Table::with_room(if old.cap == 0 { SMALL } else { old.cap * 2 }, layout);
    for slot in (0..old.used).filter(|&slot| old.is_used(slot)) {
        // SAFETY: an entry in use, and room in fresh memory for as many as there are. Bytes, because of padding.
        unsafe {
            let (from, to) = (old.entries.add(slot * layout.size), new.entries.add(new.used * layout.size));
            std::ptr::copy_nonoverlapping(from, to, layout.size);
            let tag = *old.tags.add(slot);
            *new.tags.add(new.used) = tag;
            if new.mask != 0 {
                new.enter(tag, new.used);
            }
        }
        new.used += 1;
    }
    header.hint.set(0);
    header.table.set(new);
}

/// Frees a slot that is in use.
#[inline(never)]
pub(super) fn remove(header: &Header, hash: u64, slot: usize) {
    let table = header.table.get();
    // SAFETY: there are `cap` tags, and nobody else changes the map.
    unsafe { *table.tags.add(slot) = 0 };
    if table.mask != 0 {
        table.withdraw(tag_of(hash), slot);
    }
    header.count.set(header.count.get() - 1);
}

/// Removes everything, in place. Iterations over a table outgrown before believe it no longer.
#[inline(never)]
pub(super) fn clear(header: &Header, layout: &EntryLayout) {
    header.begin_write();
    let table = header.table.get();
    // SAFETY: the table's own memory, of the sizes it was made with; nobody else changes the map.
    unsafe {
        std::ptr::write_bytes(table.entries, 0, table.used * layout.size);
        std::ptr::write_bytes(table.tags, 0, table.used);
        if table.mask != 0 {
            std::ptr::write_bytes(table.index, 0, table.mask + 1);
        }
    }
    header.table.set(Table { used: 0, ..table });
    header.count.set(0);
    header.hint.set(0);
    header.clears.set(header.clears.get() + 1);
    header.end_write();
}
