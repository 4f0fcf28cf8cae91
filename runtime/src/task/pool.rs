//! Where records come from and go back to.
//!
//! ```text
//! chunk, 1 MiB:  | head | records, 32 a page ............... | extension words, by the same order |
//! ```
//! A page of records is made when it is needed, and given back to the system when all its records have been free for a while: after a
//! burst of a million goroutines nothing is left of it. Chunks are never unmapped, so a ticket to a record can be used at any time. What must
//! hold:
//! 1. Zeros are a free record to whoever only reads, since readers may be late: a ticket's number is never zero, nor is a worker's home.
//! 2. Numbers of parks never repeat, also across a page's time as zeros: the head keeps the highest ([`Head::floor`]).
//! 3. A page that is not `hot` has no record that anybody has; walks leave it out.

use std::cell::Cell;
use std::mem::size_of;

use super::{Record, RecordExt, RecordRef};
#[cfg(miri)]
use std::alloc::{Layout, alloc_zeroed};

use crate::shim::{AtomicBool, AtomicPtr, AtomicU64, Mutex, Ordering, lock};
#[cfg(not(miri))]
use crate::sys::memory;

const CHUNK: usize = 1 << 20;
const PAGE: usize = 4096;
const PER_PAGE: usize = PAGE / size_of::<Record>();
/// Pages of records in a chunk: with one for the head, and those of the extension words, they fill it.
const PAGES: usize = 170;
const EXTS: usize = PAGE * (1 + PAGES);
const _: () = assert!(EXTS + PAGES * PER_PAGE * size_of::<RecordExt>() <= CHUNK);
/// Fewer free records are not worth the look.
#[cfg(not(miri))]
const WORTH: usize = 4096;

/// What a chunk begins with.
struct Head {
    next: *const Head,
    /// Pages whose records are in use or free to be used, a bit for each.
    hot: [AtomicU64; PAGES.div_ceil(64)],
    /// No park has had a higher number in a page that was given back.
    floor: AtomicU64,
}

/// The newest chunk.
static CHUNKS: AtomicPtr<Head> = AtomicPtr::new(std::ptr::null_mut());
/// Parks of records whose pages were given back, less what they had when their pages were made again, wrapping.
static PARKS: AtomicU64 = AtomicU64::new(0);
/// Whether extension words are used at all.
static EXTS_USED: AtomicBool = AtomicBool::new(false);

/// Records that nobody has.
struct Pool {
    free: Vec<RecordRef>,
    /// Addresses of pages that are not hot; the next one is the last.
    cold: Vec<usize>,
    /// The fewest that were free since [`scavenge`] looked: so many from the first on were not needed.
    least: usize,
    /// How many of them lie in pages with others that are in use.
    barren: usize,
}

static POOL: Mutex<Pool> = Mutex::new(Pool { free: Vec::new(), cold: Vec::new(), least: 0, barren: 0 });

/// The chunk that an address lies in.
fn head(address: usize) -> &'static Head {
    // SAFETY: callers ask about addresses in chunks, which are aligned to their size, begin with a head and are never freed.
    unsafe { &*std::ptr::with_exposed_provenance(address & !(CHUNK - 1)) }
}

/// The word and the bit of a page in [`Head::hot`].
fn bit(page: usize) -> (usize, u64) {
    let index = page % CHUNK / PAGE - 1;
    (index / 64, 1 << (index % 64))
}

/// The records of a page that was made.
fn records_at(page: usize) -> &'static [Record] {
    // SAFETY: a page of a chunk is that many records, made or zero, of which nothing but what has interior mutability is ever written.
    unsafe { std::slice::from_raw_parts(std::ptr::with_exposed_provenance(page), PER_PAGE) }
}

/// The extension words of a record.
#[inline]
pub(super) fn ext(record: &Record) -> &RecordExt {
    if !EXTS_USED.load(Ordering::Relaxed) {
        EXTS_USED.store(true, Ordering::Relaxed);
    }
    ext_of(record)
}

/// The same, if any record's were ever asked for.
#[inline]
pub(super) fn used_ext(record: &Record) -> Option<&RecordExt> {
    EXTS_USED.load(Ordering::Relaxed).then(|| ext_of(record))
}

