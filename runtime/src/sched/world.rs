//! Stopping the world: all threads that may hold what a garbage collector looks for stand still, and it sees their stacks.
//!
//! Every thread that runs goroutines, or jobs of the blocking pool, or uses the collector's heap, has an entry here. To stop
//! them each is sent a signal; its handler says where it was interrupted and waits. Code needs no polls for that: tight
//! loops, long library calls and blocked system calls are stopped as they are, and what they had in registers lies in the frame
//! that the kernel wrote.
//!
//! What must hold:
//! 1. The registry's lock is held from stop to start, so threads neither come nor go in between. Nobody is stopped while holding
//!    it: who stops the world takes it first.
//! 2. While the world is stopped, only code runs that takes no lock a stopped thread may hold: no malloc, no printing.
//! 3. Whoever is about to change what the collector relies on says so by [`busy`]; the handler then lets it finish, and it stops
//!    itself.
//! 4. A goroutine's stack is scanned from the interrupted stack pointer when a stopped thread runs on it, else from where it
//!    parked (`parked` of its record), else not at all: nothing runs or waits there.
//!
//! Rejected: polls at allocations, calls and back edges. They cost a branch in every loop of translated code, make it ugly,
//! and one forgotten loop in a library stalls everybody.

use std::ptr;

use super::trace;
use crate::shim::{AtomicBool, AtomicI32, AtomicPtr, AtomicU32, AtomicUsize, Ordering, compiler_fence};
use crate::sys::entry::Place;
pub use crate::sys::entry::entered;
use crate::sys::lock::RawLock;
use crate::sys::signal;
pub use crate::sys::signal::spilled;
#[cfg(not(miri))]
use crate::sys::thread;
use crate::sys::words;
use crate::task;

/// Below the stack pointer, code may keep what it likes (the System V ABI's red zone).
const RED_ZONE: usize = 128;

/// What the registry knows of a thread.
struct Thread {
    next: AtomicPtr<Thread>,
    /// A thread has this entry.
    used: AtomicBool,
    id: AtomicI32,
    /// Its own stack.
    low: AtomicUsize,
    high: AtomicUsize,
    busy: AtomicBool,
    /// It was asked to stop while busy.
    pending: AtomicBool,
    /// The stop it has obeyed last.
    stopped: AtomicU32,
    sp: AtomicUsize,
    /// Where it was interrupted.
    at: (AtomicUsize, AtomicUsize, AtomicUsize),
    /// The part of the alternate signal stack that the handler and the kernel's frame use.
    frame: (AtomicUsize, AtomicUsize),
}

static REGISTRY: RawLock = RawLock::new();
/// Entries are never freed.
static THREADS: AtomicPtr<Thread> = AtomicPtr::new(ptr::null_mut());
/// Odd while the world is stopped, another number each time.
static WORLD: AtomicU32 = AtomicU32::new(0);
/// Counts handlers that have arrived, for the sleep of who waits for them.
static ARRIVED: AtomicU32 = AtomicU32::new(0);

thread_local! {
    static LEAVING: Leaving = const { Leaving };
}

/// Takes the thread out of the registry when it ends.
struct Leaving;

impl Drop for Leaving {
    fn drop(&mut self) {
        let me = own();
        REGISTRY.lock();
        words::ENTRY.set(ptr::null());
        if let Some(me) = me {
            me.used.store(false, Ordering::Relaxed);
        }
        REGISTRY.unlock();
    }
}

/// The calling thread's entry, if it has one.
#[inline(always)]
fn own() -> Option<&'static Thread> {
    // SAFETY: null or an entry, which is never freed.
    unsafe { words::ENTRY.get().cast::<Thread>().as_ref() }
}

fn is_own(thread: &Thread) -> bool {
    ptr::eq(ptr::from_ref(thread).cast(), words::ENTRY.get())
}

fn threads() -> impl Iterator<Item = &'static Thread> {
    let mut next = THREADS.load(Ordering::Acquire);
    std::iter::from_fn(move || {
        // SAFETY: null or an entry, which is never freed.
        let thread = unsafe { next.as_ref() }?;
        next = thread.next.load(Ordering::Acquire);
        Some(thread)
    })
}

/// Registers the calling thread, if it is not yet.
#[inline]
pub fn enter() {
    if words::ENTRY.get().is_null() {
        enter_slow();
    }
}

