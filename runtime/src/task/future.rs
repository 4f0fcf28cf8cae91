//! Who waits at a channel from a future: a record whose wake calls a waker.
//!
//! Like an OS thread's, the record runs nothing; it is always off its stack, so each of its parks is committed at once. Must hold: waiters live
//! for ever, as records do, so that a ticket may come late; a waker that is called once too often does no harm.

use std::task::Waker;

use super::{FUTURE, Record, RecordRef, WaitReason};
use crate::shim::{Mutex, Ordering, lock};

/// A record and the waker that stands for it. The record's extra pointer leads back here.
pub(crate) struct FutureWaiter {
    record: Record,
    waker: Mutex<Option<Waker>>,
}

/// Those that nobody uses.
static FREE: Mutex<Vec<&'static FutureWaiter>> = Mutex::new(Vec::new());

impl FutureWaiter {
    /// One of its own for the caller, until it is given back.
    pub(crate) fn take() -> &'static FutureWaiter {
        if let Some(free) = lock(&FREE).pop() {
            return free;
        }
        let record = Record::new(0);
        record.set_home(FUTURE);
        let waiter: &FutureWaiter = Box::leak(Box::new(FutureWaiter { record, waker: Mutex::new(None) }));
        waiter.record.extra.store(std::ptr::from_ref(waiter).cast::<u8>().cast_mut(), Ordering::Release);
        waiter
    }

    /// Gives it back. A wake that is under way reaches whoever has it next, who looks in vain then.
    pub(crate) fn give_back(&'static self) {
        *lock(&self.waker) = None;
        self.record.status.resumed();
        lock(&FREE).push(self);
    }

    /// Whether the park that was begun last has been ended.
    pub(crate) fn is_woken(&self) -> bool {
        self.record.status.is_notified()
    }

    /// Whom to wake from now on.
    pub(crate) fn set_waker(&self, waker: &Waker) {
        match &mut *lock(&self.waker) {
            Some(known) => known.clone_from(waker),
            none => *none = Some(waker.clone()),
        }
    }

    /// Begins a park: its record and number.
    pub(crate) fn begin(&'static self, reason: WaitReason) -> (RecordRef, u64) {
        self.record.set_reason(reason);
        let park = self.record.status.begin();
        // Nobody knows the number yet, so nobody has notified it.
        self.record.status.commit();
        (&self.record, park)
    }

    /// Calls the waker.
    pub(crate) fn wake(record: RecordRef) {
        // SAFETY: only the records of waiters have this home. The pointer was stored before anybody knew the record and never changes, and
        // waiters live for ever.
        let waiter = unsafe { &*record.extra.load(Ordering::Acquire).cast::<FutureWaiter>() };
        let waker = lock(&waiter.waker).clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}
