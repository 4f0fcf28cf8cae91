//! Stacks that are put away: what a goroutine has on its stack is copied to where it takes no more room than it needs, and the pages go
//! back to the system until it runs again or somebody touches them.
//!
//! ```text
//! kept --put_away, world stopped--> frozen --thaw: its worker, or a fault--> thawed --bring_back: its worker--> kept
//! ```
//! Peers at a channel or a lock write into the frame of the operation that waits, and follow links that lead from frame to frame. They do
//! so in the copy ([`here`]): waking brings nothing back, that is the work of the worker that goes on with it. Who was stopped with an
//! address in hand that led to the stack finds guards in place of its pages: it faults, and the handler of [`overflow`] brings the stack
//! back before the access is repeated. What must hold:
//! 1. A stack is put away while the world is stopped: nobody is in the middle of writing to it, and what is copied is all there is.
//! 2. While a stack is on its way back, nobody but who brings it looks at it or at the copy. Where one lock, or nobody, leads others to the stack that
//!    is so: who wakes its owner is done with it. Where several do (a `select`), all of them are held meanwhile, and at the moment that
//!    it is put away all of them are free and nobody has claimed the wait (`sched::cold`): so none of those has an address in hand.
//! 3. Of what [`here`] gave for a frame, one is used at a time: of two, one could be the stack's and the other the copy's.
//! 4. A copy is freed after the next stop of the world: a handler, which cannot be stopped, may still look at it until then. [`here`], which can
//!    be, reads no copies but those of stacks whose owners cannot be woken meanwhile: the table's entry tells whose it is.
//! 5. The handler takes no lock and allocates nothing.
//! 6. What is put away lies in the piece of address space that its stack's top is in, or in the one below: by that it is found.
//!
//! Rejected: nodes of channels off the stack (each wait would take a second lock, for ever, for the sake of those few that are put away);
//! `userfaultfd` (it makes each first touch of every stack a fault that a thread must serve); freezing by the worker that owns the
//! goroutine (peers on other workers write meanwhile).

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::cell::{Cell, UnsafeCell};
use std::ops::Range;
use std::ptr::{self, NonNull};

use super::Coroutine;
use crate::shim::{AtomicPtr, AtomicU32, AtomicUsize, Ordering};
use crate::stack::{self, Bounds, overflow};
use crate::sys::memory;

const PAGE: usize = 4096;
const WORD: usize = size_of::<usize>();
/// Stacks are found by the piece of address space that their tops lie in.
const PIECE: usize = 32 << 10;
/// Stacks that are put away have at least so much.
const LEAST: usize = PIECE;
/// What may be on a stack that is put away: an address on it is at most one piece below the top's.
pub(crate) const MOST: usize = 16 << 10;
/// Of larger stacks, only the pages in use become guards: each guard is an entry in the page table.
const GUARDED: usize = 128 << 10;

/// Bytes at the top of a stack that are not copied.
pub(crate) use super::slab::PADDING;

const FROZEN: u32 = 0;
const THAWING: u32 = 1;
const THAWED: u32 = 2;

/// A stack that is put away; the words follow it.
#[repr(C)]
pub(crate) struct Cold {
    state: AtomicU32,
    /// How many words follow, and for how many there is room.
    words: Cell<u32>,
    room: u32,
    /// Pages that are guards, up to the one with the top.
    pages: Cell<u32>,
    /// Where the words lay.
    low: Cell<usize>,
    /// Whose they are. Rule of the parent: its worker takes it.
    coroutine: UnsafeCell<Option<Coroutine>>,
}

/// What is known of a stack that is put away. Who reads it needs nothing of a copy that may be gone.
#[derive(Default)]
struct Entry {
    /// Where the words end, times 2^16, and how many there are; zero where nobody is.
    words: AtomicUsize,
    copy: AtomicPtr<Cold>,
}

impl Entry {
    /// The system's addresses end here.
    const HIGH: u32 = 48;
    const COUNT: u32 = usize::BITS - Entry::HIGH;

    /// Where the words lay.
    fn range(&self) -> Range<usize> {
        let words = self.words.load(Ordering::Acquire);
        let (high, count) = (words >> Entry::COUNT, words & ((1 << Entry::COUNT) - 1));
        high - count * WORD..high
    }

    fn is_free(&self) -> bool {
        self.words.load(Ordering::Acquire) == 0
    }