#[cold]
fn enter_slow() {
    if !signal::AVAILABLE {
        return;
    }
    REGISTRY.lock();
    let entry = threads().find(|thread| !thread.used.load(Ordering::Relaxed)).unwrap_or_else(|| {
        let entry: &'static Thread = Box::leak(Box::new(Thread {
            next: AtomicPtr::new(THREADS.load(Ordering::Relaxed)),
            used: AtomicBool::new(false),
            id: AtomicI32::new(0),
            low: AtomicUsize::new(0),
            high: AtomicUsize::new(0),
            busy: AtomicBool::new(false),
            pending: AtomicBool::new(false),
            stopped: AtomicU32::new(0),
            sp: AtomicUsize::new(0),
            at: (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0)),
            frame: (AtomicUsize::new(0), AtomicUsize::new(0)),
        }));
        THREADS.store(ptr::from_ref(entry).cast_mut(), Ordering::Release);
        entry
    });
    #[cfg(not(miri))]
    {
        signal::keep_alternate_stack();
        let (low, high) = signal::own_stack();
        entry.id.store(signal::thread(), Ordering::Relaxed);
        entry.low.store(low, Ordering::Relaxed);
        entry.high.store(high, Ordering::Relaxed);
    }
    entry.busy.store(false, Ordering::Relaxed);
    entry.pending.store(false, Ordering::Relaxed);
    words::ENTRY.set(ptr::from_ref(entry).cast());
    entry.used.store(true, Ordering::Relaxed);
    REGISTRY.unlock();
    // A thread that is ending registers without a guard; its entry goes when a signal finds nobody.
    let _ = LEAVING.try_with(|_| ());
}

/// Runs `f` without being stopped: it is short, and neither waits nor allocates.
#[inline]
pub fn busy<R>(f: impl FnOnce() -> R) -> R {
    enter();
    let Some(me) = own() else { return f() };
    me.busy.store(true, Ordering::Relaxed);
    compiler_fence(Ordering::SeqCst);
    let result = f();
    compiler_fence(Ordering::SeqCst);
    me.busy.store(false, Ordering::Relaxed);
    compiler_fence(Ordering::SeqCst);
    if me.pending.load(Ordering::Relaxed) {
        stop_now(me);
    }
    result
}

#[cold]
fn stop_now(me: &Thread) {
    me.pending.store(false, Ordering::Relaxed);
    #[cfg(not(miri))]
    signal::send(me.id.load(Ordering::Relaxed));
}

#[cfg(not(miri))]
extern "C" fn on_stop(_: libc::c_int, _: *mut libc::siginfo_t, context: *mut libc::c_void) {
    let Some(me) = own() else { return };
    let stop = WORLD.load(Ordering::Acquire);
    if stop.is_multiple_of(2) {
        return;
    }
    if me.busy.load(Ordering::Relaxed) {
        me.pending.store(true, Ordering::Relaxed);
        return;
    }
    signal::keeping_errno(|| {
        let here = 0usize;
        let here = &raw const here as usize;
        // SAFETY: the kernel passed it, and this is its handler.
        let at = unsafe { signal::interrupted(context) };
        let (low, high) = at.alternate;
        let alternate = here >= low && here < high;
        let below = at.place.sp - RED_ZONE;
        let high = at.unused.filter(|unused| (here..high).contains(unused)).unwrap_or(high);
        let (sp, frame) = if alternate { (below, (here, high)) } else { (here.min(below), (0, 0)) };
        me.at.0.store(at.place.pc, Ordering::Relaxed);
        me.at.1.store(at.place.sp, Ordering::Relaxed);
        me.at.2.store(at.place.frame, Ordering::Relaxed);
        me.sp.store(sp, Ordering::Relaxed);
        me.frame.0.store(frame.0, Ordering::Relaxed);
        me.frame.1.store(frame.1, Ordering::Relaxed);
        me.stopped.store(stop, Ordering::Release);
        ARRIVED.fetch_add(1, Ordering::Release);
        signal::wake(&ARRIVED);
        while WORLD.load(Ordering::Acquire) == stop {
            signal::wait(&WORLD, stop, None);
        }
    });
}

/// The stopped world. It starts again when this is dropped.
#[derive(Debug)]
pub struct Stopped {
    /// Where the stack of the thread that stopped it begins.
    sp: usize,
}

