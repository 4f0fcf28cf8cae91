//! What a thread allocates from: for each kind of object a run of free slots, cut from the front.
//!
//! Must hold: a run belongs to one thread, so its cursor needs no lock. A run outlives collections: what lies before its cursor is
//! marked or not like anything else, what lies behind it is nobody's and all zeros. So a thread may be stopped between any two instructions
//! of an allocation: the slot it is about to hand out is still its own afterwards. Only looking for the next run, which reads mark
//! bytes of one epoch, must not be interrupted by a collection.
//!
//! The cache's address is read anew at each allocation, in a way that the compiler cannot keep across a park: translated goroutines move between
//! threads.

use std::cell::Cell;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};

use goxide::__private::{HEAP_WORD, world};

use super::class::{CLASSES, KINDS, SMALL, class_of, size_of_class};
use super::collect;
use super::space::{BLOCK, Block, Central, NONE, Space, central, epoch};

/// The free slots a thread has of one kind.
pub(super) struct Run {
    next: Cell<*mut u8>,
    end: Cell<*mut u8>,
    block: Cell<u32>,
    /// The first slot of the block that was not looked at yet.
    slot: Cell<u32>,
}

/// See the module.
pub(super) struct Cache {
    runs: [Run; KINDS],
    /// Bytes and objects handed out in runs, not yet added to the totals.
    bytes: Cell<usize>,
    objects: Cell<usize>,
    used: Cell<bool>,
    next: *const Cache,
}

// SAFETY: the cells are the owning thread's, and the collector's while that thread is stopped.
unsafe impl Sync for Cache {}

impl Cache {
    const fn new(next: *const Cache) -> Cache {
        Cache {
            runs: [const {
                Run {
                    next: Cell::new(ptr::null_mut()),
                    end: Cell::new(ptr::null_mut()),
                    block: Cell::new(NONE),
                    slot: Cell::new(0),
                }
            }; KINDS],
            bytes: Cell::new(0),
            objects: Cell::new(0),
            used: Cell::new(true),
            next,
        }
    }
}

/// What a thread has before its first allocation: no slot of any kind.
static EMPTY: Cache = Cache::new(ptr::null());

thread_local! {
    static LEAVING: Leaving = const { Leaving };
}

/// This thread's cache. The word has its distance from the empty one, and so need not be asked whether it was set.
#[inline(always)]
fn own() -> *const Cache {
    let empty = (&raw const EMPTY).expose_provenance();
    ptr::with_exposed_provenance(empty.wrapping_add(HEAP_WORD.get().addr()))
}

fn set_own(cache: *const Cache) {
    let empty = (&raw const EMPTY).addr();
    HEAP_WORD.set(ptr::without_provenance(cache.expose_provenance().wrapping_sub(empty)));
}

/// The newest cache; they are never freed. Under the lock of the heap.
static CACHES: AtomicUsize = AtomicUsize::new(0);

/// Lets another thread have the cache when this one ends.
struct Leaving;

impl Drop for Leaving {
    fn drop(&mut self) {
        let cache = own();
        HEAP_WORD.set(ptr::null());
        let _central = central();
        // SAFETY: caches are never freed.
        unsafe { (*cache).used.set(false) };
    }
}

fn caches() -> impl Iterator<Item = &'static Cache> {
    let mut next: *const Cache = ptr::with_exposed_provenance(CACHES.load(Ordering::Acquire));
    std::iter::from_fn(move || {
        // SAFETY: null or a cache, which is never freed.
        let cache = unsafe { next.as_ref() }?;
        next = cache.next;
        Some(cache)
    })
}

/// Zeroed memory for a small object.
#[inline(always)]
pub(super) fn alloc(class: usize, noscan: bool) -> *mut u8 {
    let kind = class * 2 + usize::from(noscan);
    // SAFETY: the cache of this thread, or the empty one, which is never written.
    let run = unsafe { &(*own()).runs[kind] };
    let object = run.next.get();
    let next = object.wrapping_add(size_of_class(class));
    if next <= run.end.get() {
        run.next.set(next);
        return object;
    }
    slow(kind)
}

/// Zeroed memory for any object.
#[inline(never)]
pub(super) fn alloc_any(size: usize, align: usize, noscan: bool) -> *mut u8 {
    // Blocks are aligned, so slots of a multiple of the alignment are.
    let size = if align > 8 { size.next_multiple_of(align).next_power_of_two() } else { size };
    if size <= SMALL { alloc(class_of(size), noscan) } else { large(size, noscan) }
}

#[cold]
#[inline(never)]
fn slow(kind: usize) -> *mut u8 {
    ptr::with_exposed_provenance_mut(world::entered(refill, kind, 0))
}

/// An object of a kind whose run is used up; a collection before, if one is due.
extern "C" fn refill(sp: usize, kind: usize, _: usize) -> usize {
    collect::poll(sp);
    next_object(kind).expose_provenance()
}

