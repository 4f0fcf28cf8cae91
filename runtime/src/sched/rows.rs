//! Long rows of goroutines are cut in runs, for several workers.
//!
//! Those that one worker starts talk to each other, mostly, each to the one before and the one behind it, which is cheap on one worker;
//! that is why they are left there ([`super::sighting`]). But where hundreds of them keep it busy, the hand-overs where one run meets another are few, and
//! another worker does half of the work meanwhile: a prime sieve takes half the time, and so do 300 pairs that know nothing of each other.
//! So a worker that has [`RUN`] more than another one, several of which could run now, gives the next [`RUN`] that it would begin to that one. Not so
//! - while those it begins end soon: they are jobs, not a row;
//! - where all talk to one, which then wakes many in one turn;
//! - while its goroutines wake such of other workers all the time.
//!
//! Goroutines that may move are left alone: movement evens out what they do.
//!
//! Rejected: runs where nothing else could run, as when a ring is begun through which one token goes; asking what runs most often, by
//! looking every few turns, since one that serves a hundred others has one turn in a hundred.

use std::cell::Cell;

use super::movement;
use super::worker::Worker;
use crate::shim::Ordering;
use crate::task::RecordRef;

/// How many goroutines in a row go to another worker.
const RUN: usize = 128;
/// So many that have run could run again.
const SEVERAL: usize = 8;
/// A run begins only if, of the last [`RUN`] that were begun here and up to as many before them, no more than one turn in so many has woken a goroutine of another worker, ..
const CROSSES: u32 = 16;
/// .. for so many begun no more than one has ended, ..
const SHORT: usize = 8;
/// .. and no more than one in so many has been woken by one that woke more than [`FEW`] in that turn.
const CROWDS: u32 = 8;
/// Of those that run-next has no room for.
const FEW: u32 = 4;

/// What was so some time ago: the turn, and counts.
#[derive(Clone, Copy, Default)]
struct Window {
    turn: u32,
    crossed: u32,
    crowd: u32,
    begun: usize,
    ended: usize,
}

/// What one worker knows of its row.
pub(super) struct Rows {
    /// Who gets the next ones, and how many.
    run: Cell<(usize, usize)>,
    /// How often a goroutine of another worker was woken.
    crossed: Cell<u32>,
    /// What was so when the last [`RUN`] began, and those before them.
    windows: Cell<[Window; 2]>,
    /// How many had been begun when the last run was.
    ran: Cell<usize>,
    /// The last turn that woke several here, and how many.
    wakes: Cell<(u32, u32)>,
    /// How many were woken in turns that woke more than [`FEW`].
    crowd: Cell<u32>,
}

impl Rows {
    pub(super) fn new() -> Rows {
        Rows {
            run: Cell::new((0, 0)),
            crossed: Cell::new(0),
            windows: Cell::new([Window::default(); 2]),
            ran: Cell::new(0),
            wakes: Cell::new((0, 0)),
            crowd: Cell::new(0),
        }
    }

    /// Notes that a goroutine of another worker was woken.
    #[inline]
    pub(super) fn crosses(&self) {
        self.crossed.set(self.crossed.get().wrapping_add(1));
    }

    /// Notes that the goroutine which runs in this turn has woken another one after one that has not run yet.
    #[inline]
    pub(super) fn wakes_more(&self, turn: u32) {
        let (last, count) = self.wakes.get();
        let count = if last == turn { count + 1 } else { 1 };
        self.wakes.set((turn, count));
        if count > FEW {
            self.crowd.set(self.crowd.get().wrapping_add(1));
        }
    }

    /// Whether those that were begun last, of so many, are a row, when so many have ended.
    fn is_a_row(&self, turn: u32, begun: usize, ended: usize) -> bool {
        let now = Window { turn, crossed: self.crossed.get(), crowd: self.crowd.get(), begun, ended };
        let [then, later] = self.windows.get();
        if now.begun.wrapping_sub(later.begun) >= RUN {
            self.windows.set([later, now]);
        }
        let turns = turn.wrapping_sub(then.turn);
        let (crossed, crowd) = (now.crossed.wrapping_sub(then.crossed), now.crowd.wrapping_sub(then.crowd));
        let (begun, ended) = (begun.wrapping_sub(then.begun), ended.wrapping_sub(then.ended));
        crossed <= turns / CROSSES && ended <= begun / SHORT && crowd <= turns / CROWDS
    }
}

impl Worker {
    /// Gives a fresh goroutine to another worker, of a run; false when it is still to be run.
    #[inline]
    pub(super) fn gives_of_row(&self, record: RecordRef) -> bool {
        self.remote().has_begun() >= RUN && self.gives_in_run(record)
    }

    #[cold]
    #[inline(never)]
    fn gives_in_run(&self, record: RecordRef) -> bool {
        let run = &self.rows().run;
        let (mut to, mut left) = run.get();
        if left == 0 {
            if !self.queue().has(SEVERAL) || movement::is_on() || self.is_random() {
                return false;
            }
            let remote = self.remote();
            let Some(other) = self.other_worker() else { return false };
            let theirs = self.runtime().remotes[other].has_begun();
            let (begun, ended) = (remote.begun.load(Ordering::Relaxed), remote.ended.load(Ordering::Relaxed));
            let is_far = begun.wrapping_sub(self.rows().ran.get()) >= RUN;
            if !is_far
                || remote.has_begun() < theirs + RUN
                || !self.rows().is_a_row(self.turn(), begun, ended)
            {
                return false;
            }
            self.rows().ran.set(begun);
            (to, left) = (other, RUN);
        }
        let other = &self.runtime().remotes[to];
        if other.retired.load(Ordering::Relaxed) {
            run.set((to, 0));
            return false;
        }
        run.set((to, left - 1));
        self.runtime().hand_over(record, other);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Begins as many as two runs, with as many turns for each and something else that happens then, and says when it was a row.
    fn begin(rows: &Rows, turns: u32, mut each: impl FnMut(u32) -> bool) -> Vec<bool> {
        let (mut turn, mut ended) = (0, 0);
        let begin = |begun| {
            for _ in 0..turns {
                turn += 1;
                ended += usize::from(each(turn));
            }
            rows.is_a_row(turn, begun, ended)
        };
        (1..=2 * RUN).map(begin).collect()
    }

    #[test]
    fn goroutines_that_stay_and_talk_to_few_are_a_row() {
        let rows = Rows::new();
        let found = begin(&rows, 30, |turn| {
            rows.wakes_more(turn);
            if turn % 100 == 0 {
                rows.crosses();
            }
            false
        });
        assert!(found.iter().all(|row| *row));
    }

    #[test]
    fn jobs_are_none() {
        let found = begin(&Rows::new(), 30, |turn| turn % 100 == 0);
        assert!(!found[RUN..].iter().any(|row| *row));
    }

    #[test]
    fn what_all_talk_to_makes_none() {
        let rows = Rows::new();
        let found = begin(&rows, 10, |turn| {
            // One in fifty turns is of one that wakes fifty.
            if turn % 50 == 0 {
                (0..50).for_each(|_| rows.wakes_more(turn));
            }
            false
        });
        assert!(!found[RUN..].iter().any(|row| *row));
    }

    #[test]
    fn talk_across_workers_makes_none() {
        let rows = Rows::new();
        let found = begin(&rows, 10, |turn| {
            if turn % 8 == 0 {
                rows.crosses();
            }
            false
        });
        assert!(!found[RUN..].iter().any(|row| *row));
    }
}
