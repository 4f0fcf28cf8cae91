//! Timers: a binary heap by time, whose entries know their place, so that a stopped timer is gone at once.
//!
//! Must hold: `heap[slots[s].at] == s` for every live slot. Entries of the same time come out in the order they were
//! added. A timing wheel was not taken: programs have few timers, and a heap is exact.

use crate::shim::Arc;
use crate::task::RecordRef;

/// What to do when a timer is due.
#[derive(Clone)]
pub(crate) enum Due {
    /// Wake the sleeper of this park.
    Wake(RecordRef, u64),
    /// Call this, on a worker: it must neither wait nor take long.
    Call(Arc<dyn Fn() + Send + Sync>),
}

/// Names a timer; one that has fired or was removed names nothing any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct TimerKey {
    slot: u32,
    life: u32,
}

impl TimerKey {
    pub(crate) fn to_bits(self) -> u64 {
        u64::from(self.life) << 32 | u64::from(self.slot)
    }

    pub(crate) fn from_bits(bits: u64) -> TimerKey {
        TimerKey { slot: bits as u32, life: (bits >> 32) as u32 }
    }
}

struct Entry {
    when: u64,
    order: u64,
    period: u64,
    due: Due,
}

struct Slot {
    life: u32,
    at: usize,
    entry: Option<Entry>,
}

/// See the module.
pub(crate) struct Timers {
    heap: Vec<u32>,
    slots: Vec<Slot>,
    free: Vec<u32>,
    order: u64,
}

/// "Never", as the time of the next timer.
pub(crate) const NEVER: u64 = u64::MAX;

impl Timers {
    pub(crate) const fn new() -> Timers {
        Timers { heap: Vec::new(), slots: Vec::new(), free: Vec::new(), order: 0 }
    }

    /// When the next timer is due.
    pub(crate) fn next(&self) -> u64 {
        self.heap.first().map_or(NEVER, |&slot| self.key(slot).0)
    }

    /// Adds a timer for `when`, then every `period` nanoseconds unless that is zero.
    pub(crate) fn add(&mut self, when: u64, period: u64, due: Due) -> TimerKey {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot { life: 0, at: 0, entry: None });
            (self.slots.len() - 1) as u32
        });
        self.order += 1;
        let order = self.order;
        let at = self.heap.len();
        self.heap.push(slot);
        let place = &mut self.slots[slot as usize];
        place.entry = Some(Entry { when, order, period, due });
        place.at = at;
        let life = place.life;
        self.rise(at);
        TimerKey { slot, life }
    }

    /// Removes a timer: its action, unless it is gone already.
    pub(crate) fn remove(&mut self, key: TimerKey) -> Option<Due> {
        let place = self.slots.get(key.slot as usize)?;
        if place.life != key.life || place.entry.is_none() {
            return None;
        }
        self.take(key.slot).map(|entry| entry.due)
    }

    /// The actions of all timers due at `now`, appended to `due`.
    pub(crate) fn expire(&mut self, now: u64, due: &mut Vec<Due>) {
        while let Some(&slot) = self.heap.first() {
            if self.key(slot).0 > now {
                return;
            }
            let Some(entry) = &mut self.slots[slot as usize].entry else { return };
            due.push(entry.due.clone());
            // Ticks that nobody was there to see are left out.
            let Some(missed) = (now - entry.when).checked_div(entry.period) else {
                self.take(slot);
                continue;
            };
            entry.when = entry.when.saturating_add(entry.period.saturating_mul(missed + 1));
            self.order += 1;
            entry.order = self.order;
            self.sink(0);
        }
    }

    fn key(&self, slot: u32) -> (u64, u64) {
        self.slots[slot as usize].entry.as_ref().map_or((NEVER, 0), |entry| (entry.when, entry.order))
    }

    fn take(&mut self, slot: u32) -> Option<Entry> {
        let at = self.slots[slot as usize].at;
        let last = self.heap.len() - 1;
        self.swap(at, last);
        self.heap.pop();
        if at < last {
            self.rise(at);
            self.sink(at);
        }
        let place = &mut self.slots[slot as usize];
        place.life = place.life.wrapping_add(1);
        self.free.push(slot);
        place.entry.take()
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.heap.swap(a, b);
        self.slots[self.heap[a] as usize].at = a;
        self.slots[self.heap[b] as usize].at = b;
    }

    fn rise(&mut self, mut at: usize) {
        while at > 0 {
            let parent = (at - 1) / 2;
            if self.key(self.heap[parent]) <= self.key(self.heap[at]) {
                return;
            }
            self.swap(at, parent);
            at = parent;
        }
    }

    fn sink(&mut self, mut at: usize) {
        loop {
            let mut least = at;
            for child in [2 * at + 1, 2 * at + 2] {
                if child < self.heap.len() && self.key(self.heap[child]) < self.key(self.heap[least]) {
                    least = child;
                }
            }
            if least == at {
                return;
            }
            self.swap(at, least);
            at = least;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shim::Mutex;

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
        timers.expire(now, &mut due);
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
}
