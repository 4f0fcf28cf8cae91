//! Movement: started goroutines that go on on another worker, in programs where that is sound.
//!
//! A goroutine of translated Go has nothing on its stack that belongs to a thread, so it may go on anywhere; Rust's stay where they ran first, unless
//! the program promises the same ([`crate::Builder::movable`]). It is decided once, for all goroutines of the process. What must hold of the code that
//! moves: no address of a thread-local (of ours: [`crate::sys::words`]; of others: behind functions that are not inlined) is kept across a park, and nothing
//! that is counted by thread begins before a park and ends behind it. One thing of that kind is in every program: an unwind. A goroutine that parks
//! while it panics is not movable until it has gone on.
//!
//! Where a goroutine goes on decides what it costs, as where it starts does ([`super::sighting`]), and by the same measure, the length of turns:
//! - Short turns bring goroutines together: one that is woken on another worker than its own goes on there.
//! - Long turns spread them: what is woken or gives way wakes a sleeping worker, which takes it from the queue. Run-next is taken, too, when the
//!   goroutine before it has gone on for [`STUCK`]: a waker that parks soon is quicker than any thread. And one that is woken goes to the worker that it ran
//!   on last if that one sleeps, so that it need not be looked for.
//!
//! Whatever is handed to another worker goes into a queue from which all can take: an inbox is looked at by its owner only, who may be in a long turn.
//! Rejected: helping with short turns after a while. Eight goroutines around one channel kept both of two workers busy then, at four times the time.
//!
//! A worker measures its turns over [`super::worker::POLL`] of them; before it has, they count as long.

use std::cell::{Cell, RefCell};

use crate::coroutine;
use crate::shim::{AtomicBool, Ordering};
use crate::sys::{clock, rng};
use crate::task::{self, RecordRef};

pub(super) use crate::task::moves as is_on;

use super::worker::Worker;
use super::{Remote, Runtime};

/// Turns of so many nanoseconds are long: so many hand-overs between busy threads.
const LONG: u64 = 5_000;
/// How long a goroutine goes on until what it has woken is taken elsewhere, in nanoseconds.
const STUCK: u64 = 5_000;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Asks for it; before the scheduler starts.
pub(super) fn ask() {
    ASKED.store(true, Ordering::Relaxed);
}

/// Turns it on if it was asked for and can be.
pub(super) fn start() {
    task::set_moves(ASKED.load(Ordering::Relaxed) && coroutine::can_move());
}

/// What a worker knows of its own turns.
pub(super) struct Turns {
    /// When the last measure began and with which turn; zero: it is to begin.
    since: Cell<(u64, u32)>,
}

impl Turns {
    pub(super) fn new() -> Turns {
        Turns { since: Cell::new((0, 0)) }
    }

    /// Measures until `now`, where turn `turn` begins: whether they are long. None when that cannot be told, because the worker has rested meanwhile.
    fn measure(&self, turn: u32, now: u64) -> Option<bool> {
        let (begun, first) = self.since.replace((now, turn));
        let turns = u64::from(turn.wrapping_sub(first).max(1));
        (begun != 0).then(|| (now - begun) / turns >= LONG)
    }

    fn rest(&self) {
        self.since.set((0, 0));
    }
}

/// What a worker saw when it looked at another one.
#[derive(Clone, Copy, Default)]
struct Look {
    /// Its turn, and since when it has been in that.
    turn: u32,
    since: u64,
}

/// What may be taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fair {
    Nothing,
    /// What waits in the queue.
    Queued,
    /// That, and run-next.
    All,
}

/// See [`Look`].
pub(super) struct Looks(RefCell<Vec<Look>>);

impl Looks {
    pub(super) fn new() -> Looks {
        Looks(RefCell::new(Vec::new()))
    }

    fn judge(&self, victim: usize, turn: u32, long: bool, now: u64) -> Fair {
        let mut looks = self.0.borrow_mut();
        if victim >= looks.len() {
            looks.resize(victim + 1, Look::default());
        }
        let last = &mut looks[victim];
        if last.turn != turn || last.since == 0 {
            (last.turn, last.since) = (turn, now);
        }
        if now.saturating_sub(last.since) >= STUCK {
            Fair::All
        } else if long {
            Fair::Queued
        } else {
            Fair::Nothing
        }
    }
}

impl Worker {
    /// Looks how long its turns are.
    pub(super) fn measure_turns(&self) {
        if let Some(long) = self.turns().measure(self.turn(), clock::now())
            && long != self.remote().long.load(Ordering::Relaxed)
        {
            self.remote().long.store(long, Ordering::Relaxed);
        }
    }

