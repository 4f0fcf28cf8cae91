//! Marking: from the roots to everything that can be reached, on several threads at once, while the world is stopped.
//!
//! Conservative: any word that could be the address of an object, or of a place inside one, keeps it. On stacks optimised code
//! also keeps addresses just behind the end of an array it goes through, or a little before its beginning. An end counts for
//! objects without handles only; arrays of handles are made so long that their end lies within them ([`ARRAY`]). A beginning
//! counts for both. A neighbour kept by mistake may be a table grown out of or a link of a list taken apart long ago, and
//! would keep all that was ever in them. Must hold:
//! 1. No memory is allocated and no lock taken but those of this file: a stopped thread may hold any other.
//! 2. A mark byte is written by whoever gets there; two markers may both scan an object, which only costs time.
//!
//! Each marker has a stack of pieces of memory to scan, in address space of its own, and a short ring of candidates whose mark
//! bytes are on their way into the cache. A marker that runs dry says so, and one with plenty leaves half of it in the pool.

use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::space::{Block, MARK_SHIFT, SHIFT, Space, Use, reserve};

/// A piece of memory to scan: its address, and its length with [`STACK`] added for stacks.
type Piece = (usize, usize);

/// Marks a piece as a stack, whose words may also point near an object.
const STACK: usize = 1 << 63;
/// How far before an object a word on a stack may point.
const NEAR: usize = 64;
/// Objects of that size are arrays rather than links of a list: with handles, they are allocated with a byte more.
pub(super) const ARRAY: usize = 1024;
/// Larger pieces are scanned in parts, so that others can have the rest.
const PART: usize = 64 << 10;
const RING: usize = 16;
/// Pieces that go through the pool at once, at most.
const SHARE: usize = 2048;
/// Room of the pool.
const POOL: usize = 64 << 10;
/// Pieces a marker's stack has room for: address space only.
const ROOM: usize = 1 << 30;

/// What the markers of one collection share.
pub(super) struct Work {
    lock: AtomicBool,
    pool: *mut Piece,
    pooled: AtomicUsize,
    markers: AtomicUsize,
    idle: AtomicUsize,
    /// Bytes and objects found live.
    pub(super) bytes: AtomicUsize,
    pub(super) objects: AtomicUsize,
}

// SAFETY: the pool is touched under the lock only.
unsafe impl Sync for Work {}
// SAFETY: as above.
unsafe impl Send for Work {}

impl Work {
    pub(super) fn new() -> Work {
        Work {
            lock: AtomicBool::new(false),
            pool: pieces(POOL),
            pooled: AtomicUsize::new(0),
            markers: AtomicUsize::new(1),
            idle: AtomicUsize::new(0),
            bytes: AtomicUsize::new(0),
            objects: AtomicUsize::new(0),
        }
    }

    /// Prepares a round of so many markers. Sums go on.
    pub(super) fn begin(&self, markers: usize) {
        self.markers.store(markers, Ordering::SeqCst);
        self.idle.store(0, Ordering::SeqCst);
    }

    fn locked<R>(&self, f: impl FnOnce() -> R) -> R {
        while self.lock.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
            std::hint::spin_loop();
        }
        let result = f();
        self.lock.store(false, Ordering::Release);
        result
    }

    /// Takes pieces out of the pool onto `stack`; how many.
    fn take(&self, stack: *mut Piece) -> usize {
        self.locked(|| {
            let pooled = self.pooled.load(Ordering::Relaxed);
            let count = pooled.min(SHARE);
            // SAFETY: that many pieces are in the pool, and the stack has room for them.
            unsafe { ptr::copy_nonoverlapping(self.pool.add(pooled - count), stack, count) };
            self.pooled.store(pooled - count, Ordering::Relaxed);
            count
        })
    }

    /// Puts pieces into the pool; how many it had room for.
    fn give(&self, from: *const Piece, count: usize) -> usize {
        self.locked(|| {
            let pooled = self.pooled.load(Ordering::Relaxed);
            let count = count.min(POOL - pooled);
            // SAFETY: the caller has that many pieces, and the pool has the room.
            unsafe { ptr::copy_nonoverlapping(from, self.pool.add(pooled), count) };
            self.pooled.store(pooled + count, Ordering::Relaxed);
            count
        })
    }
}

fn pieces(count: usize) -> *mut Piece {
    match reserve(count * size_of::<Piece>()) {
        Some(memory) => memory.cast(),
        None => goxide::__private::fatal("runtime: cannot reserve address space for marking"),
    }
}

/// A place that may hold an object: its bounds, its mark byte and its block.
#[derive(Clone, Copy)]
struct Candidate {
    base: usize,
    size: usize,
    mark: *mut u8,
    block: *mut Block,
}

const NOBODY: Candidate = Candidate { base: 0, size: 0, mark: ptr::null_mut(), block: ptr::null_mut() };

