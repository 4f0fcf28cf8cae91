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
//! Each marker has a stack of pieces of memory to scan, in address space of its own, and a short ring of places whose mark
//! bytes are on their way into the cache. A marker that runs dry says so, and one with plenty leaves half of it in the pool.

use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering};

use goxide::__private::reserve;

use super::space::{Place, SHIFT, Space};

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
/// What is scanned before a marker looks whether others have nothing to do, in bytes.
const TURN: usize = 4 << 10;
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

const NOWHERE: Place = Place { base: 0, size: 0, mark: ptr::null_mut(), block: ptr::null_mut() };

/// What a marker has found and not scanned yet, and the sum of what it has found.
///
/// The loop that marks has a copy of its own, so that it lives in registers.
#[derive(Clone, Copy)]
struct Found {
    stack: *mut Piece,
    depth: usize,
    deepest: usize,
    bytes: usize,
    objects: usize,
    epoch: u8,
}

/// One thread's part of the marking.
pub(super) struct Marker {
    work: &'static Work,
    found: Found,
    ring: [Place; RING],
    at: usize,
    space: Space,
    /// Bytes of the heap that were ever used.
    used: usize,
}

// SAFETY: its stack is its own; what else it points to is the heap's, and is touched while the world is stopped only.
unsafe impl Send for Marker {}

impl Found {
    #[inline(always)]
    fn push(&mut self, piece: Piece) {
        if self.depth == ROOM {
            too_much();
        }
        // SAFETY: the stack has room for `ROOM` pieces.
        unsafe { self.stack.add(self.depth).write(piece) };
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
    }

    /// Marks an object, and has it scanned, unless that was done.
    #[inline(always)]
    fn keep(&mut self, place: Place) {
        if place.base == 0 {
            return;
        }
        // SAFETY: mark bytes and `live` are only written by markers now, all of them the same value; bytes do not tear.
        unsafe {
            let mark = AtomicU8::from_ptr(place.mark);
            if mark.load(Ordering::Relaxed) == self.epoch {
                return;
            }
            mark.store(self.epoch, Ordering::Relaxed);
            let live = &(*place.block).live;
            if live.load(Ordering::Relaxed) != self.epoch {
                live.store(self.epoch, Ordering::Relaxed);
            }
            self.bytes += place.size;
            self.objects += 1;
            if !(*place.block).noscan {
                self.push((place.base, place.size));
            }
        }
    }
}

#[cold]
fn too_much() -> ! {
    goxide::__private::fatal("runtime: too much to mark")
}

impl Marker {
    /// A marker without work; its stack is kept for the life of the process.
    pub(super) fn new(work: &'static Work) -> Marker {
        let found = Found { stack: pieces(ROOM), depth: 0, deepest: 0, bytes: 0, objects: 0, epoch: 0 };
        Marker { work, found, ring: [NOWHERE; RING], at: 0, space: Space::get(), used: 0 }
    }

    /// Prepares for a collection.
    pub(super) fn begin(&mut self, epoch: u8, blocks: usize) {
        self.found.epoch = epoch;
        self.used = blocks << SHIFT;
    }

    /// Adds a root: memory from `low` to `high`.
    pub(super) fn root(&mut self, low: usize, high: usize, is_stack: bool) {
        let low = low.next_multiple_of(8);
        if low < high {
            self.found.push((low, (high - low) | if is_stack { STACK } else { 0 }));
        }
    }

    /// The object that a word points into, if it does.
    #[inline(always)]
    fn find(&self, word: usize) -> Option<Place> {
        // SAFETY: while the world is stopped nobody writes records but for `live`.
        unsafe { self.space.find(self.used, word) }
    }

    /// Keeps what a word on a stack may hold without pointing into it.
    fn near(&mut self, word: usize) {
        // Not for the end of an array with handles: it lies within.
        if let Some(place) = self.find(word.wrapping_sub(1))
            // SAFETY: a record of the heap, as in `find`.
            && unsafe { (*place.block).noscan }
        {
            self.found.keep(place);
        }
        if let Some(place) = self.find(word.wrapping_add(NEAR))
            // SAFETY: as above.
            && (place.size >= ARRAY || unsafe { (*place.block).noscan })
        {
            self.found.keep(place);
        }
    }

    /// Is the object at this address marked? The beginning of the object otherwise.
    pub(super) fn unmarked(&self, address: usize) -> Option<(usize, usize)> {
        let place = self.find(address)?;
        // SAFETY: as in `Found::keep`.
        let marked = unsafe { *place.mark } == self.found.epoch;
        (!marked).then_some((place.base, place.size))
    }

    /// Marks the object at this address, and adds what it holds to the work.
    pub(super) fn mark(&mut self, address: usize) {
        if let Some(place) = self.find(address) {
            self.found.keep(place);
        }
    }

    /// Adds what an object holds to the work, but not the object.
    pub(super) fn contents(&mut self, base: usize, size: usize) {
        let noscan = self.find(base).is_none_or(|place| {
            // SAFETY: a record of the heap, as in `find`.
            unsafe { (*place.block).noscan }
        });
        if !noscan {
            self.found.push((base, size));
        }
    }

