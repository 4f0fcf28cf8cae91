//! All goroutines are asleep: for ever?
//!
//! The worker that falls asleep last, with no timer pending, watches. It is a deadlock when nothing outside works for a
//! goroutine (blocking pool, futures, descriptors) and every OS thread of the process is known to wait on the runtime: a thread of
//! the user's own that runs may yet send something, so while there is one the answer is no, and is looked at
//! again once a second. The look happens only after 10 ms of complete rest, and twice.

use std::time::Duration;

use super::{Remote, Runtime, blocking, monitor};
use crate::coroutine;
use crate::poll::timers::Due;
use crate::shim::Ordering;
use crate::sys::thread;

const FIRST: Duration = Duration::from_millis(10);
const AGAIN: Duration = Duration::from_millis(3);
const LATER: Duration = Duration::from_secs(1);

/// Sleeps until woken; the last sleeper looks for deadlock meanwhile.
pub(super) fn sleep_watching(runtime: &Runtime, remote: &Remote, due: &mut Vec<Due>) {
    let can_count = !cfg!(miri);
    let mut pause = FIRST;
    loop {
        let watching = can_count && everything_rests(runtime);
        if remote.parker.park(watching.then_some(pause), due) || !watching || !due.is_empty() {
            return;
        }
        if !is_deadlock(runtime) {
            pause = LATER;
            continue;
        }
        if !remote.parker.park(Some(AGAIN), due) && is_deadlock(runtime) {
            runtime.callers.report_deadlock();
        }
        return;
    }
}

/// Nothing is going to happen by itself, whatever the workers do.
fn nothing_is_due(runtime: &Runtime) -> bool {
    runtime.outside.load(Ordering::SeqCst) == 0
        && runtime.remotes.iter().all(|remote| remote.waits.load(Ordering::Relaxed) == 0)
        && !runtime.stopped.load(Ordering::SeqCst)
        && runtime.next_timer() == crate::poll::timers::NEVER
        && runtime.injector.is_empty()
}

/// All workers sleep and nothing is going to happen by itself.
fn everything_rests(runtime: &Runtime) -> bool {
    runtime.all_sleep()
        && nothing_is_due(runtime)
        && runtime.remotes.iter().all(|remote| {
            remote.asleep.load(Ordering::SeqCst) && remote.inbox.is_empty() && remote.stealer.is_empty()
        })
}

/// Nothing but what workers run now is going to do something: no timer, no descriptor, no thread of the user's own.
pub(super) fn nothing_else_happens(runtime: &Runtime) -> bool {
    !cfg!(miri)
        && nothing_is_due(runtime)
        && only_ours(runtime, runtime.parked_threads.load(Ordering::SeqCst))
}

fn is_deadlock(runtime: &Runtime) -> bool {
    let parked = runtime.parked_threads.load(Ordering::SeqCst);
    only_ours(runtime, parked)
        && runtime.parked_threads.load(Ordering::SeqCst) == parked
        && everything_rests(runtime)
}

/// Whether there are no threads but the runtime's own and those that wait for it, of which so many are parked.
fn only_ours(runtime: &Runtime, parked: usize) -> bool {
    let known = runtime.remotes.len()
        + blocking::threads()
        + monitor::threads()
        + coroutine::threads()
        + runtime.adopted_threads.load(Ordering::SeqCst)
        + runtime.callers.waiting_threads()
        + parked;
    thread::count().is_some_and(|all| all <= known)
}
