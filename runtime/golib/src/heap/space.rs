//! The address space of the heap: blocks, what each is used for, and which are free.
//!
//! ```text
//! reservation:  | blocks of 32 KiB ............ | a mark byte for each 16 bytes | a record for each block |
//! ```
//! A block holds objects of one kind, or is the head or a part of a large object, or is free. Must hold:
//! 1. Records change under the lock of [`Central`] only, and while the world is stopped only the collector changes them.
//! 2. An object is live if its mark byte is the epoch of the last collection; bytes of blocks that are given a new use are zeroed.
//! 3. A block that a thread allocates from is `owned`: it is neither free nor in a list, whatever is marked in it.
//! 4. Memory of a free block whose record says `clean` is all zeros.

use std::ptr;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock};

use goxide::__private::reserve;

use super::class::{KINDS, size_of_class};

/// Bytes of a block, as a power of two.
pub(super) const SHIFT: usize = 15;
/// Bytes of a block.
pub(super) const BLOCK: usize = 1 << SHIFT;
/// Mark bytes of a block, as a power of two.
pub(super) const MARK_SHIFT: usize = SHIFT - 4;

/// The most that is reserved; less where a limit on address space is in the way.
const MOST: usize = 1 << 38;
const LEAST: usize = 1 << 28;

/// No block.
pub(super) const NONE: u32 = u32::MAX;

/// What a block is used for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Use {
    Free,
    Small,
    /// The first block of a large object.
    Large,
    /// Another block of a large object.
    Part,
}

/// The record of a block.
#[repr(C)]
pub(super) struct Block {
    pub(super) usage: Use,
    pub(super) noscan: bool,
    /// Its kind, if small.
    pub(super) kind: u8,
    /// The epoch in which something here was marked last.
    pub(super) live: AtomicU8,
    pub(super) owned: bool,
    pub(super) clean: bool,
    /// It was clean when a thread got it, and is cut into runs for the first time.
    pub(super) fresh: bool,
    /// Objects it has room for.
    pub(super) count: u16,
    /// Bytes of an object, if small.
    pub(super) size: u32,
    /// 2^32 / size, rounded up.
    pub(super) reciprocal: u32,
    /// How many blocks: of a large object, or of a free run that begins here.
    pub(super) blocks: u32,
    /// The next in a list of partly free blocks or of free runs; the head, in a part of a large object.
    pub(super) next: u32,
    /// Bytes of a large object.
    pub(super) large: usize,
}

/// The reservation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Space {
    pub(super) base: *mut u8,
    pub(super) marks: *mut u8,
    pub(super) blocks: *mut Block,
    /// Blocks it has room for.
    pub(super) most: usize,
}

// SAFETY: addresses of memory that lives as long as the process; who touches what is said at the top of the module.
unsafe impl Send for Space {}
// SAFETY: as above.
unsafe impl Sync for Space {}

impl Space {
    pub(super) fn get() -> Space {
        static SPACE: OnceLock<Space> = OnceLock::new();
        *SPACE.get_or_init(|| {
            let mut bytes = MOST;
            while bytes >= LEAST {
                let most = bytes >> SHIFT;
                let marks = most << MARK_SHIFT;
                if let Some(base) = reserve(bytes + marks + most * size_of::<Block>() + BLOCK) {
                    let base = base.wrapping_add(base.addr().wrapping_neg() & (BLOCK - 1));
                    let marks_at = base.wrapping_add(bytes);
                    return Space {
                        base,
                        marks: marks_at,
                        blocks: marks_at.wrapping_add(marks).cast(),
                        most,
                    };
                }
                bytes /= 2;
            }
            goxide::__private::fatal("runtime: cannot reserve address space for the heap")
        })
    }

    pub(super) fn block(&self, index: usize) -> *mut Block {
        debug_assert!(index < self.most);
        self.blocks.wrapping_add(index)
    }

    pub(super) fn address(&self, index: usize) -> *mut u8 {
        self.base.wrapping_add(index << SHIFT)
    }

    pub(super) fn marks(&self, index: usize) -> *mut u8 {
        self.marks.wrapping_add(index << MARK_SHIFT)
    }
}

/// What is shared by all threads, under one lock.
pub(super) struct Central {
    pub(super) space: Space,
    /// Blocks from here on were never used.
    pub(super) bump: usize,
    /// The first of the free runs, in the order of their addresses.
    pub(super) free: u32,
    /// Blocks of each kind that may have room.
    pub(super) partial: [u32; KINDS],
    /// Blocks that are free and not clean.
    pub(super) dirty: usize,
    /// Blocks in use.
    pub(super) used: usize,
}

