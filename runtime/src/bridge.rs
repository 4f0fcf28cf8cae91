//! Between goroutines and the rest of the world: calls that block, futures, and OS threads with `flume` channels.
//!
//! The channels of this crate work on OS threads as they are; `flume` is for code that already speaks it or that is
//! async. A goroutine that waits here waits for something outside, which is never taken for a deadlock. Must hold: what a
//! blocking call is given and gives back lies on stacks all the way.

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
    let mut call = Call { f: Some(f), value: None };
    let call = Place(&raw mut call);
    let ticket = park::prepare(WaitReason::Blocking);
    let theirs = call;
    blocking::submit(Box::new(move || {
        // SAFETY: the frame we point into sleeps until `ready`, and its owner looks at the call after that only.
        unsafe { theirs.run() };
        park::ready(ticket);
    }));
    park::park();
    // SAFETY: it points into this frame, and the thread that had it was done before it woke us.
    match unsafe { (*call.0).value.take() } {
        Some(Ok(value)) => value,
        Some(Err(payload)) => resume_unwind(payload),
        None => unreachable!("the job stores its result before it wakes us"),
    }
}

/// A call on its way to another thread and back. It lies in the frame of the goroutine that waits and not in a box: a
/// collector of what translated programs share looks at stacks.
struct Call<T, F> {
    f: Option<F>,
    value: Option<std::thread::Result<T>>,
}

struct Place<T, F>(*mut Call<T, F>);

impl<T, F> Clone for Place<T, F> {
    fn clone(&self) -> Place<T, F> {
        *self
    }
}
impl<T, F> Copy for Place<T, F> {}

// SAFETY: one thread at a time uses the call, whose parts are Send.
unsafe impl<T: Send, F: Send> Send for Place<T, F> {}

impl<T, F: FnOnce() -> T> Place<T, F> {
    /// # Safety
    /// The call lives, and nobody else looks at it meanwhile.
    unsafe fn run(self) {
        // SAFETY: the caller's promise.
        let call = unsafe { &mut *self.0 };
        if let Some(f) = call.f.take() {
            call.value = Some(catch_unwind(AssertUnwindSafe(f)));
        }
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
