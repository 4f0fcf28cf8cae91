//! Stacks of goroutines that wait for long are put away, if the program asked for it ([`coroutine::cold`](crate::coroutine::cold)).
//!
//! Translated programs ask for it [while memory is short](put_away_when_short): the process has three quarters of the limit that was set for it (GOMEMLIMIT), the system has less
//! than an eighth of its memory left, or a control group (version 2) that the process is in has an eighth left of its own; and there are at least [`FEW`] goroutines. That is
//! looked at four times a second, while the monitor is awake. Nobody has promised anything about other threads there, as code of a person's could have started some: so
//! stacks are put away only while every thread of the process stands still ([`world::has_all`]), those of the runtime's that touch no stacks aside.
//!
//! The monitor looks at all goroutines now and then. One that it finds in the same park twice has waited for at least as long as was asked
//! for; such ones are put away in batches, each while the world is stopped (some 100 us, a millisecond where stacks are large and far apart), with a pause of the same length behind it.
//!
//! What is put away, by what it waits for:
//! - channels, nil ones too: one lock, the channel's, leads others to the stack, or none does;
//! - locks, conditions, wait groups and with them `errgroup`, semaphores, a `Once`: one lock, that of the queue in the table of `sync::lot`. Others who wait in it
//!   are passed by without being brought back;
//! - timers and descriptors: their owners are known by record and park, nobody is led to the stack;
//! - a `select`: as many locks as it has channels, by which several may be at work at once, on its nodes and their neighbours. It is put away only when
//!   none is held and no case is chosen, and brought back with all of them held ([`Queues`](task::Queues)).
//!
//! What is not: calls that block and futures, which lend what lies on the stack ([`task::Lent`]); anything inside of a `scope`, the wait for its
//! goroutines included: they use what they borrow by plain accesses, several at once, and have the system write there, which would be an error of the
//! call and no fault that could be mended. Goroutines that a scope started are put away like others.
//!
use std::ptr::NonNull;
use std::time::Duration;

use super::{runtime, world};
use crate::coroutine::Coroutine;
use crate::coroutine::cold::{self, Batch, Cold, Refusal, Table};
use crate::shim::{AtomicU64, AtomicUsize, OnceLock, Ordering};
use crate::sys::lock::RawLock;
use crate::sys::{clock, pressure, signal};
use crate::task::{self, RecordRef, THREAD, WaitReason};

/// How many are put away while the world is stopped once.
const BATCH: usize = 256;
/// Looks that find nothing to do grow rarer, up to so many times.
const RARER: u64 = 16;

/// How long a goroutine waits before it is put away, in nanoseconds; 0: for ever.
static AFTER: AtomicU64 = AtomicU64::new(0);
/// How far below the note of where it is parked a stack may reach, as found so far, by what it waits for.
static BELOW: [AtomicUsize; WaitReason::ALL.len()] = [const { AtomicUsize::new(0) }; WaitReason::ALL.len()];

/// Fewer goroutines than that are not worth it.
pub(super) const FEW: usize = 1000;
/// While memory is short: for how long a goroutine has waited that is put away, and how often memory is looked at, in nanoseconds.
const WHEN_SHORT: u64 = 100_000_000;
const LOOK: u64 = 250_000_000;

/// How many bytes the program is to use at most, if that was said.
type Limit = fn() -> Option<usize>;

/// Set if it is asked for only while memory is short.
static WHEN: OnceLock<Limit> = OnceLock::new();

/// Asks for it, while memory is short.
pub fn put_away_when_short(limit: Limit) {
    // The first call counts.
    let _ = WHEN.set(limit);
}

/// Asks for it.
pub(super) fn ask(after: Duration) {
    AFTER.store(clock::nanos(after).clamp(1_000_000, u64::MAX / (2 * RARER)), Ordering::Relaxed);
}