    /// Only while the world is stopped.
    fn set(&self, cold: *mut Cold, words: usize) {
        self.copy.store(cold, Ordering::Relaxed);
        self.words.store(words, Ordering::Release);
    }

    /// The copy, of an entry that is not free.
    ///
    /// # Safety
    /// It is not freed meanwhile.
    unsafe fn copy<'a>(&self) -> Option<&'a Cold> {
        if self.is_free() {
            return None;
        }
        // SAFETY: the caller's promise.
        unsafe { self.copy.load(Ordering::Relaxed).as_ref() }
    }
}

/// Entries of pieces that have the same hash: a line of the cache.
type Bucket = [Entry; WAYS];
const WAYS: usize = 4;

/// Buckets by hash, of which it keeps the upper bits: in one twice as large each bucket becomes two, so none runs over.
pub(crate) struct Table {
    first: *const Bucket,
    bits: u32,
}

// SAFETY: entries are atomics.
unsafe impl Sync for Table {}

impl Table {
    /// One with room for twice so many. None if the system has no memory for it.
    fn with_room(count: usize) -> Option<&'static Table> {
        let buckets = (2 * count / WAYS).next_power_of_two().max(64);
        let first = memory::reserve(buckets * size_of::<Bucket>())?.cast::<Bucket>();
        Some(Box::leak(Box::new(Table { first, bits: buckets.trailing_zeros() })))
    }

    fn room(&self) -> usize {
        (WAYS << self.bits) / 2
    }

    /// The bucket for what ends in the piece that an address is in.
    fn bucket(&self, address: usize) -> &'static Bucket {
        let hash = (address / PIECE).wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as usize);
        // SAFETY: there are so many; they are never freed, and zero bits are free entries.
        unsafe { &*self.first.add(hash >> (usize::BITS - self.bits)) }
    }

    fn entries(&self) -> impl Iterator<Item = &'static Entry> {
        // SAFETY: as above.
        (0..1 << self.bits).flat_map(|at| unsafe { &*self.first.add(at) })
    }
}

/// Null until [`enable`].
static TABLE: AtomicPtr<Table> = AtomicPtr::new(ptr::null_mut());
/// How many it has.
static AWAY: AtomicUsize = AtomicUsize::new(0);
/// The slab's bounds, once there is a table.
static SLAB: (AtomicUsize, AtomicUsize) = (AtomicUsize::new(0), AtomicUsize::new(0));
/// Counts stacks that were brought back.
static THAWS: AtomicUsize = AtomicUsize::new(0);
/// Copies that nobody needs; linked through their first word.
static RETIRED: AtomicPtr<Cold> = AtomicPtr::new(ptr::null_mut());

/// Makes it possible, for about so many; false where it is not: on other substrates, or without memory for the table.
pub(crate) fn enable(count: usize) -> bool {
    if super::kind() != super::Kind::Slab {
        return false;
    }
    if table().is_some() {
        return true;
    }
    let Some(Bounds { low, high }) = stack::slab::bounds() else { return false };
    let Some(table) = Table::with_room(count) else { return false };
    SLAB.0.store(low, Ordering::Relaxed);
    SLAB.1.store(high, Ordering::Relaxed);
    overflow::set_rescue(rescue);
    TABLE.store(ptr::from_ref(table).cast_mut(), Ordering::Release);
    true
}

/// Another table, if the present one has no room for so many more: to be put in its place by [`replace`].
pub(crate) fn larger(more: usize) -> Option<&'static Table> {
    let wanted = AWAY.load(Ordering::Relaxed) + more;
    (wanted > table()?.room()).then(|| Table::with_room(2 * wanted))?
}

/// Puts a larger table in the place of the present one.
///
/// # Safety
/// The world is stopped.
pub(crate) unsafe fn replace(larger: &'static Table) {
    let Some(table) = table() else { return };
    for entry in table.entries().filter(|entry| !entry.is_free()) {
        if let Some(free) = larger.bucket(entry.range().end - 1).iter().find(|entry| entry.is_free()) {
            free.set(entry.copy.load(Ordering::Relaxed), entry.words.load(Ordering::Relaxed));
        }
    }
    TABLE.store(ptr::from_ref(larger).cast_mut(), Ordering::Release);
    // Who was stopped while it looked there finds nothing, and then a guard. The addresses stay.
    // SAFETY: whole pages, which only those read.
    unsafe { memory::give_back(table.first.expose_provenance(), size_of::<Bucket>() << table.bits) };
}

