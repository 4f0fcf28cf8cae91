//! Timers: a heap by time, each node with four children, whose entries carry their times: sinking through 100,000 timers looks at
//! one or two cache lines a level and at nothing else.
//!
//! A timer that is stopped leaves its entry where it is, dead, to be dropped when it comes to the top, or when more than half are
//! dead: most timers that are stopped, those of deadlines, are for a time far away. Must hold: the first entry is never
//! dead, so that "no timer" can be told; a slot is used again only after its entry has gone. Entries of the same time come out
//! in the order they were added.
//!
//! There is a [`TimerQueue`] for each worker. Rejected: one for all (with two workers half of the time went to its lock and to
//! waking sleepers of the other one); two children and entries that know their places (a cache miss for each step); a timing wheel
//! (programs have few timers, and a heap is exact).

use crate::shim::{Arc, AtomicU64, Mutex, Ordering, lock};
use crate::task::RecordRef;

/// What to do when a timer is due.
#[derive(Clone)]
pub(crate) enum Due {
    /// Wake the sleeper of this park.
    Wake(RecordRef, u64),
    /// Call this, on a worker: it must neither wait nor take long.
    Call(Arc<dyn Fn() + Send + Sync>),
}

/// Names a timer: its queue, its slot there, and which of those that have had that slot. One that has fired or was removed names
/// nothing any more, until its slot has been used 2^28 times.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TimerKey(u64);

const QUEUE: u32 = 10;
const SLOT: u32 = 26;
const LIFE: u32 = 28;

impl TimerKey {
    fn new(slot: u32, life: u32) -> TimerKey {
        TimerKey(u64::from(life) << (SLOT + QUEUE) | u64::from(slot) << QUEUE)
    }

    fn slot(self) -> usize {
        (self.0 >> QUEUE) as usize & ((1 << SLOT) - 1)
    }

    fn life(self) -> u32 {
        (self.0 >> (SLOT + QUEUE)) as u32
    }

    /// The number of the queue that it is of.
    pub(crate) fn queue(self) -> usize {
        self.0 as usize & ((1 << QUEUE) - 1)
    }

    /// The same in the queue of this number.
    pub(crate) fn of_queue(self, number: usize) -> TimerKey {
        TimerKey(self.0 | number as u64)
    }

    pub(crate) fn to_bits(self) -> u64 {
        self.0
    }

    pub(crate) fn from_bits(bits: u64) -> TimerKey {
        TimerKey(bits)
    }
}

/// "Never", as the time of the next timer.
pub(crate) const NEVER: u64 = u64::MAX;

/// The timers of one worker. Any thread may add, remove and take what is due.
pub(crate) struct TimerQueue {
    timers: Mutex<Timers>,
    /// When the first is due; written under the lock.
    next: AtomicU64,
}

impl TimerQueue {
    pub(crate) fn new() -> TimerQueue {
        TimerQueue { timers: Mutex::new(Timers::new()), next: AtomicU64::new(NEVER) }
    }

    /// When the first timer is due.
    #[inline]
    pub(crate) fn next(&self) -> u64 {
        self.next.load(Ordering::SeqCst)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        lock(&self.timers).len()
    }

    /// Does something to the timers, and notes when the first is due from then on.
    fn change<R>(&self, change: impl FnOnce(&mut Timers) -> R) -> R {
        let mut timers = lock(&self.timers);
        let result = change(&mut timers);
        let next = timers.next();
        if next != self.next.load(Ordering::Relaxed) {
            self.next.store(next, Ordering::SeqCst);
        }
        result
    }

    /// Adds a timer for `when`, then every `period` nanoseconds unless that is zero. True when it is the first.
    pub(crate) fn add(&self, when: u64, period: u64, due: Due) -> (TimerKey, bool) {
        self.change(|timers| {
            let before = timers.next();
            (timers.add(when, period, due), when < before)
        })
    }

    /// Removes a timer; false when it has fired or was removed before.
    pub(crate) fn remove(&self, key: TimerKey) -> bool {
        // The action is dropped outside the lock: it may own anything.
        self.change(|timers| timers.remove(key)).is_some()
    }

    /// The actions due at `now`, `at_once` at most, appended to `due`.
    pub(crate) fn expire(&self, now: u64, at_once: usize, due: &mut Vec<Due>) {
        self.change(|timers| timers.expire(now, at_once, due));
    }
}

#[derive(Clone, Copy)]
struct Entry {
    when: u64,
    /// Wraps around; compared only with entries of the same time.
    order: u32,
    slot: u32,
}

