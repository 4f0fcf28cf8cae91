//! When goroutines that have not run may be stolen.
//!
//! Where a goroutine starts decides what it costs: woken on its own worker it is a switch away, woken on another a hand-over between
//! threads, for as long as it lives; and those that one worker starts talk to each other, mostly. What that costs is lost in turns
//! that take long, and is many times what short turns take. So fresh ones are stolen from a worker whose turns have been longer than
//! [`TURN`] on average, for [`WINDOW`]; a start counts as a turn, since a worker that keeps starting others comes to them soon. From any other they
//! are stolen when some have been there for [`LONG`]: a lone one, or several of which none need be the same. Turns are
//! measured by the clock of that worker's processor time: one that the system has taken its processor away from would have run them as soon.
//!
//! Rejected: stealing at sight, which spreads a chain of goroutines over all workers link by link (a prime sieve took twice the time of
//! one worker), and pairs that talk to each other at random; the time of day, by which the same happened on a busy machine; stealing whenever some
//! have been there for 50 us, as long as it takes to start thirty: one goroutine of a ring of a thousand elsewhere doubled its time; waiting for a turn
//! of 50 us, which leaves a pool whose jobs take 10 us on one worker for ever.

use std::cell::RefCell;

use crate::sys::clock::{self, CpuClock};

/// For how long turns are looked at, in nanoseconds of processor time: three times as long as a worker takes to cut new stacks.
const WINDOW: u64 = 150_000;
/// The average turn from which on others may help, in nanoseconds of processor time: some hand-overs between busy threads.
const TURN: u64 = 3_000;
/// For how many turns more the first one of a goroutine counts.
const FIRST: u32 = 2;
/// How long fresh goroutines are left to the worker that started them in any case, in nanoseconds.
const LONG: u64 = 5_000_000;

/// What a worker saw when it looked at another one.
#[derive(Clone, Copy, Default)]
struct Sighting {
    /// Goroutines that the other had started when it was looked at last.
    started: usize,
    /// Since when some lie there, if some do.
    lying: Option<u64>,
    /// Where the other was when the window began, if one has.
    window: Option<Window>,
}

#[derive(Clone, Copy)]
struct Window {
    time: u64,
    /// Processor time, but for making stacks.
    cpu: u64,
    steps: u32,
}

/// What changes while a worker gets on.
#[derive(Clone, Copy)]
pub(super) struct Progress {
    /// Goroutines that it has started.
    pub(super) started: usize,
    /// The number of its turn.
    pub(super) turn: u32,
    /// How long it has been making stacks, in nanoseconds.
    pub(super) making: u64,
}

impl Progress {
    /// What counts as turns. The first one of a goroutine is as long as some others whatever it does, because of the memory that is touched
    /// besides the stack.
    fn steps(self, waiting: usize) -> u32 {
        let begun = self.started.wrapping_sub(waiting) as u32;
        self.turn.wrapping_add(self.started as u32).wrapping_add(begun.wrapping_mul(FIRST))
    }
}

/// See the module.
pub(super) struct Sightings(RefCell<Vec<Sighting>>);

impl Sightings {
    pub(super) fn new(workers: usize) -> Sightings {
        Sightings(RefCell::new(vec![Sighting::default(); workers]))
    }

    /// Whether to steal from a worker where that many lie, which has got so far and whose thread has that clock.
    pub(super) fn may_steal(
        &self,
        victim: usize,
        waiting: usize,
        progress: impl FnOnce() -> Progress,
        clock: Option<CpuClock>,
    ) -> bool {
        self.judge(victim, waiting, progress, clock::now, || clock.map_or_else(clock::now, CpuClock::time))
    }