/// One thread's part of the marking.
pub(super) struct Marker {
    work: &'static Work,
    stack: *mut Piece,
    depth: usize,
    deepest: usize,
    ring: [Candidate; RING],
    at: usize,
    space: Space,
    /// Bytes of the heap that were ever used.
    used: usize,
    epoch: u8,
    bytes: usize,
    objects: usize,
}

// SAFETY: its stack is its own; what else it points to is the heap's, and is touched while the world is stopped only.
unsafe impl Send for Marker {}

impl Marker {
    /// A marker without work; its stack is kept for the life of the process.
    pub(super) fn new(work: &'static Work) -> Marker {
        Marker {
            work,
            stack: pieces(ROOM),
            depth: 0,
            deepest: 0,
            ring: [NOBODY; RING],
            at: 0,
            space: Space::get(),
            used: 0,
            epoch: 0,
            bytes: 0,
            objects: 0,
        }
    }

    /// Prepares for a collection.
    pub(super) fn begin(&mut self, epoch: u8, blocks: usize) {
        self.epoch = epoch;
        self.used = blocks << SHIFT;
    }

    fn push(&mut self, piece: Piece) {
        if self.depth == ROOM {
            goxide::__private::fatal("runtime: too much to mark");
        }
        // SAFETY: the stack has room for `ROOM` pieces.
        unsafe { self.stack.add(self.depth).write(piece) };
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
    }

    /// Adds a root: memory from `low` to `high`.
    pub(super) fn root(&mut self, low: usize, high: usize, is_stack: bool) {
        let low = low.next_multiple_of(8);
        if low < high {
            self.push((low, (high - low) | if is_stack { STACK } else { 0 }));
        }
    }

    /// The object that a word points into, if it does.
    #[inline(always)]
    fn find(&self, word: usize) -> Option<Candidate> {
        let offset = word.wrapping_sub(self.space.base.addr());
        if offset >= self.used {
            return None;
        }
        let mut index = offset >> SHIFT;
        let mut block = self.space.block(index);
        // SAFETY: a record of the heap; while the world is stopped nobody writes it but for `live`.
        unsafe {
            if (*block).usage == Use::Small {
                let within = offset & ((1 << SHIFT) - 1);
                let slot = ((within as u64 * u64::from((*block).reciprocal)) >> 32) as usize;
                if slot >= usize::from((*block).count) {
                    return None;
                }
                let size = (*block).size as usize;
                let base = self.space.base.addr() + (index << SHIFT) + slot * size;
                let mark = self.space.marks.add((index << MARK_SHIFT) + slot);
                return Some(Candidate { base, size, mark, block });
            }
            match (*block).usage {
                Use::Part => {
                    index = (*block).next as usize;
                    block = self.space.block(index);
                }
                Use::Large => {}
                _ => return None,
            }
            let base = self.space.base.addr() + (index << SHIFT);
            let mark = self.space.marks.add(index << MARK_SHIFT);
            Some(Candidate { base, size: (*block).large, mark, block })
        }
    }

    /// A word that may keep an object.
    #[inline(always)]
    fn word(&mut self, word: usize) {
        let Some(candidate) = self.find(word) else { return };
        prefetch(candidate.mark);
        prefetch(ptr::with_exposed_provenance::<u8>(candidate.base));
        let before = std::mem::replace(&mut self.ring[self.at], candidate);
        self.at = (self.at + 1) % RING;
        self.keep(before);
    }

    /// A word that may keep an array without pointing into it.
    #[inline]
    fn near(&mut self, word: usize) {
        // Not for the end of an array with handles: it lies within.
        if let Some(candidate) = self.find(word.wrapping_sub(1))
            // SAFETY: a record of the heap, as in `find`.
            && unsafe { (*candidate.block).noscan }
        {
            self.keep(candidate);
        }
        if let Some(candidate) = self.find(word.wrapping_add(NEAR))
            // SAFETY: as above.
            && (candidate.size >= ARRAY || unsafe { (*candidate.block).noscan })
        {
            self.keep(candidate);
        }
    }

    /// Marks an object, and has it scanned, unless that was done.
    #[inline(always)]
    fn keep(&mut self, candidate: Candidate) {
        if candidate.base == 0 {
            return;
        }
        // SAFETY: mark bytes and `live` are only written by markers now, all of them the same value; bytes do not tear.
        unsafe {
            let mark = std::sync::atomic::AtomicU8::from_ptr(candidate.mark);
            if mark.load(Ordering::Relaxed) == self.epoch {
                return;
            }
            mark.store(self.epoch, Ordering::Relaxed);
            let live = &(*candidate.block).live;
            if live.load(Ordering::Relaxed) != self.epoch {
                live.store(self.epoch, Ordering::Relaxed);
            }
            self.bytes += candidate.size;
            self.objects += 1;
            if !(*candidate.block).noscan {
                self.push((candidate.base, candidate.size));
            }
        }
    }

    /// Is the object at this address marked? The beginning of the object otherwise.
    pub(super) fn unmarked(&self, address: usize) -> Option<(usize, usize)> {
        let candidate = self.find(address)?;
        // SAFETY: as in `keep`.
        let marked = unsafe { *candidate.mark } == self.epoch;
        (!marked).then_some((candidate.base, candidate.size))
    }

