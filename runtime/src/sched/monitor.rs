//! The monitor: a thread that watches the workers, as Go's sysmon does.
//!
//! Every [`TICK`] while any worker is awake, ever less often while none is, and not at all after a second of that (a worker that
//! wakes up wakes it), it looks which goroutine each worker runs:
//! - one that has run for a time slice is asked to give way, which it does at its next checkpoint ([`super::slice`]);
//! - fresh goroutines, and others that may move, that lie about while workers sleep (of a worker that is stuck, say) are offered to those;
//! - free stacks and records that nobody has needed for a while give their memory back;
//! - while all workers block, a spare one is put in ([`super::spare`]);
//! - one that has kept its worker for over a second while started ones, which cannot move, wait for that worker, is reported once:
//!   where it is, in which system call, and what to do about it. So is one that nobody waits for, after some seconds, where nothing else is left to
//!   run and nothing is going to happen: it waits for a lock of `std` that a goroutine holds which waits itself, say. `GOXIDE_MONITOR=off` keeps it from
//!   that, and translated Go is not reported: Go does not do so.
//!
//! It also answers SIGQUIT, because a signal handler cannot: with a dump of all goroutines and exit code 2, as in Go, unless
//! the program has a handler of its own or ignores the signal.
//!
//! What must hold: it only reads what workers show ([`Worker::running`]) and stops the world for a report only. Linux; elsewhere and
//! under Miri there is none, and time slices go by the clock.

use super::{Runtime, blocking, deadlock, dump, movement, runtime, slice, spare, world};
use crate::shim::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use crate::sys::{clock, signal, thread};
use crate::task::{self, RecordRef};

/// How often it looks, in nanoseconds, while there is something to see, and while there is not.
const TICK: u64 = slice::SLICE;
const SELDOM: u64 = 16 * TICK;
/// So many looks at sleeping workers make it sleep, too.
const RESTS: u32 = 10;
/// A goroutine that keeps its worker for so long, from others, is reported.
const STUCK: u64 = 1_000_000_000;
/// .. and one that is the last to run.
const LAST: u64 = 2 * STUCK;

/// Rung to wake it.
static BELL: AtomicU32 = AtomicU32::new(0);
static DORMANT: AtomicBool = AtomicBool::new(false);
static QUIT: AtomicBool = AtomicBool::new(false);
static THREADS: AtomicUsize = AtomicUsize::new(0);

/// How many threads it has: one or none.
pub(super) fn threads() -> usize {
    THREADS.load(Ordering::SeqCst)
}

/// A worker has woken up.
#[inline]
pub(super) fn wake_up() {
    if DORMANT.load(Ordering::Relaxed) {
        ring();
    }
}

#[cold]
fn ring() {
    BELL.fetch_add(1, Ordering::SeqCst);
    #[cfg(all(target_os = "linux", not(miri)))]
    signal::wake(&BELL);
}

/// Starts it, where it can be.
pub(super) fn start() {
    if !signal::AVAILABLE {
        return;
    }
    THREADS.store(1, Ordering::SeqCst);
    // Without it a program runs all the same.
    if thread::spawn("goxide-monitor", run).is_err() {
        THREADS.store(0, Ordering::SeqCst);
        return;
    }
    #[cfg(all(target_os = "linux", not(miri)))]
    signal::on_quit(on_quit);
}

#[cfg(all(target_os = "linux", not(miri)))]
extern "C" fn on_quit(_: libc::c_int, _: *mut libc::siginfo_t, _: *mut libc::c_void) {
    QUIT.store(true, Ordering::SeqCst);
    signal::keeping_errno(ring);
}

/// What was seen of a worker.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// The address of the record of the goroutine that ran, and the turn.
    running: (usize, u32),
    since: u64,
    reported: bool,
}