fn table() -> Option<&'static Table> {
    // SAFETY: null or a table, which is never freed.
    unsafe { TABLE.load(Ordering::Acquire).as_ref() }
}

/// Entries for what may end in the piece of the slab that an address is in, and in others of the same hash.
fn bucket(address: usize) -> Option<&'static Bucket> {
    let (low, high) = (SLAB.0.load(Ordering::Relaxed), SLAB.1.load(Ordering::Relaxed));
    let table = table()?;
    (low..high).contains(&address).then(|| table.bucket(address))
}

fn layout(room: u32) -> Layout {
    // It fits: room is at most that of a stack.
    let bytes = size_of::<Cold>() + room as usize * WORD;
    Layout::from_size_align(bytes, align_of::<Cold>()).unwrap_or(Layout::new::<Cold>())
}

impl Cold {
    /// Memory for the copy of so many bytes.
    pub(crate) fn with_room(bytes: usize) -> NonNull<Cold> {
        let room = bytes.div_ceil(WORD).max(1) as u32;
        let layout = layout(room);
        // SAFETY: the layout is not empty.
        let Some(cold) = NonNull::new(unsafe { alloc(layout) }.cast::<Cold>()) else {
            handle_alloc_error(layout)
        };
        // SAFETY: fresh memory of that layout.
        unsafe {
            cold.write(Cold {
                state: AtomicU32::new(THAWED),
                words: Cell::new(0),
                room,
                pages: Cell::new(0),
                low: Cell::new(0),
                coroutine: UnsafeCell::new(None),
            });
        }
        cold
    }

    fn copy(&self) -> *mut usize {
        // SAFETY: the words begin where the header ends.
        unsafe { ptr::from_ref(self).add(1).cast::<usize>().cast_mut() }
    }

    fn high(&self) -> usize {
        self.low.get() + self.words.get() as usize * WORD
    }

    /// Pages that are guards while it is frozen: where they begin, and bytes.
    fn guarded(&self) -> (usize, usize) {
        let bytes = self.pages.get() as usize * PAGE;
        (self.high().next_multiple_of(PAGE) - bytes, bytes)
    }

    /// What is on the stack and how far above it a copy of it lies, wrapping; zero when it lies there itself.
    pub(crate) fn place(&self) -> (Bounds, usize) {
        let bounds = Bounds { low: self.low.get(), high: self.high() };
        let away = self.state.load(Ordering::Acquire) != THAWED;
        (bounds, if away { self.copy().expose_provenance().wrapping_sub(bounds.low) } else { 0 })
    }

    /// The coroutine, taken out to be put away anew.
    ///
    /// # Safety
    /// The world is stopped, and the stack was brought back.
    pub(crate) unsafe fn take_out(&self) -> Option<Coroutine> {
        // SAFETY: the caller's promise.
        unsafe { (*self.coroutine.get()).take() }
    }

    /// Puts the coroutine back in.
    ///
    /// # Safety
    /// As for [`Cold::take_out`].
    pub(crate) unsafe fn put_in(&self, coroutine: Coroutine) {
        // SAFETY: the caller's promise.
        unsafe { *self.coroutine.get() = Some(coroutine) };
    }

    /// Brings it back, or waits until somebody else has. May be called in a signal handler.
    fn thaw(&self) {
        if self.state.compare_exchange(FROZEN, THAWING, Ordering::AcqRel, Ordering::Acquire).is_ok() {
            let (at, bytes) = self.guarded();
            // SAFETY: point 2 of the module: nobody else looks at the pages now, and what was there is what we have.
            unsafe {
                memory::unguard(at, bytes);
                let to = ptr::with_exposed_provenance_mut::<usize>(self.low.get());
                ptr::copy_nonoverlapping(self.copy(), to, self.words.get() as usize);
            }
            self.state.store(THAWED, Ordering::Release);
            THAWS.fetch_add(1, Ordering::Release);
        }
        while self.state.load(Ordering::Acquire) != THAWED {
            std::hint::spin_loop();
        }
    }
}

/// Stacks that are being put away together.
pub(crate) struct Batch {
    /// Pages that become guards, and pages that are given back.
    guards: Vec<(usize, usize)>,
    unused: Vec<(usize, usize)>,
}

