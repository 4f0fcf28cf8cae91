//! Execution trace: what each worker ran and when, who woke whom, kept in memory until it is written as JSON ([`json`]).
//!
//! Events go into logs without locks, one for each worker and one for all other threads, of [`log::MOST`] events at most: what comes
//! later is counted and left out, so that what is there is whole from its beginning. Times are taken on the thread where it happens.
//!
//! Must hold: **while no trace is made, nothing on the way of a goroutine pays for it.** No check stands there that was not there
//! before: a worker looks at the world's attention before each turn anyway, and then takes turns that note; a start is noted where one
//! after an `accept` is told apart; a wake-up where one for another worker is (see `sched/worker.rs`). Nothing is noted while the
//! world is stopped.
//!
//! Rejected: a writer thread (it would be one more thread for the deadlock check, and a slow disk would disturb what is measured);
//! rings that overwrite the oldest (names and starts of what still runs would be gone first).

mod json;
mod log;

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::panic::Location;
use std::path::PathBuf;

use self::log::{Event, Kind, Log, Stop};
use crate::shim::{AtomicBool, Mutex, OnceLock, Ordering, lock};
use crate::sys::{clock, exit};
use crate::task::RecordRef;

/// Tracks: workers by number, then other threads, then the world.
type Track = u32;
const THREADS: Track = 1 << 16;
const WORLD: Track = 1 << 17;

/// Logs of workers; with more workers some share one, which works as well.
const LOGS: usize = 64;

static ON: AtomicBool = AtomicBool::new(false);
static LOG: [OnceLock<Log>; LOGS + 1] = [const { OnceLock::new() }; LOGS + 1];
static SESSION: Mutex<Option<Session>> = Mutex::new(None);
static SITES: Mutex<Sites> = Mutex::new(Sites { numbers: BTreeMap::new(), list: Vec::new() });
/// Names of threads that are no workers.
static NAMES: Mutex<Vec<String>> = Mutex::new(Vec::new());

thread_local! {
    /// One more than the number of this thread among those that are no workers.
    static MINE: std::cell::Cell<Track> = const { std::cell::Cell::new(0) };
}

/// Where a trace goes.
enum Target {
    Writer(Box<dyn Write + Send>),
    File(PathBuf),
}

struct Session {
    since: u64,
    to: Target,
}

/// Where goroutines are started, and what they are called.
struct Sites {
    numbers: BTreeMap<(usize, usize), u32>,
    list: Vec<(&'static str, &'static Location<'static>)>,
}

/// What is started, and where the program says so.
#[derive(Clone, Copy)]
pub(crate) struct Site {
    /// Asked for the name only when it is wanted.
    name: fn() -> &'static str,
    at: &'static Location<'static>,
}

impl Site {
    #[inline]
    #[track_caller]
    pub(crate) fn of<F>() -> Site {
        Site { name: std::any::type_name::<F>, at: Location::caller() }
    }

    /// The main goroutine's.
    #[track_caller]
    pub(super) fn main() -> Site {
        Site { name: || MAIN, at: Location::caller() }
    }

    fn number(self) -> u32 {
        let mut sites = lock(&SITES);
        let next = sites.list.len() as u32;
        let key = (self.name as usize, std::ptr::from_ref(self.at).addr());
        let number = *sites.numbers.entry(key).or_insert(next);
        if number == next {
            sites.list.push(((self.name)(), self.at));
        }
        number
    }
}

const MAIN: &str = "main goroutine";

/// What a trace that has been written holds; see [`crate::trace`].
///
/// ```
/// # goxide::__private::run_test(|| {
/// goxide::trace::start(std::io::sink())?;
/// goxide::yield_now();
/// let goxide::trace::Written { events, dropped, .. } = goxide::trace::stop()?;
/// assert!(dropped == 0 && events < 500_000);
/// # Ok::<(), std::io::Error>(())
/// # }).unwrap();
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Written {
    /// Events there are.
    pub events: u64,
    /// Events that found no room: those after the first half million of a worker.
    pub dropped: u64,
}

/// Whether a trace is made.
#[inline]
pub(super) fn is_on() -> bool {
    ON.load(Ordering::Relaxed)
}

/// Starts one if GOXIDE_TRACE names a file; whether it does. The runtime starts now.
pub(super) fn from_environment() -> bool {
    let Some(path) = std::env::var_os("GOXIDE_TRACE").filter(|path| !path.is_empty()).map(PathBuf::from)
    else {
        return false;
    };
    // Also a program that is killed leaves a file that can be read.
    if let Err(error) = std::fs::write(&path, "{\"traceEvents\":[]}\n") {
        eprintln!("goxide: GOXIDE_TRACE: {} cannot be written: {error}", path.display());
        return false;
    }
    let begun = begin(Target::File(path)).is_ok();
    if begun {
        exit::at_exit(at_exit);
    }
    begun
}

extern "C" fn at_exit() {
    let Some(session) = lock(&SESSION).take() else { return };
    let name = match &session.to {
        Target::File(path) => path.display().to_string(),
        Target::Writer(_) => "the trace".to_owned(),
    };
    match finish(session) {
        Ok(Written { dropped: 0, .. }) => {}
        Ok(Written { events, dropped }) => {
            eprintln!("goxide: {name}: {dropped} events found no room after the first {events}");
        }
        Err(error) => eprintln!("goxide: {name} cannot be written: {error}"),
    }
}

/// Starts one that goes to `to`; the caller then asks for the attention of the workers.
pub(super) fn start(to: Box<dyn Write + Send>) -> io::Result<()> {
    begin(Target::Writer(to))
}

fn begin(to: Target) -> io::Result<()> {
    let mut session = lock(&SESSION);
    if session.is_some() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "a trace is being made already"));
    }
    for log in LOG.iter().filter_map(OnceLock::get) {
        log.clear();
    }
    *session = Some(Session { since: clock::now(), to });
    ON.store(true, Ordering::SeqCst);
    Ok(())
}

