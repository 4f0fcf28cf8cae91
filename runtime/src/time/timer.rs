//! [`Timer`] and [`Ticker`]: timers that can be stopped and started again.
//!
//! Must hold: after `stop` or `reset` has returned, nothing sent for the time before is received. A firing that was
//! under way meanwhile finds that its run is over, because both sides look at `run` under its lock.

use std::fmt;
use std::time::{Duration, Instant};

use crate::chan::{Chan, ChanCore, Receive, chan};
use crate::poll::timers::{Due, TimerKey};
use crate::sched;
use crate::shim::{Arc, Mutex, lock};
use crate::sys::clock;

struct Shared {
    channel: Chan<Instant>,
    run: Mutex<Run>,
}

struct Run {
    number: u64,
    key: Option<TimerKey>,
}

impl Shared {
    fn new() -> Arc<Shared> {
        Arc::new(Shared { channel: chan(1), run: Mutex::new(Run { number: 0, key: None }) })
    }

    fn start(self: &Arc<Shared>, first: Duration, period: u64) {
        let mut run = lock(&self.run);
        let (shared, number) = (self.clone(), run.number);
        let due = Due::Call(Arc::new(move || {
            let mut run = lock(&shared.run);
            if run.number == number {
                if period == 0 {
                    run.key = None;
                }
                // Full: the last one was not taken yet, and this one is left out.
                let _ = shared.channel.try_send(Instant::now());
            }
        }));
        run.key = Some(sched::runtime().add_timer(clock::after(first), period, due));
    }

    /// True when that took back something not yet received.
    fn stop(&self) -> bool {
        let mut run = lock(&self.run);
        run.number += 1;
        let removed = run.key.take().is_some_and(|key| sched::runtime().remove_timer(key));
        let unreceived = self.channel.try_recv().is_ok();
        removed || unreceived
    }
}

/// Sends the moment on its channel once, after a while.
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide::{select, time::Timer};
/// use std::time::Duration;
///
/// let timer = Timer::new(Duration::from_millis(1));
/// timer.wait();
/// assert!(!timer.reset(Duration::from_secs(100)), "it had fired");
/// assert!(timer.channel().is_empty());
/// assert!(timer.stop(), "it had not");
///
/// // As a case, again and again: it is not made anew in each round.
/// timer.reset(Duration::from_millis(1));
/// let jobs = goxide::chan::<u32>(0);
/// let late = select! {
///     job = <-jobs => job.is_none(),
///     at = <-timer => at.elapsed() < Duration::from_secs(100),
/// };
/// assert!(late);
/// # });
/// ```
pub struct Timer {
    shared: Arc<Shared>,
}

impl Timer {
    /// A timer that fires after `duration`.
    pub fn new(duration: Duration) -> Timer {
        let shared = Shared::new();
        shared.start(duration, 0);
        Timer { shared }
    }

    /// Where the moment arrives.
    pub fn channel(&self) -> &Chan<Instant> {
        &self.shared.channel
    }

    /// Waits for the moment.
    pub fn wait(&self) {
        self.shared.channel.recv();
    }

    /// Stops it; true when nothing had been received from it yet.
    pub fn stop(&self) -> bool {
        self.shared.stop()
    }

    /// Starts it again for `duration` from now; true when nothing had been received from it yet.
    pub fn reset(&self, duration: Duration) -> bool {
        let active = self.shared.stop();
        self.shared.start(duration, 0);
        active
    }
}

/// A timer that is dropped stops.
impl Drop for Timer {
    fn drop(&mut self) {
        self.shared.stop();
    }
}

/// Sends the moment on its channel again and again. Ticks that nobody takes in time are left out.
///
/// ```
/// # goxide::__private::run_test(|| {
/// use goxide::time::Ticker;
/// use std::time::{Duration, Instant};
///
/// let start = Instant::now();
/// let ticker = Ticker::new(Duration::from_millis(2));
/// ticker.wait();
/// ticker.channel().recv();
/// assert!(start.elapsed() >= Duration::from_millis(4));
/// ticker.reset(Duration::from_millis(1));
/// ticker.wait();
/// ticker.stop();
/// # });
/// ```
pub struct Ticker {
    shared: Arc<Shared>,
}

impl Ticker {
    /// A ticker with this period.
    ///
    /// # Panics
    /// When the period is zero.
    #[track_caller]
    pub fn new(period: Duration) -> Ticker {
        assert!(!period.is_zero(), "non-positive interval for a ticker");
        let shared = Shared::new();
        shared.start(period, clock::nanos(period));
        Ticker { shared }
    }

    /// Where the ticks arrive.
    pub fn channel(&self) -> &Chan<Instant> {
        &self.shared.channel
    }

    /// Waits for the next tick.
    pub fn wait(&self) {
        self.shared.channel.recv();
    }

    /// Stops it. Its channel stays open and gives nothing more.
    pub fn stop(&self) {
        self.shared.stop();
    }

    /// Goes on with this period, the first tick being one period from now.
    ///
    /// # Panics
    /// When the period is zero.
    #[track_caller]
    pub fn reset(&self, period: Duration) {
        assert!(!period.is_zero(), "non-positive interval for a ticker");
        self.shared.stop();
        self.shared.start(period, clock::nanos(period));
    }
}

/// A ticker that is dropped stops.
impl Drop for Ticker {
    fn drop(&mut self) {
        self.shared.stop();
    }
}

macro_rules! receive {
    ($($timer:ty)*) => {$(
        /// In `select!`: `at = <-timer => ..`.
        impl Receive for $timer {
            type Item = Instant;
            type Output = Instant;

            fn core(&self) -> Option<&ChanCore<Instant>> {
                self.shared.channel.core()
            }

            fn output(value: Option<Instant>) -> Instant {
                // Nobody closes the channel, which has only one reference outside of this file, unless by intent.
                value.unwrap_or_else(Instant::now)
            }
        }
    )*};
}
receive!(Timer Ticker);

impl fmt::Debug for Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timer").finish_non_exhaustive()
    }
}

impl fmt::Debug for Ticker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ticker").finish_non_exhaustive()
    }
}
