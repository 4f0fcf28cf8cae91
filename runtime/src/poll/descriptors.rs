//! Who waits for which descriptor: an entry for each, with two sides, reading and writing.
//!
//! Entries are never freed but used again, each time under another generation, which the events carry: one of an earlier
//! use wakes nobody.
//! How one waits on a side, and is not forgotten, is told in `side`.

use std::io;

use crate::poll::side::Side;
use crate::poll::timers::Due;
use crate::shim::{AtomicU8, AtomicU32, Mutex, OnceLock, Ordering, lock};

/// What one waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Direction {
    Read,
    Write,
}

/// One descriptor that somebody waits for, or has.
pub(crate) struct Entry {
    index: u32,
    generation: AtomicU32,
    read: Side,
    write: Side,
    /// The worker whose poller has it, from 1; 0 for none.
    home: AtomicU32,
    /// How often in a row another worker's goroutine has waited.
    strangers: AtomicU8,
    moves: Mutex<u8>,
}

/// A reference to an entry; entries are never freed.
pub(crate) type EntryRef = &'static Entry;

/// So many waits in a row by goroutines of other workers move a descriptor to the last of them.
const STRANGERS: u8 = 2;
/// So often a descriptor is moved: one that several workers use stays somewhere in the end.
const MOVES: u8 = 8;

impl Entry {
    fn new(index: u32) -> Entry {
        Entry {
            index,
            generation: AtomicU32::new(0),
            read: Side::new(),
            write: Side::new(),
            home: AtomicU32::new(0),
            strangers: AtomicU8::new(0),
            moves: Mutex::new(0),
        }
    }

    #[inline]
    pub(crate) fn side(&self, direction: Direction) -> &Side {
        match direction {
            Direction::Read => &self.read,
            Direction::Write => &self.write,
        }
    }

    /// What events are to carry. A `usize` of 64 bits takes all of it; on smaller machines the generation is left out.
    pub(crate) fn token(&self) -> usize {
        let generation = u64::from(self.generation.load(Ordering::Relaxed));
        (generation << 32 | u64::from(self.index)) as usize
    }

    /// The worker whose poller has it.
    pub(crate) fn home(&self) -> Option<usize> {
        (self.home.load(Ordering::Relaxed) as usize).checked_sub(1)
    }

    /// Sees to it that the poller of some worker has the descriptor, in time that of the worker that waits: `change(old, new)`
    /// is to enter it there and then take it out of the old one.
    #[inline]
    pub(crate) fn settle(
        &self,
        here: usize,
        change: impl FnOnce(Option<usize>, usize) -> io::Result<()>,
    ) -> io::Result<()> {
        if self.home() == Some(here) {
            if self.strangers.load(Ordering::Relaxed) != 0 {
                self.strangers.store(0, Ordering::Relaxed);
            }
            return Ok(());
        }
        self.settle_elsewhere(here, change)
    }

    #[cold]
    fn settle_elsewhere(
        &self,
        here: usize,
        change: impl FnOnce(Option<usize>, usize) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut moves = lock(&self.moves);
        let old = self.home();
        if old.is_some() {
            let strangers = self.strangers.load(Ordering::Relaxed).saturating_add(1);
            self.strangers.store(strangers, Ordering::Relaxed);
            if strangers < STRANGERS || *moves >= MOVES || old == Some(here) {
                return Ok(());
            }
            *moves += 1;
            self.strangers.store(0, Ordering::Relaxed);
        }
        change(old, here)?;
        self.home.store(here as u32 + 1, Ordering::Relaxed);
        Ok(())
    }
}

/// Entries come in blocks, each twice as large as the one before.
const FIRST: u32 = 64;
static BLOCKS: [OnceLock<Box<[Entry]>>; 26] = [const { OnceLock::new() }; 26];

struct Pool {
    free: Vec<EntryRef>,
    blocks: u32,
}

static POOL: Mutex<Pool> = Mutex::new(Pool { free: Vec::new(), blocks: 0 });

/// The entry of an index, if there is one.
fn at(index: u32) -> Option<EntryRef> {
    let from = u64::from(index) + u64::from(FIRST);
    let block = from.ilog2() - FIRST.ilog2();
    let start = u64::from(FIRST) << block;
    BLOCKS.get(block as usize)?.get()?.get((from - start) as usize)
}

/// An entry nobody uses.
pub(crate) fn take() -> io::Result<EntryRef> {
    let mut pool = lock(&POOL);
    if pool.free.is_empty() {
        let block = pool.blocks;
        let place = BLOCKS.get(block as usize).ok_or(io::ErrorKind::OutOfMemory)?;
        let start = (FIRST << block) - FIRST;
        let made = place.get_or_init(|| (start..start + (FIRST << block)).map(Entry::new).collect());
        pool.blocks += 1;
        pool.free.extend(made.iter().rev());
    }
    pool.free.pop().ok_or_else(|| io::ErrorKind::OutOfMemory.into())
}

/// Gives an entry back, whose descriptor no poller has any more and for which nobody waits.
pub(crate) fn give(entry: EntryRef) {
    entry.generation.fetch_add(1, Ordering::Relaxed);
    entry.home.store(0, Ordering::Relaxed);
    entry.strangers.store(0, Ordering::Relaxed);
    *lock(&entry.moves) = 0;
    entry.read.reset();
    entry.write.reset();
    lock(&POOL).free.push(entry);
}

