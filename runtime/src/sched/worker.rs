//! A worker: the loop of one OS thread, and what only that thread touches.
//!
//! On the `thread` substrate a goroutine's code runs on a thread of its own while its worker waits; it reaches the
//! worker through the carried word. Either way one of them runs at a time, so nothing here needs atomics.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crossbeam_deque::Steal;

use super::queue::LocalQueue;
use super::slice::Slice;
use super::stacks::Stacks;
use super::{Remote, Runtime, deadlock, runtime, world};
use crate::coroutine;
use crate::poll::timers::{Due, NEVER};
use crate::sched;
use crate::shim::Ordering;
use crate::stack::overflow;
use crate::sys::{clock, rng};
use crate::task::{self, Context, RecordRef};

/// Inbox and timers are looked at every so many picks, and whenever nothing else is to do.
const POLL: u32 = 16;
/// Every so many picks the oldest fresh goroutine is taken instead of the newest.
const OLDEST: u32 = 61;
/// Idle records a worker keeps.
const RECORDS: usize = 256;
/// Rounds a searcher looks around before it sleeps: a few microseconds.
const SEARCH: u32 = if cfg!(miri) { 1 } else { 40 };

#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Park,
    Yield,
}

/// See the module. The context comes first: the carried word points to it and to the worker alike.
#[repr(C)]
pub(crate) struct Worker {
    context: Context,
    index: usize,
    runtime: &'static Runtime,
    fresh: crossbeam_deque::Worker<RecordRef>,
    queue: LocalQueue,
    after: Cell<After>,
    tick: Cell<u32>,
    /// Inbox and timers are to be looked at whatever the tick.
    late: Cell<bool>,
    searching: Cell<bool>,
    slice: Slice,
    /// It was the keeper of the time, and has found nothing to run since.
    kept: Cell<bool>,
    stacks: Stacks,
    records: RefCell<Vec<RecordRef>>,
    due: RefCell<Vec<Due>>,
}