impl Entry {
    #[inline]
    fn before(&self, other: &Entry) -> bool {
        self.when < other.when
            || (self.when == other.when && (self.order.wrapping_sub(other.order) as i32) < 0)
    }
}

struct Slot {
    life: u32,
    period: u64,
    /// None when it was stopped, or when the slot is free.
    due: Option<Due>,
}

const CHILDREN: usize = 4;

/// See the module.
struct Timers {
    heap: Vec<Entry>,
    slots: Vec<Slot>,
    free: Vec<u32>,
    dead: usize,
    order: u32,
}

impl Timers {
    const fn new() -> Timers {
        Timers { heap: Vec::new(), slots: Vec::new(), free: Vec::new(), dead: 0, order: 0 }
    }

    /// How many there are.
    fn len(&self) -> usize {
        self.heap.len() - self.dead
    }

    /// When the next timer is due.
    fn next(&self) -> u64 {
        self.heap.first().map_or(NEVER, |entry| entry.when)
    }

    fn add(&mut self, when: u64, period: u64, due: Due) -> TimerKey {
        let slot = self.free.pop().unwrap_or_else(|| {
            assert!(self.slots.len() < 1 << SLOT, "more than 67 million timers of one worker");
            self.slots.push(Slot { life: 0, period: 0, due: None });
            (self.slots.len() - 1) as u32
        });
        let place = &mut self.slots[slot as usize];
        place.period = period;
        place.due = Some(due);
        let life = place.life;
        self.order = self.order.wrapping_add(1);
        let entry = Entry { when, order: self.order, slot };
        self.heap.push(entry);
        self.rise(self.heap.len() - 1, entry);
        TimerKey::new(slot, life)
    }

    /// Removes a timer: its action, unless it is gone already.
    fn remove(&mut self, key: TimerKey) -> Option<Due> {
        let place = self.slots.get_mut(key.slot()).filter(|place| place.life == key.life())?;
        let due = place.due.take()?;
        place.life = (place.life + 1) % (1 << LIFE);
        self.dead += 1;
        self.drop_dead();
        Some(due)
    }

    /// Drops the dead entries at the top, and all when they are too many.
    fn drop_dead(&mut self) {
        if self.dead > self.heap.len() / 2 {
            self.bury();
        }
        while let Some(&Entry { slot, .. }) = self.heap.first()
            && self.slots[slot as usize].due.is_none()
        {
            self.dead -= 1;
            self.pop();
        }
    }

    #[cold]
    fn bury(&mut self) {
        let (slots, free) = (&self.slots, &mut self.free);
        self.heap.retain(|entry| {
            let lives = slots[entry.slot as usize].due.is_some();
            if !lives {
                free.push(entry.slot);
            }
            lives
        });
        self.dead = 0;
        for at in (0..self.heap.len().div_ceil(CHILDREN)).rev() {
            self.sink(at, self.heap[at]);
        }
    }

    fn expire(&mut self, now: u64, at_once: usize, due: &mut Vec<Due>) {
        for _ in 0..at_once {
            let Some(entry) = self.heap.first().copied().filter(|entry| entry.when <= now) else { return };
            let place = &mut self.slots[entry.slot as usize];
            // Ticks that nobody was there to see are left out.
            if let Some(missed) = (now - entry.when).checked_div(place.period) {
                due.extend(place.due.clone());
                let when = entry.when.saturating_add(place.period.saturating_mul(missed + 1));
                self.order = self.order.wrapping_add(1);
                self.sink(0, Entry { when, order: self.order, ..entry });
            } else {
                due.extend(place.due.take());
                place.life = (place.life + 1) % (1 << LIFE);
                self.pop();
            }
            self.drop_dead();
        }
    }

    /// Takes the first entry out and frees its slot.
    fn pop(&mut self) {
        if let Some(last) = self.heap.pop() {
            let first = self.heap.first().copied().unwrap_or(last);
            self.free.push(first.slot);
            if !self.heap.is_empty() {
                self.sink(0, last);
            }
        }
    }

    /// Puts an entry in at `at` or nearer to the top.
    fn rise(&mut self, mut at: usize, entry: Entry) {
        while at > 0 {
            let parent = (at - 1) / CHILDREN;
            if !entry.before(&self.heap[parent]) {
                break;
            }
            self.heap[at] = self.heap[parent];
            at = parent;
        }
        self.heap[at] = entry;
    }

