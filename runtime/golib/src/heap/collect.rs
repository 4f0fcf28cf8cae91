//! Collections: when one is due, its steps, what is counted.
//!
//! A collection is done by whoever finds that one is due, at an allocation:
//! 1. Take the lock of the heap, so that no thread is within it.
//! 2. Stop the world.
//! 3. Begin a new epoch: nothing is marked.
//! 4. Mark from the roots (package variables, stacks, registers, goroutines not started, finalizers), helped by threads that do
//!    nothing else.
//! 5. Find objects with finalizers that are not marked.
//! 6. Sweep: one pass over the records of blocks.
//! 7. Start the world.
//! 8. Give memory back, start finalizers.
//!
//! Must hold: from 2 to 7 nothing is allocated, and no lock is taken that was not taken before 2.
//!
//! The environment: GOGC and GOMEMLIMIT as in Go; GOXIDE_GCSTRESS=N collects at every Nth allocation and fills what it frees with
//! 0xdb, so that a handle the collector did not see is noticed.

use std::ptr;
use std::sync::atomic::{AtomicI64, AtomicIsize, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use goxide::__private::world;

use super::mark::{Marker, Work};
use super::space::{BLOCK, Central, EPOCH, SHIFT, Space, Use, central};
use super::{cache, finalizer, roots};

/// A heap of that many bytes is not collected, times GOGC / 100.
const LEAST: usize = 4 << 20;
/// What is given back at once after a collection, in blocks: about a millisecond.
const RELEASE: usize = (32 << 20) >> SHIFT;
/// What is scanned before other threads are woken to help, in bytes: about a tenth of a millisecond.
const ALONE: usize = 256 << 10;
/// Threads that mark, at most.
const MOST_MARKERS: usize = 8;

/// Bytes that may be allocated until the next collection, less those that were.
static BUDGET: AtomicIsize = AtomicIsize::new(isize::MAX);
/// Bytes that were allocated since the last collection.
static SINCE: AtomicUsize = AtomicUsize::new(0);
/// Bytes and objects handed out to threads since the start.
static BYTES: AtomicUsize = AtomicUsize::new(0);
static OBJECTS: AtomicUsize = AtomicUsize::new(0);
static PERCENT: AtomicIsize = AtomicIsize::new(100);
static LIMIT: AtomicI64 = AtomicI64::new(i64::MAX);
static STRESS: AtomicUsize = AtomicUsize::new(0);
/// Allocations until the next collection under stress.
static COUNTDOWN: AtomicUsize = AtomicUsize::new(0);

/// What collections have found and taken.
#[derive(Clone, Debug)]
pub struct History {
    /// Bytes and objects live after the last one.
    pub live: (usize, usize),
    /// Bytes and objects that had been allocated by then.
    pub allocated: (usize, usize),
    /// Live bytes at which the next is due.
    pub next: usize,
    pub collections: u32,
    pub forced: u32,
    /// When the last one ended, since 1970.
    pub last: Duration,
    pub paused: Duration,
    /// The last 256 pauses, by number, and when each ended.
    pub pauses: [(Duration, Duration); 256],
}

static HISTORY: Mutex<History> = Mutex::new(History {
    live: (0, 0),
    allocated: (0, 0),
    next: LEAST,
    collections: 0,
    forced: 0,
    last: Duration::ZERO,
    paused: Duration::ZERO,
    pauses: [(Duration::ZERO, Duration::ZERO); 256],
});

fn history() -> MutexGuard<'static, History> {
    HISTORY.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Reads the environment and starts counting. Called before any Go code runs; without it nothing is collected.
pub(super) fn start() {
    let set = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
    if let Some(text) = set("GOGC") {
        let percent = if text == "off" { -1 } else { text.trim().parse().unwrap_or(100) };
        PERCENT.store(percent, Ordering::Relaxed);
    }
    if let Some(bytes) = set("GOMEMLIMIT").as_deref().and_then(parse_bytes) {
        LIMIT.store(bytes, Ordering::Relaxed);
    }
    if let Some(every) = set("GOXIDE_GCSTRESS").and_then(|text| text.trim().parse().ok()) {
        STRESS.store(every, Ordering::Relaxed);
        COUNTDOWN.store(every, Ordering::Relaxed);
    }
    roots::start();
    pace();
}

/// `512MiB`, `2GiB`, `1000B` or `off`.
fn parse_bytes(text: &str) -> Option<i64> {
    if text == "off" {
        return Some(i64::MAX);
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: i64 = text[..digits].parse().ok()?;
    let shift = match &text[digits..] {
        "" | "B" => 0,
        "KiB" => 10,
        "MiB" => 20,
        "GiB" => 30,
        "TiB" => 40,
        _ => return None,
    };
    number.checked_mul(1 << shift)
}

/// Is every allocation a chance for a collection?
pub(super) fn is_stressed() -> bool {
    STRESS.load(Ordering::Relaxed) != 0
}

/// Counts memory that a thread has got.
pub(super) fn count(bytes: usize, objects: usize) {
    BYTES.fetch_add(bytes, Ordering::Relaxed);
    OBJECTS.fetch_add(objects, Ordering::Relaxed);
    SINCE.fetch_add(bytes, Ordering::Relaxed);
    BUDGET.fetch_sub(bytes as isize, Ordering::Relaxed);
}

/// Collects if that is due. What the calling thread holds lies from `sp` on; it holds no lock of the heap.
#[inline]
pub(super) fn poll(sp: usize) {
    if BUDGET.load(Ordering::Relaxed) < 0 || is_stressed() {
        poll_slow(sp);
    }
}

/// As [`poll`], before memory of that size is taken at once: what it would go beyond is collected first.
pub(super) fn poll_for(sp: usize, bytes: usize) {
    if BUDGET.load(Ordering::Relaxed) < bytes as isize {
        // Nothing new is worth looking for when little was allocated since the last one.
        let worth =
            || BUDGET.load(Ordering::Relaxed) < bytes as isize && SINCE.load(Ordering::Relaxed) >= LEAST;
        if worth() {
            return collect(sp, &worth, false);
        }
    }
    poll(sp);
}

#[cold]
fn poll_slow(sp: usize) {
    let every = STRESS.load(Ordering::Relaxed);
    if every != 0 {
        if COUNTDOWN.fetch_sub(1, Ordering::Relaxed) == 1 {
            COUNTDOWN.store(every, Ordering::Relaxed);
            collect(sp, &|| true, false);
        }
    } else {
        collect(sp, &|| BUDGET.load(Ordering::Relaxed) < 0, false);
    }
}

/// Sets the budget after what is live now.
fn pace() {
    let mut history = history();
    let live = history.live.0;
    let percent = PERCENT.load(Ordering::Relaxed);
    let grown = usize::try_from(percent).map_or(usize::MAX >> 2, |percent| {
        (live as u128 * percent as u128 / 100).max(LEAST as u128 * percent as u128 / 100) as usize
    });
    let left = usize::try_from(LIMIT.load(Ordering::Relaxed)).unwrap_or(usize::MAX).saturating_sub(live);
    // Near the limit collections come often, but the program still gets on.
    let budget = grown.min(left.max(live / 16).max(1 << 20)).min(isize::MAX as usize);
    history.next = live.saturating_add(budget);
    BUDGET.store(budget as isize, Ordering::Relaxed);
}

/// `debug.SetGCPercent`
pub(crate) fn set_percent(percent: isize) -> isize {
    let before = PERCENT.swap(percent.max(-1), Ordering::Relaxed);
    pace();
    before
}

/// `debug.SetMemoryLimit`
pub(crate) fn set_limit(limit: i64) -> i64 {
    if limit < 0 {
        return LIMIT.load(Ordering::Relaxed);
    }
    let before = LIMIT.swap(limit, Ordering::Relaxed);
    pace();
    before
}

/// What the program is to use at most, if that was said.
pub(crate) fn limit() -> Option<usize> {
    match LIMIT.load(Ordering::Relaxed) {
        i64::MAX => None,
        limit => usize::try_from(limit).ok(),
    }
}

/// The threads that help to mark, and their work.
struct Helpers {
    work: &'static Work,
    /// The marker of whoever collects.
    own: Mutex<Marker>,
    count: usize,
    /// The number of the round, the epoch and the blocks of it; how many helpers have ended it.
    round: Mutex<(u64, u8, usize)>,
    begun: Condvar,
    ended: AtomicUsize,
}

fn helpers() -> &'static Helpers {
    static HELPERS: OnceLock<&'static Helpers> = OnceLock::new();
    HELPERS.get_or_init(|| {
        let work: &'static Work = Box::leak(Box::new(Work::new()));
        let count = goxide::__private::workers().min(MOST_MARKERS) - 1;
        let helpers: &'static Helpers = Box::leak(Box::new(Helpers {
            work,
            own: Mutex::new(Marker::new(work)),
            count,
            round: Mutex::new((0, 0, 0)),
            begun: Condvar::new(),
            ended: AtomicUsize::new(0),
        }));
        for _ in 0..count {
            let started =
                std::thread::Builder::new().name("goxide-marker".to_string()).spawn(move || help(helpers));
            if started.is_err() {
                goxide::__private::fatal("runtime: cannot start a thread for the collector");
            }
        }
        helpers
    })
}

