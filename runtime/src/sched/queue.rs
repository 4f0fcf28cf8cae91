//! Where started goroutines wait for their worker: a list with a run-next slot in front, touched by that worker alone.
//!
//! A goroutine woken by the running one goes to run-next and takes its place when it parks; what was there joins the
//! list. A pair that keeps waking each other that way would shut out the list, so after [`TURNS`] in a row run-next
//! has to queue as well; after every [`FEW`] already while goroutines wait that have not run, because other workers would take those.
//!
//! The list goes through the records themselves, as an inbox does: a record is in one queue at a time. Rejected: a ring of
//! references, which takes another cache line per goroutine when very many wait, and a check of its room at each push.
//!
//! Goroutines that may move ([`super::movement`]) wait where others can take them: in run-next all the same, and behind it in a deque in the place of the
//! list. Both kinds take turns where there are both.

use std::cell::Cell;

use crossbeam_deque::Worker as Deque;

use super::movement;
use crate::shim::{AtomicPtr, Ordering};
use crate::task::{Record, RecordRef};

const TURNS: u32 = 32;
const FEW: u32 = 4;

/// See the module.
pub(crate) struct LocalQueue {
    /// Only its worker puts something in. What may move is taken out by an exchange, because others do so, too.
    next: AtomicPtr<Record>,
    turns: Cell<u32>,
    first: Cell<Option<RecordRef>>,
    /// Means something only while there is a first.
    last: Cell<Option<RecordRef>>,
    movable: Deque<RecordRef>,
    /// Which kind had its turn last.
    listed: Cell<bool>,
}

impl LocalQueue {
    /// A queue whose movable goroutines wait in that deque.
    pub(crate) fn new(movable: Deque<RecordRef>) -> LocalQueue {
        LocalQueue {
            next: AtomicPtr::new(std::ptr::null_mut()),
            turns: Cell::new(0),
            first: Cell::new(None),
            last: Cell::new(None),
            movable,
            listed: Cell::new(false),
        }
    }

    /// A goroutine woken here: it runs when the present one parks. Whether another one was to do so.
    #[inline]
    pub(crate) fn push_next(&self, record: RecordRef) -> bool {
        let before = self.replace_next(std::ptr::from_ref(record).cast_mut());
        before.inspect(|before| self.push(before)).is_some()
    }

    #[inline(always)]
    fn replace_next(&self, with: *mut Record) -> Option<RecordRef> {
        let before = self.next.load(Ordering::Relaxed);
        // SAFETY: null or a record, which is never freed.
        let found = unsafe { before.as_ref() };
        if found.is_some_and(Record::is_movable) {
            // SAFETY: as above.
            return unsafe { self.next.swap(with, Ordering::AcqRel).as_ref() };
        }
        self.next.store(with, Ordering::Release);
        found
    }

    /// What is in run-next, if it may move. Any thread may ask.
    pub(super) fn movable_next(&self) -> Option<RecordRef> {
        // SAFETY: null or a record, which is never freed.
        unsafe { self.next.load(Ordering::Acquire).as_ref() }.filter(|record| record.is_movable())
    }

    /// Takes what [`LocalQueue::movable_next`] found, if it is still there. Any thread may ask.
    pub(super) fn steal_next(&self, found: RecordRef) -> Option<RecordRef> {
        let found_at = std::ptr::from_ref(found).cast_mut();
        self.next
            .compare_exchange(found_at, std::ptr::null_mut(), Ordering::AcqRel, Ordering::Relaxed)
            .is_ok()
            .then_some(found)
    }

    /// Where those wait that may move.
    pub(super) fn movable(&self) -> &Deque<RecordRef> {
        &self.movable
    }

    /// A goroutine that waits its turn.
    #[inline]
    pub(crate) fn push(&self, record: RecordRef) {
        if record.is_movable() {
            return self.movable.push(record);
        }
        record.link.store(std::ptr::null_mut(), Ordering::Relaxed);
        match (self.first.get(), self.last.replace(Some(record))) {
            (Some(_), Some(last)) => {
                last.link.store(std::ptr::from_ref(record).cast_mut(), Ordering::Relaxed)
            }
            _ => self.first.set(Some(record)),
        }
    }

    /// The goroutine that was woken last, while its kind has not had too many turns in a row; fewer are too many while there are `fresh` ones.
    #[inline]
    pub(crate) fn pop_next(&self, fresh: impl FnOnce() -> bool) -> Option<RecordRef> {
        let record = self.take_next()?;
        let turns = self.turns.get();
        if turns < TURNS && (turns % FEW != FEW - 1 || !fresh()) {
            self.turns.set(self.turns.get() + 1);
            return Some(record);
        }
        self.push(record);
        None
    }