fn run() {
    world::enter();
    let runtime = runtime();
    let mut seen: Vec<Seen> = Vec::new();
    #[cfg(not(miri))]
    let (mut sweeper, mut scavenger) = (super::cold::Sweeper::default(), Scavenger::default());
    let (mut pause, mut rests) = (TICK, 0);
    loop {
        let bell = BELL.load(Ordering::SeqCst);
        if QUIT.swap(false, Ordering::SeqCst) {
            quit(runtime);
        }
        if look(runtime, &mut seen) {
            (pause, rests) = (TICK, 0);
        } else {
            (pause, rests) = ((2 * pause).min(SELDOM), rests + 1);
        }
        #[cfg(not(miri))]
        let next = sweeper.sweep().into_iter().chain(scavenger.look()).min();
        #[cfg(miri)]
        let next = None::<u64>;
        if rests < RESTS || next.is_some() {
            wait(bell, Some(next.map_or(pause, |next| next.min(pause))));
            continue;
        }
        DORMANT.store(true, Ordering::SeqCst);
        if runtime.all_sleep() {
            wait(bell, None);
        }
        DORMANT.store(false, Ordering::SeqCst);
        (pause, rests) = (TICK, 0);
    }
}

/// How long a free stack keeps its memory, at least; twice that at most.
#[cfg(not(miri))]
const KEPT: u64 = 1_000_000_000;

/// Has the memory of free stacks and records given back.
#[cfg(not(miri))]
#[derive(Default)]
struct Scavenger {
    due: u64,
    left: bool,
}

#[cfg(not(miri))]
impl Scavenger {
    /// In how many nanoseconds it has to look again, if there is anything to give back.
    fn look(&mut self) -> Option<u64> {
        let now = clock::now();
        if now >= self.due {
            self.left = crate::stack::slab::scavenge() | task::pool::scavenge();
            self.due = now + KEPT;
        }
        self.left.then(|| self.due - now)
    }
}

#[cfg(all(target_os = "linux", not(miri)))]
fn wait(bell: u32, nanoseconds: Option<u64>) {
    signal::wait(&BELL, bell, nanoseconds.map(std::time::Duration::from_nanos));
}

#[cfg(any(not(target_os = "linux"), miri))]
fn wait(_: u32, nanoseconds: Option<u64>) {
    std::thread::sleep(std::time::Duration::from_nanos(nanoseconds.unwrap_or(SELDOM)));
}

/// The answer to SIGQUIT.
fn quit(runtime: &Runtime) -> ! {
    eprint!("SIGQUIT: quit\n\n{}", dump::text(None, runtime.callers.main()));
    task::panic::exit(2)
}

/// Looks at all workers; whether any is awake.
fn look(runtime: &Runtime, seen: &mut Vec<Seen>) -> bool {
    let now = clock::now();
    let mut awake = false;
    seen.resize(runtime.remotes.len().max(seen.len()), Seen::default());
    for (index, (remote, seen)) in runtime.remotes.iter().zip(seen.iter_mut()).enumerate() {
        awake |= !remote.asleep.load(Ordering::SeqCst);
        let Some(worker) = remote.worker() else { continue };
        let (record, turn) = worker.running();
        let running = (record.map_or(0, |record| std::ptr::from_ref(record).addr()), turn);
        if running != seen.running || record.is_none() {
            *seen = Seen { running, since: now, reported: false };
            continue;
        }
        if now - seen.since >= slice::SLICE {
            slice::is_due();
        }
        if let Some(record) = record
            && now - seen.since >= STUCK
            && !seen.reported
            && !slice::is_on()
            && is_wanted()
            && let waiting @ 1.. = waiting_for(index, record)
        {
            seen.reported = true;
            report(record, now - seen.since, waiting);
        }
    }
    if !slice::is_on() {
        look_at_last(runtime, seen, now);
    }
    spare::look(runtime, |index| seen.get(index).map_or(now, |seen| seen.since));
    let offered = || runtime.remotes.iter().any(|remote| !remote.stealer.is_empty());
    if runtime.idle.sleeping() > 0 && (offered() || (movement::is_on() && runtime.has_movable())) {
        runtime.idle.notify(&runtime.remotes);
    }
    awake
}

