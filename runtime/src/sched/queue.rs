//! Where started goroutines wait for their worker: a ring with a run-next slot in front, touched by that worker alone.
//!
//! A goroutine woken by the running one goes to run-next and takes its place when it parks; what was there joins the
//! ring. A pair that keeps waking each other that way would shut out the ring, so after [`TURNS`] in a row run-next
//! has to queue as well.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use crate::task::RecordRef;

const TURNS: u32 = 32;

/// See the module.
pub(crate) struct LocalQueue {
    next: Cell<Option<RecordRef>>,
    turns: Cell<u32>,
    ring: RefCell<VecDeque<RecordRef>>,
}

impl LocalQueue {
    pub(crate) fn new() -> LocalQueue {
        LocalQueue { next: Cell::new(None), turns: Cell::new(0), ring: RefCell::new(VecDeque::new()) }
    }

    /// A goroutine woken here: it runs when the present one parks.
    #[inline]
    pub(crate) fn push_next(&self, record: RecordRef) {
        if let Some(before) = self.next.replace(Some(record)) {
            self.push(before);
        }
    }

    /// A goroutine that waits its turn.
    #[inline]
    pub(crate) fn push(&self, record: RecordRef) {
        self.ring.borrow_mut().push_back(record);
    }

    /// The goroutine that was woken last, while its kind has not had too many turns in a row.
    #[inline]
    pub(crate) fn pop_next(&self) -> Option<RecordRef> {
        let record = self.next.take()?;
        if self.turns.get() < TURNS {
            self.turns.set(self.turns.get() + 1);
            return Some(record);
        }
        self.push(record);
        None
    }

    /// The goroutine that has waited longest.
    #[inline]
    pub(crate) fn pop(&self) -> Option<RecordRef> {
        self.turns.set(0);
        self.ring.borrow_mut().pop_front()
    }

    /// Whether nobody waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.next.get().is_none() && self.ring.borrow().is_empty()
    }

    /// Says that something from outside the queue ran.
    #[inline]
    pub(crate) fn others_ran(&self) {
        self.turns.set(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task;

    #[test]
    fn a_pair_does_not_shut_out_the_ring() {
        let mut records = Vec::new();
        for _ in 0..3 {
            task::take_records(&mut records, 1);
        }
        let queue = LocalQueue::new();
        queue.push(records[0]);
        let mut rounds = 0;
        loop {
            queue.push_next(records[1 + rounds % 2]);
            let Some(_) = queue.pop_next() else { break };
            rounds += 1;
            assert!(rounds <= TURNS as usize);
        }
        assert!(std::ptr::eq(queue.pop().expect("the ring"), records[0]));
        task::give_records(records.into_iter());
    }
}