/// What an event tells.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Happened {
    pub(crate) readable: bool,
    pub(crate) writable: bool,
    /// Reading is at its end or disturbed: see [`Side::becomes_unclear`].
    pub(crate) unclear: bool,
}

/// Notes an event that carried `token`: whom it wakes is appended to `due`.
pub(crate) fn happened(token: usize, event: Happened, due: &mut Vec<Due>) {
    let Some(entry) = at(token as u32) else { return };
    if entry.token() != token {
        return;
    }
    if event.unclear {
        entry.read.becomes_unclear();
    }
    let read = event.readable.then(|| entry.read.event()).flatten();
    let write = event.writable.then(|| entry.write.event()).flatten();
    due.extend(read.into_iter().chain(write).map(|(record, park)| Due::Wake(record, park)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::{self, RecordRef};

    const READABLE: Happened = Happened { readable: true, writable: false, unclear: false };
    const WRITABLE: Happened = Happened { readable: false, writable: true, unclear: false };
    const BOTH: Happened = Happened { readable: true, writable: true, unclear: false };

    fn record() -> RecordRef {
        let mut taken = Vec::new();
        task::take_records(&mut taken, 1);
        taken[0]
    }

    #[test]
    fn indices_find_their_entries() {
        let mut taken: Vec<EntryRef> = (0..1000).map(|_| take().unwrap()).collect();
        for entry in &taken {
            assert!(std::ptr::eq(at(entry.index).unwrap(), *entry));
        }
        taken.drain(..).for_each(give);
        assert!(at(u32::MAX).is_none());
    }

    #[test]
    fn an_event_between_trying_and_waiting_is_not_lost() {
        let (entry, record, mut due) = (take().unwrap(), record(), Vec::new());
        let seen = entry.read.events();
        happened(entry.token(), READABLE, &mut due);
        assert!(due.is_empty());
        assert!(!entry.read.enter(record, 4, seen));
        assert!(entry.read.enter(record, 8, entry.read.events()));
        happened(entry.token(), WRITABLE, &mut due);
        assert!(due.is_empty(), "the other side");
        happened(entry.token(), READABLE, &mut due);
        assert!(matches!(due[..], [Due::Wake(woken, 8)] if std::ptr::eq(woken, record)));
        assert!(entry.read.pass_on().is_none());
        give(entry);
    }

    #[test]
    fn events_of_an_earlier_use_wake_nobody() {
        let (entry, mut due) = (take().unwrap(), Vec::new());
        let (old, record) = (entry.token(), record());
        give(entry);
        assert!(entry.read.enter(record, 4, entry.read.events()));
        happened(old, BOTH, &mut due);
        assert!(due.is_empty());
        happened(entry.token(), BOTH, &mut due);
        assert_eq!(due.len(), 1);
    }

    #[test]
    fn what_gave_less_than_asked_is_drained_until_an_event() {
        let (entry, mut due) = (take().unwrap(), Vec::new());
        let side = entry.side(Direction::Read);
        assert!(!side.is_drained(side.events()));
        side.note_drained(side.events());
        assert!(side.is_drained(side.events()));
        happened(entry.token(), WRITABLE, &mut due);
        assert!(side.is_drained(side.events()));
        happened(entry.token(), READABLE, &mut due);
        assert!(!side.is_drained(side.events()));
        // The last bytes and the end, in one event.
        happened(entry.token(), Happened { unclear: true, ..READABLE }, &mut due);
        side.note_drained(side.events());
        assert!(!side.is_drained(side.events()));
        // The next descriptor knows nothing of it.
        give(entry);
        assert!(!side.is_drained(side.events()));
        side.note_drained(side.events());
        assert!(side.is_drained(side.events()));
        side.reset();
    }

    #[test]
    fn one_event_wakes_the_one_that_waits_longest_and_that_one_the_next() {
        let (entry, mut due) = (take().unwrap(), Vec::new());
        let (a, b, c) = (record(), record(), record());
        for waiter in [a, b, c] {
            assert!(entry.write.enter(waiter, 4, entry.write.events()));
        }
        entry.write.leave(b, 4);
        happened(entry.token(), BOTH, &mut due);
        assert!(matches!(due[..], [Due::Wake(woken, 4)] if std::ptr::eq(woken, a)));
        assert!(entry.write.pass_on().is_some_and(|(next, _)| std::ptr::eq(next, c)));
        assert!(entry.write.all().is_empty());
        give(entry);
    }

    #[test]
    fn a_descriptor_follows_whoever_waits_for_it_but_not_for_ever() {
        let entry = take().unwrap();
        let mut moves = 0;
        entry
            .settle(0, |old, _| {
                assert_eq!(old, None);
                Ok(())
            })
            .unwrap();
        for round in 0..100 {
            let here = 1 + round / 4 % 2;
            entry
                .settle(here, |_, _| {
                    moves += 1;
                    Ok(())
                })
                .unwrap();
        }
        assert_eq!(moves, usize::from(MOVES));
        give(entry);
    }
}