    /// Scans pieces, those on top first, until none is left or that many bytes are done; how many were.
    fn scan(&mut self, most: usize) -> usize {
        let mut done = 0;
        while done < most && self.found.depth > 0 {
            done += self.scan_objects(most - done);
            if done < most && self.found.depth > 0 {
                done += self.scan_part();
            }
        }
        done
    }

    /// As [`Marker::scan`], until there comes a piece that is a stack or long.
    #[inline(never)]
    fn scan_objects(&mut self, most: usize) -> usize {
        let (space, used) = (self.space, self.used);
        let (mut found, mut ring_at, mut done) = (self.found, self.at, 0);
        while done < most && found.depth > 0 {
            // SAFETY: below `depth` the stack is filled.
            let (mut at, length) = unsafe { found.stack.add(found.depth - 1).read() };
            if length > PART {
                break;
            }
            found.depth -= 1;
            done += length;
            let end = at + length;
            while at + 8 <= end {
                // SAFETY: the piece is memory that lives; nobody writes it while the world is stopped.
                let word = unsafe { ptr::with_exposed_provenance::<usize>(at).read_volatile() };
                // SAFETY: while the world is stopped nobody writes records but for `live`.
                if let Some(place) = unsafe { space.find(used, word) } {
                    prefetch(place.mark);
                    prefetch(ptr::with_exposed_provenance::<u8>(place.base));
                    found.keep(std::mem::replace(&mut self.ring[ring_at % RING], place));
                    ring_at += 1;
                }
                at += 8;
            }
        }
        (self.found, self.at) = (found, ring_at % RING);
        done
    }

    /// Scans the piece on top, which is a stack or long, or a part of it; how many bytes.
    fn scan_part(&mut self) -> usize {
        self.found.depth -= 1;
        // SAFETY: below `depth` the stack is filled.
        let (low, length) = unsafe { self.found.stack.add(self.found.depth).read() };
        let (is_stack, length) = (length & STACK, length & !STACK);
        let part = length.min(PART);
        if length > PART {
            self.found.push((low + part, (length - part) | is_stack));
        }
        if is_stack != 0 {
            for at in (low..low + part - part % 8).step_by(8) {
                // SAFETY: as in `scan_objects`.
                let word = unsafe { ptr::with_exposed_provenance::<usize>(at).read_volatile() };
                self.near(word);
            }
        }
        self.found.push((low, part));
        self.scan_objects(part)
    }

    /// Scans that many bytes; whether there is more to do.
    pub(super) fn is_long(&mut self, bytes: usize) -> bool {
        let mut done = 0;
        while done < bytes {
            if self.found.depth == 0 {
                self.empty_ring();
                if self.found.depth == 0 {
                    return false;
                }
            }
            done += self.scan(bytes - done);
        }
        true
    }

    /// Looks at the places whose mark bytes are still on their way.
    fn empty_ring(&mut self) {
        for i in 0..RING {
            let place = std::mem::replace(&mut self.ring[(self.at + i) % RING], NOWHERE);
            self.found.keep(place);
        }
    }

    /// Marks until there is no more to do, while no other marker runs.
    pub(super) fn run_alone(&mut self) {
        self.work.begin(1);
        self.run();
    }

    /// Marks until nobody has any more to do.
    pub(super) fn run(&mut self) {
        loop {
            while self.found.depth > 0 {
                self.scan(TURN);
                self.share();
            }
            self.empty_ring();
            if self.found.depth == 0 && !self.wait() {
                break;
            }
        }
        self.work.bytes.fetch_add(std::mem::take(&mut self.found.bytes), Ordering::Relaxed);
        self.work.objects.fetch_add(std::mem::take(&mut self.found.objects), Ordering::Relaxed);
        self.forget();
    }

    /// Leaves half of what there is to do to others, when some have nothing.
    #[inline(always)]
    fn share(&mut self) {
        if self.found.depth > 8
            && self.work.idle.load(Ordering::Relaxed) > 0
            && self.work.pooled.load(Ordering::Relaxed) == 0
        {
            let count = (self.found.depth / 2).min(SHARE);
            let given = self.work.give(self.found.stack, count);
            // The oldest go: they are the largest parts of the graph. Those from the top fill the gap.
            // SAFETY: `given` is at most half of `depth`, so the two parts do not overlap.
            unsafe { ptr::copy(self.found.stack.add(self.found.depth - given), self.found.stack, given) };
            self.found.depth -= given;
        }
    }

    /// Waits for work; false when all markers do.
    fn wait(&mut self) -> bool {
        let work = self.work;
        self.found.depth = work.take(self.found.stack);
        if self.found.depth > 0 {
            return true;
        }
        let markers = work.markers.load(Ordering::Relaxed);
        work.idle.fetch_add(1, Ordering::SeqCst);
        loop {
            if work.pooled.load(Ordering::Relaxed) > 0 {
                // No longer idle before the work is taken: else others might end while it is in hand.
                work.idle.fetch_sub(1, Ordering::SeqCst);
                self.found.depth = work.take(self.found.stack);
                if self.found.depth > 0 {
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
        if self.found.deepest > KEPT {
            // SAFETY: this marker's own memory, which holds nothing now.
            unsafe {
                let length = (self.found.deepest - KEPT) * size_of::<Piece>();
                libc::madvise(self.found.stack.add(KEPT).cast(), length, libc::MADV_DONTNEED);
            }
        }
        self.found.deepest = 0;
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
