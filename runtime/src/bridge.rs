//! Between goroutines and the rest of the world: calls that block, futures, and OS threads with `flume` channels.
//!
//! The channels of this crate work on OS threads as they are; `flume` is for code that already speaks it or that is
//! async. A goroutine that waits here waits for something outside, which is never taken for a deadlock.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::task::{Context, Poll, Wake, Waker};

use crate::park::{self, Ticket, WaitReason};
use crate::sched::{self, blocking};
use crate::shim::{Arc, Mutex, lock};
use crate::task;

pub use flume;

/// Runs `f`, which may block its OS thread, on a thread of its own kind, and waits for its value; a panic of `f` goes on
/// here. On a plain OS thread `f` just runs.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let text = goxide::blocking(|| std::fs::read_to_string("/proc/self/stat"));
/// assert!(text.is_ok());
/// # });
/// ```
pub fn blocking<T: Send + 'static>(f: impl FnOnce() -> T + Send + 'static) -> T {
    if !task::on_goroutine() {
        return f();
    }
    let result = Arc::new(Mutex::new(None));
    let theirs = result.clone();
    let ticket = park::prepare(WaitReason::Blocking);
    blocking::submit(Box::new(move || {
        let value = catch_unwind(AssertUnwindSafe(f));
        *lock(&theirs) = Some(value);
        drop(theirs);
        park::ready(ticket);
    }));
    park::park();
    let value = lock(&result).take();
    match value {
        Some(Ok(value)) => value,
        Some(Err(payload)) => resume_unwind(payload),
        None => unreachable!("the job stores its result before it wakes us"),
    }
}

/// Wakes whoever drives a future: the ticket of its present wait, or a note that it need not wait.
struct Driver(Mutex<Woken>);

enum Woken {
    No,
    Yes,
    Waits(Ticket),
}

impl Wake for Driver {
    fn wake(self: Arc<Driver>) {
        let before = std::mem::replace(&mut *lock(&self.0), Woken::Yes);
        if let Woken::Waits(ticket) = before {
            park::ready(ticket);
        }
    }
}

/// Runs a future to its end, waiting as a goroutine does.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let driver = Arc::new(Driver(Mutex::new(Woken::No)));
    let waker = Waker::from(driver.clone());
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        let mut woken = lock(&driver.0);
        if matches!(*woken, Woken::Yes) {
            *woken = Woken::No;
            continue;
        }
        sched::runtime().outside_begins();
        *woken = Woken::Waits(park::prepare(WaitReason::Await));
        drop(woken);
        park::park();
        *lock(&driver.0) = Woken::No;
        sched::runtime().outside_ends();
    }
}

/// Receives from a `flume` channel, whose senders may be OS threads; `None` when they are gone and nothing is left.
pub fn recv<T>(receiver: &flume::Receiver<T>) -> Option<T> {
    receiver.try_recv().ok().or_else(|| block_on(receiver.recv_async()).ok())
}

/// Sends to a `flume` channel, whose receivers may be OS threads; the value comes back when they are gone.
pub fn send<T>(sender: &flume::Sender<T>, value: T) -> Result<(), T> {
    block_on(sender.send_async(value)).map_err(|error| error.0)
}
