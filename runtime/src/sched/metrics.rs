//! Numbers about the runtime.
//!
//! Must hold: they cost nothing until they are asked for. Counters are those that workers keep anyway, and such as only a
//! worker without work counts; the rest is counted by looking at every record. A status word counts its record's parks for ever.

use super::worker::Worker;
use super::{blocking, runtime};
use crate::shim::Ordering;
use crate::task::{self, THREAD, WaitReason};

/// What the runtime does; see [`crate::metrics`].
///
/// While goroutines start, end and wait, the numbers are of slightly different moments. Stable: the fields and what they mean. Not
/// stable: the texts of `waiting`, and that there are no further fields.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let goxide::Metrics { goroutines, workers, .. } = goxide::metrics();
/// assert!(goroutines >= 1 && workers >= 1);
/// # });
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Metrics {
    /// Goroutines there are.
    pub goroutines: usize,
    /// Of those, how many wait, by what for, in the words of [`crate::dump`].
    pub waiting: Vec<(&'static str, usize)>,
    /// Of those, how many run or could.
    pub runnable: usize,
    /// Goroutines ever started.
    pub started: usize,
    /// OS threads that run goroutines at the same time: what [`crate::set_max_procs`] sets.
    pub workers: usize,
    /// Of those, how many have nothing to do and sleep.
    pub idle_workers: usize,
    /// OS threads of the blocking pool.
    pub blocking_threads: usize,
    /// Calls that wait for one of them.
    pub blocking_queue: usize,
    /// Timers that have not fired: sleeps, timeouts, tickers.
    pub timers: usize,
    /// Of the goroutines, how many wait for a descriptor: a connection, a listener.
    pub network_waits: usize,
    /// Times ever that a goroutine, or a plain thread at something of goxide's, began to wait, also those that were over at once.
    pub parks: u64,
    /// Stacks that goroutines have: of those that have begun to run.
    pub stacks: usize,
    /// Address space of those stacks, in bytes: what was touched of it is memory. Unknown (0) on the substrate `thread`.
    pub stack_bytes: usize,
    /// Stacks without a goroutine, kept for the next ones.
    pub idle_stacks: usize,
    /// By worker, in the order of their numbers.
    pub per_worker: Vec<WorkerMetrics>,
}

/// What one worker did since the program began; all numbers wrap.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let metrics = goxide::metrics();
/// let steals: usize = metrics.per_worker.iter().map(|worker: &goxide::WorkerMetrics| worker.steals).sum();
/// println!("{steals} goroutines went to another worker before they ran");
/// # });
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct WorkerMetrics {
    /// Goroutines started by those that it ran.
    pub started: usize,
    /// Goroutines that ended on it.
    pub ended: usize,
    /// Times that it ran out of work and looked around for some.
    pub searches: usize,
    /// Times that it took goroutines that had not run yet from another worker.
    pub steals: usize,
    /// Times that it found none and slept.
    pub sleeps: usize,
}

/// See [`crate::metrics`].
pub(crate) fn metrics() -> Metrics {
    let runtime = runtime();
    let (mut parks, mut stacks, mut stack_bytes) = (task::pool::parks_elsewhere(), 0, 0);
    let mut counts = [0usize; WaitReason::ALL.len()];
    task::visit_records(|record| {
        parks = parks.wrapping_add(record.status.parks());
        // A goroutine has a home from its first turn to its end.
        if record.home() == THREAD {
            return;
        }
        let stack = record.stack();
        stacks += 1;
        stack_bytes += stack.high.saturating_sub(stack.low);
        if record.is_parked() && record.status.is_waiting() {
            counts[record.reason() as usize] += 1;
        }
    });
    let waiting: Vec<_> =
        WaitReason::ALL.iter().zip(counts).filter(|(_, n)| *n > 0).map(|(why, n)| (why.text(), n)).collect();
    let goroutines = runtime.goroutines();
    let started = |sum: usize, remote: &super::Remote| sum + remote.started.load(Ordering::Relaxed);
    let made = runtime
        .remotes
        .iter()
        .fold(0usize, |sum, remote| sum.wrapping_add(remote.worker().map_or(0, Worker::stacks)));
    let per_worker = runtime.remotes.iter().map(|remote| WorkerMetrics {
        started: remote.started.load(Ordering::Relaxed),
        ended: remote.ended.load(Ordering::Relaxed),
        searches: remote.searches.load(Ordering::Relaxed),
        steals: remote.steals.load(Ordering::Relaxed),
        sleeps: remote.sleeps.load(Ordering::Relaxed),
    });
    Metrics {
        goroutines,
        runnable: goroutines.saturating_sub(waiting.iter().map(|(_, n)| n).sum()),
        waiting,
        started: runtime.remotes.iter().fold(runtime.injected.load(Ordering::Relaxed), started),
        workers: runtime.workers(),
        idle_workers: runtime.idle.sleeping(),
        blocking_threads: blocking::threads(),
        blocking_queue: blocking::queued(),
        timers: runtime.timers(),
        network_waits: runtime.remotes.iter().map(|remote| remote.waits.load(Ordering::Relaxed)).sum(),
        parks,
        stacks,
        stack_bytes,
        idle_stacks: made.saturating_sub(stacks),
        per_worker: per_worker.collect(),
    }
}
