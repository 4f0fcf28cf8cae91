//! The scheduler: goroutines on a set of OS threads, the workers, that only grows.
//!
//! - A goroutine that has not run yet has no stack and lies in the deque of the worker that started it; other workers
//!   steal from there. Its first run binds it to the worker that runs it, for good: its stack may hold what belongs
//!   to that thread (thread-locals of any library), and moving it would be undefined behaviour. Only where the whole program promises
//!   that this is not so, as translated Go does, may started ones go on elsewhere ([`movement`]).
//! - A started goroutine waits its turn in the ring of its worker, which no other thread touches; a wake-up from
//!   another thread goes through the worker's inbox.
//! - There is one scheduler per process; it starts when something first needs it and never stops.
//!
//! Files: [`worker`] the loop, [`queue`] and [`inject`] the queues, [`idle`] sleeping and waking, [`deadlock`] the
//! check when all sleep, [`movement`] started goroutines that change their worker, [`network`] goroutines that wait for descriptors, [`serving`] and [`rows`] who begins where, [`timing`] the timers of all workers,
//! [`blocking`] OS threads for calls that block,
//! [`procs`] how many of them run at once, [`program`] main and its end, [`slice`] giving way after a while, [`monitor`] the thread that watches the others, [`dump`] what
//! every goroutine does, `cold` stacks that are put away, [`trace`] what happened when.
//!
//! Rejected: a timer thread (an idle worker keeps the time).

pub(crate) mod blocking;
pub(crate) mod builder;
#[cfg(not(miri))]
pub(crate) mod cold;
mod deadlock;
pub(crate) mod dump;
mod idle;
mod inject;
pub(crate) mod metrics;
mod monitor;
mod movement;
pub(crate) mod network;
pub(crate) mod procs;
pub(crate) mod program;
mod queue;
mod rows;
mod serving;
mod sighting;
pub(crate) mod slice;
mod spare;
mod stacks;
mod timing;
pub(crate) mod trace;
mod worker;
pub mod world;

use std::cell::Cell;

use crossbeam_deque::{Injector, Stealer, Worker as Deque};

use self::idle::Idle;
use self::inject::Inbox;
use self::procs::{Permits, Remotes};
use self::program::Callers;
use self::trace::Site;
use self::worker::{Deques, Worker};
use crate::coroutine::{self, Stop};
use crate::poll::sleeper::Sleeper;
use crate::poll::timers::TimerQueue;
use crate::shim::{AtomicBool, AtomicI32, AtomicPtr, AtomicUsize, Condvar, Mutex, OnceLock, Ordering, lock};
use crate::sys::clock::CpuClock;
use crate::sys::thread;
use crate::task::state::Notified;
use crate::task::{self, Queues, RecordRef, THREAD};

/// What other threads see of a worker.
pub(crate) struct Remote {
    inbox: Inbox,
    parker: Sleeper,
    stealer: Stealer<RecordRef>,
    /// It is among the sleepers and nobody has woken it.
    asleep: AtomicBool,
    /// It was woken to search.
    granted: AtomicBool,
    /// Goroutines started by it, and those that ended on it; only the worker writes them.
    started: AtomicUsize,
    ended: AtomicUsize,
    /// Those that it has run first; only the worker writes it.
    begun: AtomicUsize,
    /// How many goroutines wait for descriptors that began to do so on it.
    waits: AtomicUsize,
    /// How many of its goroutines have waited for one, or are about to.
    serving: AtomicUsize,
    timers: TimerQueue,
    /// How often it looked for work elsewhere, slept, and took work from another; only the worker writes them.
    searches: AtomicUsize,
    sleeps: AtomicUsize,
    steals: AtomicUsize,
    /// Null until it runs; see [`Remote::worker`].
    worker: AtomicPtr<Worker>,
    /// Of its thread, once it runs.
    clock: OnceLock<Option<CpuClock>>,
    /// Where started ones wait that may move.
    movable: Stealer<RecordRef>,
    /// Its turns are long, as far as it knows; used where goroutines move.
    long: AtomicBool,
    /// Until its thread takes them.
    deques: Mutex<Option<Deques>>,
    /// The kernel's number of its thread, once it runs.
    thread: AtomicI32,
    /// It has a permit to run (see [`procs`]) that was not taken away from it.
    holds: AtomicBool,
    /// It takes no fresh goroutines: there are more workers than may run.
    retired: AtomicBool,
    /// The change of the number of those that it has seen.
    round: AtomicUsize,
}

