//! Sleeping, timeouts and ticks for goroutines.
//!
//! The channels here have room for one moment; a tick nobody took is not followed by others. `std::thread::sleep` would
//! stop every goroutine of its thread.

mod timer;

use std::time::{Duration, Instant};

use crate::chan::{Chan, chan};
use crate::park::{self, WaitReason};
use crate::poll::timers::Due;
use crate::sched;
use crate::shim::Arc;
use crate::sys::clock;

pub use self::timer::{Ticker, Timer};

/// Waits for at least `duration`; for none, lets others run.
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
