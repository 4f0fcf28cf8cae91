//! The record of a goroutine, or of an OS thread that uses channels.
//!
//! Records live for ever: they come from a [`pool`], go back to it, and are never freed, so a ticket to one can be used at
//! any time by anybody. They are two cache lines, because of a million there are a million. Who touches which field:
//! 1. `status`: anybody, by the rules of [`state`].
//! 2. `link`: whoever queues the record. A record is in one queue at most: it is queued by the one notification that
//!    succeeded, by its own worker, or by the spawner before anybody else knows it.
//! 3. `home`: written by the worker that runs the goroutine first, before it runs; read by notifiers that won a park,
//!    which the park's own words order after it.
//! 4. `job`, `coroutine`, `stack_bytes`: the spawner before the record is queued, then only the worker that has it.
//! 5. The extension words, which lie elsewhere: only code of the goroutine itself.
//! 6. `extra` of an OS thread's record is its parker, from the thread's first use of it to its end.
//! 7. `reason`: written by its own goroutine, read by reports.
//! 8. `stack`, `parked`: written by the goroutine itself; read while the world is stopped, at any instant of those writes.
//! 9. `extra` of a goroutine's record is its stack, if that is put away: written while the world is stopped and the goroutine is parked, and taken back by its worker before it runs. While it is there, the
//!    coroutine is in it. `seen` is the monitor's; `lent` is written by the goroutine itself and counts while it is parked.

#[cfg(feature = "tracing")]
pub(crate) mod around;
#[cfg(feature = "futures")]
pub(crate) mod future;
pub(crate) mod job;
pub(crate) mod panic;
pub(crate) mod pool;
pub(crate) mod state;
pub(crate) mod walk;

use std::cell::{Cell, UnsafeCell};
use std::mem::MaybeUninit;
use std::panic::Location;

use self::job::Job;
use self::state::Status;
#[cfg(not(miri))]
use crate::coroutine::cold::Cold;
use crate::coroutine::{self, Coroutine, Stop};
use crate::shim::{
    AtomicBool, AtomicPtr, AtomicU8, AtomicU16, AtomicU32, AtomicU64, AtomicUsize, Mutex, Ordering,
    compiler_fence, lock,
};
use crate::stack::{Bounds, Packed};
use crate::sys::entry::Place;
use crate::sys::lock::RawLock;
use crate::sys::memory::prefetch;
use crate::sys::thread::Parker;

pub(crate) use self::pool::{give_records, take_records, visit_records};

/// What a goroutine waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[non_exhaustive]
pub enum WaitReason {
    /// Not waiting, or no reason was given.
    None,
    /// A receive.
    ChanReceive,
    /// A receive from a nil channel.
    ChanReceiveNil,
    /// A send.
    ChanSend,
    /// A send to a nil channel.
    ChanSendNil,
    /// A select.
    Select,
    /// A select without cases.
    SelectNoCases,
    /// A pause.
    Sleep,
    /// A mutex.
    MutexLock,
    /// The write side of a reader-writer mutex.
    RwMutexLock,
    /// The read side of a reader-writer mutex.
    RwMutexRLock,
    /// A wait group.
    WaitGroupWait,
    /// A condition variable.
    CondWait,
    /// A once that another goroutine is running.
    OnceDo,
    /// A semaphore.
    Semacquire,
    /// A call on the blocking pool.
    Blocking,
    /// A future.
    Await,
    /// The main goroutine has ended itself with Goexit and waits for the others.
    Goexit,
    /// A descriptor: a connection, a listener.
    Network,
    /// The goroutines of a scope.
    Scope,
}

impl WaitReason {
    pub(crate) const ALL: [WaitReason; 20] = [
        WaitReason::None,
        WaitReason::ChanReceive,
        WaitReason::ChanReceiveNil,
        WaitReason::ChanSend,
        WaitReason::ChanSendNil,
        WaitReason::Select,
        WaitReason::SelectNoCases,
        WaitReason::Sleep,
        WaitReason::MutexLock,
        WaitReason::RwMutexLock,
        WaitReason::RwMutexRLock,
        WaitReason::WaitGroupWait,
        WaitReason::CondWait,
        WaitReason::OnceDo,
        WaitReason::Semacquire,
        WaitReason::Blocking,
        WaitReason::Await,
        WaitReason::Goexit,
        WaitReason::Network,
        WaitReason::Scope,
    ];

