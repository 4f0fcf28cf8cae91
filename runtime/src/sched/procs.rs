//! How many workers there are, and how many of them run goroutines at the same time: GOMAXPROCS, which may change.
//!
//! A started goroutine stays with its worker, so a worker is never taken away. When fewer are wanted, the surplus ones
//! *retire*: they take no goroutine that has not started (what theirs start goes to the common queue) and only serve those they
//! have. So that no more run at once than asked for, whoever runs goroutines then holds a *permit*, of which there are as
//! many as asked for. A worker takes one when it has something to run, gives it back before it sleeps, and after [`HOLD`] if others
//! wait for it, who get it in the order they came.
//!
//! What must hold: while there are no more workers than may run, nobody asks for permits and nothing of this costs anything
//! ([`Runtime::gated`] is all that the loop looks at). A worker that waits for a permit is awake for all others: it has work. A
//! retired worker is neither woken to search nor keeps the time.
//!
//! Rejected: permits for all from the start, an atomic operation at each sleep; taking the goroutines of surplus workers
//! elsewhere, which is what must not be.

use std::ops::Index;
use std::time::Duration;

use super::worker::Worker;
use super::{Remote, Runtime, current_worker, runtime, slice, yield_now};
use crate::shim::{AtomicUsize, Condvar, Mutex, OnceLock, Ordering, lock};
use crate::sys::{clock, thread};
use crate::task::RecordRef;

/// Workers there can be.
pub(crate) const MOST: usize = 1024;
/// How long a permit is kept from others, in nanoseconds: so that handing it over, which takes some 50 us, does not count.
pub(super) const HOLD: u64 = 1_000_000;
/// How long a change waits for goroutines that run to give way.
const PATIENCE: u64 = 3 * slice::SLICE;

static SLOTS: [OnceLock<Remote>; MOST] = [const { OnceLock::new() }; MOST];

/// The workers, by number. There are only ever more.
pub(super) struct Remotes(AtomicUsize);

impl Remotes {
    pub(super) fn new(workers: usize) -> Remotes {
        Remotes(AtomicUsize::new(workers))
    }

    pub(super) fn len(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &'static Remote> {
        SLOTS[..self.len()].iter().filter_map(OnceLock::get)
    }
}

impl Index<usize> for Remotes {
    type Output = Remote;

    #[inline]
    fn index(&self, index: usize) -> &Remote {
        match SLOTS[index].get() {
            Some(remote) => remote,
            None => unreachable!("no worker has this number"),
        }
    }
}

/// Starts the thread of worker `index`.
pub(super) fn start_worker(index: usize) -> std::io::Result<()> {
    let remote = SLOTS[index].get_or_init(Remote::new);
    thread::spawn(&format!("goxide-{index}"), move || {
        if let Some(deques) = lock(&remote.deques).take() {
            Worker::run(index, remote, deques);
        }
    })
}

struct State {
    limit: usize,
    held: usize,
    /// The number of who comes next for a permit, and of who gets one next.
    next: usize,
    serving: usize,
}

/// See the module.
pub(super) struct Permits {
    state: Mutex<State>,
    changed: Condvar,
    /// Copies of what is in the state.
    limit: AtomicUsize,
    waiting: AtomicUsize,
    /// Counts the changes of the limit.
    round: AtomicUsize,
}

impl Permits {
    pub(super) fn new(limit: usize) -> Permits {
        Permits {
            state: Mutex::new(State { limit, held: 0, next: 0, serving: 0 }),
            changed: Condvar::new(),
            limit: AtomicUsize::new(limit),
            waiting: AtomicUsize::new(0),
            round: AtomicUsize::new(0),
        }
    }

    /// How many there are.
    pub(super) fn limit(&self) -> usize {
        self.limit.load(Ordering::Relaxed)
    }

    /// Which change of that was the last.
    pub(super) fn round(&self) -> usize {
        self.round.load(Ordering::SeqCst)
    }

    /// Whether somebody waits for one.
    pub(super) fn are_wanted(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }

    /// Waits for one.
    pub(super) fn take(&self) {
        let mut state = lock(&self.state);
        let mine = state.next;
        state.next = mine.wrapping_add(1);
        self.waiting.fetch_add(1, Ordering::Relaxed);
        while state.serving != mine || state.held >= state.limit {
            state = self.changed.wait(state).unwrap_or_else(|poisoned| poisoned.into_inner());
        }
        state.serving = mine.wrapping_add(1);
        state.held += 1;
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        if state.next != state.serving && state.held < state.limit {
            self.changed.notify_all();
        }
    }

    /// Gives one back.
    pub(super) fn give(&self) {
        let mut state = lock(&self.state);
        state.held -= 1;
        if state.next != state.serving {
            self.changed.notify_all();
        }
    }

