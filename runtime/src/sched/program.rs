//! Main: the goroutine whose return ends the program, and the OS thread that waits for it.
//!
//! In a test process every test is a main of its own, several at once, over the one scheduler; there the end of main
//! ends nothing but that test, and its panic and its deadlock belong to the test.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::trace::Site;
use super::{dump, launch, new_record, runtime};
use crate::shim::{Arc, Condvar, Mutex, lock};
use crate::stack;
use crate::sys::thread;
use crate::task::{self, RecordRef, WaitReason};

/// Starts a goroutine on a stack of so many bytes, for `go!(stack = ..)`.
#[track_caller]
pub(crate) fn spawn_with_stack<F: FnOnce() + Send + 'static>(bytes: usize, f: F) {
    spawn_with_stack_at(bytes, f, Site::of::<F>());
}

/// As [`spawn_with_stack`], under another name in traces.
pub(crate) fn spawn_with_stack_at<F: FnOnce() + Send + 'static>(bytes: usize, f: F, site: Site) {
    launch(f, site, |record| record.stack_bytes.set(stack::whole_pages(bytes)));
}

enum Outcome<T> {
    Returned(T),
    Panicked(Box<dyn Any + Send>),
    Deadlocked(WaitReason),
}

/// Where main leaves its result for the thread that waits.
struct Slot<T> {
    outcome: Mutex<Option<Outcome<T>>>,
    settled: Condvar,
}

trait Fail: Send + Sync {
    fn deadlocked(&self, reason: WaitReason);
}

impl<T: Send> Slot<T> {
    fn settle(&self, outcome: Outcome<T>) {
        lock(&self.outcome).get_or_insert(outcome);
        self.settled.notify_all();
    }

    fn wait(&self) -> Outcome<T> {
        let mut outcome = lock(&self.outcome);
        loop {
            match outcome.take() {
                Some(outcome) => return outcome,
                None => outcome = self.settled.wait(outcome).unwrap_or_else(|poisoned| poisoned.into_inner()),
            }
        }
    }
}

impl<T: Send> Fail for Slot<T> {
    fn deadlocked(&self, reason: WaitReason) {
        self.settle(Outcome::Deadlocked(reason));
    }
}

struct Caller {
    record: RecordRef,
    test: bool,
    on_main_thread: bool,
    slot: Arc<dyn Fail>,
}

/// The mains that are running.
pub(super) struct Callers(Mutex<Vec<Caller>>);

impl Callers {
    pub(super) const fn new() -> Callers {
        Callers(Mutex::new(Vec::new()))
    }

    fn remove(&self, record: RecordRef) {
        lock(&self.0).retain(|caller| !std::ptr::eq(caller.record, record));
    }

    /// How many OS threads wait for a main, counting in a test process the thread that waits for the tests.
    pub(super) fn waiting_threads(&self) -> usize {
        let callers = lock(&self.0);
        let harness =
            callers.iter().any(|caller| caller.test) && !callers.iter().any(|caller| caller.on_main_thread);
        callers.len() + usize::from(harness)
    }

    /// The main goroutine, if there is one and that can be told now.
    pub(super) fn main(&self) -> Option<RecordRef> {
        let callers = self.0.try_lock().ok()?;
        callers.iter().find(|caller| !caller.test).map(|caller| caller.record)
    }

    /// Ends the program, or the tests that wait.
    pub(super) fn report_deadlock(&self) {
        let mut callers = lock(&self.0);
        if !callers.is_empty() && callers.iter().all(|caller| caller.test) {
            for caller in callers.drain(..) {
                caller.slot.deadlocked(caller.record.reason());
            }
            return;
        }
        let main = callers.iter().find(|caller| !caller.test).map(|caller| caller.record.reason());
        match main {
            Some(WaitReason::Goexit) => {
                eprintln!("fatal error: no goroutines (main called runtime.Goexit) - deadlock!");
            }
            _ => {
                let main = callers.iter().find(|caller| !caller.test).map(|caller| caller.record);
                eprint!("{DEADLOCK}\n\n{}", dump::text(None, main));
            }
        }
        task::panic::exit(2)
    }
}

const DEADLOCK: &str = "fatal error: all goroutines are asleep - deadlock!";

/// Runs `f` as the main goroutine and gives back its value; the other goroutines stop where they are.
pub fn run_main<T: Send + 'static, F: FnOnce() -> T + Send + 'static>(f: F) -> T {
    run_main_with(0, f)
}

/// As [`run_main`], on a stack of `stack_bytes` of address space; 0 for the default, 512 MiB.
pub fn run_main_with<T: Send + 'static, F: FnOnce() -> T + Send + 'static>(stack_bytes: usize, f: F) -> T {
    if task::on_goroutine() {
        return nested(f);
    }
    runtime().reopen();
    match run(false, stack_bytes, f) {
        Outcome::Returned(value) => {
            runtime().stop();
            task::panic::give_way_to_end();
            task::panic::run_exit_hook();
            value
        }
        Outcome::Panicked(payload) => task::panic::uncaught(payload),
        Outcome::Deadlocked(_) => unreachable!("a deadlock of main ends the process"),
    }
}

/// A main called by a goroutine. Not inlined: the frame of a whole program would lie on the OS thread that starts main.
#[inline(never)]
fn nested<T>(f: impl FnOnce() -> T) -> T {
    f()
}

/// Runs `f` as the main goroutine of a test: its panic, or that it waits for ever, is a panic of the caller.
pub fn run_test<T: Send + 'static, F: FnOnce() -> T + Send + 'static>(f: F) -> T {
    if task::on_goroutine() {
        return nested(f);
    }
    match run(true, 0, f) {
        Outcome::Returned(value) => value,
        Outcome::Panicked(payload) => resume_unwind(payload),
        Outcome::Deadlocked(reason) => {
            panic!("{DEADLOCK} The test's own goroutine waits in [{}].", reason.text())
        }
    }
}

fn run<T: Send + 'static, F: FnOnce() -> T + Send + 'static>(
    test: bool,
    stack_bytes: usize,
    f: F,
) -> Outcome<T> {
    let runtime = runtime();
    let slot = Arc::new(Slot { outcome: Mutex::new(None), settled: Condvar::new() });
    let record = new_record();
    let mine = slot.clone();
    let job = move || {
        let outcome = match catch_unwind(AssertUnwindSafe(f)) {
            Ok(value) => Outcome::Returned(value),
            // Reported here, on the stack that panicked, so that the report may look at the goroutine's record.
            Err(payload) if !test => task::panic::uncaught(payload),
            Err(payload) => Outcome::Panicked(payload),
        };
        runtime.callers.remove(record);
        mine.settle(outcome);
    };
    // SAFETY: the record came out of the pool, so nobody else has it.
    unsafe { &mut *record.job.get() }.fill(job);
    let bytes = if stack_bytes == 0 { stack::MAIN } else { stack::whole_pages(stack_bytes) };
    record.stack_bytes.set(bytes | stack::OR_LESS);
    lock(&runtime.callers.0).push(Caller {
        record,
        test,
        on_main_thread: thread::is_main(),
        slot: slot.clone(),
    });
    runtime.inject(record, Site::main());
    runtime.idle.notify(&runtime.remotes);
    slot.wait()
}