    /// The words of a report.
    pub(crate) fn text(self) -> &'static str {
        match self {
            WaitReason::None => "running",
            WaitReason::ChanReceive => "chan receive",
            WaitReason::ChanReceiveNil => "chan receive (nil chan)",
            WaitReason::ChanSend => "chan send",
            WaitReason::ChanSendNil => "chan send (nil chan)",
            WaitReason::Select => "select",
            WaitReason::SelectNoCases => "select (no cases)",
            WaitReason::Sleep => "sleep",
            WaitReason::MutexLock => "sync.Mutex.Lock",
            WaitReason::RwMutexLock => "sync.RWMutex.Lock",
            WaitReason::RwMutexRLock => "sync.RWMutex.RLock",
            WaitReason::WaitGroupWait => "sync.WaitGroup.Wait",
            WaitReason::CondWait => "sync.Cond.Wait",
            WaitReason::OnceDo => "sync.Once.Do",
            WaitReason::Semacquire => "semacquire",
            WaitReason::Blocking => "blocking call",
            WaitReason::Await => "await",
            WaitReason::Goexit => "goexit",
            WaitReason::Network => "IO wait",
            WaitReason::Scope => "scope",
        }
    }

    pub(crate) fn from_byte(byte: u8) -> WaitReason {
        WaitReason::ALL.get(usize::from(byte)).copied().unwrap_or(WaitReason::None)
    }
}

/// A few words that belong to the running goroutine, for the layer of translated Go. Zero when it starts.
pub type RecordExt = [Cell<usize>; 8];

/// [`Record::home`] of an OS thread.
pub(crate) const THREAD: usize = usize::MAX;

/// [`Record::home`] of what waits for a future.
#[cfg(feature = "futures")]
pub(crate) const FUTURE: usize = u16::MAX as usize - 1;

/// See the module. What parking and waking touch comes first, in one cache line.
#[repr(C, align(64))]
pub(crate) struct Record {
    pub(crate) status: Status,
    pub(crate) link: AtomicPtr<Record>,
    /// Where it is parked, on its own stack; else null.
    parked: AtomicPtr<Parked>,
    pub(crate) coroutine: UnsafeCell<Option<Coroutine>>,
    /// The stack it runs on, [`Packed`]; zero before it starts.
    stack: AtomicU64,
    /// Its stack, if that is put away; of an OS thread the parker, and one more than its address.
    extra: AtomicPtr<u8>,
    /// One more than the worker's number; 0 for [`THREAD`].
    home: AtomicU16,
    /// The park that it was found in when somebody looked last, as far as it fits.
    seen: AtomicU16,
    /// How often its stack is lent to others.
    lent: AtomicU8,
    /// [`STAYS`] and [`SERVES`].
    habits: AtomicU8,
    reason: AtomicU8,
    /// What makes leaving its stack unusual: [`MUST_STAY`] and the others.
    unusual: AtomicU8,
    pub(crate) job: UnsafeCell<Job>,
    pub(crate) stack_bytes: Cell<usize>,
}

const _: () = assert!(size_of::<Record>() == 128);

/// A goroutine that has left its stack.
struct Parked {
    /// From where on it keeps something there, registers included.
    low: usize,
    /// Where its code stands.
    place: Place,
    /// Null unless several locks lead others to its frames.
    queues: *const Queues,
}

/// What leads others to the frames of one who waits in several queues at once. It lies in its frame.
pub(crate) struct Queues {
    /// What the claim is until one of the others takes it, and where it is.
    open: usize,
    claim: *const AtomicUsize,
    /// Where the locks are named, in the order in which they are taken, how many, and bytes from one to the next.
    first: *const *const RawLock,
    count: usize,
    stride: usize,
}

