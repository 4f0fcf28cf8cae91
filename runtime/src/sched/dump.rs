//! What every goroutine does and where: for dumps, the report of a deadlock, SIGQUIT and the monitor.
//!
//! The world is stopped while the stacks are walked, so each is as it is at one moment; equal ones are counted together, because
//! of a million goroutines most wait at the same few places. Goroutines have no numbers, so reports have none.
//!
//! Must hold: between stop and start nothing is allocated ([`Groups`] has its room before) and no lock is taken. A stack is read
//! only while nobody can run on it or, for those that run, while its thread stands in the handler that stopped it. Where the
//! world cannot be stopped, a dump tells what goroutines wait for, without stacks.

use std::collections::HashMap;
use std::fmt::Write;

use super::{runtime, world};
use crate::shim::{Mutex, lock};
use crate::sys::entry::{self, Place};
use crate::sys::signal;
use crate::sys::symbols::{self, Frame};
use crate::sys::tables::Tables;
use crate::task::{self, RecordRef, THREAD, WaitReason};

/// Frames of a stack that are looked at, and different stacks that are told apart.
const DEPTH: usize = 64;
const GROUPS: usize = 1024;

/// What goroutines of a group have in common besides their stack, in the order of the report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Running,
    Runnable,
    NotStarted,
    Waiting(WaitReason),
    /// An OS thread that waits on something of ours.
    Thread(WaitReason),
}

impl State {
    fn order(self) -> u8 {
        match self {
            State::Running => 0,
            State::Runnable => 1,
            State::NotStarted => 2,
            State::Waiting(_) => 3,
            State::Thread(_) => 4,
        }
    }

    fn text(self) -> &'static str {
        match self {
            State::Running => "running",
            State::Runnable => "runnable",
            State::NotStarted => "runnable, not started",
            State::Waiting(reason) | State::Thread(reason) => reason.text(),
        }
    }
}

struct Group {
    state: State,
    main: bool,
    count: usize,
    /// Where its addresses are.
    from: usize,
    to: usize,
}

/// Equal stacks, counted.
struct Groups {
    list: Vec<Group>,
    addresses: Vec<usize>,
    /// By hash: one more than the index of a group, 0 for none.
    slots: Vec<u16>,
    /// Those that found no room.
    others: usize,
}

impl Groups {
    fn new() -> Groups {
        Groups {
            list: Vec::with_capacity(GROUPS),
            addresses: Vec::with_capacity(GROUPS * DEPTH),
            slots: vec![0; 4 * GROUPS],
            others: 0,
        }
    }