/// Why a stack was not put away.
pub(crate) enum Refusal {
    /// The copy has no room for the bytes that there are.
    Room(usize),
    /// It is not one of those that can be.
    Kind,
}

impl Batch {
    pub(crate) fn new(most: usize) -> Batch {
        Batch { guards: Vec::with_capacity(most), unused: Vec::with_capacity(most) }
    }

    /// Takes a coroutine out of its place and copies its stack. Allocates nothing while there are no more than was said.
    ///
    /// # Safety
    /// The world is stopped until [`Batch::finish`] was called; the coroutine is parked, by a wait as point 2 of the module says; the memory for the copy came
    /// from [`Cold::with_room`] and is not used.
    pub(crate) unsafe fn put_away(
        &mut self,
        place: &mut Option<Coroutine>,
        cold: &'static Cold,
    ) -> Result<(), Refusal> {
        let (live, bounds) = place.as_ref().and_then(Coroutine::live).ok_or(Refusal::Kind)?;
        let (bytes, room) = (live.high - live.low, cold.room as usize * WORD);
        if bytes > MOST || bounds.high - bounds.low < LEAST {
            return Err(Refusal::Kind);
        }
        if bytes > room {
            return Err(Refusal::Room(bytes));
        }
        let bucket = bucket(live.high - 1).ok_or(Refusal::Kind)?;
        // Its own is there if the stack was brought back by a fault.
        let own = |entry: &&Entry| !entry.is_free() && ptr::eq(entry.copy.load(Ordering::Relaxed), cold);
        let known = bucket.iter().find(own);
        let entry = known.or_else(|| bucket.iter().find(|entry| entry.is_free())).ok_or(Refusal::Kind)?;
        if live.high >> Entry::HIGH != 0 {
            return Err(Refusal::Kind);
        }
        let (first, end) = (live.low / PAGE * PAGE, live.high.next_multiple_of(PAGE));
        let from = if bounds.high - bounds.low < GUARDED { bounds.low } else { first };
        cold.low.set(live.low);
        cold.words.set((bytes / WORD) as u32);
        cold.pages.set(((end - from) / PAGE) as u32);
        // SAFETY: the caller's promise: nothing of the stack changes, and the room is ours. The coroutine is parked and goes along, whole.
        unsafe {
            ptr::copy_nonoverlapping(
                ptr::with_exposed_provenance::<usize>(live.low),
                cold.copy(),
                bytes / WORD,
            );
            *cold.coroutine.get() = place.take();
        }
        cold.state.store(FROZEN, Ordering::Release);
        entry.set(ptr::from_ref(cold).cast_mut(), (live.high << Entry::COUNT) | (bytes / WORD));
        AWAY.fetch_add(usize::from(known.is_none()), Ordering::Relaxed);
        self.guards.push((from, end - from));
        if bounds.low < from {
            self.unused.push((bounds.low, from - bounds.low));
        }
        Ok(())
    }

    /// Gives the pages back. Those that the system has no guards for are brought back when they are touched next; nothing of them is lost.
    ///
    /// # Safety
    /// As for [`Batch::put_away`].
    pub(crate) unsafe fn finish(&mut self) {
        // SAFETY: whole pages of stacks whose contents were copied, and nobody runs who could look at them; below, there is nothing that anybody
        // needs.
        let guarded = unsafe {
            memory::give_back_all(&self.unused);
            memory::guard(&self.guards)
        };
        if let Err((done, _)) = guarded {
            for &(at, bytes) in &self.guards[done..] {
                for entry in bucket(at + bytes - 1).into_iter().flatten() {
                    // SAFETY: no copy is freed while the world is stopped.
                    if let Some(cold) = unsafe { entry.copy() }.filter(|cold| cold.guarded() == (at, bytes)) {
                        cold.thaw();
                    }
                }
            }
        }
        self.guards.clear();
        self.unused.clear();
    }
}

/// Where what lies at an address is to be read and written now: there, or in the copy of a stack that is put away.
///
/// It may be used as points 2 and 3 of the module say: by whoever has the lock that led to it, or has claimed the wait, until it lets
/// either go. Whose stack it is cannot be woken meanwhile.
#[inline(always)]
pub(crate) fn here<T>(place: *mut T) -> *mut T {
    if TABLE.load(Ordering::Relaxed).is_null() { place } else { find(place.cast()).cast() }
}