impl Remote {
    fn new() -> Remote {
        let deques = Deques { fresh: Deque::new_lifo(), movable: Deque::new_fifo() };
        Remote {
            inbox: Inbox::new(),
            parker: Sleeper::new(),
            stealer: deques.fresh.stealer(),
            asleep: AtomicBool::new(false),
            granted: AtomicBool::new(false),
            started: AtomicUsize::new(0),
            ended: AtomicUsize::new(0),
            begun: AtomicUsize::new(0),
            waits: AtomicUsize::new(0),
            serving: AtomicUsize::new(0),
            timers: TimerQueue::new(),
            searches: AtomicUsize::new(0),
            sleeps: AtomicUsize::new(0),
            steals: AtomicUsize::new(0),
            worker: AtomicPtr::new(std::ptr::null_mut()),
            clock: OnceLock::new(),
            movable: deques.movable.stealer(),
            long: AtomicBool::new(true),
            deques: Mutex::new(Some(deques)),
            thread: AtomicI32::new(0),
            holds: AtomicBool::new(false),
            retired: AtomicBool::new(false),
            round: AtomicUsize::new(0),
        }
    }

    /// How many goroutines have run first on it and not ended; where they move, a number without meaning.
    #[inline]
    fn has_begun(&self) -> usize {
        let (begun, ended) = (self.begun.load(Ordering::Relaxed), self.ended.load(Ordering::Relaxed));
        // Of another worker the two may be of different moments.
        begun.saturating_sub(ended)
    }

    /// The worker, once it runs: for its turn, `running`, `stacks` and run-next, if another thread asks.
    fn worker(&self) -> Option<&'static Worker> {
        // SAFETY: null or a worker, which is never freed; those use atomics only.
        unsafe { self.worker.load(Ordering::Acquire).as_ref() }
    }
}

/// The scheduler of this process.
pub(crate) struct Runtime {
    remotes: Remotes,
    permits: Permits,
    /// Goroutines started by plain OS threads.
    injector: Injector<RecordRef>,
    /// How many those were.
    injected: AtomicUsize,
    idle: Idle,
    /// Things that run outside and will wake a goroutine: calls on the blocking pool, futures.
    outside: AtomicUsize,
    /// OS threads that are none of the scheduler's and wait on something of ours.
    parked_threads: AtomicUsize,
    /// OS threads that somebody has declared to be part of the runtime.
    adopted_threads: AtomicUsize,
    callers: Callers,
    /// Main has returned: no goroutine is to run any more.
    stopped: AtomicBool,
    /// That, or there are more workers than may run, or a trace is made: they look closer before they run anything.
    gated: AtomicBool,
    gate: Mutex<()>,
    reopened: Condvar,
}

/// The scheduler, started if need be.
#[inline]
pub(crate) fn runtime() -> &'static Runtime {
    RUNTIME.get_or_init(start)
}

static RUNTIME: OnceLock<Runtime> = OnceLock::new();
/// Workers that the program asked for, 0 for as many as there are CPUs.
static ASKED: AtomicUsize = AtomicUsize::new(0);

#[cold]
fn start() -> Runtime {
    if let Err(error) = coroutine::init() {
        task::panic::fatal(&format!("goxide cannot make a goroutine stack: {error}"));
    }
    movement::start();
    let workers = thread::parallelism(ASKED.load(Ordering::Relaxed));
    for index in 0..workers {
        if let Err(error) = procs::start_worker(index) {
            task::panic::fatal(&format!("goxide cannot start a worker thread: {error}"));
        }
    }
    let traced = trace::from_environment();
    monitor::start();
    Runtime {
        remotes: Remotes::new(workers),
        permits: Permits::new(workers),
        injector: Injector::new(),
        injected: AtomicUsize::new(0),
        idle: Idle::new(),
        outside: AtomicUsize::new(0),
        parked_threads: AtomicUsize::new(0),
        adopted_threads: AtomicUsize::new(0),
        callers: Callers::new(),
        stopped: AtomicBool::new(false),
        gated: AtomicBool::new(traced),
        gate: Mutex::new(()),
        reopened: Condvar::new(),
    }
}

/// Starts a goroutine.
#[inline]
#[track_caller]
pub(crate) fn spawn<F: FnOnce() + Send + 'static>(f: F) {
    spawn_at(f, Site::of::<F>());
}

