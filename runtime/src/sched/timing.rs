//! The timers of all workers: each adds to its own queue and takes from it what is due; whoever has nothing to do, and now and then
//! whoever has, looks at the others', whose workers may be busy.
//!
//! A worker that sleeps as the keeper of the time (`idle`) sleeps until the first timer of all; whoever adds one that is due before
//! that wakes it.

use super::Runtime;
use super::worker::Worker;
use crate::poll::timers::{Due, NEVER, TimerKey};

impl Runtime {
    /// Adds a timer for `when`, then every `period` nanoseconds unless that is zero.
    pub(crate) fn add_timer(&self, when: u64, period: u64, due: Due) -> TimerKey {
        let index = Worker::current().map_or(0, Worker::index);
        let (key, first) = self.remotes[index].timers.add(when, period, due);
        if first {
            self.idle.timer_added(when, &self.remotes);
        }
        key.of_queue(index)
    }

    /// Removes a timer; false when it has fired or was removed before.
    pub(crate) fn remove_timer(&self, key: TimerKey) -> bool {
        self.remotes[key.queue()].timers.remove(key)
    }

    /// When the first timer of all is due.
    pub(super) fn next_timer(&self) -> u64 {
        self.remotes.iter().map(|remote| remote.timers.next()).min().unwrap_or(NEVER)
    }

    /// How many timers there are.
    pub(super) fn timers(&self) -> usize {
        self.remotes.iter().map(|remote| remote.timers.len()).sum()
    }
}
