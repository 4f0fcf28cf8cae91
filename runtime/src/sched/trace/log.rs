//! Events of a trace in memory: a list that grows by pieces up to [`MOST`], without locks.
//!
//! Whoever notes takes a place by counting up, fills it and says last that it is filled. A worker's log has one writer, mostly: what
//! may be written twice (after a stop and a start) is only ever wrong about one event, whose words are numbers and are checked.

use crate::shim::{AtomicU64, AtomicUsize, OnceLock, Ordering};
use crate::task::WaitReason;

const PIECE: usize = 4096;
const PIECES: usize = 128;
/// Events of a log.
pub(super) const MOST: usize = PIECE * PIECES;

/// What an event is of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub(super) enum Kind {
    /// A goroutine was started: of which site, in `end`.
    Spawn = 1,
    Wake,
    Steal,
    /// A turn of a goroutine.
    Run,
    Sleep,
    Timers,
    Network,
    Call,
    World,
}

impl Kind {
    const ALL: [Kind; 9] = [
        Kind::Spawn,
        Kind::Wake,
        Kind::Steal,
        Kind::Run,
        Kind::Sleep,
        Kind::Timers,
        Kind::Network,
        Kind::Call,
        Kind::World,
    ];
}

/// How a turn ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stop {
    Yield,
    End,
    /// It has not.
    Running,
    Park(WaitReason),
}

/// What happened on a track.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Event {
    pub(super) kind: Kind,
    pub(super) track: u32,
    pub(super) time: u64,
    pub(super) end: u64,
    /// The record of a goroutine, or a number.
    pub(super) subject: u64,
    pub(super) stop: Stop,
}

impl Event {
    pub(super) fn new(kind: Kind, track: u32, time: u64) -> Event {
        Event { kind, track, time, end: time, subject: 0, stop: Stop::Running }
    }

    /// Kind, stop and track in one word, which is not 0.
    fn what(&self) -> u64 {
        let stop = match self.stop {
            Stop::Yield => 0,
            Stop::End => 1,
            Stop::Running => 2,
            Stop::Park(reason) => 3 + reason as u64,
        };
        self.kind as u64 | stop << 8 | u64::from(self.track) << 32
    }

    fn read(words: [u64; 4]) -> Option<Event> {
        let [time, end, subject, what] = words;
        let stop = match what >> 8 & 0xff {
            0 => Stop::Yield,
            1 => Stop::End,
            2 => Stop::Running,
            reason => Stop::Park(WaitReason::from_byte(reason as u8 - 3)),
        };
        let kind = *Kind::ALL.get(((what & 0xff) as usize).checked_sub(1)?)?;
        Some(Event { kind, track: (what >> 32) as u32, time, end, subject, stop })
    }
}

type Slot = [AtomicU64; 4];

/// See the module.
pub(super) struct Log {
    len: AtomicUsize,
    pieces: [OnceLock<Box<[Slot]>>; PIECES],
    /// What is under way: since when (0 for nothing), on which track, which record (0 for sleep).
    open: [AtomicU64; 3],
}

impl Log {
    pub(super) fn new() -> Log {
        Log {
            len: AtomicUsize::new(0),
            pieces: [const { OnceLock::new() }; PIECES],
            open: Default::default(),
        }
    }

    /// Forgets all.
    pub(super) fn clear(&self) {
        self.open[0].store(0, Ordering::Relaxed);
        self.len.store(0, Ordering::SeqCst);
    }

    pub(super) fn note(&self, event: Event) {
        let at = self.len.fetch_add(1, Ordering::Relaxed);
        if at >= MOST {
            return;
        }
        let piece = self.pieces[at / PIECE].get_or_init(|| (0..PIECE).map(|_| Slot::default()).collect());
        let slot = &piece[at % PIECE];
        slot[3].store(0, Ordering::Release);
        slot[0].store(event.time, Ordering::Relaxed);
        slot[1].store(event.end, Ordering::Relaxed);
        slot[2].store(event.subject, Ordering::Relaxed);
        slot[3].store(event.what(), Ordering::Release);
    }

    /// Something begins that [`Log::close`] and a note will end.
    pub(super) fn open(&self, time: u64, track: u32, subject: u64) {
        self.open[1].store(u64::from(track), Ordering::Relaxed);
        self.open[2].store(subject, Ordering::Relaxed);
        self.open[0].store(time, Ordering::Release);
    }

    pub(super) fn close(&self) {
        self.open[0].store(0, Ordering::Relaxed);
    }

    /// Appends all events from `since` on, with what is still under way at `until`; how many found no room.
    pub(super) fn collect(&self, since: u64, until: u64, into: &mut Vec<Event>) -> u64 {
        let len = self.len.load(Ordering::SeqCst);
        for at in 0..len.min(MOST) {
            let Some(slot) = self.pieces[at / PIECE].get().map(|piece| &piece[at % PIECE]) else { continue };
            let what = slot[3].load(Ordering::Acquire);
            let word = |i: usize| slot[i].load(Ordering::Relaxed);
            into.extend(Event::read([word(0), word(1), word(2), what]).filter(|event| event.time >= since));
        }
        let [time, track, subject] = [0, 1, 2].map(|i| self.open[i].load(Ordering::Acquire));
        if time >= since && time > 0 {
            let kind = if subject == 0 { Kind::Sleep } else { Kind::Run };
            into.push(Event { end: until, subject, ..Event::new(kind, track as u32, time) });
        }
        len.saturating_sub(MOST) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_noted_is_read_and_what_finds_no_room_is_counted() {
        let log = Log::new();
        let stop = Stop::Park(WaitReason::ChanSend);
        let run = Event { end: 9, subject: 77, stop, ..Event::new(Kind::Run, 3, 7) };
        log.note(Event::new(Kind::Steal, 1, 2));
        log.note(run);
        log.open(11, 2, 0);
        let mut events = Vec::new();
        assert_eq!(log.collect(5, 20, &mut events), 0);
        assert_eq!(events, [run, Event { end: 20, ..Event::new(Kind::Sleep, 2, 11) }]);

        log.close();
        for _ in 0..MOST {
            log.note(run);
        }
        events.clear();
        assert_eq!(log.collect(5, 20, &mut events), 2);
        assert_eq!(events.len(), MOST - 1);
        log.clear();
        events.clear();
        assert_eq!(log.collect(5, 20, &mut events), 0);
        assert!(events.is_empty());
    }
}