#[inline]
fn ext_of(record: &Record) -> &RecordExt {
    let at = std::ptr::from_ref(record).addr();
    let index = (at % CHUNK - PAGE) / size_of::<Record>();
    let ext = (at & !(CHUNK - 1)) + EXTS + index * size_of::<RecordExt>();
    // SAFETY: records lie in chunks only, which have room for the words of each; zeros are valid ones.
    unsafe { &*std::ptr::with_exposed_provenance::<[Cell<usize>; 8]>(ext) }
}

/// Calls `f` with every record that somebody may have.
pub(crate) fn visit_records(mut f: impl FnMut(RecordRef)) {
    let mut next: *const Head = CHUNKS.load(Ordering::Acquire);
    // SAFETY: null or a chunk, which is never freed.
    while let Some(chunk) = unsafe { next.as_ref() } {
        let first = next.addr() + PAGE;
        for (word, hot) in chunk.hot.iter().enumerate() {
            let mut hot = hot.load(Ordering::Acquire);
            while hot != 0 {
                let page = first + (64 * word + hot.trailing_zeros() as usize) * PAGE;
                records_at(page).iter().for_each(&mut f);
                hot &= hot - 1;
            }
        }
        next = chunk.next;
    }
}

/// How many parks there were in records that [`visit_records`] does not show, wrapping.
pub(crate) fn parks_elsewhere() -> u64 {
    PARKS.load(Ordering::Relaxed)
}

/// Takes up to `wanted` records out of the pool of the process, at least one, making new ones if it is empty.
pub(crate) fn take_records(into: &mut Vec<RecordRef>, wanted: usize) {
    let mut pool = lock(&POOL);
    if pool.free.is_empty() {
        for _ in 0..wanted.div_ceil(PER_PAGE).max(1) {
            pool.make_page();
        }
    }
    let keep = pool.free.len() - wanted.clamp(1, pool.free.len());
    into.extend(pool.free.drain(keep..));
    pool.least = pool.least.min(keep);
}

/// Gives records back to the pool of the process.
pub(crate) fn give_records(records: impl Iterator<Item = RecordRef>) {
    lock(&POOL).free.extend(records);
}

impl Pool {
    /// Makes the records of a page that is not hot.
    fn make_page(&mut self) {
        let page = match self.cold.pop() {
            Some(page) => page,
            None => self.make_chunk(),
        };
        let chunk = head(page);
        let floor = chunk.floor.load(Ordering::Relaxed);
        let place = std::ptr::with_exposed_provenance_mut::<Record>(page);
        for i in 0..PER_PAGE {
            // SAFETY: nobody has records of the page, as it is not hot.
            unsafe { place.add(i).write(Record::new(floor)) };
        }
        let made = records_at(page);
        PARKS.fetch_sub(made.iter().map(|record| record.status.parks()).sum(), Ordering::Relaxed);
        let (word, bit) = bit(page);
        chunk.hot[word].fetch_or(bit, Ordering::Release);
        self.free.extend(made.iter().rev());
    }

    /// Makes a chunk; one of its pages.
    fn make_chunk(&mut self) -> usize {
        let Some(at) = reserve() else {
            super::panic::fatal("no address space for another goroutine: raise the limit on it (ulimit -v)")
        };
        // Only the holder of this lock adds to the list.
        let next = CHUNKS.load(Ordering::Relaxed);
        let chunk = std::ptr::with_exposed_provenance_mut::<Head>(at);
        // SAFETY: fresh memory, aligned, and ours.
        unsafe { chunk.write(Head { next, hot: Default::default(), floor: AtomicU64::new(0) }) };
        CHUNKS.store(chunk, Ordering::Release);
        self.cold.extend((2..=PAGES).rev().map(|page| at + page * PAGE));
        at + PAGE
    }
}

/// Zeroed memory for a chunk.
#[cfg(not(miri))]
fn reserve() -> Option<usize> {
    let at = memory::reserve(2 * CHUNK)?.expose_provenance();
    let chunk = at.next_multiple_of(CHUNK);
    // SAFETY: what lies before and behind the chunk, reserved just now and used by nobody.
    unsafe {
        if chunk > at {
            memory::unreserve(at, chunk - at);
        }
        memory::unreserve(chunk + CHUNK, at + CHUNK - chunk);
    }
    Some(chunk)
}