impl Queues {
    /// # Safety
    /// All that is named stays where it is, and is not changed but for locks and claim, while the goroutine waits.
    pub(crate) unsafe fn new(
        (open, claim): (usize, *const AtomicUsize),
        first: *const *const RawLock,
        count: usize,
        stride: usize,
    ) -> Queues {
        Queues { open, claim, first, count, stride }
    }
}

// SAFETY: the cells are touched by one party at a time, by the rules at the top of the module.
unsafe impl Sync for Record {}

/// A reference to a record; records are never freed.
pub(crate) type RecordRef = &'static Record;

impl Record {
    /// One that nobody has, whose parks have higher numbers than the one given.
    fn new(number: u64) -> Record {
        Record {
            status: Status::with_number(number),
            link: AtomicPtr::new(std::ptr::null_mut()),
            parked: AtomicPtr::new(std::ptr::null_mut()),
            coroutine: UnsafeCell::new(None),
            stack: AtomicU64::new(0),
            extra: AtomicPtr::new(std::ptr::null_mut()),
            home: AtomicU16::new(0),
            seen: AtomicU16::new(0),
            lent: AtomicU8::new(0),
            habits: AtomicU8::new(0),
            reason: AtomicU8::new(0),
            unusual: AtomicU8::new(0),
            job: UnsafeCell::new(Job::empty()),
            stack_bytes: Cell::new(0),
        }
    }

    /// The next one in the queue that this one is in.
    #[inline]
    pub(crate) fn linked(&self) -> Option<RecordRef> {
        // SAFETY: null or a record, which is never freed.
        unsafe { self.link.load(Ordering::Relaxed).as_ref() }
    }

    /// Says which stack the goroutine runs on from now; zeros when it has ended.
    #[inline]
    pub(crate) fn set_stack(&self, low: usize, high: usize) {
        self.stack.store(Packed::of(Bounds { low, high }).0, Ordering::Relaxed);
        compiler_fence(Ordering::SeqCst);
    }

    /// Suspends the goroutine, whose record this is and which asks, until its worker resumes it.
    #[inline(always)]
    pub(crate) fn switch_away(&self, stop: Stop, queues: *const Queues) {
        let unusual = self.unusual.load(Ordering::Relaxed);
        if unusual != 0 {
            self.leave_unusually(stop, unusual);
        }
        // Unwinds are counted by thread.
        let stays = moves() && std::thread::panicking();
        if stays {
            self.set_habit(STAYS, true);
        }
        let mut parked = MaybeUninit::<Parked>::uninit();
        coroutine::park(stop, |low, place| {
            let parked = parked.write(Parked { low, place, queues });
            compiler_fence(Ordering::SeqCst);
            self.parked.store(parked, Ordering::Relaxed);
            compiler_fence(Ordering::SeqCst);
        });
        compiler_fence(Ordering::SeqCst);
        self.parked.store(std::ptr::null_mut(), Ordering::Relaxed);
        if stays {
            self.set_habit(STAYS, false);
        }
        #[cfg(feature = "tracing")]
        if unusual != 0 {
            around::take_up(self);
        }
    }

    /// Only the goroutine itself, or who has it while it does not run.
    fn set_habit(&self, bit: u8, on: bool) {
        set_bit(&self.habits, bit, on);
    }

    /// Whether it is counted as one that waits for descriptors.
    #[inline(always)]
    pub(crate) fn serves(&self) -> bool {
        self.habits.load(Ordering::Relaxed) & SERVES != 0
    }

    pub(crate) fn set_serves(&self, on: bool) {
        self.set_habit(SERVES, on);
    }

    /// Forbids the goroutine, whose record this is and which asks, to leave its stack, or with `None` allows it; what held before.
    pub(crate) fn forbid(
        &self,
        since: Option<&'static Location<'static>>,
    ) -> Option<&'static Location<'static>> {
        self.set_unusual(MUST_STAY, since.is_some());
        FORBIDDEN.replace(since)
    }

    /// Only the goroutine itself asks and sets.
    fn set_unusual(&self, bit: u8, on: bool) {
        set_bit(&self.unusual, bit, on);
    }