/// A helper's life. It is no thread that could be stopped.
fn help(helpers: &'static Helpers) {
    goxide::__private::adopt_thread();
    let mut marker = Marker::new(helpers.work);
    let mut seen = 0;
    loop {
        let (epoch, blocks) = {
            let mut round = helpers.round.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            while round.0 == seen {
                round = helpers.begun.wait(round).unwrap_or_else(|poisoned| poisoned.into_inner());
            }
            seen = round.0;
            (round.1, round.2)
        };
        marker.begin(epoch, blocks);
        marker.run();
        helpers.ended.fetch_add(1, Ordering::SeqCst);
    }
}

/// A collection, if it is still due when the lock of the heap is had. The collector's own frames, below `sp`, are not scanned.
fn collect(sp: usize, is_due: &dyn Fn() -> bool, forced: bool) {
    let helpers = helpers();
    let mut marker = helpers.own.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if !is_due() {
        return;
    }
    let mut central = central();
    let mut finalizers = finalizer::table();
    let begun = Instant::now();
    let mut counts = None;
    world::stopped(sp, |world| {
        let allocated = allocated();
        let epoch = next_epoch(&central);
        helpers.work.bytes.store(0, Ordering::Relaxed);
        helpers.work.objects.store(0, Ordering::Relaxed);
        marker.begin(epoch, central.bump);
        roots::visit(|low, high| marker.root(low, high, false));
        world.visit(|low, high| marker.root(low, high, true));
        finalizers.visit_roots(&mut marker);
        if helpers.count > 0 && marker.is_long(ALONE) {
            helpers.work.begin(helpers.count + 1);
            let mut round = helpers.round.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            helpers.ended.store(0, Ordering::SeqCst);
            *round = (round.0 + 1, epoch, central.bump);
            drop(round);
            helpers.begun.notify_all();
            marker.run();
            while helpers.ended.load(Ordering::SeqCst) < helpers.count {
                std::hint::spin_loop();
            }
        } else {
            marker.run_alone();
        }
        finalizers.find_unreachable(&mut marker);
        if is_stressed() {
            poison(&central, epoch);
        }
        central.sweep(epoch);
        let live = (helpers.work.bytes.load(Ordering::Relaxed), helpers.work.objects.load(Ordering::Relaxed));
        counts = Some((allocated, live));
    });
    let Some((allocated, live)) = counts else { return };
    record(begun.elapsed(), allocated, live, forced);
    SINCE.store(0, Ordering::Relaxed);
    pace();
    // Between collections the heap needs as much again as its budget; what is beyond that goes back bit by bit.
    let wanted = (BUDGET.load(Ordering::Relaxed).max(0) as usize >> SHIFT) * 5 / 4;
    let keep = wanted.max(central.dirty.saturating_sub(RELEASE));
    central.release(keep);
    drop((central, marker));
    let ready = finalizers.is_ready();
    drop(finalizers);
    if ready {
        finalizer::run();
    }
}