/// Reports the goroutines that are the last to run, if there are such and they wait for something of the system's.
fn look_at_last(runtime: &Runtime, seen: &mut [Seen], now: u64) {
    let is_last = |seen: &Seen| seen.running.0 != 0 && now - seen.since >= LAST;
    let wakes =
        |(remote, seen): (&super::Remote, &Seen)| !is_last(seen) && !remote.asleep.load(Ordering::SeqCst);
    if !seen.iter().any(|seen| is_last(seen) && !seen.reported)
        || runtime.remotes.iter().zip(seen.iter()).any(wakes)
        || !is_wanted()
        || !deadlock::nothing_else_happens(runtime)
    {
        return;
    }
    for (remote, seen) in runtime.remotes.iter().zip(seen.iter_mut()).filter(|(_, seen)| is_last(seen)) {
        let running = remote.worker().and_then(|worker| worker.running().0);
        if !std::mem::replace(&mut seen.reported, true)
            && let Some(record) = running
        {
            report(record, now - seen.since, 0);
        }
    }
}

/// Whether reports are wanted.
fn is_wanted() -> bool {
    !std::env::var("GOXIDE_MONITOR").is_ok_and(|value| value == "off")
}

/// How many started goroutines wait for a worker while it runs another.
fn waiting_for(index: usize, running: RecordRef) -> usize {
    let mut count = 0;
    task::visit_records(|record| {
        let ready = record.is_parked() && !record.status.is_waiting();
        count += usize::from(ready && record.home() == index && !std::ptr::eq(record, running));
    });
    count
}

/// The system call that a thread is in which was stopped a moment ago: it may still stand in the handler's own call.
fn settled_call(thread: i32) -> Option<Option<String>> {
    let look = || {
        std::thread::sleep(std::time::Duration::from_millis(20));
        thread::system_call(thread)
    };
    let is_settled = |call: &Option<Option<String>>| {
        !matches!(call, Some(None)) && !matches!(call, Some(Some(name)) if name == "futex")
    };
    let mut call = look();
    for _ in 0..5 {
        if is_settled(&call) {
            break;
        }
        call = look();
    }
    call
}

/// Says that a goroutine keeps its worker from others.
fn report(record: RecordRef, nanoseconds: u64, waiting: usize) {
    let Some((thread, stack)) = dump::one(record) else { return };
    let call = settled_call(thread);
    if waiting == 0 && !matches!(&call, Some(Some(name)) if name == "futex") {
        // It computes, or waits for another process.
        return;
    }
    let (call, advice) = match call {
        Some(Some(call)) if call == "futex" => (
            ", in the system call futex".to_owned(),
            "It waits for a lock of std (which another goroutine may hold while it waits) or for an OS thread: use \
             goxide::sync and channels, or call it inside goxide::blocking(|| ..).",
        ),
        Some(Some(call)) => (
            format!(", in the system call {call}"),
            "A call that blocks belongs on the blocking pool: goxide::blocking(|| ..).",
        ),
        Some(None) => (
            ", computing".to_owned(),
            "Call goxide::yield_now() now and then, or compute inside goxide::blocking(|| ..).",
        ),
        None => (String::new(), "Calls that block belong on the blocking pool: goxide::blocking(|| ..)."),
    };
    let others = match waiting {
        0 => "nothing else is left that could run".to_owned(),
        1 => "1 started goroutine waits for that thread".to_owned(),
        _ => format!("{waiting} started goroutines wait for that thread"),
    };
    eprintln!(
        "goxide: a goroutine has kept its worker thread for {:.1} s{call}, and {others} \
         (blocking pool: {} threads). It is at:\n{stack}{advice} (GOXIDE_MONITOR=off silences this.)",
        nanoseconds as f64 / 1e9,
        blocking::threads(),
    );
}