/// As [`spawn`], under another name in traces.
#[inline]
pub(crate) fn spawn_at<F: FnOnce() + Send + 'static>(f: F, site: Site) {
    launch(f, site, |_| ());
}

thread_local! {
    /// Of a thread that is no worker: what it starts next goes to the next worker in turn.
    static SPREADS: Cell<bool> = const { Cell::new(false) };
}

/// What this goroutine or thread starts next, at once, goes to the next worker in turn.
pub(crate) fn spread_next() {
    match Worker::current() {
        Some(worker) => worker.spread_next(),
        None => SPREADS.set(true),
    }
}

/// Starts a goroutine whose record `prepare` has seen.
#[inline]
fn launch<F: FnOnce() + Send + 'static>(f: F, site: Site, prepare: impl FnOnce(RecordRef)) {
    let runtime = runtime();
    let worker = Worker::current();
    let record = worker.map_or_else(new_record, Worker::new_record);
    prepare(record);
    // SAFETY: the record came out of a pool, so nobody else has it.
    unsafe { &mut *record.job.get() }.fill(f);
    match worker {
        Some(worker) => worker.push_fresh(record, site),
        None => runtime.inject(record, site),
    }
    runtime.idle.notify(&runtime.remotes);
}

fn new_record() -> RecordRef {
    let mut taken = Vec::with_capacity(1);
    task::take_records(&mut taken, 1);
    taken[0]
}

/// Wakes the sleeper of a park, unless that park is over. True when this call woke it.
#[inline]
pub(crate) fn wake(record: RecordRef, park: u64) -> bool {
    match record.status.notify(park) {
        Notified::Stale => false,
        Notified::Early => true,
        Notified::Asleep => {
            enqueue(record);
            true
        }
    }
}

/// Hands a notified sleeper to whoever runs it.
#[inline]
fn enqueue(record: RecordRef) {
    let home = record.home();
    match Worker::current() {
        Some(worker) if worker.wakes() == home => worker.push_woken(record),
        _ if home == THREAD => {
            runtime().parked_threads.fetch_sub(1, Ordering::SeqCst);
            record.parker().unpark();
        }
        #[cfg(feature = "futures")]
        _ if home == task::FUTURE => task::future::FutureWaiter::wake(record),
        worker => {
            trace::woken(record);
            let moves = record.is_movable();
            let is_here = |worker: &&Worker| worker.index() == home || (moves && worker.attracts(home));
            if let Some(worker) = worker.filter(is_here) {
                worker.note_wakes(trace::is_on());
                return worker.push_woken(record);
            }
            let runtime = runtime();
            if moves {
                return runtime.hand_over_started(record, &runtime.remotes[home]);
            }
            if let Some(worker) = worker {
                worker.rows().crosses();
            }
            runtime.hand_over(record, &runtime.remotes[home]);
        }
    }
}

/// Suspends the code that asks, whose record this is, until the park it has begun is notified.
#[inline]
pub(crate) fn suspend(record: RecordRef) {
    suspend_among(record, std::ptr::null());
}

/// As [`suspend`], where it waits in `queues`, if not null. Inlined for the reason of [`coroutine::park`].
#[inline(always)]
pub(crate) fn suspend_among(record: RecordRef, queues: *const Queues) {
    if record.home() == THREAD {
        return suspend_thread(record);
    }
    if !record.status.is_notified() {
        record.switch_away(Stop::Parked, queues);
    }
    record.status.resumed();
}

#[cold]
fn suspend_thread(record: RecordRef) {
    if record.status.is_notified() {
        return record.status.resumed();
    }
    let runtime = runtime();
    runtime.parked_threads.fetch_add(1, Ordering::SeqCst);
    if record.status.commit() {
        runtime.poke();
        record.parker().park(None);
    } else {
        runtime.parked_threads.fetch_sub(1, Ordering::SeqCst);
    }
    record.status.resumed();
}

/// Whether the code that asks keeps nobody from running while it looks for something that another thread will do.
pub(crate) fn is_alone() -> bool {
    match Worker::current() {
        Some(worker) => runtime().workers() > 1 && !worker.has_others(),
        None => true,
    }
}

/// Which worker runs this code, if one does.
pub(crate) fn current_worker() -> Option<usize> {
    Worker::current().map(Worker::index)
}