/// Bytes and objects that threads have allocated since the start. Exact only while the world is stopped.
fn allocated() -> (usize, usize) {
    let [reserve, uncounted] = cache::reserves();
    (
        BYTES.load(Ordering::Relaxed) + uncounted.0 - reserve.0,
        OBJECTS.load(Ordering::Relaxed) + uncounted.1 - reserve.1,
    )
}

/// The epoch of a new collection. When the bytes run out, all marks are wiped.
fn next_epoch(central: &Central) -> u8 {
    let epoch = EPOCH.load(Ordering::Relaxed);
    let next = if epoch == u8::MAX { 1 } else { epoch + 1 };
    if next == 1 {
        let space = Space::get();
        for at in 0..central.bump {
            // SAFETY: the world is stopped and the lock held: mark bytes and records are ours.
            unsafe {
                ptr::write_bytes(space.marks(at), 0, 1 << super::space::MARK_SHIFT);
                *(*space.block(at)).live.get_mut() = 0;
            }
        }
    }
    EPOCH.store(next, Ordering::SeqCst);
    next
}

/// Fills objects that are not live, so that who still uses them notices.
fn poison(central: &Central, epoch: u8) {
    let space = Space::get();
    for at in 0..central.bump {
        // SAFETY: the world is stopped and the lock held; what is not marked and in nobody's reserve is nobody's.
        unsafe {
            let block = &*space.block(at);
            match block.usage {
                Use::Small => {
                    let size = block.size as usize;
                    for slot in 0..usize::from(block.count) {
                        let object = space.address(at).add(slot * size);
                        // What was never handed out must stay zero.
                        if *space.marks(at).add(slot) != epoch && !block.owned && !block.fresh {
                            ptr::write_bytes(object, 0xdb, size);
                        }
                    }
                }
                Use::Large if *space.marks(at) != epoch => {
                    ptr::write_bytes(space.address(at), 0xdb, block.large);
                }
                _ => {}
            }
        }
    }
}

