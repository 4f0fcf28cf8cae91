//! The scheduler: goroutines on a fixed set of OS threads, the workers.
//!
//! - A goroutine that has not run yet has no stack and lies in the deque of the worker that started it; other workers
//!   steal from there. Its first run binds it to the worker that runs it, for good: its stack may hold what belongs
//!   to that thread (thread-locals of any library), and moving it would be undefined behaviour.
//! - A started goroutine waits its turn in the ring of its worker, which no other thread touches; a wake-up from
//!   another thread goes through the worker's inbox.
//! - There is one scheduler per process; it starts when something first needs it and never stops.
//!
//! Files: [`worker`] the loop, [`queue`] and [`inject`] the queues, [`idle`] sleeping and waking, [`deadlock`] the
//! check when all sleep, [`blocking`] OS threads for calls that block, [`program`] main and its end, [`slice`] giving
//! way after a while.
//!
//! Rejected: letting started goroutines move (see above); a timer thread (an idle worker keeps the time).

pub(crate) mod blocking;
mod deadlock;
mod idle;
mod inject;
pub(crate) mod program;
mod queue;
pub(crate) mod slice;
mod stacks;
mod worker;
pub mod world;

use crossbeam_deque::{Injector, Stealer};

use self::idle::Idle;
use self::inject::Inbox;
use self::program::Callers;
use self::worker::Worker;
use crate::coroutine;
use crate::poll::timers::{Due, NEVER, TimerKey, Timers};
use crate::shim::{AtomicBool, AtomicU64, AtomicUsize, Condvar, Mutex, OnceLock, Ordering, lock};
use crate::sys::thread::{self, Parker};
use crate::task::state::Notified;
use crate::task::{self, RecordRef, THREAD};

/// What other threads see of a worker.
pub(crate) struct Remote {
    inbox: Inbox,
    parker: Parker,
    stealer: Stealer<RecordRef>,
    /// It is among the sleepers and nobody has woken it.
    asleep: AtomicBool,
    /// It was woken to search.
    granted: AtomicBool,
    /// Goroutines started by it less those that ended on it, wrapping; only the worker writes it.
    balance: AtomicUsize,
}

/// The scheduler of this process.
pub(crate) struct Runtime {
    remotes: Box<[Remote]>,
    /// Goroutines started by plain OS threads.
    injector: Injector<RecordRef>,
    /// How many those were.
    injected: AtomicUsize,
    idle: Idle,
    timers: Mutex<Timers>,
    next_timer: AtomicU64,
    /// Things that run outside and will wake a goroutine: calls on the blocking pool, futures.
    outside: AtomicUsize,
    /// OS threads that are none of the scheduler's and wait on something of ours.
    parked_threads: AtomicUsize,
    /// OS threads that somebody has declared to be part of the runtime.
    adopted_threads: AtomicUsize,
    callers: Callers,
    /// Main has returned: no goroutine is to run any more.
    stopped: AtomicBool,
    gate: Mutex<()>,
    reopened: Condvar,
}

/// The scheduler, started if need be.
#[inline]
pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(start)
}

#[cold]
fn start() -> Runtime {
    if let Err(error) = coroutine::init() {
        task::panic::fatal(&format!("goxide cannot make a goroutine stack: {error}"));
    }
    let workers = thread::parallelism();
    let deques: Vec<_> = (0..workers).map(|_| crossbeam_deque::Worker::new_lifo()).collect();
    let remotes = deques
        .iter()
        .map(|deque| Remote {
            inbox: Inbox::new(),
            parker: Parker::new(),
            stealer: deque.stealer(),
            asleep: AtomicBool::new(false),
            granted: AtomicBool::new(false),
            balance: AtomicUsize::new(0),
        })
        .collect();
    for (index, deque) in deques.into_iter().enumerate() {
        let spawned = thread::spawn(&format!("goxide-{index}"), move || Worker::run(index, deque));
        if let Err(error) = spawned {
            task::panic::fatal(&format!("goxide cannot start a worker thread: {error}"));
        }
    }
    Runtime {
        remotes,
        injector: Injector::new(),
        injected: AtomicUsize::new(0),
        idle: Idle::new(workers),
        timers: Mutex::new(Timers::new()),
        next_timer: AtomicU64::new(NEVER),
        outside: AtomicUsize::new(0),
        parked_threads: AtomicUsize::new(0),
        adopted_threads: AtomicUsize::new(0),
        callers: Callers::new(),
        stopped: AtomicBool::new(false),
        gate: Mutex::new(()),
        reopened: Condvar::new(),
    }
}