/// Ends the trace and writes it.
pub(super) fn stop() -> io::Result<Written> {
    match lock(&SESSION).take() {
        Some(session) => finish(session),
        None => Err(io::Error::new(io::ErrorKind::NotFound, "no trace is being made")),
    }
}

fn finish(session: Session) -> io::Result<Written> {
    ON.store(false, Ordering::SeqCst);
    let until = clock::now();
    let (mut events, mut dropped) = (Vec::new(), 0);
    for log in LOG.iter().filter_map(OnceLock::get) {
        dropped += log.collect(session.since, until, &mut events);
    }
    let written = Written { events: events.len() as u64, dropped };
    let sites = lock(&SITES).list.clone();
    let threads = lock(&NAMES).clone();
    let trace = json::Trace { since: session.since, sites: &sites, threads: &threads, dropped };
    match session.to {
        Target::Writer(to) => trace.write(events, BufWriter::new(to))?,
        Target::File(path) if std::fs::metadata(&path).is_ok_and(|there| !there.is_file()) => {
            trace.write(events, BufWriter::new(std::fs::File::create(path)?))?;
        }
        Target::File(path) => {
            // In one step: whoever looks finds the old file or the new one.
            let mut part = path.clone().into_os_string();
            part.push(".part");
            trace.write(events, BufWriter::new(std::fs::File::create(&part)?))?;
            std::fs::rename(part, path)?;
        }
    }
    Ok(written)
}

fn log_of(track: Track) -> &'static Log {
    let index = if track < THREADS { track as usize % LOGS } else { LOGS };
    LOG[index].get_or_init(Log::new)
}

/// The track of the thread that asks.
fn here() -> Track {
    if let Some(worker) = super::current_worker() {
        return worker as Track;
    }
    let mine = MINE.try_with(|mine| {
        if mine.get() == 0 {
            let mut names = lock(&NAMES);
            names.push(std::thread::current().name().unwrap_or("a thread").to_owned());
            mine.set(names.len() as Track);
        }
        mine.get()
    });
    THREADS + mine.unwrap_or(0)
}

fn address(record: RecordRef) -> u64 {
    std::ptr::from_ref(record).addr() as u64
}

fn note(event: Event) {
    log_of(event.track).note(event);
}

/// A goroutine is started here.
#[cold]
pub(super) fn spawned(record: RecordRef, site: Site) {
    if is_on() {
        let (number, time) = (site.number(), clock::now());
        let subject = address(record);
        note(Event { end: u64::from(number), subject, ..Event::new(Kind::Spawn, here(), time) });
    }
}

/// A goroutine is woken here.
#[cold]
pub(super) fn woken(record: RecordRef) {
    if is_on() {
        note(Event { subject: address(record), ..Event::new(Kind::Wake, here(), clock::now()) });
    }
}

/// A goroutine begins a turn: when.
pub(super) fn begins(worker: usize, record: RecordRef) -> u64 {
    let now = clock::now();
    log_of(worker as Track).open(now, worker as Track, address(record));
    now
}

/// It has ended.
pub(super) fn ends(worker: usize, record: RecordRef, since: u64, stop: crate::coroutine::Stop) {
    let stop = match stop {
        crate::coroutine::Stop::Yielded => Stop::Yield,
        crate::coroutine::Stop::Parked => Stop::Park(record.reason()),
        crate::coroutine::Stop::Returned => Stop::End,
    };
    let track = worker as Track;
    log_of(track).close();
    let subject = address(record);
    note(Event { end: clock::now(), subject, stop, ..Event::new(Kind::Run, track, since) });
}

/// Something of a worker's own that takes time, begun with [`pause`].
pub(super) fn resume(worker: usize, pause: Option<u64>, what: Pause, count: usize) {
    let Some(since) = pause else { return };
    let (kind, track) = (what.kind(), worker as Track);
    if let Pause::Sleep = what {
        log_of(track).close();
    } else if count == 0 {
        return;
    }
    note(Event { end: clock::now(), subject: count as u64, ..Event::new(kind, track, since) });
}

/// When something of a worker's own begins, if that is to be noted.
pub(super) fn pause(worker: usize, what: Pause) -> Option<u64> {
    is_on().then(|| {
        let now = clock::now();
        if let Pause::Sleep = what {
            log_of(worker as Track).open(now, worker as Track, 0);
        }
        now
    })
}

/// What a worker does by itself.
#[derive(Clone, Copy)]
pub(super) enum Pause {
    Sleep,
    Timers,
    Network,
}

impl Pause {
    fn kind(self) -> Kind {
        match self {
            Pause::Sleep => Kind::Sleep,
            Pause::Timers => Kind::Timers,
            Pause::Network => Kind::Network,
        }
    }
}

/// A worker has taken fresh goroutines of another one.
pub(super) fn stolen(worker: usize, victim: usize) {
    if is_on() {
        note(Event { subject: victim as u64, ..Event::new(Kind::Steal, worker as Track, clock::now()) });
    }
}

/// When a call on the blocking pool begins, if that is to be noted; [`called`] notes it.
pub(crate) fn calls() -> Option<u64> {
    is_on().then(clock::now)
}

pub(crate) fn called(since: Option<u64>) {
    if let Some(since) = since {
        note(Event { end: clock::now(), ..Event::new(Kind::Call, here(), since) });
    }
}

/// As [`calls`] and [`called`], of the world that is stopped. It runs again.
pub(super) fn world(since: Option<u64>) {
    if let Some(since) = since {
        note(Event { end: clock::now(), ..Event::new(Kind::World, WORLD, since) });
    }
}