    /// Marks the object at this address, and adds what it holds to the work.
    pub(super) fn mark(&mut self, address: usize) {
        if let Some(candidate) = self.find(address) {
            self.keep(candidate);
        }
    }

    /// Adds what an object holds to the work, but not the object.
    pub(super) fn contents(&mut self, base: usize, size: usize) {
        let noscan = self.find(base).is_none_or(|candidate| {
            // SAFETY: a record of the heap, as in `find`.
            unsafe { (*candidate.block).noscan }
        });
        if !noscan {
            self.push((base, size));
        }
    }

    fn scan(&mut self, low: usize, high: usize, is_stack: bool) {
        let mut at = low;
        while at + 8 <= high {
            // SAFETY: the piece is memory that lives; nobody writes it while the world is stopped.
            let word = unsafe { ptr::with_exposed_provenance::<usize>(at).read_volatile() };
            self.word(word);
            if is_stack {
                self.near(word);
            }
            at += 8;
        }
    }

    /// Scans the piece on top of the stack, or a part of it; how many bytes.
    #[inline(always)]
    fn scan_next(&mut self) -> usize {
        self.depth -= 1;
        // SAFETY: below `depth` the stack is filled.
        let (low, length) = unsafe { self.stack.add(self.depth).read() };
        let (is_stack, length) = (length & STACK != 0, length & !STACK);
        let high = low + length.min(PART);
        if length > PART {
            self.push((high, (length - PART) | if is_stack { STACK } else { 0 }));
        }
        self.scan(low, high, is_stack);
        high - low
    }

    /// Scans so many bytes; whether there is more to do.
    pub(super) fn is_long(&mut self, bytes: usize) -> bool {
        let mut scanned = 0;
        while scanned < bytes {
            if self.depth == 0 {
                self.empty_ring();
                if self.depth == 0 {
                    return false;
                }
            }
            scanned += self.scan_next();
        }
        true
    }

    /// Looks at the candidates that are still on their way.
    fn empty_ring(&mut self) {
        for i in 0..RING {
            let candidate = std::mem::replace(&mut self.ring[(self.at + i) % RING], NOBODY);
            self.keep(candidate);
        }
    }

    /// Marks until nobody has any more to do.
    pub(super) fn run(&mut self) {
        loop {
            while self.depth > 0 {
                self.scan_next();
                self.share();
            }
            self.empty_ring();
            if self.depth == 0 && !self.wait() {
                break;
            }
        }
        self.work.bytes.fetch_add(std::mem::take(&mut self.bytes), Ordering::Relaxed);
        self.work.objects.fetch_add(std::mem::take(&mut self.objects), Ordering::Relaxed);
        self.forget();
    }

    /// Leaves half of what there is to do to others, when some have nothing.
    #[inline(always)]
    fn share(&mut self) {
        if self.depth > 8
            && self.work.idle.load(Ordering::Relaxed) > 0
            && self.work.pooled.load(Ordering::Relaxed) == 0
        {
            let count = (self.depth / 2).min(SHARE);
            let given = self.work.give(self.stack, count);
            // The oldest go: they are the largest parts of the graph. Those from the top fill the gap.
            // SAFETY: `given` is at most half of `depth`, so the two parts do not overlap.
            unsafe { ptr::copy(self.stack.add(self.depth - given), self.stack, given) };
            self.depth -= given;
        }
    }

    /// Waits for work; false when all markers do.
    fn wait(&mut self) -> bool {
        let work = self.work;
        self.depth = work.take(self.stack);
        if self.depth > 0 {
            return true;
        }
        let markers = work.markers.load(Ordering::Relaxed);
        work.idle.fetch_add(1, Ordering::SeqCst);
        loop {
            if work.pooled.load(Ordering::Relaxed) > 0 {
                // No longer idle before the work is taken: else others might end while it is in hand.
                work.idle.fetch_sub(1, Ordering::SeqCst);
                self.depth = work.take(self.stack);
                if self.depth > 0 {
                    return true;
                }
                work.idle.fetch_add(1, Ordering::SeqCst);
            }
            if work.idle.load(Ordering::SeqCst) >= markers && work.pooled.load(Ordering::SeqCst) == 0 {
                return false;
            }
            std::hint::spin_loop();
        }
    }

    /// Gives memory of a stack that was deep once back to the system.
    fn forget(&mut self) {
        const KEPT: usize = 1 << 16;
        if self.deepest > KEPT {
            // SAFETY: this marker's own memory, which holds nothing now.
            unsafe {
                let length = (self.deepest - KEPT) * size_of::<Piece>();
                libc::madvise(self.stack.add(KEPT).cast(), length, libc::MADV_DONTNEED);
            }
        }
        self.deepest = 0;
    }
}

#[inline(always)]
fn prefetch(address: *const u8) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a hint, which reads nothing.
    unsafe {
        std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T0 }>(address.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = address;
}