/// Starts a goroutine.
#[inline]
pub(crate) fn spawn<F: FnOnce() + Send + 'static>(f: F) {
    let runtime = runtime();
    let worker = Worker::current();
    let record = worker.map_or_else(new_record, Worker::new_record);
    // SAFETY: the record came out of a pool, so nobody else has it.
    unsafe { &mut *record.job.get() }.fill(f);
    match worker {
        Some(worker) => worker.push_fresh(record),
        None => runtime.inject(record),
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
        Some(worker) if worker.index() == home => worker.push_woken(record),
        _ if home == THREAD => {
            runtime().parked_threads.fetch_sub(1, Ordering::SeqCst);
            record.parker.unpark();
        }
        _ => {
            let runtime = runtime();
            let remote = &runtime.remotes[home];
            remote.inbox.push(record);
            runtime.idle.wake(remote);
        }
    }
}

/// Suspends the code that asks, whose record this is, until the park it has begun is notified.
#[inline]
pub(crate) fn suspend(record: RecordRef) {
    if record.status.is_notified() {
        record.status.resumed();
    } else if task::on_goroutine() {
        record.switch_away();
    } else {
        suspend_thread(record);
    }
}

#[cold]
fn suspend_thread(record: RecordRef) {
    let runtime = runtime();
    runtime.parked_threads.fetch_add(1, Ordering::SeqCst);
    if record.status.commit() {
        runtime.poke();
        record.parker.park(None);
    } else {
        runtime.parked_threads.fetch_sub(1, Ordering::SeqCst);
    }
    record.status.resumed();
}

/// Lets the others run.
pub(crate) fn yield_now() {
    match Worker::current() {
        Some(worker) if task::on_goroutine() => worker.yield_now(),
        _ => std::thread::yield_now(),
    }
}

impl Runtime {
    /// Queues a goroutine that a plain OS thread starts.
    fn inject(&self, record: RecordRef) {
        self.injected.fetch_add(1, Ordering::Relaxed);
        self.injector.push(record);
    }

    /// How many goroutines there are; while some start or end, about that many.
    pub(crate) fn goroutines(&self) -> usize {
        let balances = self.remotes.iter().map(|remote| remote.balance.load(Ordering::Relaxed));
        balances.fold(self.injected.load(Ordering::Relaxed), usize::wrapping_add)
    }

    /// How many OS threads run goroutines.
    pub(crate) fn workers(&self) -> usize {
        self.remotes.len()
    }

    /// Adds a timer.
    pub(crate) fn add_timer(&self, when: u64, period: u64, due: Due) -> TimerKey {
        let (key, earlier) = {
            let mut timers = lock(&self.timers);
            let before = timers.next();
            let key = timers.add(when, period, due);
            let next = timers.next();
            self.next_timer.store(next, Ordering::SeqCst);
            (key, next < before)
        };
        if earlier {
            self.idle.timer_moved(&self.remotes);
        }
        key
    }

    /// Removes a timer; false when it has fired or was removed before.
    pub(crate) fn remove_timer(&self, key: TimerKey) -> bool {
        let removed = {
            let mut timers = lock(&self.timers);
            let removed = timers.remove(key);
            self.next_timer.store(timers.next(), Ordering::SeqCst);
            removed
        };
        // The action is dropped outside the lock: it may own anything.
        removed.is_some()
    }

    /// The actions that are due, appended.
    fn expired(&self, now: u64, due: &mut Vec<Due>) {
        let mut timers = lock(&self.timers);
        timers.expire(now, due);
        self.next_timer.store(timers.next(), Ordering::SeqCst);
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
        if self.idle.sleeping() == self.remotes.len() {
            self.remotes[0].parker.unpark();
        }
    }

    /// Keeps goroutines from running once main has returned.
    fn stop(&self) {
        let _gate = lock(&self.gate);
        self.stopped.store(true, Ordering::SeqCst);
    }

    /// Lets them run, for another main.
    fn reopen(&self) {
        let _gate = lock(&self.gate);
        self.stopped.store(false, Ordering::SeqCst);
        self.reopened.notify_all();
    }

    fn wait_at_gate(&self) {
        let mut gate = lock(&self.gate);
        while self.stopped.load(Ordering::SeqCst) {
            gate = self.reopened.wait(gate).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
    }
}