/// Stops all other threads, calls `f`, and lets them go on. None where threads cannot be stopped.
///
/// The calling thread's stack is seen from `sp` on, which [`spilled`] or [`entered`] gave. The caller holds whatever lock keeps two threads from
/// stopping the world at once, and no lock that `f` needs.
pub fn stopped<R>(sp: usize, f: impl FnOnce(&Stopped) -> R) -> Option<R> {
    if !signal::AVAILABLE {
        return None;
    }
    enter();
    let since = trace::calls();
    stop();
    let world = Stopped { sp };
    let result = f(&world);
    drop(world);
    trace::world(since);
    Some(result)
}

#[cfg(miri)]
fn stop() {}

#[cfg(not(miri))]
fn stop() {
    REGISTRY.lock();
    let stop = WORLD.load(Ordering::Relaxed).wrapping_add(1);
    if stop == 1 {
        signal::install(on_stop);
    }
    WORLD.store(stop, Ordering::SeqCst);
    let others = || threads().filter(|thread| !is_own(thread) && thread.used.load(Ordering::Relaxed));
    for thread in others() {
        if !signal::send(thread.id.load(Ordering::Relaxed)) {
            thread.used.store(false, Ordering::Relaxed);
        }
    }
    let mut rounds = 0;
    loop {
        let arrived = ARRIVED.load(Ordering::Acquire);
        if others().all(|thread| thread.stopped.load(Ordering::Acquire) == stop) {
            return;
        }
        rounds += 1;
        if rounds < 1000 {
            std::hint::spin_loop();
        } else {
            signal::wait(&ARRIVED, arrived, None);
        }
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        WORLD.fetch_add(1, Ordering::SeqCst);
        #[cfg(not(miri))]
        signal::wake(&WORLD);
        REGISTRY.unlock();
    }
}

/// Threads that run on goroutine stacks at once, at most.
const MOST_RUNNING: usize = 1024;

impl Stopped {
    /// Calls `range` with every piece of memory, `low` to `high`, in which a thread or a goroutine may keep something: stacks,
    /// registers, goroutines that have not started.
    pub fn visit(&self, mut range: impl FnMut(usize, usize)) {
        let mut running = [0usize; MOST_RUNNING];
        let mut count = 0;
        for thread in threads().filter(|thread| thread.used.load(Ordering::Relaxed)) {
            let sp = if is_own(thread) { self.sp } else { thread.sp.load(Ordering::Relaxed) };
            let (low, high) = (thread.low.load(Ordering::Relaxed), thread.high.load(Ordering::Relaxed));
            if (low..high).contains(&sp) {
                range(sp, high);
            } else if count < MOST_RUNNING {
                running[count] = sp;
                count += 1;
            }
            if !is_own(thread) {
                range(thread.frame.0.load(Ordering::Relaxed), thread.frame.1.load(Ordering::Relaxed));
            }
        }
        let running = &running[..count];
        task::visit_records(|record| record.visit(running, &mut range));
    }

    /// Whether all threads of the process stand still, but for `others` and the one that `main` was called on, which waits for its goroutine.
    #[cfg(not(miri))]
    pub(crate) fn has_all(&self, others: usize) -> bool {
        let main = signal::process();
        let (mut known, mut is_main_known) = (others, false);
        for thread in threads().filter(|thread| thread.used.load(Ordering::Relaxed)) {
            known += 1;
            is_main_known |= thread.id.load(Ordering::Relaxed) == main;
        }
        known += usize::from(!is_main_known);
        thread::count().is_some_and(|all| all <= known)
    }

    /// Where the code stands that another thread runs on the stack from `low` to `high`, and the kernel's number of that thread.
    pub(crate) fn running(&self, low: usize, high: usize) -> Option<(Place, i32)> {
        threads().filter(|thread| thread.used.load(Ordering::Relaxed)).find_map(|thread| {
            let place = Place {
                pc: thread.at.0.load(Ordering::Relaxed),
                sp: thread.at.1.load(Ordering::Relaxed),
                frame: thread.at.2.load(Ordering::Relaxed),
            };
            let found = !is_own(thread) && (low..high).contains(&place.sp);
            found.then(|| (place, thread.id.load(Ordering::Relaxed)))
        })
    }

    /// Calls `f` with what each parked goroutine waits for and its return addresses, innermost first. Those that run are left out.
    pub fn parked(&self, mut f: impl FnMut(&'static str, &[usize])) {
        const DEPTH: usize = 100;
        let mut addresses = [0; DEPTH];
        task::visit_records(|record| {
            let count = task::walk::parked(record, &mut addresses);
            if count > 0 {
                f(record.reason().text(), &addresses[..count]);
            }
        });
    }
}
