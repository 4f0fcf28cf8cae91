//! A worker in place of those that block: so that goroutines run which could, while every worker sits in a call that blocks.
//!
//! A goroutine that calls what blocks its thread (a lock of `std`, a foreign library) keeps its worker, and the started ones that
//! are pinned beside it have to wait. Goroutines that have not run need not: other workers take them. When there is no other, the
//! monitor puts a *spare* in: an ordinary worker takes the place of one that blocks, which *retires* (see [`super::procs`]), so that
//! no more run at once than were asked for. When its call returns it serves its own goroutines, by turns with the others.
//!
//! What must hold: a spare comes only while all workers that do not retire have been in one turn for [`BLOCKED`], each in a system
//! call, and something waits that another could do. There are at most [`MOST`] more workers than may run; a worker without work that has
//! retired takes a place before a new one is made. None ends: started goroutines may be pinned to it.
//!
//! A permit that a blocked worker holds is taken away from it if others want one: it asks for another when it comes back. Until its
//! goroutine's turn ends then, one more runs than was asked for.

use super::procs;
use super::{Remote, Runtime, movement};
use crate::poll::timers::NEVER;
use crate::shim::Ordering;
use crate::sys::{clock, thread};

/// How long a worker has been in one turn when it may be taken to block, in nanoseconds.
pub(super) const BLOCKED: u64 = 20_000_000;
/// Workers there are beyond those that may run.
const MOST: usize = 64;

/// Puts a spare in if there must be one. `since` tells since when a worker is in its turn. Called by the monitor.
pub(super) fn look(runtime: &Runtime, since: impl Fn(usize) -> u64) {
    let now = clock::now();
    let is_busy = |index: usize, remote: &Remote| {
        !remote.asleep.load(Ordering::SeqCst) && now.saturating_sub(since(index)) >= BLOCKED
    };
    if runtime.permits.are_wanted() {
        let blocked = |(index, remote): &(usize, &Remote)| is_busy(*index, remote) && is_in_a_call(remote);
        runtime
            .remotes
            .iter()
            .enumerate()
            .filter(blocked)
            .for_each(|(_, remote)| procs::take_permit(runtime, remote));
    }
    let working =
        || runtime.remotes.iter().enumerate().filter(|(_, remote)| !remote.retired.load(Ordering::SeqCst));
    if !working().all(|(index, remote)| is_busy(index, remote)) || !is_anything_left(runtime, now) {
        return;
    }
    if working().all(|(_, remote)| is_in_a_call(remote))
        && let Some((_, blocked)) = working().min_by_key(|(index, _)| since(*index))
    {
        procs::replace(runtime, blocked, MOST);
    }
}

/// Whether there is something that any worker could do.
fn is_anything_left(runtime: &Runtime, now: u64) -> bool {
    let next = runtime.next_timer();
    !runtime.injector.is_empty()
        || (next != NEVER && next.saturating_add(BLOCKED) < now)
        || runtime.remotes.iter().any(|remote| !remote.stealer.is_empty())
        || (movement::is_on() && runtime.has_movable())
}

fn is_in_a_call(remote: &Remote) -> bool {
    let thread = remote.thread.load(Ordering::SeqCst);
    thread != 0 && matches!(thread::system_call(thread), Some(Some(_)))
}