    fn set(&self, limit: usize) {
        let mut state = lock(&self.state);
        state.limit = limit;
        self.limit.store(limit, Ordering::Relaxed);
        self.round.fetch_add(1, Ordering::SeqCst);
        self.changed.notify_all();
    }
}

static CHANGING: Mutex<()> = Mutex::new(());

/// See [`crate::set_max_procs`].
pub(crate) fn set_max_procs(n: usize) -> usize {
    let runtime = runtime();
    let n = n.clamp(1, MOST);
    let before = {
        let _changing = lock(&CHANGING);
        let before = runtime.workers();
        if n == before {
            return before;
        }
        while runtime.remotes.len() < n && start_worker(runtime.remotes.len()).is_ok() {
            runtime.remotes.0.fetch_add(1, Ordering::SeqCst);
        }
        choose(runtime, n);
        runtime.permits.set(n);
        runtime.set_gate(|_| {});
        before
    };
    for remote in runtime.remotes.iter() {
        remote.parker.unpark();
    }
    if runtime.remotes.len() > n {
        wait_for_the_others(runtime);
    }
    before
}

/// Lets another worker do what `blocked` does not come to: one that has retired and sleeps, else a new one, as long as there are
/// no more than `most` beyond those that may run.
pub(super) fn replace(runtime: &Runtime, blocked: &Remote, most: usize) {
    let _changing = lock(&CHANGING);
    let rests =
        |remote: &&Remote| remote.retired.load(Ordering::SeqCst) && remote.asleep.load(Ordering::SeqCst);
    let sleeper = runtime.remotes.iter().find(rests);
    let index = runtime.remotes.len();
    if sleeper.is_none() && (index >= (runtime.workers() + most).min(MOST) || start_worker(index).is_err()) {
        return;
    }
    blocked.retired.store(true, Ordering::SeqCst);
    match sleeper {
        Some(sleeper) => sleeper.retired.store(false, Ordering::SeqCst),
        None => {
            runtime.remotes.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    take_permit(runtime, blocked);
    runtime.set_gate(|_| {});
    if let Some(sleeper) = sleeper {
        sleeper.parker.unpark();
    }
}

/// Takes the permit, if it has one, away from a worker that blocks.
pub(super) fn take_permit(runtime: &Runtime, blocked: &Remote) {
    if blocked.holds.swap(false, Ordering::SeqCst) {
        runtime.permits.give();
    }
}

/// Decides who retires. Who asks stays: what it starts from now on is to run beside it.
fn choose(runtime: &Runtime, n: usize) {
    let me = current_worker();
    let mut left = n - usize::from(me.is_some());
    for (index, remote) in runtime.remotes.iter().enumerate() {
        let stays = Some(index) == me || left > 0;
        if stays && Some(index) != me {
            left -= 1;
        }
        remote.retired.store(!stays, Ordering::SeqCst);
    }
}

/// Gives way until all workers go by the new limit, if that does not take long.
fn wait_for_the_others(runtime: &Runtime) {
    let (round, begun) = (runtime.permits.round(), clock::now());
    let obeys = |remote: &Remote| {
        remote.asleep.load(Ordering::SeqCst) || remote.round.load(Ordering::SeqCst) == round
    };
    loop {
        slice::is_due();
        yield_now();
        if runtime.remotes.iter().all(obeys) || clock::now() - begun > PATIENCE {
            return;
        }
        if current_worker().is_none() {
            std::thread::sleep(Duration::from_micros(100));
        }
    }
}

impl Worker {
    /// As `pick`, while there are more workers than may run, or main has returned. None also when this worker has to rest.
    #[cold]
    #[inline(never)]
    pub(super) fn pick_in_turn(&self) -> Option<RecordRef> {
        let (runtime, remote) = (self.runtime(), self.remote());
        self.rests();
        loop {
            remote.round.store(runtime.permits.round(), Ordering::SeqCst);
            if runtime.stopped.load(Ordering::SeqCst) {
                self.give_permit();
                runtime.wait_at_gate();
            }
            let retired = remote.retired.load(Ordering::SeqCst);
            if retired {
                self.retire();
            }
            if !remote.holds.load(Ordering::SeqCst) {
                // While it blocked, another has taken its place.
                self.set_permit(None);
            }
            match self.permit() {
                Some(since) if runtime.permits.are_wanted() && clock::now() - since > HOLD => {
                    self.give_permit()
                }
                Some(_) if retired => return self.pick_started(),
                Some(_) => return self.pick(),
                None if !self.work_in_sight(retired) => return None,
                None => {
                    runtime.permits.take();
                    self.set_permit(Some(clock::now()));
                    remote.holds.store(true, Ordering::SeqCst);
                }
            }
        }
    }

    /// Gives the permit back, if it has one.
    pub(super) fn give_permit(&self) {
        if self.permit().is_some() {
            self.set_permit(None);
            if self.remote().holds.swap(false, Ordering::SeqCst) {
                self.runtime().permits.give();
            }
        }
    }
}