/// As [`here`], where stacks may be put away.
#[cold]
#[inline(never)]
fn find(place: *mut u8) -> *mut u8 {
    let address = place.addr();
    for piece in 0..2 {
        let Some(bucket) = bucket(address.wrapping_add(piece * PIECE)) else { return place };
        if let Some(entry) = bucket.iter().find(|entry| entry.range().contains(&address)) {
            // SAFETY: point 4 of the module: it is the copy of a stack whose owner sleeps.
            let moved = unsafe { entry.copy() }.map_or(0, |cold| cold.place().1);
            return if moved == 0 {
                place
            } else {
                ptr::with_exposed_provenance_mut(address.wrapping_add(moved))
            };
        }
    }
    place
}

/// Takes the coroutine back out of a stack that was put away; the copy is not to be used any more.
///
/// # Safety
/// The caller is the worker to whom the coroutine belongs, and does this once.
pub(crate) unsafe fn bring_back(cold: &'static Cold) -> Option<Coroutine> {
    cold.thaw();
    let own = |entry: &&Entry| !entry.is_free() && ptr::eq(entry.copy.load(Ordering::Relaxed), cold);
    if let Some(entry) = bucket(cold.high() - 1).and_then(|bucket| bucket.iter().find(own)) {
        entry.words.store(0, Ordering::Release);
        AWAY.fetch_sub(1, Ordering::Relaxed);
    }
    // SAFETY: the caller's promise.
    unsafe { (*cold.coroutine.get()).take() }
}

/// Has the memory of a copy freed, some time.
///
/// # Safety
/// Nobody finds it any more, but for handlers that run already.
pub(crate) unsafe fn retire(cold: &'static Cold) {
    let place = ptr::from_ref(cold).cast_mut();
    let mut first = RETIRED.load(Ordering::Relaxed);
    loop {
        // SAFETY: the copy was brought back, so its first word is free.
        unsafe { cold.copy().write(first.expose_provenance()) };
        match RETIRED.compare_exchange_weak(first, place, Ordering::AcqRel, Ordering::Relaxed) {
            Ok(_) => return,
            Err(now) => first = now,
        }
    }
}

/// Copies that nobody needs, until the world has been stopped once.
#[derive(Default)]
pub(crate) struct Retired(Option<NonNull<Cold>>);

/// All that there are now.
pub(crate) fn retired() -> Retired {
    Retired(NonNull::new(RETIRED.swap(ptr::null_mut(), Ordering::AcqRel)))
}

impl Retired {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Frees them.
    ///
    /// # Safety
    /// The world was stopped since they were taken.
    pub(crate) unsafe fn free(self) {
        let mut next = self.0;
        while let Some(cold) = next {
            // SAFETY: point 3 of the module: nobody has it any more. The first word is the link that `retire` wrote.
            unsafe {
                next = NonNull::new(ptr::with_exposed_provenance_mut(cold.as_ref().copy().read()));
                free(cold);
            }
        }
    }
}

/// Frees memory for a copy that was not used.
///
/// # Safety
/// It came from [`Cold::with_room`], and nobody else knows it.
pub(crate) unsafe fn free(cold: NonNull<Cold>) {
    // SAFETY: the caller's promise; a header has nothing to drop once its coroutine was taken.
    unsafe { dealloc(cold.as_ptr().cast(), layout(cold.as_ref().room)) };
}

thread_local! {
    /// The last fault of this thread that was nobody's, and the count of thaws then.
    static LAST: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

/// Brings the stack back on which a fault was; true if the access is to be repeated. Called in a signal handler.
fn rescue(address: usize) -> bool {
    if bucket(address).is_none() {
        return false;
    }
    let thaws = THAWS.load(Ordering::Acquire);
    // Guards of a stack reach down to its end, which may be more than one piece below its top.
    let pieces = (0..=GUARDED / PIECE).map(|piece| address.wrapping_add(piece * PIECE));
    for entry in pieces.filter_map(bucket).flatten() {
        // SAFETY: a copy is not freed before the world was stopped, which it is not while a handler runs.
        if let Some(cold) = unsafe { entry.copy() } {
            let (at, bytes) = cold.guarded();
            if (at..at + bytes).contains(&address) && cold.state.load(Ordering::Acquire) != THAWED {
                cold.thaw();
                return true;
            }
        }
    }
    // Somebody may have brought it back in the meantime: then the same does not happen twice.
    LAST.replace((address, thaws)) != (address, thaws)
}
