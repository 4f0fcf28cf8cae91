//! The record of a goroutine, or of an OS thread that uses channels.
//!
//! Records live for ever: they come from a pool, go back to it, and are never freed, so a ticket to one can be used at
//! any time by anybody. Who touches which field:
//! 1. `status`: anybody, by the rules of [`state`].
//! 2. `link`: whoever queues the record. A record is in one queue at most: it is queued by the one notification that
//!    succeeded, by its own worker, or by the spawner before anybody else knows it.
//! 3. `home`: written by the worker that runs the goroutine first, before it runs; read by notifiers that won a park,
//!    which the park's own words order after it.
//! 4. `job`, `coroutine`, `stack_bytes`: the spawner before the record is queued, then only the worker that has it.
//! 5. `ext`: only code of the goroutine itself.
//! 6. `parker`: only used when the record is an OS thread's.
//! 7. `reason`: written by its own goroutine, read by reports.
//! 8. `stack`, `parked_sp`: written by the goroutine itself; read while the world is stopped, at any instant of those writes.

pub(crate) mod job;
pub(crate) mod panic;
pub(crate) mod state;
pub(crate) mod walk;

use std::cell::{Cell, UnsafeCell};

use self::job::Job;
use self::state::Status;
use crate::coroutine::{self, Coroutine};
use crate::shim::{AtomicPtr, AtomicU8, AtomicUsize, Mutex, Ordering, compiler_fence, lock};
use crate::sys::signal::spilled;
use crate::sys::thread::Parker;

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
}

impl WaitReason {
    const ALL: [WaitReason; 18] = [
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
        }
    }

    fn from_byte(byte: u8) -> WaitReason {
        WaitReason::ALL.get(usize::from(byte)).copied().unwrap_or(WaitReason::None)
    }
}

/// A few words that belong to the running goroutine, for the layer of translated Go. Zero when it starts.
pub type RecordExt = [Cell<usize>; 8];

/// [`Record::home`] of an OS thread.
pub(crate) const THREAD: usize = usize::MAX;

/// See the module.
pub(crate) struct Record {
    pub(crate) status: Status,
    pub(crate) link: AtomicPtr<Record>,
    home: AtomicUsize,
    reason: AtomicU8,
    pub(crate) stack_bytes: Cell<usize>,
    pub(crate) job: UnsafeCell<Job>,
    pub(crate) coroutine: UnsafeCell<Option<Coroutine>>,
    ext: RecordExt,
    pub(crate) parker: Parker,
    /// The stack it runs on, `low` and `high`; zeros before it starts.
    stack: (AtomicUsize, AtomicUsize),
    /// Where its stack begins while it is parked, else zero.
    parked_sp: AtomicUsize,
}

// SAFETY: the cells are touched by one party at a time, by the rules at the top of the module.
unsafe impl Sync for Record {}

/// A reference to a record; records are never freed.
pub(crate) type RecordRef = &'static Record;

impl Record {
    fn new() -> Record {
        Record {
            status: Status::new(),
            link: AtomicPtr::new(std::ptr::null_mut()),
            home: AtomicUsize::new(THREAD),
            reason: AtomicU8::new(0),
            stack_bytes: Cell::new(0),
            job: UnsafeCell::new(Job::empty()),
            coroutine: UnsafeCell::new(None),
            ext: Default::default(),
            parker: Parker::new(),
            stack: (AtomicUsize::new(0), AtomicUsize::new(0)),
            parked_sp: AtomicUsize::new(0),
        }
    }

    /// Says which stack the goroutine runs on from now; zeros when it has ended.
    #[inline]
    pub(crate) fn set_stack(&self, low: usize, high: usize) {
        self.stack.0.store(low, Ordering::Relaxed);
        self.stack.1.store(high, Ordering::Relaxed);
        compiler_fence(Ordering::SeqCst);
    }

    /// Suspends the goroutine, whose record this is and which asks, until its worker resumes it.
    #[inline]
    pub(crate) fn switch_away(&self) {
        spilled(|sp| {
            self.parked_sp.store(sp, Ordering::Relaxed);
            compiler_fence(Ordering::SeqCst);
            coroutine::park();
            compiler_fence(Ordering::SeqCst);
            self.parked_sp.store(0, Ordering::Relaxed);
        });
    }

