//! The only door from the scheduler to what stands above it: wait here, wake there.
//!
//! ```text
//! let ticket = park::prepare(reason);   // from now on `ready(ticket)` counts
//! ..leave the ticket where the other side finds it, release the lock..
//! park::park();                         // returns once somebody called `ready(ticket)`
//! ```
//! A ticket is good for the one park it was made for; used late or twice, it does nothing. Every `prepare` is followed by
//! its `park`, with no other wait between them. Works the same on a plain OS thread, which then blocks.

use crate::sched;
use crate::task::{self, RecordRef};

pub use crate::sched::slice::{checkpoint, enable_time_slices, loop_checkpoint, polled_in_vain};
pub(crate) use crate::task::Queues;
pub use crate::task::WaitReason;

/// The right to end one park.
#[derive(Clone, Copy)]
pub struct Ticket {
    record: RecordRef,
    park: u64,
}

impl Ticket {
    /// What a timer needs to use it.
    pub(crate) fn due(self) -> crate::poll::timers::Due {
        crate::poll::timers::Due::Wake(self.record, self.park)
    }
}

/// A ticket for a future that waits, which is not a goroutine's.
#[cfg(feature = "futures")]
pub(crate) fn prepare_future(waiter: &'static task::future::FutureWaiter, reason: WaitReason) -> Ticket {
    let (record, park) = waiter.begin(reason);
    Ticket { record, park }
}

/// Announces that this goroutine is about to wait.
#[inline]
pub fn prepare(reason: WaitReason) -> Ticket {
    let record = task::current();
    record.set_reason(reason);
    Ticket { record, park: record.status.begin() }
}

/// Waits until the announced park is ended.
#[inline]
pub fn park() {
    sched::suspend(task::current());
}

/// As [`park`], for one whose frames several locks lead others to.
#[inline]
pub(crate) fn park_among(queues: &Queues) {
    sched::suspend_among(task::current(), queues);
}

/// Where something in the frame of one who waits is to be read and written now, by who is led to it by a lock that it holds or has claimed the wait: in
/// the frame, or, if that stack is put away, in the copy of it.
#[inline]
pub(crate) fn here<T>(place: *mut T) -> *mut T {
    #[cfg(not(miri))]
    return crate::coroutine::cold::here(place);
    #[cfg(miri)]
    place
}

/// Ends a park; true when it was this call that did.
#[inline]
pub fn ready(ticket: Ticket) -> bool {
    sched::wake(ticket.record, ticket.park)
}

/// Whether it makes sense to look again instead of waiting: others run at the same time, and nobody waits for this worker.
#[inline]
pub(crate) fn is_alone() -> bool {
    sched::is_alone()
}

/// Waits for ever.
pub fn block_forever(reason: WaitReason) -> ! {
    loop {
        prepare(reason);
        park();
    }
}
