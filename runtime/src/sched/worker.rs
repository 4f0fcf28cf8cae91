//! A worker: the loop of one OS thread, and what only that thread touches.
//!
//! On the `thread` substrate a goroutine's code runs on a thread of its own while its worker waits; it reaches the
//! worker through the carried word. Either way one of them runs at a time, so nothing here needs atomics.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crossbeam_deque::Steal;

#[cfg(not(miri))]
use super::cold;
use super::movement::{self, Looks, Turns};
use super::queue::LocalQueue;
use super::rows::Rows;
use super::serving::Serving;
use super::sighting::{Progress, Sightings};
use super::slice::{self, Slice};
use super::stacks::Stacks;
use super::trace::{self, Pause, Site};
use super::{Remote, Runtime, deadlock, monitor, runtime, world};
use crate::coroutine::{self, Coroutine, Stop};
use crate::poll::timers::{Due, NEVER};
use crate::sched;
use crate::shim::{AtomicUsize, Ordering};
use crate::stack::overflow;
use crate::sys::clock::{self, CpuClock};
use crate::sys::{rng, thread};
use crate::task::{self, Context, RecordRef};

/// Inbox and timers are looked at every so many picks, and whenever nothing else is to do.
const POLL: u32 = 16;
/// Descriptors likewise, at a system call each time.
const POLL_ALL: u32 = 4 * POLL;
/// Every so many picks the next fresh goroutine is the oldest instead of the newest.
const OLDEST: u32 = 8 * POLL;
/// Idle records a worker keeps.
const RECORDS: usize = 256;
/// What a worker's thread begins with: queues that others take from.
pub(super) struct Deques {
    pub(super) fresh: crossbeam_deque::Worker<RecordRef>,
    pub(super) movable: crossbeam_deque::Worker<RecordRef>,
}

/// No worker.
const NOBODY: usize = usize::MAX - 1;
/// How long a searcher looks around before it sleeps, in nanoseconds: about as long as it takes to wake a thread. Else two
/// goroutines on two workers that wake each other would always find the other's worker asleep.
const SEARCH: u64 = if cfg!(miri) { 0 } else { 50_000 };
/// Rounds of it between two looks at the clock.
const ROUNDS: u32 = if cfg!(miri) { 1 } else { 4 };
/// Looks at its own inbox in each round. Those at what others have are fewer, because they take cache lines away that the others write at every switch.
const LOOKS: u32 = if cfg!(miri) { 1 } else { 32 };