/// The shared state.
pub(super) fn central() -> MutexGuard<'static, Central> {
    static CENTRAL: OnceLock<Mutex<Central>> = OnceLock::new();
    CENTRAL
        .get_or_init(|| {
            let space = Space::get();
            Mutex::new(Central { space, bump: 0, free: NONE, partial: [NONE; KINDS], dirty: 0, used: 0 })
        })
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

impl Central {
    /// Takes `count` blocks that follow each other out of the free ones; the first of them.
    fn take(&mut self, count: usize) -> usize {
        let space = self.space;
        let (mut before, mut at) = (NONE, self.free);
        while at != NONE {
            // SAFETY: a free run, whose records are ours under the lock.
            let (length, next) =
                unsafe { ((*space.block(at as usize)).blocks as usize, (*space.block(at as usize)).next) };
            if length < count {
                (before, at) = (at, next);
                continue;
            }
            let rest = if length == count { next } else { at + count as u32 };
            // SAFETY: as above; `rest` is the next run, or a block inside this one.
            unsafe {
                if length != count {
                    (*space.block(rest as usize)).blocks = (length - count) as u32;
                    (*space.block(rest as usize)).next = next;
                }
                match before {
                    NONE => self.free = rest,
                    before => (*space.block(before as usize)).next = rest,
                }
                for i in 0..count {
                    self.dirty -= usize::from(!(*space.block(at as usize + i)).clean);
                }
            }
            return at as usize;
        }
        let first = self.bump;
        if first + count > space.most {
            goxide::__private::fatal("runtime: out of memory: the heap's address space is used up");
        }
        for i in first..first + count {
            // SAFETY: blocks that were never used; nobody else touches their records.
            unsafe { (*space.block(i)).clean = true };
        }
        self.bump += count;
        first
    }

    /// A block of that kind with room, owned by the caller: a partly free one, else a new one.
    pub(super) fn small(&mut self, kind: usize) -> u32 {
        let space = self.space;
        let head = self.partial[kind];
        if head != NONE {
            // SAFETY: a block in a list, whose record is ours under the lock.
            unsafe {
                self.partial[kind] = (*space.block(head as usize)).next;
                (*space.block(head as usize)).owned = true;
                (*space.block(head as usize)).fresh = false;
            }
            return head;
        }
        let at = self.take(1);
        self.used += 1;
        let size = size_of_class(kind / 2);
        // SAFETY: a free block, of which the record and the mark bytes are ours under the lock.
        unsafe {
            let block = &mut *space.block(at);
            block.usage = Use::Small;
            block.noscan = kind % 2 == 1;
            block.kind = kind as u8;
            *block.live.get_mut() = 0;
            block.owned = true;
            block.fresh = block.clean;
            block.clean = false;
            block.count = (BLOCK / size) as u16;
            block.size = size as u32;
            block.reciprocal = (1u64 << 32).div_ceil(size as u64) as u32;
            block.blocks = 1;
            ptr::write_bytes(space.marks(at), 0, BLOCK / size);
        }
        at as u32
    }

    /// Blocks for a large object: the first, and whether all are clean.
    pub(super) fn large(&mut self, bytes: usize, noscan: bool) -> (usize, bool) {
        let space = self.space;
        let count = bytes.div_ceil(BLOCK).max(1);
        let head = self.take(count);
        self.used += count;
        let mut clean = true;
        // SAFETY: free blocks, of which the records and mark bytes are ours under the lock.
        unsafe {
            for i in 0..count {
                let block = &mut *space.block(head + i);
                clean &= block.clean;
                block.clean = false;
                block.usage = Use::Part;
                block.next = head as u32;
                block.owned = false;
            }
            let block = &mut *space.block(head);
            *block.live.get_mut() = 0;
            block.noscan = noscan;
            block.count = 1;
            block.blocks = count as u32;
            block.large = bytes;
            *space.marks(head) = 0;
            block.usage = Use::Large;
        }
        (head, clean)
    }

