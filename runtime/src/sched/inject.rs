//! Ways into a worker from other threads: the inbox of each worker, and the queue for goroutines started by no worker.
//!
//! An inbox is a stack of records linked through themselves: a push is one compare-and-swap and never allocates; its
//! owner takes the whole stack at once and reverses it. Must hold: a record in an inbox is in no other queue, and only
//! the owner of the inbox takes from it, so the classic trouble of such stacks (a popped and re-pushed head) cannot
//! arise.

use crate::shim::{AtomicPtr, Ordering};
use crate::task::{Record, RecordRef};

/// Many pushers, one taker.
pub(crate) struct Inbox(AtomicPtr<Record>);

impl Inbox {
    crate::shim::maybe_const! {
        pub(crate) fn new() -> Inbox {
            Inbox(AtomicPtr::new(std::ptr::null_mut()))
        }
    }

    /// Adds a record.
    pub(crate) fn push(&self, record: RecordRef) {
        let mut head = self.0.load(Ordering::Relaxed);
        loop {
            record.link.store(head, Ordering::Relaxed);
            let new = std::ptr::from_ref(record).cast_mut();
            // SeqCst: the pusher goes on to ask whether the owner sleeps, the owner says that it sleeps and then looks
            // here; one of them must see the other.
            match self.0.compare_exchange_weak(head, new, Ordering::SeqCst, Ordering::Relaxed) {
                Ok(_) => return,
                Err(now) => head = now,
            }
        }
    }

    /// Whether there is anything.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.load(Ordering::SeqCst).is_null()
    }

    /// Takes everything, oldest first.
    pub(crate) fn drain(&self, mut each: impl FnMut(RecordRef)) {
        if self.0.load(Ordering::Relaxed).is_null() {
            return;
        }
        let mut newest = self.0.swap(std::ptr::null_mut(), Ordering::Acquire);
        let mut oldest: *mut Record = std::ptr::null_mut();
        // SAFETY: records live for ever, and those in the list are ours since the swap: nobody else queues them.
        while let Some(record) = unsafe { newest.as_ref() } {
            newest = record.link.load(Ordering::Relaxed);
            record.link.store(oldest, Ordering::Relaxed);
            oldest = std::ptr::from_ref(record).cast_mut();
        }
        // SAFETY: as above.
        while let Some(record) = unsafe { oldest.as_ref::<'static>() } {
            oldest = record.link.load(Ordering::Relaxed);
            each(record);
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::task;

    #[test]
    fn comes_out_in_the_order_it_went_in() {
        let mut records = Vec::new();
        for _ in 0..5 {
            task::take_records(&mut records, 1);
        }
        let inbox = Inbox::new();
        for record in &records {
            inbox.push(record);
        }
        let mut seen = Vec::new();
        inbox.drain(|record| seen.push(std::ptr::from_ref(record)));
        assert_eq!(seen, records.iter().map(|r| std::ptr::from_ref(*r)).collect::<Vec<_>>());
        assert!(inbox.is_empty());
        task::give_records(records.into_iter());
    }
}