fn record(pause: Duration, allocated: (usize, usize), live: (usize, usize), forced: bool) {
    let mut history = history();
    history.live = live;
    history.allocated = allocated;
    history.last = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    history.paused += pause;
    let at = history.collections as usize % history.pauses.len();
    history.pauses[at] = (pause, history.last);
    history.collections += 1;
    history.forced += u32::from(forced);
}

/// `runtime.GC`
pub(crate) fn force() {
    world::entered(force_from, 0, 0);
}

extern "C" fn force_from(sp: usize, _: usize, _: usize) -> usize {
    collect(sp, &|| true, true);
    0
}

/// `debug.FreeOSMemory`
pub(crate) fn free_memory() {
    force();
    central().release(0);
}

/// The numbers of a moment.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// Bytes and objects allocated since the start.
    pub allocated: (usize, usize),
    /// Bytes and objects in use: live at the last collection or allocated since.
    pub live: (usize, usize),
    /// Bytes of the heap that were ever used, those in blocks in use, and those given back.
    pub heap: usize,
    pub in_use: usize,
    pub released: usize,
    pub history: History,
}

/// What each parked goroutine waits for and its return addresses. Of very many, some are left out.
pub(crate) fn parked() -> Vec<(&'static str, Vec<usize>)> {
    const ROOM: usize = 1 << 16;
    let mut stacks: Vec<(&'static str, usize)> = Vec::with_capacity(ROOM);
    let mut addresses: Vec<usize> = Vec::with_capacity(8 * ROOM);
    let central = central();
    world::spilled(|sp| {
        world::stopped(sp, |world| {
            world.parked(|reason, found| {
                // nothing is allocated now
                if stacks.len() < ROOM && addresses.len() + found.len() <= addresses.capacity() {
                    stacks.push((reason, found.len()));
                    addresses.extend_from_slice(found);
                }
            });
        })
    });
    drop(central);
    let mut rest = &addresses[..];
    let list = stacks.into_iter().map(|(reason, count)| {
        let (own, others) = rest.split_at(count);
        rest = others;
        (reason, own.to_vec())
    });
    list.collect()
}

/// `runtime.ReadMemStats`
pub(crate) fn numbers() -> Numbers {
    let central = central();
    let allocated = world::spilled(|sp| world::stopped(sp, |_| allocated())).unwrap_or_else(allocated);
    let history = history().clone();
    let since = |now: usize, then: usize, live: usize| now.saturating_sub(then) + live;
    Numbers {
        allocated,
        live: (
            since(allocated.0, history.allocated.0, history.live.0),
            since(allocated.1, history.allocated.1, history.live.1),
        ),
        heap: central.bump * BLOCK,
        in_use: central.used * BLOCK,
        released: (central.bump - central.used - central.dirty) * BLOCK,
        history,
    }
}