    #[inline(always)]
    pub(crate) fn must_stay(&self) -> bool {
        self.unusual.load(Ordering::Relaxed) & !LAYERED != 0
    }

    #[cold]
    #[inline(never)]
    fn leave_unusually(&self, stop: Stop, unusual: u8) {
        if unusual & !LAYERED != 0 {
            self.refuse(stop);
        }
        #[cfg(feature = "tracing")]
        around::leave(self);
    }

    /// Ends the program. A panic would leave others with a ticket to a wait that is over.
    #[cold]
    #[inline(never)]
    fn refuse(&self, stop: Stop) -> ! {
        let reason = WaitReason::from_byte(self.reason.load(Ordering::Relaxed));
        let what = match stop {
            Stop::Yielded => "gives way",
            _ => reason.text(),
        };
        let since = self.forbid(None).map_or_else(String::new, |since| format!(" called at {since}"));
        let inside = match self.unusual.swap(0, Ordering::Relaxed) & IN_LAYER {
            0 => format!("the closure of goxide::no_park{since}"),
            _ => "a subscriber of tracing that is told of a span left or entered".to_string(),
        };
        panic::fatal(&format!("a goroutine must not wait here [{what}]: it is inside {inside}"));
    }

    /// Brings closer what it touches first when it runs again: asked by its worker, which has woken it.
    #[inline(always)]
    pub(crate) fn prefetch(&self) {
        // SAFETY: rule 4 of the record: the worker that has it asks.
        if let Some(coroutine) = unsafe { &*self.coroutine.get() } {
            coroutine.prefetch();
        }
        let parked = self.parked.load(Ordering::Relaxed).addr();
        for line in 0..4 {
            prefetch(parked.wrapping_add(64 * line).wrapping_sub(64));
        }
    }

    /// Whether it has left its stack to come back, or is about to or was a moment ago.
    pub(crate) fn is_parked(&self) -> bool {
        !self.parked.load(Ordering::Relaxed).is_null()
    }

    /// Where in its stack the note lies of where it is parked; zero if it is not.
    #[cfg(not(miri))]
    pub(crate) fn parked_at(&self) -> usize {
        self.parked.load(Ordering::Relaxed).addr()
    }

    /// Where it is parked, if it is. Only while the world is stopped or it cannot be woken.
    fn parked(&self) -> Option<&Parked> {
        let parked = self.parked.load(Ordering::Relaxed);
        #[cfg(not(miri))]
        let parked = match self.cold().map_or(0, |cold| cold.place().1) {
            0 => parked,
            moved => std::ptr::with_exposed_provenance_mut(parked.addr().wrapping_add(moved)),
        };
        // SAFETY: null, or in the frame of the goroutine that waits, which does not go before it runs again, or in the copy of that.
        unsafe { parked.as_ref() }
    }

    /// Calls `f` with each of several locks that lead others to its stack, in their order. Only while it is parked and the world is stopped, or by its worker.
    #[cfg(not(miri))]
    pub(crate) fn each_lock(&self, mut f: impl FnMut(&RawLock)) {
        self.with_queues(|queues, first| {
            for at in 0..queues.count {
                // SAFETY: the promise of `Queues::new`.
                f(unsafe { &**first.byte_add(at * queues.stride) });
            }
        });
    }

    /// Whether nobody can be about to use what lies on its stack, if several locks lead others there. As for [`Record::each_lock`].
    #[cfg(not(miri))]
    pub(crate) fn is_left_alone(&self) -> bool {
        let mut free = true;
        self.each_lock(|lock| free &= !lock.is_locked());
        self.with_queues(|queues, _| {
            // SAFETY: the promise of `Queues::new`; the stack is not put away.
            free &= unsafe { (*queues.claim).load(Ordering::Acquire) } == queues.open;
        });
        free
    }