/// Lets the others run.
#[inline(always)]
pub(crate) fn yield_now() {
    match Worker::current() {
        Some(worker) if task::on_goroutine() => worker.yield_now(),
        _ => std::thread::yield_now(),
    }
}

/// See [`crate::trace::start`].
pub(crate) fn start_trace(to: Box<dyn std::io::Write + Send>) -> std::io::Result<()> {
    let runtime = runtime();
    trace::start(to)?;
    if let Some(main) = runtime.callers.main() {
        trace::spawned(main, Site::main());
    }
    runtime.attend_to_trace();
    // What runs now is in the trace from its next turn on.
    yield_now();
    Ok(())
}

/// See [`crate::trace::stop`].
pub(crate) fn stop_trace() -> std::io::Result<trace::Written> {
    let written = trace::stop();
    runtime().attend_to_trace();
    written
}

impl Runtime {
    /// Queues a goroutine that a plain OS thread starts.
    fn inject(&self, record: RecordRef, site: Site) {
        trace::spawned(record, site);
        let count = self.injected.fetch_add(1, Ordering::Relaxed);
        if SPREADS.replace(false)
            && let Some(remote) = self.in_turn(count)
        {
            return self.hand_over(record, remote);
        }
        self.injector.push(record);
    }

    /// Queues a goroutine with a worker that is not the one that asks.
    #[inline]
    fn hand_over(&self, record: RecordRef, remote: &Remote) {
        remote.inbox.push(record);
        self.idle.wake(remote);
    }

    /// The worker in turn after so many, of those that have not retired.
    fn in_turn(&self, count: usize) -> Option<&Remote> {
        let workers = self.remotes.len();
        let mut remotes = (0..workers).map(|next| &self.remotes[(count + next) % workers]);
        remotes.find(|remote| !remote.retired.load(Ordering::Relaxed))
    }

    /// How many goroutines there are; while some start or end, about that many.
    pub(crate) fn goroutines(&self) -> usize {
        self.remotes.iter().fold(self.injected.load(Ordering::Relaxed), |sum, remote| {
            let (started, ended) =
                (remote.started.load(Ordering::Relaxed), remote.ended.load(Ordering::Relaxed));
            sum.wrapping_add(started).wrapping_sub(ended)
        })
    }

    /// How many OS threads run goroutines at the same time.
    pub(crate) fn workers(&self) -> usize {
        self.permits.limit()
    }

    /// Whether all workers sleep.
    fn all_sleep(&self) -> bool {
        self.idle.sleeping() + self.idle.aside() == self.remotes.len()
    }

    /// Something outside the runtime is going to wake a goroutine.
    pub(crate) fn outside_begins(&self) {
        self.outside.fetch_add(1, Ordering::SeqCst);
    }

    /// It has done so.
    pub(crate) fn outside_ends(&self) {
        if self.outside.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.poke();
        }
    }

    /// Declares the calling OS thread to be part of the runtime: that it runs does not mean that it will wake anybody.
    pub(crate) fn adopt_thread(&self) {
        self.adopted_threads.fetch_add(1, Ordering::SeqCst);
    }

    /// When all workers sleep, lets one look again whether that is for ever.
    fn poke(&self) {
        if self.all_sleep() {
            self.remotes[0].parker.unpark();
        }
    }

    /// Changes something that the gate depends on.
    fn set_gate(&self, change: impl FnOnce(&AtomicBool)) {
        let _gate = lock(&self.gate);
        change(&self.stopped);
        self.gated.store(self.is_crowded() || trace::is_on(), Ordering::SeqCst);
        self.reopened.notify_all();
    }

    /// Main has returned, or there are more workers than may run.
    fn is_crowded(&self) -> bool {
        self.stopped.load(Ordering::SeqCst) || self.remotes.len() > self.workers()
    }

    /// Keeps goroutines from running once main has returned.
    fn stop(&self) {
        self.set_gate(|stopped| stopped.store(true, Ordering::SeqCst));
    }

    /// Lets them run, for another main.
    fn reopen(&self) {
        self.set_gate(|stopped| stopped.store(false, Ordering::SeqCst));
    }

    /// A trace has begun or ended.
    fn attend_to_trace(&self) {
        self.set_gate(|_| {});
    }

    fn wait_at_gate(&self) {
        let mut gate = lock(&self.gate);
        while self.stopped.load(Ordering::SeqCst) {
            gate = self.reopened.wait(gate).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
    }
}