    /// Puts an entry in at `at` or farther from the top.
    fn sink(&mut self, mut at: usize, entry: Entry) {
        loop {
            let from = at * CHILDREN + 1;
            let children = self.heap.get(from..self.heap.len().min(from + CHILDREN)).unwrap_or_default();
            let Some((first, others)) = children.split_first() else { break };
            let (mut least, mut place) = (*first, from);
            for (i, other) in others.iter().enumerate() {
                if other.before(&least) {
                    (least, place) = (*other, from + 1 + i);
                }
            }
            if !least.before(&entry) {
                break;
            }
            self.heap[at] = least;
            at = place;
        }
        self.heap[at] = entry;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log() -> (Arc<Mutex<Vec<u32>>>, impl Fn(u32) -> Due) {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let also = seen.clone();
        (seen, move |n| {
            let seen = also.clone();
            Due::Call(Arc::new(move || seen.lock().unwrap().push(n)))
        })
    }

    fn fire(timers: &mut Timers, now: u64) {
        let mut due = Vec::new();
        timers.expire(now, 64, &mut due);
        for action in due {
            if let Due::Call(call) = action {
                call();
            }
        }
    }

    #[test]
    fn in_order_of_time_then_of_adding() {
        let (seen, note) = log();
        let mut timers = Timers::new();
        for (n, when) in [(0, 50), (1, 10), (2, 30), (3, 10), (4, 20), (5, 50)] {
            timers.add(when, 0, note(n));
        }
        assert_eq!(timers.next(), 10);
        fire(&mut timers, 30);
        assert_eq!(*seen.lock().unwrap(), [1, 3, 4, 2]);
        fire(&mut timers, 100);
        assert_eq!(*seen.lock().unwrap(), [1, 3, 4, 2, 0, 5]);
        assert_eq!(timers.next(), NEVER);
    }

    #[test]
    fn a_removed_timer_does_not_fire_and_its_key_is_dead() {
        let (seen, note) = log();
        let mut timers = Timers::new();
        let keys: Vec<_> = (0..20).map(|n| timers.add(u64::from(n) % 7, 0, note(n))).collect();
        for key in keys.iter().step_by(2) {
            assert!(timers.remove(*key).is_some());
            assert!(timers.remove(*key).is_none());
        }
        let again = timers.add(3, 0, note(99));
        assert!(timers.remove(keys[0]).is_none(), "the slot is reused, the key is not");
        fire(&mut timers, 10);
        let mut seen = seen.lock().unwrap().clone();
        assert!(seen.iter().all(|n| n % 2 == 1));
        seen.sort();
        assert_eq!(seen.len(), 11);
        assert!(timers.remove(again).is_none());
    }

    #[test]
    fn a_period_leaves_out_missed_ticks() {
        let (seen, note) = log();
        let mut timers = Timers::new();
        let key = timers.add(10, 10, note(1));
        fire(&mut timers, 10);
        assert_eq!(timers.next(), 20);
        fire(&mut timers, 57);
        assert_eq!(timers.next(), 60);
        assert_eq!(seen.lock().unwrap().len(), 2);
        assert!(timers.remove(key).is_some());
        assert_eq!(timers.next(), NEVER);
    }

    /// Against a plain list: adding, stopping and firing by chance, with many stopped ones and equal times.
    #[test]
    fn the_heap_agrees_with_a_list() {
        let (seen, note) = log();
        let (mut timers, mut list, mut random) = (Timers::new(), Vec::new(), 1_u64);
        let mut below = |n: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % n
        };
        let mut now = 0;
        for n in 0..if cfg!(miri) { 300 } else { 20_000 } {
            let when = now + below(500);
            list.push((when, n, timers.add(when, 0, note(n))));
            for _ in 0..below(3).min(list.len() as u64) {
                let (_, _, key) = list.swap_remove(below(list.len() as u64) as usize);
                assert!(timers.remove(key).is_some() && timers.remove(key).is_none());
            }
            if below(8) == 0 {
                now += below(100);
                while timers.next() <= now {
                    fire(&mut timers, now);
                }
                let mut due: Vec<_> = list.extract_if(.., |(when, ..)| *when <= now).collect();
                due.sort_by_key(|&(when, n, _)| (when, n));
                let due: Vec<u32> = due.into_iter().map(|(_, n, _)| n).collect();
                assert_eq!(std::mem::take(&mut *seen.lock().unwrap()), due);
            }
            assert_eq!(timers.len(), list.len());
            assert_eq!(timers.next(), list.iter().map(|&(when, ..)| when).min().unwrap_or(NEVER));
            assert_eq!(timers.slots.len(), timers.free.len() + timers.heap.len());
            assert!(timers.dead <= timers.heap.len() / 2);
        }
    }
}