    /// Calls `f` with the queues that it waits in, if there are several, and where their locks are named.
    #[cfg(not(miri))]
    fn with_queues(&self, f: impl FnOnce(&Queues, *const *const RawLock)) {
        let (bounds, moved) = self.parked_stack();
        let there = |address: usize| match (bounds.low..bounds.high).contains(&address) {
            true => address.wrapping_add(moved),
            false => address,
        };
        let Some(parked) = self.parked().filter(|parked| !parked.queues.is_null()) else { return };
        // SAFETY: it lies in the frame of the goroutine that waits, or in the copy of that.
        let queues = unsafe {
            &*std::ptr::with_exposed_provenance::<Queues>(there(parked.queues.expose_provenance()))
        };
        f(queues, std::ptr::with_exposed_provenance(there(queues.first.expose_provenance())));
    }

    /// Where its code stands if it is parked. Only while the world is stopped or it cannot be woken.
    pub(crate) fn parked_place(&self) -> Option<Place> {
        self.parked().map(|parked| parked.place)
    }

    /// Whether it has run and not returned. On substrates that do not tell bounds, only while it is parked.
    pub(crate) fn has_started(&self) -> bool {
        self.stack().high != 0 || self.is_parked()
    }

    /// The stack it runs on, zeros before it starts and after it has ended.
    pub(crate) fn stack(&self) -> Bounds {
        Packed(self.stack.load(Ordering::Relaxed)).bounds()
    }

    /// The segment that it has gone on on ([`coroutine::grow()`]); zeros if there is none. Only while it stands still.
    pub(crate) fn segment(&self) -> Bounds {
        #[cfg(not(miri))]
        // SAFETY: rule 4: the worker that has it stands still, too.
        if let Some(coroutine) = unsafe { &*self.coroutine.get() } {
            return coroutine.segment();
        }
        Bounds::default()
    }

    /// Its stack, if that is put away.
    #[cfg(not(miri))]
    pub(crate) fn cold(&self) -> Option<&'static Cold> {
        let extra = self.extra.load(Ordering::Acquire);
        if extra.addr() & PARKER != 0 {
            return None;
        }
        // SAFETY: null or a copy, which is freed after it was taken back only, and after a stop of the world that nobody sees in the middle of this.
        unsafe { extra.cast::<Cold>().as_ref() }
    }

    #[cfg(not(miri))]
    pub(crate) fn set_cold(&self, cold: Option<&'static Cold>) {
        let extra = cold.map_or(std::ptr::null_mut(), |cold| std::ptr::from_ref(cold).cast_mut());
        self.extra.store(extra.cast(), Ordering::Release);
    }

    /// What the OS thread sleeps on whose record this is.
    pub(crate) fn parker(&self) -> &'static Parker {
        let extra = self.extra.load(Ordering::Acquire);
        debug_assert!(extra.addr() & PARKER != 0);
        // SAFETY: whoever asks knows that the record is a thread's that waits or is about to, so it is its parker; those are never freed.
        unsafe { &*extra.wrapping_sub(PARKER).cast::<Parker>() }
    }

    /// Whether it has been in that park, a word of its status, since the last call; mistakes are possible, but rare.
    #[cfg(not(miri))]
    pub(crate) fn was_seen_in(&self, park: u64) -> bool {
        let park = (park >> 2) as u16;
        self.seen.swap(park, Ordering::Relaxed) == park
    }

    /// Where its stack lies as far as it is in use, from where it parked on, and how far above that it is to be read, wrapping: zero unless it is
    /// put away. Zero bounds if it is not parked. Nobody can wake the goroutine.
    pub(crate) fn parked_stack(&self) -> (Bounds, usize) {
        #[cfg(not(miri))]
        if let Some(cold) = self.cold() {
            return cold.place();
        }
        let bounds = self.stack();
        match self.parked() {
            None => (Bounds::default(), 0),
            Some(parked) => (Bounds { low: parked.low.max(bounds.low), high: bounds.high }, 0),
        }
    }

    /// Whether others may use what lies on its stack, in ways that only it knows of.
    pub(crate) fn is_lent(&self) -> bool {
        self.lent.load(Ordering::Relaxed) != 0
    }

    /// Calls `range` with the memory in which the goroutine keeps something. The world is stopped; `running` are the stack
    /// pointers of threads that run on goroutine stacks.
    pub(crate) fn visit(&self, running: &[usize], range: &mut impl FnMut(usize, usize)) {
        let words = |words: *const u8, bytes: usize, range: &mut dyn FnMut(usize, usize)| {
            range(words as usize, words as usize + bytes);
        };
        if let Some(ext) = pool::used_ext(self) {
            words(ext.as_ptr().cast(), size_of::<RecordExt>(), range);
        }
        // SAFETY: whoever owns the job now is stopped.
        if let Some(captures) = unsafe { &*self.job.get() }.words() {
            words(captures.as_ptr().cast(), size_of_val(captures), range);
        }
        let Bounds { low, high } = self.stack();
        if low == 0 || high == 0 {
            return;
        }
        match running.iter().copied().find(|sp| (low..high).contains(sp)) {
            Some(sp) => range(sp, high),
            None => {
                let (bounds, moved) = self.parked_stack();
                range(bounds.low.wrapping_add(moved), bounds.high.wrapping_add(moved));
            }
        }
    }

    /// Whether another worker may run it when it is queued.
    #[inline(always)]
    pub(crate) fn is_movable(&self) -> bool {
        moves() && self.habits.load(Ordering::Relaxed) & STAYS == 0
    }

    /// The worker it is pinned to, or ran on last, or [`THREAD`].
    #[inline]
    pub(crate) fn home(&self) -> usize {
        usize::from(self.home.load(Ordering::Relaxed)).wrapping_sub(1)
    }

    #[inline]
    pub(crate) fn set_home(&self, home: usize) {
        // There are fewer workers than that.
        self.home.store(home.wrapping_add(1) as u16, Ordering::Relaxed);
    }

    #[inline]
    pub(crate) fn set_reason(&self, reason: WaitReason) {
        self.reason.store(reason as u8, Ordering::Relaxed);
    }

    pub(crate) fn reason(&self) -> WaitReason {
        WaitReason::from_byte(self.reason.load(Ordering::Relaxed))
    }

    /// The extension words. Only code of this goroutine may touch them.
    #[inline]
    pub(crate) fn ext(&self) -> &RecordExt {
        pool::ext(self)
    }
}