    fn judge(
        &self,
        victim: usize,
        waiting: usize,
        progress: impl FnOnce() -> Progress,
        now: impl FnOnce() -> u64,
        cpu: impl Fn() -> u64,
    ) -> bool {
        let mut sightings = self.0.borrow_mut();
        if victim >= sightings.len() {
            sightings.resize(victim + 1, Sighting::default());
        }
        let last = &mut sightings[victim];
        if waiting == 0 {
            last.lying = None;
            return false;
        }
        let (now, progress) = (now(), progress());
        let another = waiting == 1 && last.started != progress.started;
        last.started = progress.started;
        let Some(lying) = last.lying.filter(|_| !another) else {
            (last.lying, last.window) = (Some(now), None);
            return false;
        };
        if now.saturating_sub(lying) >= LONG {
            return true;
        }
        // The other's clock is a call of the system: it is asked when it may decide.
        let cpu = || cpu().wrapping_sub(progress.making);
        let begin = || Window { time: now, cpu: cpu(), steps: progress.steps(waiting) };
        let window = *last.window.get_or_insert_with(begin);
        if now.saturating_sub(window.time) < WINDOW {
            return false;
        }
        // Making stacks is as long as the system has no memory at hand, and over once all run. Its time is taken by another clock, so it may seem to be more than all.
        let spent = u64::try_from(cpu().wrapping_sub(window.cpu).cast_signed()).unwrap_or(0);
        if spent < WINDOW {
            return false;
        }
        let steps = progress.steps(waiting).wrapping_sub(window.steps).max(1);
        if spent / u64::from(steps) >= TURN {
            return true;
        }
        last.window = Some(begin());
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOW: u64 = 100;

    fn at(started: usize, turn: u32) -> impl FnOnce() -> Progress {
        move || Progress { started, turn, making: 0 }
    }

    #[test]
    fn a_worker_with_short_turns_keeps_what_it_has_started() {
        let sightings = Sightings::new(2);
        let judge =
            |waiting, started, turn, now| sightings.judge(1, waiting, at(started, turn), || now, || now);
        assert!(!judge(0, 0, 0, LOW));
        for step in 0..2 * LONG / TURN {
            // Now it switches, now it starts another.
            let (started, turn) = (step as usize / 2, step as u32 - step as u32 / 2);
            let now = LOW + step * (TURN - 10);
            assert_eq!(judge(5, started, turn, now), now - LOW >= LONG, "{step}");
        }
        assert!(!judge(0, 0, 0, LOW));
        // One at a time, each another one.
        for step in 0..2 * LONG / WINDOW {
            assert!(!judge(1, 20 + step as usize, 0, LOW + step * WINDOW), "{step}");
        }
    }

    #[test]
    fn a_worker_with_long_turns_does_not() {
        let sightings = Sightings::new(2);
        let judge = |waiting, turn, now| sightings.judge(1, waiting, at(1, turn), || now, || now);
        let steps = (WINDOW / TURN) as u32;
        assert!(!judge(3, 0, LOW));
        assert!(!judge(3, 1, LOW + 1));
        assert!(!judge(3, 1 + steps, LOW + WINDOW));
        assert!(judge(3, 1 + steps, LOW + 1 + WINDOW));
        // They were taken; there are others.
        assert!(!judge(0, 9, LOW + 2 * WINDOW));
        assert!(!judge(2, 9, LOW + 3 * WINDOW));
    }

    #[test]
    fn making_stacks_is_no_turn() {
        let sightings = Sightings::new(2);
        let judge = |step: u64| {
            let now = LOW + step * WINDOW;
            // Of each window a third is left for turns, of 1 us each.
            let progress = || Progress {
                started: 1000,
                turn: (step * WINDOW / 3 / 1000) as u32,
                making: step * WINDOW / 3 * 2,
            };
            sightings.judge(1, 500, progress, || now, || now)
        };
        assert_eq!((0..100).position(judge), Some((LONG / WINDOW + 1) as usize));
    }

    #[test]
    fn a_worker_without_processor_is_waited_for() {
        let sightings = Sightings::new(2);
        let judge = |now, cpu| sightings.judge(1, 1, at(1, 1), || now, || cpu);
        assert!(!judge(LOW, 7));
        assert!(!judge(LOW, 7));
        assert!(!judge(LOW + 10 * WINDOW, 7 + WINDOW - 1));
        assert!(judge(LOW + 10 * WINDOW, 7 + WINDOW));
        assert!(judge(LOW + LONG, 7));
    }
}