/// See the module. The context comes first: the carried word points to it and to the worker alike.
#[repr(C)]
pub(crate) struct Worker {
    context: Context,
    index: usize,
    /// Its index while it wakes its own goroutines without a word to anybody, else [`NOBODY`]: they are traced.
    wakes: Cell<usize>,
    runtime: &'static Runtime,
    remote: &'static Remote,
    fresh: crossbeam_deque::Worker<RecordRef>,
    queue: LocalQueue,
    /// The schedule is random; asked only where it costs nothing.
    random: bool,
    searching: Cell<bool>,
    /// It was the keeper of the time, and has found nothing to run since.
    kept: Cell<bool>,
    /// One of these two: what is asked before a goroutine runs.
    restless: Cell<bool>,
    /// The next fresh goroutine is to be the oldest.
    oldest: Cell<bool>,
    sightings: Sightings,
    serving: Serving,
    rows: Rows,
    looks: Looks,
    turns: Turns,
    /// In which turn descriptors were operated on last, and how often since it began.
    served: Cell<(u32, u32)>,
    /// In which turn the next goroutine that is started is given to the next worker.
    spreads: Cell<u32>,
    /// In which turn starts need a look: such a turn, or any that is traced.
    noted: Cell<u32>,
    next_worker: Cell<usize>,
    slice: Slice,
    stacks: Stacks,
    records: RefCell<Vec<RecordRef>>,
    due: RefCell<Vec<Due>>,
    /// Since when it has one of [`super::procs::Permits`].
    permit: Cell<Option<u64>>,
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
        self.slice.in_turn(self.turn());
        &self.slice
    }

    /// The number of the running goroutine's turn.
    #[inline]
    pub(super) fn turn(&self) -> u32 {
        self.context.tick.load(Ordering::Relaxed)
    }

    /// Makes the next pick look at everything.
    fn hurry(&self) {
        self.context.tick.store(self.turn() | (POLL_ALL - 1), Ordering::Relaxed);
    }

    /// The loop.
    pub(super) fn run(index: usize, remote: &'static Remote, Deques { fresh, movable }: Deques) {
        let worker: &'static Worker = Box::leak(Box::new(Worker {
            context: Context::new(),
            index,
            wakes: Cell::new(index),
            runtime: runtime(),
            remote,
            fresh,
            queue: LocalQueue::new(movable),
            random: rng::schedule().is_some(),
            searching: Cell::new(false),
            kept: Cell::new(false),
            restless: Cell::new(false),
            oldest: Cell::new(false),
            sightings: Sightings::new(runtime().remotes.len()),
            serving: Serving::new(index),
            rows: Rows::new(),
            looks: Looks::new(),
            turns: Turns::new(),
            served: Cell::new((0, 0)),
            spreads: Cell::new(0),
            noted: Cell::new(0),
            next_worker: Cell::new(index),
            slice: Slice::new(),
            stacks: Stacks::new(runtime().remotes.len(), body),
            records: RefCell::new(Vec::new()),
            due: RefCell::new(Vec::new()),
            permit: Cell::new(None),
        }));
        coroutine::carry(std::ptr::from_ref(worker).cast());
        world::enter();
        worker.remote.thread.store(thread::number(), Ordering::SeqCst);
        worker.remote.clock.get_or_init(CpuClock::own);
        worker.remote().worker.store(std::ptr::from_ref(worker).cast_mut(), Ordering::Release);
        if let Some(schedule) = rng::schedule() {
            rng::follow(schedule, index);
            slice::enable_chance();
            worker.hurry();
        }
        loop {
            if worker.runtime.gated.load(Ordering::Relaxed) {
                worker.attend();
            } else if let Some(record) = worker.pick().or_else(|| worker.rest()) {
                worker.execute(record);
            }
        }
    }

    /// A round while something is to be looked at before each turn.
    #[cold]
    #[inline(never)]
    fn attend(&self) {
        let traced = trace::is_on();
        self.note_wakes(traced);
        let picked = if self.runtime.is_crowded() { self.pick_in_turn() } else { self.pick() };
        let Some(record) = picked.or_else(|| self.rest()) else { return };
        if traced {
            self.noted.set(self.turn());
        }
        let since = traced.then(|| trace::begins(self.index, record));
        let stop = self.execute(record);
        if let Some(since) = since {
            trace::ends(self.index, record, since, stop);
        }
    }

    /// The worker whose goroutines this one wakes without a word to anybody: itself, unless there is a trace.
    #[inline]
    pub(super) fn wakes(&self) -> usize {
        self.wakes.get()
    }

    /// Says whether a trace is made.
    pub(super) fn note_wakes(&self, traced: bool) {
        self.wakes.set(if traced { NOBODY } else { self.index });
    }

    #[inline]
    pub(super) fn remote(&self) -> &'static Remote {
        self.remote
    }

    pub(super) fn runtime(&self) -> &'static Runtime {
        self.runtime
    }

    pub(super) fn queue(&self) -> &LocalQueue {
        &self.queue
    }

    /// Whether the schedule is random.
    pub(super) fn is_random(&self) -> bool {
        self.random
    }

    pub(super) fn looks(&self) -> &Looks {
        &self.looks
    }

    pub(super) fn serving(&self) -> &Serving {
        &self.serving
    }

    #[inline]
    pub(super) fn rows(&self) -> &Rows {
        &self.rows
    }

    pub(super) fn turns(&self) -> &Turns {
        &self.turns
    }

    pub(super) fn permit(&self) -> Option<u64> {
        self.permit.get()
    }

    pub(super) fn set_permit(&self, since: Option<u64>) {
        self.permit.set(since);
    }

    /// No goroutine runs here.
    pub(super) fn rests(&self) {
        self.context.set_current(None);
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

    /// Counts an operation on a descriptor: how many there have been.
    pub(super) fn served(&self) -> u32 {
        let (turn, count) = self.served.get();
        let count = if turn == self.turn() { count + 1 } else { 1 };
        self.served.set((self.turn(), count));
        count
    }

    /// Queues a goroutine that has not run.
    #[inline]
    pub(super) fn push_fresh(&self, record: RecordRef, site: Site) {
        add_one(&self.remote().started);
        if self.noted.get() != self.turn() || !self.push_noted(record, site) {
            self.fresh.push(record);
        }
    }

    /// What few starts need; false when the goroutine is still to be queued.
    #[cold]
    #[inline(never)]
    fn push_noted(&self, record: RecordRef, site: Site) -> bool {
        trace::spawned(record, site);
        (self.spreads.get() == self.turn() && self.push_elsewhere(record)) || self.place_server(record)
    }

    /// Hands a goroutine to the next worker in turn; false when that is this one.
    fn push_elsewhere(&self, record: RecordRef) -> bool {
        self.spreads.set(0);
        let remotes = &self.runtime.remotes;
        let next = (self.next_worker.get() + 1) % remotes.len();
        self.next_worker.set(next);
        if next == self.index || remotes[next].retired.load(Ordering::Relaxed) {
            return false;
        }
        self.runtime.hand_over(record, &remotes[next]);
        true
    }

    /// The next goroutine that the running one starts in this turn goes to the next worker: one that lives long and that nobody would steal
    /// in time, because it waits soon. It stays where it runs first.
    pub(super) fn spread_next(&self) {
        self.spreads.set(self.turn());
        self.note_starts();
    }

    /// What the running goroutine starts in this turn needs a look.
    pub(super) fn note_starts(&self) {
        self.noted.set(self.turn());
    }

    /// Queues a goroutine that the running one has woken.
    #[inline]
    pub(super) fn push_woken(&self, record: RecordRef) {
        record.prefetch();
        if self.queue.push_next(record) {
            self.rows.wakes_more(self.turn());
        }
        if movement::is_on() {
            self.offer();
        }
    }

    /// Sends the running goroutine to the end of the queue. Inlined for the reason of [`coroutine::park`].
    #[inline(always)]
    pub(super) fn yield_now(&self) {
        task::current().switch_away(Stop::Yielded, std::ptr::null());
    }

    /// As [`Worker::yield_now`] after a long time: inbox and timers are looked at, too.
    pub(super) fn give_way(&self) {
        self.hurry();
        self.yield_now();
    }

    /// What to run next, from this worker's own queues and the common one.
    #[inline(always)]
    pub(super) fn pick(&self) -> Option<RecordRef> {
        let tick = self.turn().wrapping_add(1);
        self.context.tick.store(tick, Ordering::Relaxed);
        if tick.is_multiple_of(POLL)
            && let Some(record) = self.look_around(tick)
        {
            return Some(record);
        }
        if let Some(record) = self.pop_next() {
            return Some(record);
        }
        // Started and fresh goroutines take turns: neither can shut out the other, also where each turn ends in a hurry.
        let found = if (tick ^ (tick / POLL_ALL)).is_multiple_of(2) {
            self.queue.pop().or_else(|| self.pop_fresh())
        } else {
            self.pop_fresh().or_else(|| self.queue.pop())
        };
        found.or_else(|| self.pick_elsewhere())
    }

    /// What only the few picks do that have time for it; what it finds goes before all else.
    #[cold]
    #[inline(never)]
    fn look_around(&self, tick: u32) -> Option<RecordRef> {
        self.context.set_current(None);
        if movement::is_on() {
            self.measure_turns();
        }
        self.drain_inbox();
        let all = tick.is_multiple_of(POLL_ALL);
        self.fire_timers(all, POLL);
        if all {
            self.poll_network();
        }
        if self.random {
            self.hurry();
            return self.pick_randomly();
        }
        if self.fresh.is_empty() {
            // Else those of plain threads would have to wait until this worker is through.
            let injected = self.steal_injected();
            if injected.is_some() {
                self.queue.others_ran();
            }
            return injected;
        }
        if tick.is_multiple_of(OLDEST) {
            self.oldest.set(true);
        }
        None
    }

    /// As [`Worker::pick`], of those only that have run here.
    pub(super) fn pick_started(&self) -> Option<RecordRef> {
        self.context.tick.store(self.turn().wrapping_add(1), Ordering::Relaxed);
        self.drain_inbox();
        self.fire_timers(false, POLL);
        if self.turn().is_multiple_of(POLL) || self.queue.is_empty() {
            self.poll_network();
        }
        self.pop_next().or_else(|| self.queue.pop())
    }

    /// Leaves the goroutines to others that have not run or may move.
    pub(super) fn retire(&self) {
        let mut offered = false;
        let next = || self.queue.movable_next().and_then(|record| self.queue.steal_next(record));
        let movable = || self.queue.movable().pop().or_else(next);
        while let Some(record) = settle(|| self.remote().stealer.steal()).or_else(movable) {
            self.runtime.injector.push(record);
            offered = true;
        }
        if self.searching.get() {
            self.stop_searching();
        }
        if offered {
            self.runtime.idle.notify(&self.runtime.remotes);
        }
    }

    #[cold]
    #[inline(never)]
    fn pick_elsewhere(&self) -> Option<RecordRef> {
        self.drain_inbox();
        self.queue.pop().or_else(|| self.steal_injected())
    }

    /// As [`Worker::pick`] by chance: any of the queues first, in any order.
    #[cold]
    fn pick_randomly(&self) -> Option<RecordRef> {
        if self.queue.is_empty() && self.fresh.is_empty() {
            // How often an idle worker looks is up to the clock: it must not use up random numbers.
            return self.steal_injected();
        }
        if rng::below(2) == 0 {
            self.queue.shuffle(rng::below);
        }
        let fresh = || match rng::below(4) {
            0 => settle(|| self.remote().stealer.steal()),
            1 => self.steal(),
            _ if rng::below(8) == 0 => self.pop_oldest(),
            _ => self.pop_fresh(),
        };
        let started = || self.pop_next().or_else(|| self.queue.pop());
        let found = if rng::below(2) == 0 { fresh().or_else(started) } else { started().or_else(fresh) };
        found.or_else(|| self.pop_fresh()).or_else(|| self.steal_injected())
    }

    #[inline(always)]
    fn pop_next(&self) -> Option<RecordRef> {
        self.queue.pop_next(|| !self.fresh.is_empty())
    }

    #[inline(always)]
    fn pop_fresh(&self) -> Option<RecordRef> {
        // Taking costs a fence, asking does not.
        if self.fresh.is_empty() {
            return None;
        }
        let record = if self.oldest.get() { self.pop_oldest() } else { self.fresh.pop() };
        let record = record?;
        if self.gives_server(record) || self.gives_of_row(record) {
            return self.pop_fresh();
        }
        self.queue.others_ran();
        Some(record)
    }

    /// The oldest fresh goroutine, of those that plain threads have started first.
    #[cold]
    fn pop_oldest(&self) -> Option<RecordRef> {
        self.oldest.set(false);
        self.steal_injected().or_else(|| settle(|| self.remote().stealer.steal()))
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
    #[inline(always)]
    fn execute(&self, record: RecordRef) -> Stop {
        if self.restless.get() {
            self.settle_down();
        }
        self.context.set_current(Some(record));
        if movement::is_on() && record.home() != self.index {
            record.set_home(self.index);
        }
        // SAFETY: rule 4 of the record: the worker that has it, which is this one. The goroutine does not touch it.
        let slot = unsafe { &mut *record.coroutine.get() };
        let coroutine = match slot {
            Some(coroutine) => coroutine,
            None => self.start(record, slot),
        };
        let stop = coroutine.resume();
        match stop {
            Stop::Yielded => {
                self.queue.push(record);
                if movement::is_on() {
                    self.offer();
                }
            }
            Stop::Parked => {
                if !record.status.commit() {
                    self.queue.push_next(record);
                }
            }
            Stop::Returned => self.end(record, slot),
        }
        stop
    }

    /// It has something to run after a rest.
    #[cold]
    fn settle_down(&self) {
        self.restless.set(false);
        if self.searching.get() {
            self.stop_searching();
        }
        if self.kept.replace(false) && self.runtime.next_timer() != NEVER {
            // Busy from now on: somebody else must keep the time.
            self.runtime.idle.replace_keeper(&self.runtime.remotes);
        }
    }

    /// Gives a goroutine the stack that it is going to run on, or its own back.
    #[inline(never)]
    fn start<'a>(&self, record: RecordRef, slot: &'a mut Option<Coroutine>) -> &'a mut Coroutine {
        #[cfg(not(miri))]
        if let Some(coroutine) = cold::bring_back(record) {
            return slot.insert(coroutine);
        }
        record.set_home(self.index);
        add_one(&self.remote().begun);
        self.begins_one();
        slot.insert(self.stacks.take(record.stack_bytes.get()))
    }

    /// Takes back what a goroutine had that has returned.
    #[inline(never)]
    fn end(&self, record: RecordRef, slot: &mut Option<Coroutine>) {
        self.context.set_current(None);
        self.serves_no_more(record);
        if let Some(coroutine) = slot.take() {
            self.stacks.give(coroutine);
        }
        self.give_record(record);
    }

    fn give_record(&self, record: RecordRef) {
        add_one(&self.remote().ended);
        task::recycle(record);
        let mut records = self.records.borrow_mut();
        if records.len() >= RECORDS {
            task::give_records(records.drain(RECORDS / 2..));
        }
        records.push(record);
    }

    /// Acts on what is due of this worker's timers, and of the `others`', who may be busy. Of each no more than `at_once`, as many as
    /// run until the next time: what they wake is still in the cache then, and nobody waits for all of them.
    fn fire_timers(&self, others: bool, at_once: u32) {
        if others {
            self.runtime.remotes.iter().for_each(|remote| self.fire_timers_of(remote, at_once));
        } else {
            self.fire_timers_of(self.remote(), at_once);
        }
    }

    #[inline]
    fn fire_timers_of(&self, remote: &Remote, at_once: u32) {
        let next = remote.timers.next();
        if next != NEVER && next <= clock::now() {
            let mut due = self.due.take();
            let since = trace::pause(self.index, Pause::Timers);
            remote.timers.expire(clock::now(), at_once as usize, &mut due);
            self.act(due, since, Pause::Timers);
        }
    }

    /// Wakes those for whose descriptors something has happened.
    fn poll_network(&self) {
        if let Some(poller) = self.remote().parker.poller() {
            let mut due = self.due.take();
            let since = trace::pause(self.index, Pause::Network);
            poller.wait(Some(Duration::ZERO), &mut due);
            self.act(due, since, Pause::Network);
        }
    }

    /// `since` is when the look at them began, if there is a trace.
    fn act(&self, mut due: Vec<Due>, since: Option<u64>, what: Pause) {
        let count = due.len();
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
        trace::resume(self.index, since, what, count);
    }

    /// Nothing to do here: looks for work elsewhere, then sleeps. Comes back when there is or may be something.
    #[cold]
    #[inline(never)]
    fn rest(&self) -> Option<RecordRef> {
        self.context.set_current(None);
        self.turns_end();
        if self.runtime.gated.load(Ordering::Relaxed) && !self.may_search() {
            self.sleep();
            return None;
        }
        if !self.searching.get() && self.runtime.idle.start_searching() {
            self.search();
        }
        // A timer may wake a goroutine of this very worker.
        self.fire_timers(true, POLL_ALL);
        self.poll_network();
        if !self.queue.is_empty() {
            return None;
        }
        let begun = if self.searching.get() { clock::now() } else { 0 };
        loop {
            for _ in 0..ROUNDS {
                if let Some(record) = self.steal() {
                    return Some(record);
                }
                for _ in 0..LOOKS {
                    if !self.remote().inbox.is_empty() {
                        return None;
                    }
                    std::hint::spin_loop();
                }
            }
            // With descriptors it sleeps in its poller at once: what it would spin for comes from there, mostly, and who sends
            // it needs the processor.
            let polls =
                self.remote().parker.poller().is_some() && !(movement::is_on() && self.sees_started());
            if polls || !self.searching.get() || clock::now() - begun > SEARCH {
                break;
            }
        }
        if self.fresh_in_sight() {
            // They are left to their worker, which the system may have taken off this very processor.
            std::thread::yield_now();
        }
        self.sleep();
        None
    }

    /// Whether it may take goroutines from others while there are more workers than may run.
    fn may_search(&self) -> bool {
        let retired = self.remote().retired.load(Ordering::Relaxed);
        self.permit.get().is_some() && !retired && !self.runtime.permits.are_wanted()
    }

    fn steal(&self) -> Option<RecordRef> {
        let remotes = &self.runtime.remotes;
        let start = if remotes.len() > 1 { rng::below(remotes.len()) } else { 0 };
        let fair = |victim: &usize| {
            let remote = &remotes[*victim];
            let progress = || Progress {
                started: remote.started.load(Ordering::Relaxed),
                turn: remote.worker().map_or(0, Worker::turn),
                making: remote.worker().map_or(0, |worker| worker.stacks.making()),
            };
            let clock = remote.clock.get().copied().flatten();
            self.sightings.may_steal(*victim, remote.stealer.len(), progress, clock)
        };
        let workers = remotes.len();
        let order =
            || (0..workers).map(|next| (start + next) % workers).filter(|&victim| victim != self.index);
        order()
            .filter(fair)
            .find_map(|victim| {
                let found = settle(|| remotes[victim].stealer.steal_batch_and_pop(&self.fresh))?;
                self.count_steal(victim);
                Some(found)
            })
            .or_else(|| self.steal_injected())
            .or_else(|| if movement::is_on() { self.steal_started(order()) } else { None })
    }

    pub(super) fn count_steal(&self, victim: usize) {
        add_one(&self.remote().steals);
        trace::stolen(self.index, victim);
    }

    fn fresh_in_sight(&self) -> bool {
        !self.runtime.injector.is_empty()
            || self.runtime.remotes.iter().any(|remote| !remote.stealer.is_empty())
    }

    /// Whether anything waits for this worker.
    pub(super) fn has_others(&self) -> bool {
        !self.queue.is_empty() || !self.fresh.is_empty() || !self.remote().inbox.is_empty()
    }

    pub(super) fn work_in_sight(&self, retired: bool) -> bool {
        self.has_others()
            || (!retired && (self.fresh_in_sight() || (movement::is_on() && self.sees_started())))
    }

    /// It counts as searching.
    fn search(&self) {
        self.searching.set(true);
        add_one(&self.remote().searches);
        self.restless.set(true);
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
        self.give_permit();
        let retired = remote.retired.load(Ordering::SeqCst);
        if retired {
            runtime.idle.enter_aside(remote);
        } else {
            runtime.idle.enter(self.index, remote);
        }
        if self.searching.replace(false) {
            runtime.idle.stop_searching();
        }
        crate::shim::fence(Ordering::SeqCst);
        self.kept.set(false);
        let mut due = self.due.take();
        let found = self.work_in_sight(retired);
        if !found && !runtime.stopped.load(Ordering::SeqCst) {
            add_one(&remote.sleeps);
            let since = trace::pause(self.index, Pause::Sleep);
            if runtime.next_timer() == NEVER {
                deadlock::sleep_watching(runtime, remote, &mut due);
            } else if retired {
                // It may have been the keeper itself.
                runtime.idle.replace_keeper(&runtime.remotes);
                remote.parker.park(None, &mut due);
            } else if runtime.idle.become_keeper(self.index) {
                self.kept.set(true);
                self.restless.set(true);
                // It may have come closer before we became keeper. If it is gone, the zero wait leads to another look.
                let next = runtime.next_timer();
                runtime.idle.keep_until(next);
                let wait = if next == NEVER { 0 } else { next.saturating_sub(clock::now()) };
                remote.parker.park(Some(Duration::from_nanos(wait)), &mut due);
                runtime.idle.resign_keeper();
            } else {
                remote.parker.park(None, &mut due);
            }
            trace::resume(self.index, since, Pause::Sleep, 0);
        }
        // While we were searching nobody was woken for what we have found now: that stays ours to do.
        if retired {
            runtime.idle.leave_aside(remote);
        } else if runtime.idle.leave(self.index, remote) || (found && runtime.idle.start_searching()) {
            self.search();
        }
        let since = trace::pause(self.index, Pause::Network);
        self.act(due, since, Pause::Network);
        monitor::wake_up();
        self.fire_timers(true, POLL_ALL);
    }

    /// How many stacks it has made and not given back to the system. Any thread may ask.
    pub(super) fn stacks(&self) -> usize {
        self.stacks.count()
    }

    /// The goroutine that runs, if one does, and the number of that turn. Any thread may ask.
    pub(super) fn running(&self) -> (Option<RecordRef>, u32) {
        (self.context.current(), self.context.tick.load(Ordering::Relaxed))
    }
}

/// Counts in a counter that only this thread writes.
#[inline]
pub(super) fn add_one(counter: &AtomicUsize) {
    counter.store(counter.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
}

/// Repeats a steal that lost a race.
pub(super) fn settle(mut steal: impl FnMut() -> Steal<RecordRef>) -> Option<RecordRef> {
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
            task::panic::uncaught_in_goroutine(payload);
        }
    }
    record.set_stack(0, 0);
}