fn next_object(kind: usize) -> *mut u8 {
    let Some(cache) = mine() else {
        // The thread is ending, and its cache may be another's already.
        return take_large(size_of_class(kind / 2), kind % 2 == 1);
    };
    let run = &cache.runs[kind];
    loop {
        if world::busy(|| next_run(cache, kind)) {
            let object = run.next.get();
            run.next.set(object.wrapping_add(size_of_class(kind / 2)));
            return object;
        }
        flush(cache);
        let block = {
            let mut central = central();
            disown(&mut central, run.block.replace(NONE));
            central.small(kind)
        };
        // Until the block's number is here a collection leaves the block alone, because it is owned.
        run.slot.set(0);
        run.block.set(block);
    }
}

/// A block that has no free slot left after the run just used up.
fn disown(central: &mut Central, block: u32) {
    if block != NONE {
        // SAFETY: a block that this thread owns; the lock is held.
        unsafe {
            (*central.space.block(block as usize)).owned = false;
            (*central.space.block(block as usize)).fresh = false;
        }
    }
}

/// Finds the next free slots in the block at hand and zeroes them.
fn next_run(cache: &Cache, kind: usize) -> bool {
    let run = &cache.runs[kind];
    let block = run.block.get();
    if block == NONE {
        return false;
    }
    let space = Space::get();
    let at = block as usize;
    // SAFETY: a block that this thread owns; no collection comes in between (the caller is busy), so its mark bytes stand still.
    unsafe {
        let Block { count, size, fresh, .. } = *space.block(at);
        let (count, size) = (usize::from(count), size as usize);
        let marks = space.marks(at).cast_const();
        let epoch = epoch();
        let is_live = |slot: usize| *marks.add(slot) == epoch;
        let mut first = run.slot.get() as usize;
        while first < count && is_live(first) {
            first += 1;
        }
        if first == count {
            run.slot.set(count as u32);
            return false;
        }
        let most = if collect::is_stressed() { first + 1 } else { count };
        let mut end = first + 1;
        while end < most && !is_live(end) {
            end += 1;
        }
        run.slot.set(end as u32);
        let start = space.address(at).add(first * size);
        if !fresh {
            ptr::write_bytes(start, 0, (end - first) * size);
        }
        run.next.set(start);
        run.end.set(start.add((end - first) * size));
        cache.bytes.set(cache.bytes.get() + (end - first) * size);
        cache.objects.set(cache.objects.get() + (end - first));
    }
    true
}

#[inline(never)]
fn large(size: usize, noscan: bool) -> *mut u8 {
    ptr::with_exposed_provenance_mut(world::entered(collect_and_take, size, usize::from(noscan)))
}

extern "C" fn collect_and_take(sp: usize, size: usize, noscan: usize) -> usize {
    collect::poll_for(sp, size);
    take_large(size, noscan != 0).expose_provenance()
}

fn take_large(size: usize, noscan: bool) -> *mut u8 {
    if size > isize::MAX as usize - BLOCK {
        goxide::__private::fatal("runtime: out of memory");
    }
    collect::count(size.next_multiple_of(BLOCK), 1);
    let (space, head, clean) = {
        let mut central = central();
        let (head, clean) = central.large(size, noscan);
        (central.space, head, clean)
    };
    let object = space.address(head);
    if !clean {
        // SAFETY: fresh memory that nobody else knows. A collection that comes now finds its address on this stack.
        unsafe { ptr::write_bytes(object, 0, size.next_multiple_of(8)) };
    }
    std::hint::black_box(object)
}

/// This thread's cache; none when the thread is ending.
#[inline(always)]
fn mine() -> Option<&'static Cache> {
    let cache = own();
    if !ptr::eq(cache, &raw const EMPTY) {
        // SAFETY: caches are never freed.
        return Some(unsafe { &*cache });
    }
    first()
}

/// As [`mine`], when the thread has none yet.
#[cold]
#[inline(never)]
fn first() -> Option<&'static Cache> {
    LEAVING.try_with(|_| ()).ok()?;
    world::enter();
    let _central = central();
    let cache = caches().find(|cache| !cache.used.get()).unwrap_or_else(|| {
        let next = ptr::with_exposed_provenance(CACHES.load(Ordering::Relaxed));
        let cache: &'static Cache = Box::leak(Box::new(Cache::new(next)));
        CACHES.store(ptr::from_ref(cache).expose_provenance(), Ordering::Release);
        cache
    });
    cache.used.set(true);
    set_own(cache);
    Some(cache)
}

/// Adds what was handed out to the totals.
fn flush(cache: &Cache) {
    collect::count(cache.bytes.take(), cache.objects.take());
}

/// What threads have in reserve of what was counted, and what they have not counted yet: bytes and objects each. Exact only
/// while the world is stopped.
pub(super) fn reserves() -> [(usize, usize); 2] {
    let (mut reserve, mut uncounted) = ((0, 0), (0, 0));
    for cache in caches() {
        uncounted.0 += cache.bytes.get();
        uncounted.1 += cache.objects.get();
        for (kind, run) in cache.runs.iter().enumerate() {
            let left = run.end.get().addr() - run.next.get().addr();
            reserve.0 += left;
            reserve.1 += left / size_of_class(kind / 2);
        }
    }
    [reserve, uncounted]
}

const _: () = assert!(CLASSES < 128, "a kind fits a byte");