    /// Its turns are not measured over a rest.
    pub(super) fn turns_end(&self) {
        self.turns().rest();
    }

    /// Whether a goroutine of another worker that is woken here is to go on here.
    pub(super) fn attracts(&self, home: usize) -> bool {
        let has_long = self.remote().long.load(Ordering::Relaxed);
        let home = &self.runtime().remotes[home];
        !(has_long && home.asleep.load(Ordering::Relaxed) && !home.retired.load(Ordering::Relaxed))
    }

    /// Something movable was queued: others are to help with it if turns are long.
    #[inline]
    pub(super) fn offer(&self) {
        if self.remote().long.load(Ordering::Relaxed) || self.is_random() {
            self.runtime().idle.notify(&self.runtime().remotes);
        }
    }

    /// Takes a started goroutine from another worker.
    pub(super) fn steal_started(&self, order: impl Iterator<Item = usize>) -> Option<RecordRef> {
        let runtime = self.runtime();
        for victim in order {
            let remote = &runtime.remotes[victim];
            let Some(worker) = remote.worker() else { continue };
            let (queued, next) = (!remote.movable.is_empty(), worker.queue().movable_next());
            if !queued && next.is_none() {
                continue;
            }
            let long = remote.long.load(Ordering::Relaxed);
            let fair = match self.is_random() {
                true => [Fair::Nothing, Fair::Queued, Fair::All][rng::below(3)],
                false => self.looks().judge(victim, worker.turn(), long, clock::now()),
            };
            let queued =
                || super::worker::settle(|| remote.movable.steal_batch_and_pop(self.queue().movable()));
            let found = match fair {
                Fair::Nothing => None,
                Fair::Queued => queued(),
                Fair::All => queued().or_else(|| worker.queue().steal_next(next?)),
            };
            if found.is_some() {
                self.count_steal(victim);
                return found;
            }
        }
        None
    }

    /// Whether another worker has something that is worth another look.
    pub(super) fn sees_started(&self) -> bool {
        self.runtime().remotes.iter().any(|remote| {
            let next = || remote.worker().is_some_and(|worker| worker.queue().movable_next().is_some());
            remote.long.load(Ordering::Relaxed) && (!remote.movable.is_empty() || next())
        })
    }
}

impl Runtime {
    /// Queues a started goroutine with whoever comes first, best the worker that it ran on.
    pub(super) fn hand_over_started(&self, record: RecordRef, home: &Remote) {
        self.injector.push(record);
        crate::shim::fence(Ordering::SeqCst);
        if home.retired.load(Ordering::Relaxed) || !self.idle.wake(home) {
            self.idle.notify(&self.remotes);
        }
    }

    /// Whether started goroutines wait that another worker could run.
    pub(super) fn has_movable(&self) -> bool {
        self.remotes.iter().any(|remote| {
            !remote.movable.is_empty()
                || remote.worker().is_some_and(|worker| worker.queue().movable_next().is_some())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_measured_between_rests() {
        let turns = Turns::new();
        assert_eq!(turns.measure(10, 1_000), None);
        assert_eq!(turns.measure(20, 1_000 + 10 * LONG), Some(true));
        assert_eq!(turns.measure(30, 999 + 20 * LONG), Some(false));
        turns.rest();
        assert_eq!(turns.measure(31, 900 * LONG), None);
        // Numbers of turns wrap, and a turn that is not over counts as one.
        assert_eq!(turns.measure(31, 901 * LONG), Some(true));
        assert_eq!(turns.measure(u32::MAX, 902 * LONG), Some(false));
        assert_eq!(turns.measure(3, 903 * LONG), Some(false));
    }

    #[test]
    fn short_turns_are_left_alone_until_one_goes_on() {
        let looks = Looks::new();
        assert_eq!(looks.judge(1, 7, false, 100), Fair::Nothing);
        assert_eq!(looks.judge(1, 8, false, 100 + STUCK), Fair::Nothing);
        assert_eq!(looks.judge(1, 8, false, 99 + 2 * STUCK), Fair::Nothing);
        assert_eq!(looks.judge(1, 8, false, 100 + 2 * STUCK), Fair::All);
        assert_eq!(looks.judge(1, 9, false, 101 + 2 * STUCK), Fair::Nothing);
        assert_eq!(looks.judge(1, 10, true, 102 + 2 * STUCK), Fair::Queued);
    }
}