/// What the monitor keeps of it.
#[derive(Default)]
pub(super) struct Sweeper {
    enabled: bool,
    /// Whether memory is short, and when that is to be looked at next.
    short: bool,
    look: u64,
    due: u64,
    rarer: u64,
    found: Vec<(RecordRef, u64, Option<NonNull<Cold>>)>,
    batch: Option<Batch>,
    /// A table that is to take the place of the present one.
    larger: Option<&'static Table>,
}

impl Sweeper {
    /// Puts stacks away if it is time to: in how many nanoseconds it is again. None if there is nothing to do before a worker has
    /// run something.
    pub(super) fn sweep(&mut self) -> Option<u64> {
        let asked = AFTER.load(Ordering::Relaxed);
        let after = match (asked, WHEN.get()) {
            (0, None) => return None,
            (0, Some(limit)) if self.is_short(*limit) => WHEN_SHORT,
            (0, Some(_)) => return None,
            _ => asked,
        };
        if !self.enabled {
            self.enabled = cold::enable(runtime().goroutines());
            if !self.enabled {
                AFTER.store(0, Ordering::Relaxed);
                self.look = u64::MAX;
                self.short = false;
                return None;
            }
            self.batch = Some(Batch::new(BATCH));
            self.found.reserve(BATCH);
        }
        let now = clock::now();
        if now < self.due {
            return Some(self.due - now);
        }
        let mut done = self.free();
        let mut fresh = 0;
        task::visit_records(|record| {
            let Some(park) = candidate(record) else { return };
            if !record.was_seen_in(park) {
                fresh += 1;
                return;
            }
            self.add(record, park);
            if self.found.len() == BATCH {
                done |= self.put_away();
            }
        });
        done |= self.put_away();
        self.rarer = if done || fresh > 0 { 1 } else { (self.rarer * 2).clamp(1, RARER) };
        let pause = after * self.rarer;
        self.due = clock::now() + pause;
        (self.rarer < RARER).then_some(pause)
    }

    /// Whether memory is short, as far as was seen last.
    fn is_short(&mut self, limit: Limit) -> bool {
        let now = clock::now();
        if now < self.look {
            return self.short;
        }
        self.look = now + LOOK;
        let near = |limit: usize| pressure::resident().is_some_and(|bytes| bytes > limit / 4 * 3);
        self.short = runtime().goroutines() >= FEW && (limit().is_some_and(near) || pressure::is_short());
        if !self.short && self.enabled {
            self.free();
        }
        self.short
    }

    /// Notes one for the next batch, with room for what it has, as far as that can be told from outside.
    fn add(&mut self, record: RecordRef, park: u64) {
        let above = above(record);
        let bytes = above + BELOW[record.reason() as usize].load(Ordering::Relaxed);
        if above > 0 && bytes <= cold::MOST {
            let room = record.cold().is_none().then(|| Cold::with_room(bytes));
            self.found.push((record, park, room));
        }
    }

    /// Puts those away that were noted and have not run since; whether there were any.
    fn put_away(&mut self) -> bool {
        let (Some(batch), false) = (&mut self.batch, self.found.is_empty()) else { return false };
        let begun = clock::now();
        let mut any = false;
        let found = &mut self.found;
        let larger = &mut self.larger;
        *larger = larger.or_else(|| cold::larger(found.len()));
        let adopted = runtime().adopted_threads.load(Ordering::SeqCst);
        signal::spilled(|sp| {
            world::stopped(sp, |world| {
                if AFTER.load(Ordering::Relaxed) == 0 && !world.has_all(adopted) {
                    return;
                }
                if let Some(larger) = larger.take() {
                    // SAFETY: the world is stopped.
                    unsafe { cold::replace(larger) };
                }
                for (record, park, room) in found.iter_mut() {
                    if candidate(record) == Some(*park) {
                        any |= put_one_away(batch, record, room);
                    }
                }
                // SAFETY: the world is still stopped.
                unsafe { batch.finish() };
            })
        });
        for (_, _, room) in self.found.drain(..) {
            if let Some(room) = room {
                // SAFETY: it was not used.
                unsafe { cold::free(room) };
            }
        }
        if any {
            std::thread::sleep(Duration::from_nanos(clock::now() - begun));
        }
        any
    }