impl Worker {
    /// The worker that runs this code, if one does.
    #[inline]
    pub(super) fn current() -> Option<&'static Worker> {
        let context = task::context()?;
        // SAFETY: only `run` carries a context, and it is the first field of a worker that is never freed.
        Some(unsafe { &*std::ptr::from_ref(context).cast::<Worker>() })
    }

    #[inline]
    pub(super) fn index(&self) -> usize {
        self.index
    }

    /// The time slice of the running goroutine.
    #[inline]
    pub(super) fn slice(&self) -> &Slice {
        &self.slice
    }

    /// The loop.
    pub(super) fn run(index: usize, fresh: crossbeam_deque::Worker<RecordRef>) {
        let worker: &'static Worker = Box::leak(Box::new(Worker {
            context: Context { current: Cell::new(None) },
            index,
            runtime: runtime(),
            fresh,
            queue: LocalQueue::new(),
            after: Cell::new(After::Park),
            tick: Cell::new(0),
            late: Cell::new(false),
            searching: Cell::new(false),
            slice: Slice::new(),
            kept: Cell::new(false),
            stacks: Stacks::new(runtime().remotes.len(), body),
            records: RefCell::new(Vec::new()),
            due: RefCell::new(Vec::new()),
        }));
        coroutine::carry(std::ptr::from_ref(worker).cast());
        world::enter();
        loop {
            if worker.runtime.stopped.load(Ordering::Relaxed) {
                worker.runtime.wait_at_gate();
            }
            match worker.pick() {
                Some(record) => worker.execute(record),
                None => worker.rest(),
            }
        }
    }

    fn remote(&self) -> &'static Remote {
        &self.runtime.remotes[self.index]
    }

    /// A record for a goroutine about to be started.
    #[inline]
    pub(super) fn new_record(&self) -> RecordRef {
        let mut records = self.records.borrow_mut();
        if records.is_empty() {
            task::take_records(&mut records, RECORDS / 4);
        }
        match records.pop() {
            Some(record) => record,
            None => unreachable!("the pool gives at least one"),
        }
    }

    /// Queues a goroutine that has not run.
    #[inline]
    pub(super) fn push_fresh(&self, record: RecordRef) {
        self.count(1);
        self.fresh.push(record);
    }

    /// Queues a goroutine that the running one has woken.
    #[inline]
    pub(super) fn push_woken(&self, record: RecordRef) {
        self.queue.push_next(record);
    }

    /// Sends the running goroutine to the end of the queue.
    pub(super) fn yield_now(&self) {
        self.after.set(After::Yield);
        task::current().switch_away();
    }

    /// As [`Worker::yield_now`] after a long time: inbox and timers are looked at, too.
    pub(super) fn give_way(&self) {
        self.late.set(true);
        self.yield_now();
    }

    /// What to run next, from this worker's own queues and the common one.
    fn pick(&self) -> Option<RecordRef> {
        let tick = self.tick.get().wrapping_add(1);
        self.tick.set(tick);
        if self.late.take() || tick.is_multiple_of(POLL) {
            self.drain_inbox();
            self.fire_timers();
        }
        if let Some(record) = self.queue.pop_next() {
            return Some(record);
        }
        // Started and fresh goroutines take turns: neither can shut out the other.
        let (first, second) = if tick.is_multiple_of(2) {
            (self.queue.pop(), Self::pop_fresh as fn(&Self, u32) -> _)
        } else {
            (self.pop_fresh(tick), Self::pop_started as fn(&Self, u32) -> _)
        };
        first.or_else(|| second(self, tick)).or_else(|| {
            self.drain_inbox();
            self.queue.pop()
        })
    }

    fn pop_started(&self, _tick: u32) -> Option<RecordRef> {
        self.queue.pop()
    }

    fn pop_fresh(&self, tick: u32) -> Option<RecordRef> {
        if tick.is_multiple_of(OLDEST) {
            let oldest = self.steal_injected().or_else(|| settle(|| self.remote().stealer.steal()));
            if oldest.is_some() {
                return oldest;
            }
        }
        let record = self.fresh.pop().or_else(|| self.steal_injected());
        if record.is_some() {
            self.queue.others_ran();
        }
        record
    }

    fn steal_injected(&self) -> Option<RecordRef> {
        if self.runtime.injector.is_empty() {
            return None;
        }
        settle(|| self.runtime.injector.steal_batch_and_pop(&self.fresh))
    }

    fn drain_inbox(&self) {
        self.remote().inbox.drain(|record| self.queue.push(record));
    }

    /// Runs a goroutine until it parks, yields or returns.
    fn execute(&self, record: RecordRef) {
        if self.searching.get() {
            self.stop_searching();
        }
        if self.kept.replace(false) && self.runtime.next_timer.load(Ordering::SeqCst) != NEVER {
            // Busy from now on: somebody else must keep the time.
            self.runtime.idle.replace_keeper(&self.runtime.remotes);
        }
        record.status.resumed();
        self.slice.begin();
        self.context.current.set(Some(record));
        // SAFETY: rule 4 of the record: the worker that has it, which is this one. The goroutine does not touch it.
        let slot = unsafe { &mut *record.coroutine.get() };
        let coroutine = match slot {
            Some(coroutine) => coroutine,
            None => {
                record.set_home(self.index);
                slot.insert(self.stacks.take(record.stack_bytes.get()))
            }
        };
        let returned = coroutine.resume();
        self.context.current.set(None);
        if returned {
            if let Some(coroutine) = slot.take() {
                self.stacks.give(coroutine);
            }
            self.give_record(record);
            return;
        }
        match self.after.replace(After::Park) {
            After::Yield => self.queue.push(record),
            After::Park => {
                if !record.status.commit() {
                    self.queue.push_next(record);
                }
            }
        }
    }

    /// Adds goroutines started here, or takes away those that ended.
    #[inline]
    fn count(&self, change: isize) {
        let balance = &self.remote().balance;
        balance.store(balance.load(Ordering::Relaxed).wrapping_add_signed(change), Ordering::Relaxed);
    }

    fn give_record(&self, record: RecordRef) {
        self.count(-1);
        task::recycle(record);
        let mut records = self.records.borrow_mut();
        if records.len() >= RECORDS {
            task::give_records(records.drain(RECORDS / 2..));
        }
        records.push(record);
    }

    fn fire_timers(&self) {
        let next = self.runtime.next_timer.load(Ordering::Relaxed);
        if next == NEVER || clock::now() < next {
            return;
        }
        let mut due = self.due.take();
        self.runtime.expired(clock::now(), &mut due);
        for action in due.drain(..) {
            match action {
                Due::Wake(record, park) => {
                    sched::wake(record, park);
                }
                Due::Call(call) => {
                    if let Err(payload) = catch_unwind(AssertUnwindSafe(|| call())) {
                        task::panic::uncaught(payload);
                    }
                }
            }
        }
        self.due.replace(due);
    }

    /// Nothing to do here: looks for work elsewhere, then sleeps. Comes back when there may be something.
    fn rest(&self) {
        if !self.searching.get() && self.runtime.idle.start_searching() {
            self.searching.set(true);
        }
        // A timer may wake a goroutine of this very worker.
        self.fire_timers();
        if !self.queue.is_empty() {
            return;
        }
        let rounds = if self.searching.get() { SEARCH } else { 1 };
        for _ in 0..rounds {
            if let Some(record) = self.steal() {
                return self.execute(record);
            }
            if !self.remote().inbox.is_empty() {
                return;
            }
            std::hint::spin_loop();
        }
        self.sleep();
    }

    fn steal(&self) -> Option<RecordRef> {
        let remotes = &self.runtime.remotes;
        let start = rng::below(remotes.len());
        (0..remotes.len())
            .map(|offset| (start + offset) % remotes.len())
            .filter(|&victim| victim != self.index)
            .find_map(|victim| settle(|| remotes[victim].stealer.steal_batch_and_pop(&self.fresh)))
            .or_else(|| self.steal_injected())
    }

    fn fresh_in_sight(&self) -> bool {
        !self.runtime.injector.is_empty()
            || self.runtime.remotes.iter().any(|remote| !remote.stealer.is_empty())
    }

    fn work_in_sight(&self) -> bool {
        !self.queue.is_empty() || !self.remote().inbox.is_empty() || self.fresh_in_sight()
    }

    fn stop_searching(&self) {
        self.searching.set(false);
        if self.runtime.idle.stop_searching() && self.fresh_in_sight() {
            self.runtime.idle.notify(&self.runtime.remotes);
        }
    }

    /// The steps of [`super::idle`].
    fn sleep(&self) {
        let (runtime, remote) = (self.runtime, self.remote());
        runtime.idle.enter(self.index, remote);
        if self.searching.replace(false) {
            runtime.idle.stop_searching();
        }
        crate::shim::fence(Ordering::SeqCst);
        self.kept.set(false);
        if !self.work_in_sight() && !runtime.stopped.load(Ordering::SeqCst) {
            if runtime.next_timer.load(Ordering::SeqCst) == NEVER {
                deadlock::sleep_watching(runtime, remote);
            } else if runtime.idle.become_keeper(self.index) {
                self.kept.set(true);
                // Read again: it may have come closer before we became keeper. If it is gone, the zero wait leads to
                // another look.
                let next = runtime.next_timer.load(Ordering::SeqCst);
                let wait = if next == NEVER { 0 } else { next.saturating_sub(clock::now()) };
                remote.parker.park(Some(std::time::Duration::from_nanos(wait)));
                runtime.idle.resign_keeper();
            } else {
                remote.parker.park(None);
            }
        }
        if runtime.idle.leave(self.index, remote) {
            self.searching.set(true);
        }
        self.fire_timers();
    }
}

/// Repeats a steal that lost a race.
fn settle(mut steal: impl FnMut() -> Steal<RecordRef>) -> Option<RecordRef> {
    loop {
        match steal() {
            Steal::Success(record) => return Some(record),
            Steal::Empty => return None,
            Steal::Retry => std::hint::spin_loop(),
        }
    }
}

/// What runs on every stack: the job of the record that is current.
fn body() {
    // On the `thread` substrate this is a thread of its own.
    world::enter();
    let record = task::current();
    let stack = overflow::running();
    record.set_stack(stack.low, stack.high);
    // SAFETY: rule 4 of the record: this worker has it, and waits for us.
    let job = unsafe { &mut *record.job.get() }.take();
    if let Some(job) = job {
        let result = catch_unwind(AssertUnwindSafe(|| job.run()));
        if let Err(payload) = result
            && !task::panic::is_orderly(&*payload)
        {
            task::panic::uncaught(payload);
        }
    }
    record.set_stack(0, 0);
}