    #[inline(always)]
    fn take_next(&self) -> Option<RecordRef> {
        if self.next.load(Ordering::Relaxed).is_null() {
            return None;
        }
        self.replace_next(std::ptr::null_mut())
    }

    /// The goroutine that has waited longest.
    #[inline]
    pub(crate) fn pop(&self) -> Option<RecordRef> {
        self.turns.set(0);
        if movement::is_on() { self.pop_either() } else { self.pop_listed() }
    }

    fn pop_either(&self) -> Option<RecordRef> {
        let listed = !self.listed.get();
        self.listed.set(listed);
        if listed {
            self.pop_listed().or_else(|| self.movable.pop())
        } else {
            self.movable.pop().or_else(|| self.pop_listed())
        }
    }

    #[inline(always)]
    fn pop_listed(&self) -> Option<RecordRef> {
        let first = self.first.get()?;
        self.first.set(first.linked());
        Some(first)
    }

    /// Sends what waits into another order: run-next loses its place, the list turns by as many as `below` says.
    #[cold]
    pub(crate) fn shuffle(&self, below: fn(usize) -> usize) {
        let mut all: Vec<_> = std::iter::from_fn(|| self.pop()).collect();
        all.extend(self.take_next());
        let len = all.len();
        if len > 1 {
            all.swap(below(len), below(len));
            all.rotate_left(below(len));
        }
        all.into_iter().for_each(|record| self.push(record));
    }

    /// Whether nobody waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.next.load(Ordering::Relaxed).is_null() && self.first.get().is_none() && self.movable.is_empty()
    }

    /// Whether so many wait, not counting run-next.
    pub(super) fn has(&self, count: usize) -> bool {
        let mut next = self.first.get();
        (0..count).all(|_| match next {
            Some(record) => {
                next = record.linked();
                true
            }
            None => false,
        })
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
    fn a_pair_does_not_shut_out_the_list() {
        let mut records = Vec::new();
        for _ in 0..3 {
            task::take_records(&mut records, 1);
        }
        let queue = LocalQueue::new(Deque::new_fifo());
        queue.push(records[0]);
        let mut rounds = 0;
        loop {
            queue.push_next(records[1 + rounds % 2]);
            let Some(_) = queue.pop_next(|| false) else { break };
            rounds += 1;
            assert!(rounds <= TURNS as usize, "{rounds}");
        }
        assert!(std::ptr::eq(queue.pop().expect("the list"), records[0]));
        task::give_records(records.into_iter());
    }

    #[test]
    fn a_pair_shuts_out_fresh_ones_for_a_moment_only() {
        let mut records = Vec::new();
        for _ in 0..2 {
            task::take_records(&mut records, 1);
        }
        let queue = LocalQueue::new(Deque::new_fifo());
        let mut rounds = 0;
        loop {
            queue.push_next(records[rounds as usize % 2]);
            if queue.pop_next(|| true).is_none() {
                break;
            }
            rounds += 1;
            assert!(rounds < FEW, "{rounds}");
        }
        assert_eq!(rounds, FEW - 1);
        assert!(queue.pop().is_some());
        task::give_records(records.into_iter());
    }

    #[test]
    fn comes_out_in_the_order_it_went_in() {
        let mut records = Vec::new();
        for _ in 0..4 {
            task::take_records(&mut records, 1);
        }
        let queue = LocalQueue::new(Deque::new_fifo());
        let pop = || queue.pop().map(std::ptr::from_ref);
        queue.push(records[0]);
        queue.push(records[1]);
        assert_eq!(pop(), Some(std::ptr::from_ref(records[0])));
        queue.push(records[2]);
        assert_eq!(pop(), Some(std::ptr::from_ref(records[1])));
        assert_eq!(pop(), Some(std::ptr::from_ref(records[2])));
        assert_eq!(pop(), None);
        assert!(queue.is_empty());
        // What went out last is in the queue no more.
        queue.push(records[3]);
        queue.push(records[0]);
        assert_eq!(pop(), Some(std::ptr::from_ref(records[3])));
        assert_eq!(pop(), Some(std::ptr::from_ref(records[0])));
        assert_eq!(pop(), None);
        task::give_records(records.into_iter());
    }
}