    /// After marking: what has nothing live becomes free, and the lists are made anew.
    pub(super) fn sweep(&mut self, epoch: u8) {
        let space = self.space;
        let mut tails = [NONE; KINDS];
        self.partial = [NONE; KINDS];
        (self.free, self.dirty, self.used) = (NONE, 0, 0);
        let (mut last_run, mut run, mut length) = (NONE, NONE, 0u32);
        let mut at = 0;
        while at < self.bump {
            // SAFETY: the world is stopped and the lock held: all records are ours.
            let block = unsafe { &mut *space.block(at) };
            let step = if block.usage == Use::Large { block.blocks as usize } else { 1 };
            let live = block.owned || *block.live.get_mut() == epoch;
            match block.usage {
                Use::Small if live => {
                    self.used += 1;
                    let kind = usize::from(block.kind);
                    if !block.owned {
                        block.next = NONE;
                        match tails[kind] {
                            NONE => self.partial[kind] = at as u32,
                            // SAFETY: as above, another record.
                            tail => unsafe { (*space.block(tail as usize)).next = at as u32 },
                        }
                        tails[kind] = at as u32;
                    }
                }
                Use::Large if live => self.used += step,
                _ => {
                    for i in 0..step {
                        // SAFETY: as above; the reference to the head's record is not used again.
                        let part = unsafe { &mut *space.block(at + i) };
                        part.usage = Use::Free;
                        self.dirty += usize::from(!part.clean);
                    }
                    if run == NONE {
                        (run, length) = (at as u32, 0);
                    }
                    length += step as u32;
                    at += step;
                    if at < self.bump {
                        continue;
                    }
                }
            }
            if run != NONE {
                // SAFETY: as above.
                unsafe {
                    (*space.block(run as usize)).blocks = length;
                    (*space.block(run as usize)).next = NONE;
                    match last_run {
                        NONE => self.free = run,
                        last => (*space.block(last as usize)).next = run,
                    }
                }
                (last_run, run) = (run, NONE);
            }
            at += step;
        }
    }

    /// Gives memory of free blocks back to the system until at most `keep` blocks of it are left, from the end of the heap.
    pub(super) fn release(&mut self, keep: usize) {
        let space = self.space;
        let mut at = self.bump;
        while at > 0 && self.dirty > keep {
            let end = at;
            // SAFETY: records are ours under the lock.
            while at > 0 && end - at < 1024 && unsafe { is_dirty(&space, at - 1) } {
                at -= 1;
            }
            if at == end {
                at -= 1;
                continue;
            }
            // SAFETY: free blocks, which nobody uses and nobody can get while the lock is held.
            unsafe {
                libc::madvise(space.address(at).cast(), (end - at) << SHIFT, libc::MADV_DONTNEED);
                for i in at..end {
                    (*space.block(i)).clean = true;
                }
            }
            self.dirty -= end - at;
        }
    }
}

/// # Safety
/// The caller holds the lock.
unsafe fn is_dirty(space: &Space, at: usize) -> bool {
    // SAFETY: the caller's promise.
    let block = unsafe { &*space.block(at) };
    block.usage == Use::Free && !block.clean
}

/// The number of the last collection, in bytes that mark: 1 to 255.
pub(super) static EPOCH: AtomicU8 = AtomicU8::new(1);

/// The epoch now.
pub(super) fn epoch() -> u8 {
    EPOCH.load(Ordering::Relaxed)
}

/// A place that may hold an object: its bounds, its mark byte and its block.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) base: usize,
    pub(super) size: usize,
    pub(super) mark: *mut u8,
    pub(super) block: *mut Block,
}

impl Space {
    /// The place that a word points into, if it does; `used` is how many bytes of the heap were ever used.
    ///
    /// # Safety
    /// Nobody changes records now: the world is stopped, or the lock held.
    #[inline(always)]
    pub(super) unsafe fn find(self, used: usize, word: usize) -> Option<Place> {
        let offset = word.wrapping_sub(self.base.addr());
        if offset >= used {
            return None;
        }
        let index = offset >> SHIFT;
        let block = self.block(index);
        // SAFETY: records of the heap, which stand still.
        unsafe {
            if (*block).usage == Use::Small {
                let within = offset & (BLOCK - 1);
                let slot = ((within as u64 * u64::from((*block).reciprocal)) >> 32) as usize;
                if slot >= usize::from((*block).count) {
                    return None;
                }
                let size = (*block).size as usize;
                let base = self.base.addr() + (index << SHIFT) + slot * size;
                let mark = self.marks.wrapping_add((index << MARK_SHIFT) + slot);
                return Some(Place { base, size, mark, block });
            }
            let index = head(self.blocks, index);
            if index == NONE as usize {
                return None;
            }
            let block = self.block(index);
            let base = self.base.addr() + (index << SHIFT);
            Some(Place { base, size: (*block).large, mark: self.marks(index), block })
        }
    }
}

/// The first block of the large object that a block belongs to; [`NONE`] if it is free. A call of its own, so that the
/// common case stays in registers.
///
/// # Safety
/// `blocks` are the heap's records, which stand still, and the block of that index holds no small objects.
#[inline(never)]
unsafe fn head(blocks: *const Block, index: usize) -> usize {
    // SAFETY: the caller's promise.
    let block = unsafe { &*blocks.add(index) };
    match block.usage {
        Use::Part => block.next as usize,
        Use::Large => index,
        Use::Free | Use::Small => NONE as usize,
    }
}

/// The beginning of the object that an address lies in, if it lies in one.
pub(super) fn object_of(address: *const u8) -> Option<*const u8> {
    let central = central();
    // SAFETY: the lock is held.
    let place = unsafe { central.space.find(central.bump << SHIFT, address.addr()) }?;
    Some(address.with_addr(place.base))
}
