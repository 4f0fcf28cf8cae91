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
use crate::sched::{self, blocking, trace};
use crate::shim::{Arc, Mutex, lock};
use crate::task;

#[cfg(feature = "futures")]
mod futures;

pub use flume;
#[cfg(feature = "futures")]
pub use futures::{RecvStream, SendSink};

/// Runs `f`, which may block its OS thread, on a thread of its own kind, and waits for its value; a panic of `f` goes on
/// here. `f` may borrow. On a plain OS thread `f` just runs.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let path = String::from("/proc/self/stat");
/// let text = goxide::blocking(|| std::fs::read_to_string(&path));
/// assert!(text.is_ok());
/// # });
/// ```
pub fn blocking<T: Send, F: FnOnce() -> T + Send>(f: F) -> T {
    if !task::on_goroutine() {
        return f();
    }
    let mut call = Call { f: Some(f), value: None };
    let place = &raw mut call;
    let ticket = park::prepare(WaitReason::Blocking);
    let theirs = Place { call: place.cast(), run: run::<T, F> };
    blocking::submit(Box::new(move || {
        let since = trace::calls();
        // SAFETY: the frame we point into, and all that the call borrows, stays until `ready`: a waiting goroutine is never
        // unwound nor freed. Its owner looks at the call after that only.
        unsafe { theirs.run() };
        trace::called(since);
        park::ready(ticket);
    }));
    park::park();
    // SAFETY: it points into this frame, and the thread that had it was done before it woke us.
    match unsafe { (*place).value.take() } {
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

/// Where a call lies, and how to make it. Its types are left out: it may borrow, and what is queued must not.
struct Place {
    call: *mut (),
    run: unsafe fn(*mut ()),
}

// SAFETY: one thread at a time uses the call, whose parts are Send.
unsafe impl Send for Place {}

impl Place {
    /// # Safety
    /// The call lives, and nobody else looks at it meanwhile.
    unsafe fn run(self) {
        // SAFETY: the caller's promise.
        unsafe { (self.run)(self.call) }
    }
}

/// # Safety
/// As [`Place::run`]; `call` points to a `Call<T, F>`.
unsafe fn run<T, F: FnOnce() -> T>(call: *mut ()) {
    // SAFETY: the caller's promise.
    let call = unsafe { &mut *call.cast::<Call<T, F>>() };
    if let Some(f) = call.f.take() {
        call.value = Some(catch_unwind(AssertUnwindSafe(f)));
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

/// Runs a future to its end, waiting as a goroutine does: any future that needs no reactor of its own (tokio's sockets and
/// timers do). Its wakers may be cloned, used on any thread, kept for ever and dropped unused.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let (to, from) = goxide::bridge::flume::bounded(0);
/// std::thread::spawn(move || to.send("from a thread"));
/// let text = goxide::block_on(async { from.recv_async().await });
/// assert_eq!(text, Ok("from a thread"));
/// # });
/// ```
pub fn block_on<F: Future>(future: F) -> F::Output {
    // Wakers and queues of other crates may lead to what lies in the future.
    let _lent = task::Lent::new();
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
            drop(woken);
            // It may be a future that waits for other goroutines by waking itself.
            sched::yield_now();
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
///
/// ```
/// # goxide::__private::run_test(|| {
/// let (to, from) = goxide::bridge::flume::unbounded();
/// std::thread::spawn(move || to.send(7));
/// assert_eq!(goxide::bridge::recv(&from), Some(7));
/// assert_eq!(goxide::bridge::recv(&from), None);
/// # });
/// ```
pub fn recv<T>(receiver: &flume::Receiver<T>) -> Option<T> {
    receiver.try_recv().ok().or_else(|| block_on(receiver.recv_async()).ok())
}

/// Sends to a `flume` channel, whose receivers may be OS threads; the value comes back when they are gone.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let (to, from) = goxide::bridge::flume::bounded(1);
/// assert_eq!(goxide::bridge::send(&to, 7), Ok(()));
/// drop(from);
/// assert_eq!(goxide::bridge::send(&to, 8), Err(8));
/// # });
/// ```
pub fn send<T>(sender: &flume::Sender<T>, value: T) -> Result<(), T> {
    block_on(sender.send_async(value)).map_err(|error| error.0)
}