    /// Frees copies that were brought back; whether there were any.
    fn free(&mut self) -> bool {
        let retired = cold::retired();
        if retired.is_empty() {
            return false;
        }
        let stopped = signal::spilled(|sp| world::stopped(sp, |_| ()));
        if stopped.is_some() {
            // SAFETY: the world was stopped just now.
            unsafe { retired.free() };
        }
        true
    }
}

/// How much lies on a parked stack from the note on that tells where it is parked; zero if that lies on another one. The goroutine
/// may go on meanwhile.
fn above(record: RecordRef) -> usize {
    let (stack, at) = (record.stack(), record.parked_at());
    let high = stack.high.saturating_sub(cold::PADDING);
    if (stack.low..high).contains(&at) { high - at } else { 0 }
}

/// Whether the goroutine of a record waits and may be put away: the park.
fn candidate(record: RecordRef) -> Option<u64> {
    let park = record.status.parked()?;
    let away = record.cold().is_some_and(|cold| cold.place().1 != 0);
    let fits = record.home() != THREAD && record.stack().high != 0 && !record.is_lent() && !away;
    let lends = matches!(
        record.reason(),
        WaitReason::None | WaitReason::Blocking | WaitReason::Await | WaitReason::Goexit | WaitReason::Scope
    );
    (fits && !lends).then_some(park)
}

/// Puts one away. The world is stopped, and it is parked.
fn put_one_away(batch: &mut Batch, record: RecordRef, room: &mut Option<NonNull<Cold>>) -> bool {
    if !record.is_left_alone() {
        return false;
    }
    // SAFETY: rule 4 of the record: its worker has it, is stopped, and does nothing with it while it is parked.
    let place = unsafe { &mut *record.coroutine.get() };
    let mut brought_back = None;
    let (place, cold): (&mut Option<Coroutine>, &'static Cold) = match (record.cold(), room.as_ref()) {
        (Some(cold), _) => {
            // SAFETY: the worker to whom it belongs is stopped, and is going to find it in the same place.
            brought_back = unsafe { cold.take_out() };
            (&mut brought_back, cold)
        }
        // SAFETY: memory of ours, which is freed only after it was retired, or below when it was not used.
        (None, Some(room)) => (place, unsafe { room.as_ref() }),
        (None, None) => return false,
    };
    // SAFETY: the world is stopped, the wait is one of those that `candidate` lets through, and the memory is unused, or was brought back.
    match unsafe { batch.put_away(place, cold) } {
        Ok(()) => {
            record.set_cold(Some(cold));
            *room = None;
            true
        }
        Err(refusal) => {
            if let Some(coroutine) = brought_back {
                // SAFETY: as above.
                unsafe { cold.put_in(coroutine) };
            }
            if let Refusal::Room(bytes) = refusal {
                BELOW[record.reason() as usize].fetch_max(bytes - above(record), Ordering::Relaxed);
            }
            false
        }
    }
}

/// The coroutine of a goroutine whose stack was put away, and that is to run again. Its worker asks.
pub(super) fn bring_back(record: RecordRef) -> Option<Coroutine> {
    let cold = record.cold()?;
    record.each_lock(RawLock::lock);
    // SAFETY: the worker to whom it belongs asks, and others who could find the copy are kept away; after that nobody finds it.
    let coroutine = unsafe { cold::bring_back(cold) };
    record.each_lock(|lock| lock.unlock_noting(lock.notes()));
    record.set_cold(None);
    // SAFETY: the record and the table were the two places where it was found.
    unsafe { cold::retire(cold) };
    coroutine
}