/// Set once, before any goroutine runs.
static MOVES: AtomicBool = AtomicBool::new(false);

/// Whether started goroutines may go on on other workers.
#[inline(always)]
pub(crate) fn moves() -> bool {
    MOVES.load(Ordering::Relaxed)
}

pub(crate) fn set_moves(moves: bool) {
    MOVES.store(moves, Ordering::Relaxed);
}

thread_local! {
    /// Where the goroutine that this thread runs was forbidden to leave its stack, if it was: until that ends, no other runs here.
    static FORBIDDEN: Cell<Option<&'static Location<'static>>> = const { Cell::new(None) };
}

/// Sets or clears a bit that only one party at a time writes.
fn set_bit(flags: &AtomicU8, bit: u8, on: bool) {
    let before = flags.load(Ordering::Relaxed);
    flags.store(if on { before | bit } else { before & !bit }, Ordering::Relaxed);
}

/// It stays with its worker for this once, wherever goroutines move.
const STAYS: u8 = 1;
/// See [`Record::serves`].
const SERVES: u8 = 2;

/// It must not leave its stack now; [`FORBIDDEN`] says since where.
const MUST_STAY: u8 = 1;
/// There is something to leave and to take up again around its waits.
const LAYERED: u8 = 2;
/// That is being done.
const IN_LAYER: u8 = 4;

/// Marks [`Record::extra`] as a parker's address.
const PARKER: usize = 1;

/// Makes a record ready for its next use.
pub(crate) fn recycle(record: RecordRef) {
    record.set_reason(WaitReason::None);
    record.set_home(THREAD);
    record.stack_bytes.set(0);
    for word in pool::used_ext(record).into_iter().flatten() {
        // Words of goroutines that need none stay untouched memory.
        if word.get() != 0 {
            word.set(0);
        }
    }
}