    /// Counts one. Allocates nothing.
    fn add(&mut self, state: State, main: bool, addresses: &[usize]) {
        let mixed = addresses.iter().fold(u64::from(state.order()), |hash, &address| {
            (hash ^ address as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
        });
        let mut at = mixed as usize % self.slots.len();
        while self.slots[at] != 0 {
            let group = &mut self.list[usize::from(self.slots[at]) - 1];
            if group.state == state
                && group.main == main
                && self.addresses[group.from..group.to] == *addresses
            {
                group.count += 1;
                return;
            }
            at = (at + 1) % self.slots.len();
        }
        if self.list.len() == GROUPS {
            self.others += 1;
            return;
        }
        let from = self.addresses.len();
        self.addresses.extend_from_slice(addresses);
        self.list.push(Group { state, main, count: 1, from, to: self.addresses.len() });
        self.slots[at] = self.list.len() as u16;
    }
}

/// What the goroutines do. `mine` is the one that asks and where it stands, `main` the main goroutine.
fn collect(mine: Option<(RecordRef, Place)>, main: Option<RecordRef>) -> Groups {
    let (mut groups, mut tables) = (Groups::new(), Tables::read());
    let mut look = |world: Option<&world::Stopped>| {
        task::visit_records(|record| {
            let is_main = main.is_some_and(|main| std::ptr::eq(main, record));
            let mut add = |state, place: Option<Place>| {
                let mut found = [0; DEPTH];
                let known = place.filter(|_| world.is_some());
                let count = match known.and_then(|place| Some((place, stack_of(record, place)?))) {
                    // SAFETY: the stack of a goroutine that stands still: it is parked, or the thread that runs on it is stopped or
                    // is the one that asks.
                    Some((place, (high, moved))) => unsafe { tables.callers(place, high, moved, &mut found) },
                    None => 0,
                };
                groups.add(state, is_main, &found[..count]);
            };
            match (look_at(record, world), mine) {
                (Some((State::Running, _)), Some((asks, place))) if std::ptr::eq(asks, record) => {
                    add(State::Running, Some(place));
                }
                (Some((state, place)), _) => add(state, place),
                (None, _) => {}
            }
        });
    };
    let stopped = signal::spilled(|sp| world::stopped(sp, |world| look(Some(world))));
    if stopped.is_none() {
        look(None);
    }
    groups
}

/// Of what a goroutine stands on at that place: up to where it goes, and how far above that it is to be read. None where that is not known, as on a stack of the user's own. Of a segment it is the segment alone: where its code came from is on another.
fn stack_of(record: RecordRef, place: Place) -> Option<(usize, usize)> {
    let (stack, segment) = (record.stack(), record.segment());
    if (stack.low..stack.high).contains(&place.sp) {
        let (parked, moved) = record.parked_stack();
        let high = if parked.high != 0 { parked.high } else { stack.high };
        return Some((high, moved));
    }
    (segment.low..segment.high).contains(&place.sp).then_some((segment.high, 0))
}

/// Where the code stands that a thread runs for a goroutine, and that thread.
fn running(record: RecordRef, world: &world::Stopped) -> Option<(Place, i32)> {
    [record.stack(), record.segment()].into_iter().find_map(|stack| world.running(stack.low, stack.high))
}

/// What the goroutine of a record does and where it stands; none for a record that no goroutine has.
fn look_at(record: RecordRef, world: Option<&world::Stopped>) -> Option<(State, Option<Place>)> {
    let waiting = record.status.is_waiting().then(|| record.reason());
    if !record.has_started() {
        // SAFETY: whoever fills or takes the job is stopped, or is the one that asks and does neither.
        let filled = world.is_some() && unsafe { &*record.job.get() }.words().is_some();
        return match waiting {
            _ if filled => Some((State::NotStarted, None)),
            Some(reason) if record.home() == THREAD => Some((State::Thread(reason), None)),
            _ => None,
        };
    }
    // Where the world cannot be stopped, it may be running again before its place is read.
    let parked = match world {
        Some(_) => record.parked_place().map(Some),
        None => record.is_parked().then_some(None),
    };
    Some(match (parked, waiting) {
        (Some(place), Some(reason)) => (State::Waiting(reason), place),
        (Some(place), None) => (State::Runnable, place),
        (None, _) => {
            let place = world.and_then(|world| running(record, world));
            (State::Running, place.map(|(place, _)| place))
        }
    })
}

/// A report of all goroutines; see [`collect`].
pub(super) fn text(mine: Option<(RecordRef, Place)>, main: Option<RecordRef>) -> String {
    // Two dumps at once would stop the world one after the other; the lock keeps them from sharing memory for nothing.
    static ONE: Mutex<()> = Mutex::new(());
    let mut groups = {
        let _one = lock(&ONE);
        collect(mine, main)
    };
    groups.list.sort_by_key(|group| (!group.main, group.state.order(), std::cmp::Reverse(group.count)));
    let (mut out, mut lines) = (String::new(), Lines::default());
    for (i, group) in groups.list.iter().enumerate() {
        let separator = if i > 0 { "\n" } else { "" };
        let who = match (group.state, group.count) {
            _ if group.main => "main goroutine".to_owned(),
            (State::Thread(_), 1) => "1 OS thread".to_owned(),
            (State::Thread(_), count) => format!("{count} OS threads"),
            (_, 1) => "1 goroutine".to_owned(),
            (_, count) => format!("{count} goroutines"),
        };
        let _ = writeln!(out, "{separator}{who} [{}]:", group.state.text());
        lines.add(&mut out, &groups.addresses[group.from..group.to]);
    }
    if groups.others > 0 {
        let _ = writeln!(out, "\n{} goroutines with other stacks", groups.others);
    }
    if lines.nameless {
        out.push_str("\n(lines are known in programs built with debug = \"line-tables-only\" or more)\n");
    }
    out
}

/// A report of all goroutines, for whoever asks.
#[inline(never)]
pub(crate) fn dump() -> String {
    // Of this very function, which is not left before the end.
    let place = entry::here();
    let mine = task::on_goroutine().then(|| (task::current(), place));
    text(mine, runtime().callers.main())
}

/// The lines of one goroutine, which another thread runs, and that thread's number. None if it does not run any more.
pub(super) fn one(record: RecordRef) -> Option<(i32, String)> {
    let (mut tables, mut found) = (Tables::read(), [0; DEPTH]);
    let look = |world: &world::Stopped| {
        let (place, thread) = running(record, world)?;
        let (high, _) = stack_of(record, place)?;
        // SAFETY: the thread that runs on the stack is stopped.
        let count = unsafe { tables.callers(place, high, 0, &mut found) };
        Some((thread, count))
    };
    let (thread, count) = signal::spilled(|sp| world::stopped(sp, look))??;
    let mut out = String::new();
    Lines::default().add(&mut out, &found[..count]);
    Some((thread, out))
}

/// Writes frames, remembering what it has looked up.
#[derive(Default)]
struct Lines {
    known: HashMap<usize, Vec<Frame>>,
    /// There was a frame without a line.
    nameless: bool,
}

impl Lines {
    fn add(&mut self, out: &mut String, addresses: &[usize]) {
        if let Some(printer) = task::panic::stack_printer() {
            let mut bytes = Vec::new();
            printer(&mut bytes, addresses);
            out.push_str(&String::from_utf8_lossy(&bytes));
            return;
        }
        let mut frames = Vec::new();
        for (i, &address) in addresses.iter().enumerate() {
            // The innermost address is where code stands, not where a call returns to.
            let address = address + usize::from(i == 0);
            let found = self.known.entry(address).or_insert_with(|| symbols::frames(address));
            frames.extend(found.iter().cloned());
        }
        for frame in shown(&frames) {
            let _ = writeln!(out, "{}", frame.function);
            match &frame.at {
                Some((file, line)) => {
                    let _ = writeln!(out, "\t{file}:{line}");
                }
                None => self.nameless = true,
            }
        }
    }
}

/// Frames without those of the runtime at both ends; all if there are no others.
fn shown(frames: &[Frame]) -> &[Frame] {
    const OURS: [&str; 3] = ["goxide::", "corosensei::", "generator::"];
    const ENDS: [&str; 9] = [
        "alloc::boxed::",
        "core::ops::function::",
        "core::panic::unwind_safe::",
        "std::panic::",
        "std::panicking::",
        "std::sys::",
        "std::thread::",
        "__rust_try",
        "stack_init_trampoline",
    ];
    let is_of = |frame: &Frame, list: &[&str]| {
        let name = frame.function.trim_start_matches(['<', '&']);
        list.iter().any(|start| name.starts_with(start))
    };
    let Some(first) = frames.iter().rposition(|frame| !is_of(frame, &OURS) && !is_of(frame, &ENDS)) else {
        return frames;
    };
    let frames = &frames[..=first];
    let start = frames.iter().position(|frame| !is_of(frame, &OURS)).unwrap_or(0);
    &frames[start..]
}