    /// Calls `range` with the memory in which the goroutine keeps something. The world is stopped; `running` are the stack
    /// pointers of threads that run on goroutine stacks.
    pub(crate) fn visit(&self, running: &[usize], range: &mut impl FnMut(usize, usize)) {
        let words = |words: *const u8, bytes: usize, range: &mut dyn FnMut(usize, usize)| {
            range(words as usize, words as usize + bytes);
        };
        words(self.ext.as_ptr().cast(), size_of::<RecordExt>(), range);
        // SAFETY: whoever owns the job now is stopped.
        if let Some(captures) = unsafe { &*self.job.get() }.words() {
            words(captures.as_ptr().cast(), size_of_val(captures), range);
        }
        let (low, high) = (self.stack.0.load(Ordering::Relaxed), self.stack.1.load(Ordering::Relaxed));
        if low == 0 || high == 0 {
            return;
        }
        match running.iter().copied().find(|sp| (low..high).contains(sp)) {
            Some(sp) => range(sp, high),
            None => match self.parked_sp.load(Ordering::Relaxed) {
                0 => {}
                sp => range(sp, high),
            },
        }
    }

    /// The worker it is pinned to, or [`THREAD`].
    #[inline]
    pub(crate) fn home(&self) -> usize {
        self.home.load(Ordering::Relaxed)
    }

    #[inline]
    pub(crate) fn set_home(&self, home: usize) {
        self.home.store(home, Ordering::Relaxed);
    }

    #[inline]
    pub(crate) fn set_reason(&self, reason: WaitReason) {
        self.reason.store(reason as u8, Ordering::Relaxed);
    }

    pub(crate) fn reason(&self) -> WaitReason {
        WaitReason::from_byte(self.reason.load(Ordering::Relaxed))
    }

    /// The extension words. Only code of this goroutine may touch them.
    pub(crate) fn ext(&self) -> &RecordExt {
        &self.ext
    }

    fn clear_ext(&self) {
        for word in &self.ext {
            word.set(0);
        }
    }
}

const CHUNK: usize = 64;

/// Records that were made together.
struct Chunk {
    records: [Record; CHUNK],
    next: *const Chunk,
}

/// The newest chunk; chunks are never freed.
static CHUNKS: AtomicPtr<Chunk> = AtomicPtr::new(std::ptr::null_mut());

/// Calls `f` with every record there is.
pub(crate) fn visit_records(mut f: impl FnMut(RecordRef)) {
    let mut next: *const Chunk = CHUNKS.load(Ordering::Acquire);
    // SAFETY: null or a chunk, which is never freed nor changed.
    while let Some(chunk) = unsafe { next.as_ref() } {
        chunk.records.iter().for_each(&mut f);
        next = chunk.next;
    }
}

static FREE: Mutex<Vec<RecordRef>> = Mutex::new(Vec::new());

/// Takes up to `wanted` records out of the pool of the process, at least one, making new ones if it is empty.
pub(crate) fn take_records(into: &mut Vec<RecordRef>, wanted: usize) {
    let mut free = lock(&FREE);
    if free.is_empty() {
        // Only the holder of this lock adds to the list.
        let next = CHUNKS.load(Ordering::Relaxed);
        let chunk: &'static Chunk =
            Box::leak(Box::new(Chunk { records: std::array::from_fn(|_| Record::new()), next }));
        CHUNKS.store(std::ptr::from_ref(chunk).cast_mut(), Ordering::Release);
        free.extend(chunk.records.iter());
    }
    let keep = free.len() - wanted.clamp(1, free.len());
    into.extend(free.drain(keep..));
}

/// Gives records back to the pool of the process.
pub(crate) fn give_records(records: impl Iterator<Item = RecordRef>) {
    lock(&FREE).extend(records);
}

/// Makes a record ready for its next use.
pub(crate) fn recycle(record: RecordRef) {
    record.set_reason(WaitReason::None);
    record.set_home(THREAD);
    record.stack_bytes.set(0);
    record.clear_ext();
}

/// What a worker shows to the goroutines it runs; the word that `coroutine` carries points here.
pub(crate) struct Context {
    pub(crate) current: Cell<Option<RecordRef>>,
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
        Some(context) => match context.current.get() {
            Some(record) => record,
            None => unreachable!("the scheduler itself has no record and must not wait"),
        },
        None => thread_record(),
    }
}

/// Whether a goroutine runs this code, rather than a plain OS thread.
#[inline]
pub(crate) fn on_goroutine() -> bool {
    context().is_some_and(|context| context.current.get().is_some())
}

/// A record held by an OS thread, given back when the thread ends.
struct OfThread(RecordRef);

impl Drop for OfThread {
    fn drop(&mut self) {
        recycle(self.0);
        give_records(std::iter::once(self.0));
    }
}

#[cold]
fn thread_record() -> RecordRef {
    thread_local! {
        static MINE: OfThread = OfThread(one_record());
    }
    fn one_record() -> RecordRef {
        let mut taken = Vec::with_capacity(1);
        take_records(&mut taken, 1);
        taken[0]
    }
    // A destructor of another thread-local may still wait after ours has run: such a record stays taken.
    MINE.try_with(|mine| mine.0).unwrap_or_else(|_| one_record())
}