/// What a worker shows to the goroutines it runs; the word that `coroutine` carries points here.
///
/// Only the worker writes; the monitor reads.
pub(crate) struct Context {
    current: AtomicPtr<Record>,
    /// Counts what it ran, wrapping.
    pub(crate) tick: AtomicU32,
}

impl Context {
    pub(crate) const fn new() -> Context {
        Context { current: AtomicPtr::new(std::ptr::null_mut()), tick: AtomicU32::new(0) }
    }

    /// The goroutine that runs.
    #[inline]
    pub(crate) fn current(&self) -> Option<RecordRef> {
        // SAFETY: null or a record, which is never freed.
        unsafe { self.current.load(Ordering::Relaxed).as_ref() }
    }

    /// Says which one runs from now on.
    #[inline]
    pub(crate) fn set_current(&self, record: Option<RecordRef>) {
        let record = record.map_or(std::ptr::null(), std::ptr::from_ref);
        self.current.store(record.cast_mut(), Ordering::Relaxed);
    }
}

/// Says that others may use what lies on this goroutine's stack, until it is dropped.
pub(crate) struct Lent(Option<RecordRef>);

impl Lent {
    pub(crate) fn new() -> Lent {
        let record = on_goroutine().then(current);
        if let Some(record) = record {
            // So deep in scopes it stays lent.
            record.lent.store(record.lent.load(Ordering::Relaxed).saturating_add(1), Ordering::Relaxed);
        }
        Lent(record)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(record) = self.0 {
            let lent = record.lent.load(Ordering::Relaxed);
            record.lent.store(if lent == u8::MAX { lent } else { lent - 1 }, Ordering::Relaxed);
        }
    }
}

/// The context of the worker that runs this code, if one does.
#[inline]
pub(crate) fn context<'a>() -> Option<&'a Context> {
    // SAFETY: the word is null or points to the context of the worker whose code this is; workers live for ever.
    unsafe { coroutine::carried().cast::<Context>().as_ref() }
}

/// The record of the code that asks: the running goroutine's, or this OS thread's own.
#[inline]
pub(crate) fn current() -> RecordRef {
    match context() {
        Some(context) => match context.current() {
            Some(record) => record,
            None => unreachable!("the scheduler itself has no record and must not wait"),
        },
        None => thread_record(),
    }
}

/// Whether a goroutine runs this code, rather than a plain OS thread.
#[inline]
pub(crate) fn on_goroutine() -> bool {
    context().is_some_and(|context| context.current().is_some())
}

thread_local! {
    /// This OS thread's own record. It has no destructor, so it is there in those of other thread-locals as well: from a wait's first step to
    /// its last the record must be the same.
    static MINE: Cell<Option<RecordRef>> = const { Cell::new(None) };
    static GIVES_BACK: GivesBack = const { GivesBack };
}

/// Parkers that no thread has; they are never freed, as whoever woke a thread may touch its parker a moment later.
static PARKERS: Mutex<Vec<&'static Parker>> = Mutex::new(Vec::new());

/// Gives the thread's record back when the thread ends.
struct GivesBack;

impl Drop for GivesBack {
    fn drop(&mut self) {
        if let Some(record) = MINE.take() {
            lock(&PARKERS).push(record.parker());
            record.extra.store(std::ptr::null_mut(), Ordering::Release);
            recycle(record);
            give_records(std::iter::once(record));
        }
    }
}

#[cold]
fn thread_record() -> RecordRef {
    if let Some(record) = MINE.get() {
        return record;
    }
    let mut taken = Vec::with_capacity(1);
    take_records(&mut taken, 1);
    let parker = lock(&PARKERS).pop().unwrap_or_else(|| Box::leak(Box::new(Parker::new())));
    let extra = std::ptr::from_ref(parker).cast::<u8>().cast_mut().wrapping_add(PARKER);
    taken[0].extra.store(extra, Ordering::Release);
    MINE.set(Some(taken[0]));
    // Refused in destructors that run after ours: such a record stays taken.
    let _ = GIVES_BACK.try_with(|_| ());
    taken[0]
}
