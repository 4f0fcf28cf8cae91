//! Goroutines that wait for descriptors.
//!
//! Each worker has a poller of its own, made with its first descriptor, and sleeps in it from then on; a busy one looks at it every
//! so many picks and when it has nothing else to run. Must hold: a descriptor that somebody waits for is in the poller of
//! some worker. Where it is entered is where its goroutine runs; when the goroutines of another worker wait for it again
//! and again, it moves there, and events that came twice meanwhile do no harm.
//!
//! The wait ends at an event, at `limit`, or when somebody wakes all that wait; the caller tries again in any case.

use std::io;
use std::os::fd::BorrowedFd;

use super::worker::Worker;
use super::{runtime, suspend, wake};
use crate::poll::descriptors::{Direction, EntryRef};
use crate::poll::timers::{Due, NEVER};
use crate::shim::Ordering;
use crate::task::{self, WaitReason};

const IN_A_ROW: u32 = 128;

/// Waits, on a goroutine, for the first event after `seen`, until `limit` at most. `given_up` is asked once whoever wants to wake all
/// sees this wait.
///
/// # Errors
/// The descriptor cannot be polled, or there is no memory or no room for another one.
pub(crate) fn wait(
    entry: EntryRef,
    fd: BorrowedFd<'_>,
    direction: Direction,
    seen: u64,
    limit: u64,
    given_up: impl Fn() -> bool,
) -> io::Result<()> {
    let Some(worker) = Worker::current() else { return Err(io::ErrorKind::Unsupported.into()) };
    entry.settle(worker.index(), |old, new| {
        let remotes = &runtime().remotes;
        remotes[new].parker.make_poller()?.enter(fd, entry.token())?;
        if let Some(poller) = old.and_then(|old| remotes[old].parker.poller()) {
            poller.remove(fd);
        }
        Ok(())
    })?;
    let (record, side) = (task::current(), entry.side(direction));
    record.set_reason(WaitReason::Network);
    worker.serves(record);
    let park = record.status.begin();
    if !side.enter(record, park, seen) {
        wake(record, park);
    } else if given_up() {
        side.leave(record, park);
        wake(record, park);
    }
    let timer = (limit != NEVER).then(|| runtime().add_timer(limit, 0, Due::Wake(record, park)));
    let waits = &runtime().remotes[worker.index()].waits;
    waits.fetch_add(1, Ordering::Relaxed);
    suspend(record);
    // It may have gone on on another worker.
    waits.fetch_sub(1, Ordering::Relaxed);
    if let Some(timer) = timer {
        runtime().remove_timer(timer);
    }
    side.leave(record, park);
    Ok(())
}

/// Wakes the next one that waits, if any: what is ready may be enough for more than one.
#[inline]
pub(crate) fn pass_on(entry: EntryRef, direction: Direction) {
    if let Some((record, park)) = entry.side(direction).pass_on() {
        wake(record, park);
    }
}

/// Wakes all that wait, because what they wait for has changed.
pub(crate) fn wake_all(entry: EntryRef, direction: Direction) {
    for (record, park) in entry.side(direction).all() {
        wake(record, park);
    }
}

/// Takes a descriptor, for which nobody waits, out of the poller it is in.
pub(crate) fn forget(entry: EntryRef, fd: BorrowedFd<'_>) {
    if let Some(poller) = entry.home().and_then(|home| runtime().remotes[home].parker.poller()) {
        poller.remove(fd);
    }
}

/// An operation did not have to wait: after some of them in a row others get their turn, so that descriptors which are always
/// ready cannot keep a worker.
#[inline]
pub(crate) fn take_turns() {
    if let Some(worker) = Worker::current().filter(|_| task::on_goroutine())
        && worker.served() > IN_A_ROW
    {
        worker.give_way();
    }
}

/// The running goroutine has accepted a connection. See [`super::serving`].
pub(crate) fn accepted() {
    if let Some(worker) = Worker::current().filter(|_| task::on_goroutine()) {
        worker.accepts();
    }
}
