//! Maps whose type is known from its description only: what reflection does with them.
//!
//! Must hold: hashing, comparing and the layout of an entry come out as for the static type `Map<K, V>`, so that both may work
//! on one map: `Entry` is `repr(C)`, and the static type hashes and compares through the same descriptions.

use super::raw::{self, EntryLayout, Header, Table};
use crate::hash::{GoHasher, random};
use crate::heap;
use crate::runtime_error;
use crate::ty::Desc;

/// A map with the descriptions of its keys and values.
#[derive(Clone, Copy)]
pub(crate) struct Described {
    header: *const Header,
    key: &'static Desc,
    value: &'static Desc,
}

impl Described {
    /// The map at an address.
    ///
    /// # Safety
    /// `map` is the address of a map of the described type, or of a word that is null.
    pub(crate) unsafe fn new(desc: &'static Desc, map: *const u8) -> Described {
        // SAFETY: the caller's promise.
        Described { header: unsafe { *map.cast::<*const Header>() }, key: desc.key(), value: desc.elem() }
    }

    /// A new map with room for `n`, as the word that a map is.
    pub(crate) fn make(desc: &'static Desc, n: usize) -> *mut u8 {
        let header = raw::make();
        // SAFETY: a word that is a map.
        let map = unsafe { Described::new(desc, (&raw const header).cast()) };
        if n > 0 {
            raw::reserve(map.header(), n, &map.layout());
        }
        header.cast()
    }

    fn header(&self) -> &Header {
        // SAFETY: the callers have a map that is not nil, so `make` made it and it lives.
        unsafe { &*self.header }
    }

    fn value_offset(&self) -> usize {
        self.key.size.next_multiple_of(self.value.align)
    }

    fn layout(&self) -> EntryLayout {
        let align = self.key.align.max(self.value.align);
        EntryLayout {
            size: (self.value_offset() + self.value.size).next_multiple_of(align),
            align,
            noscan: self.key.noscan && self.value.noscan,
        }
    }

    fn entry(&self, table: &Table, slot: usize) -> *mut u8 {
        table.entries.wrapping_add(slot * self.layout().size)
    }

    /// # Safety
    /// A key of the map's type lies at `key`.
    unsafe fn hash_of(&self, seed: u64, key: *const u8) -> u64 {
        // SAFETY: the caller's promise.
        unsafe { self.hash_with(GoHasher::new(seed), key) }
    }

    /// # Safety
    /// A key of the map's type lies at `key`.
    unsafe fn hash_with(&self, mut hasher: GoHasher, key: *const u8) -> u64 {
        // SAFETY: the caller's promise.
        if !unsafe { self.key.add_to_hash(key, &mut hasher) } {
            runtime_error::unhashable(self.key, hasher.for_nothing);
        }
        hasher.finish()
    }

    /// # Safety
    /// A key of the map's type lies at `key`.
    unsafe fn find(&self, table: &Table, hash: u64, key: *const u8) -> Option<usize> {
        // SAFETY: `find` passes slots in use, whose entries start with their keys.
        table.find(hash, |slot| unsafe { self.key.equal(self.entry(table, slot), key) } == Some(true))
    }

    /// `len(m)`
    pub(crate) fn len(&self) -> usize {
        if self.header.is_null() { 0 } else { self.header().count.get() }
    }

    /// The address of the value of a key, good until the map changes.
    ///
    /// # Safety
    /// A key of the map's type lies at `key`.
    pub(crate) unsafe fn get(&self, key: *const u8) -> Option<*const u8> {
        if self.len() == 0 {
            // SAFETY: the caller's promise.
            unsafe { self.hash_with(GoHasher::for_nothing(), key) };
            return None;
        }
        let header = self.header();
        header.check_read();
        let table = header.table.get();
        // SAFETY: as above.
        let slot = unsafe { self.find(&table, self.hash_of(header.seed, key), key) }?;
        Some(self.entry(&table, slot).wrapping_add(self.value_offset()))
    }

    /// `m[k] = v`, of a map that is not nil.
    ///
    /// # Safety
    /// A key and a value of the map's type lie at these addresses.
    pub(crate) unsafe fn set(&self, key: *const u8, value: *const u8) {
        let header = self.header();
        // SAFETY: the caller's promise.
        let hash = unsafe { self.hash_of(header.seed, key) };
        header.begin_write();
        let table = header.table.get();
        // SAFETY: as above.
        let slot = match unsafe { self.find(&table, hash, key) } {
            Some(slot) => slot,
            None => raw::insert(header, hash, &self.layout()),
        };
        let entry = self.entry(&header.table.get(), slot);
        // SAFETY: a slot of the table, which nobody else touches between begin and end of a write.
        unsafe {
            std::ptr::copy(key, entry, self.key.size);
            std::ptr::copy(value, entry.add(self.value_offset()), self.value.size);
        }
        header.end_write();
    }

    /// `delete(m, k)`
    ///
    /// # Safety
    /// A key of the map's type lies at `key`.
    pub(crate) unsafe fn delete(&self, key: *const u8) {
        if self.len() == 0 {
            // SAFETY: the caller's promise.
            unsafe { self.hash_with(GoHasher::for_nothing(), key) };
            return;
        }
        let header = self.header();
        // SAFETY: the caller's promise.
        let hash = unsafe { self.hash_of(header.seed, key) };
        header.begin_write();
        let table = header.table.get();
        // SAFETY: as above.
        if let Some(slot) = unsafe { self.find(&table, hash, key) } {
            raw::remove(header, hash, slot);
            // SAFETY: a slot of the table that is free now.
            unsafe { std::ptr::write_bytes(self.entry(&table, slot), 0, self.layout().size) };
        }
        header.end_write();
    }

    /// `clear(m)`
    pub(crate) fn clear(&self) {
        if !self.header.is_null() {
            raw::clear(self.header(), &self.layout());
        }
    }

    /// Copies of the entries of the moment, one after the other in fresh memory in an order of chance: the block, the size of
    /// an entry, where the value lies in it, and how many there are.
    pub(crate) fn entries(&self) -> Entries {
        let EntryLayout { size, align, noscan } = self.layout();
        let mut entries = Entries { block: std::ptr::null(), size, value: self.value_offset(), len: 0 };
        let count = self.len();
        if count == 0 {
            return entries;
        }
        let block = heap::alloc(size * count, align, noscan);
        entries.block = block;
        let header = self.header();
        header.check_read();
        let table = header.table.get();
        let start = random() as usize % table.used;
        for slot in (start..table.used).chain(0..start) {
            if table.is_used(slot) && entries.len < count {
                // SAFETY: an entry in use, and room for `count` of them.
                unsafe {
                    let place = block.add(entries.len * size);
                    std::ptr::copy_nonoverlapping(self.entry(&table, slot), place, size);
                }
                entries.len += 1;
            }
        }
        entries
    }
}

/// Copies of a map's entries, in the heap.
pub(crate) struct Entries {
    /// The first; null if there are none.
    pub(crate) block: *const u8,
    /// Bytes of an entry.
    pub(crate) size: usize,
    /// Where an entry's value lies in it.
    pub(crate) value: usize,
    /// How many.
    pub(crate) len: usize,
}