/// Zeroed memory for a chunk.
#[cfg(miri)]
fn reserve() -> Option<usize> {
    let layout = Layout::from_size_align(CHUNK, CHUNK).ok()?;
    // SAFETY: the layout is not empty.
    std::ptr::NonNull::new(unsafe { alloc_zeroed(layout) }).map(|at| at.as_ptr().expose_provenance())
}

/// Gives pages back whose records nobody has needed since the last call; whether there may be more by the next one.
#[cfg(not(miri))]
pub(crate) fn scavenge() -> bool {
    let mut unused = {
        let mut pool = lock(&POOL);
        let (least, free) = (pool.least, pool.free.len());
        pool.least = free;
        if least < pool.barren + WORTH {
            return free >= pool.barren + WORTH;
        }
        pool.least -= least;
        pool.free.drain(..least).collect::<Vec<_>>()
    };
    let page = |record: &Record| std::ptr::from_ref(record).addr() & !(PAGE - 1);
    unused.sort_unstable_by_key(|record| std::ptr::from_ref(*record).addr());
    let (mut pages, mut left) = (Vec::new(), Vec::new());
    for group in unused.chunk_by(|a, b| page(a) == page(b)) {
        match group.len() == PER_PAGE {
            true => pages.push(page(group[0])),
            false => left.extend_from_slice(group),
        }
    }
    drop(unused);
    for run in pages.chunk_by(|a, b| a + PAGE == *b) {
        give_back(run);
    }
    let mut pool = lock(&POOL);
    // The lowest are made again first.
    pool.cold.extend(pages.iter().rev());
    pool.barren = left.len();
    pool.least += left.len();
    pool.free.splice(0..0, left);
    let room = 2 * pool.free.len();
    pool.free.shrink_to(room);
    pool.free.len() >= pool.barren + WORTH
}

/// Gives neighbouring pages back; nobody else has one of their records.
#[cfg(not(miri))]
fn give_back(run: &[usize]) {
    for &page in run {
        let (chunk, records) = (head(page), records_at(page));
        let parks = || records.iter().map(|record| record.status.parks());
        PARKS.fetch_add(parks().sum(), Ordering::Relaxed);
        let last = records.iter().map(|record| record.status.number()).max();
        chunk.floor.fetch_max(last.unwrap_or(0), Ordering::Relaxed);
        let (word, bit) = bit(page);
        chunk.hot[word].fetch_and(!bit, Ordering::Release);
    }
    // The words of free records are zero, and those of several pages of records share a page.
    let (first, count) = (run[0] % CHUNK / PAGE - 1, run.len());
    let exts = (run[0] & !(CHUNK - 1)) + EXTS;
    let of = |page: usize| exts + page * PER_PAGE * size_of::<RecordExt>();
    let (from, to) = (of(first).next_multiple_of(PAGE), of(first + count) & !(PAGE - 1));
    // SAFETY: whole pages of a chunk; what is lost is zero, or kept in the head.
    unsafe {
        memory::give_back(run[0], count * PAGE);
        if from < to {
            memory::give_back(from, to - from);
        }
    }
}

#[cfg(all(test, not(miri)))]
mod tests {
    use super::*;

    /// A ticket from before the page was given back is good for nothing, ever.
    #[test]
    fn numbers_go_on_behind_a_page_that_was_given_back() {
        // A page of its own; the test leaves it so, as other tests use the pool, too.
        let page = {
            let mut pool = lock(&POOL);
            pool.make_page();
            let at = pool.free.len() - PER_PAGE;
            let records: Vec<RecordRef> = pool.free.drain(at..).collect();
            std::ptr::from_ref(records[0]).addr() & !(PAGE - 1)
        };
        let record: RecordRef = &records_at(page)[5];
        let number = record.status.begin();
        record.status.resumed();
        let seen = |wanted: &Record| {
            let mut seen = false;
            visit_records(|record| seen |= std::ptr::eq(record, wanted));
            seen
        };
        assert!(seen(record));
        give_back(&[page]);
        assert!(!seen(record));
        assert_eq!(record.status.notify(number), super::super::state::Notified::Stale);
        let mut pool = Pool { free: Vec::new(), cold: vec![page], least: 0, barren: 0 };
        pool.make_page();
        assert!(seen(record));
        assert_eq!(record.status.notify(number), super::super::state::Notified::Stale);
        assert!(record.status.begin() > number);
        record.status.resumed();
    }
}
