//! Sleeping, timeouts and ticks for goroutines.
//!
//! The channels here have room for one moment; a tick nobody took is not followed by others. `std::thread::sleep` would
//! stop every goroutine of its thread.

mod receive;
mod timer;

use crate::chan::{Chan, chan};
use crate::park::{self, WaitReason};
use crate::poll::timers::Due;
use crate::sched;
use crate::shim::Arc;
use crate::sys::clock;

pub use self::receive::RecvTimeoutError;
pub use self::timer::{Ticker, Timer};
#[doc(no_inline)]
pub use std::time::{Duration, Instant};

/// Waits for at least `duration`; for none, lets others run.
///
/// ```
/// # goxide::__private::run_test(|| {
/// use std::time::{Duration, Instant};
///
/// let start = Instant::now();
/// goxide::time::sleep(Duration::from_millis(2));
/// assert!(start.elapsed() >= Duration::from_millis(2));
/// # });
/// ```
pub fn sleep(duration: Duration) {
    if duration.is_zero() {
        sched::yield_now();
        return;
    }
    let when = clock::after(duration);
    let ticket = park::prepare(WaitReason::Sleep);
    sched::runtime().add_timer(when, 0, ticket.due());
    park::park();
}

/// A channel that gives the moment once `duration` has passed: a case of a `select` for a timeout.
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide::{chan, select, time};
/// use std::time::Duration;
///
/// let answer = chan::<u32>(0);
/// let timeout = time::after(Duration::from_millis(1));
/// let got = select! {
///     n = <-answer => n,
///     <-timeout => None,
/// };
/// assert_eq!(got, None);
/// # });
/// ```
pub fn after(duration: Duration) -> Chan<Instant> {
    let channel = chan(1);
    let sender = channel.clone();
    let due = Due::Call(Arc::new(move || {
        // It is empty: this is the only send.
        let _ = sender.try_send(Instant::now());
    }));
    sched::runtime().add_timer(clock::after(duration), 0, due);
    channel
}
