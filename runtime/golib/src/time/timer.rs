//! Sleeping, timers and tickers.
//!
//! Must hold: after `Stop` or `Reset` has returned, nothing sent for the time before is received (Go has promised that
//! since 1.23); the runtime's own list of timers, where no collector looks, holds numbers only: a firing finds its alarm by the
//! number of the run in a package variable, or finds that the run is over. One lock for all timers: it is held for a few stores,
//! never where a goroutine may give way, and the runtime below has one lock, too. The channels have room for one moment where
//! Go's pretend to have none: `cap(t.C)` is 1, not 0.

use std::sync::{Mutex, MutexGuard};

use goxide::__private::{Receive, SendTo, timer};
use goxide_macros::{GoStruct, methods};

use super::duration::Duration;
use super::moment::{Now, Time};
use crate::chan::{Chan, RecvChan};
use crate::func::Func;
use crate::global::Global;
use crate::interface::any;
use crate::map::Map;
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::string::str;
use crate::view::{View, nil, zero};

/// What a timer and a ticker have in common.
#[derive(Clone, Copy, GoStruct)]
#[go("time.alarm")]
#[repr(C)]
pub struct Alarm {
    channel: Chan<Time>,
    call: Func<dyn Fn()>,
    /// The number of its run, 0 while it does not run.
    run: u64,
    key: u64,
}

/// The alarms that run, by the numbers of their runs.
static RUNNING: Global<Map<u64, Ptr<Alarm>>> = Global::zero();
/// The number of the last run.
static LAST: Mutex<u64> = Mutex::new(0);

fn lock() -> MutexGuard<'static, u64> {
    LAST.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn nanoseconds(d: Duration) -> u64 {
    u64::try_from(d.0).unwrap_or(0)
}

/// Starts an alarm; a run that somebody else has begun meanwhile is over.
fn start(alarm: Ptr<Alarm>, first: Duration, period: u64) {
    let mut last = lock();
    halt(alarm);
    if RUNNING.get().is_nil() {
        RUNNING.set(Map::make());
    }
    *last += 1;
    let run = *last;
    alarm.run.set(run);
    RUNNING.get().set(run, alarm);
    let when = timer::now().saturating_add(nanoseconds(first));
    let key = timer::start(when, period, move || fire(run, period == 0));
    alarm.key.set(key.to_bits());
}

/// Ends the run of an alarm; true when there was one. Under the lock.
fn halt(alarm: Ptr<Alarm>) -> bool {
    let run = *alarm.run;
    if run == 0 {
        return false;
    }
    alarm.run.set(0);
    RUNNING.get().delete(run);
    timer::stop(timer::Key::from_bits(*alarm.key));
    true
}

/// Stops an alarm; true when that kept something from being received or done.
fn stop(alarm: Ptr<Alarm>) -> bool {
    let ran = {
        let _held = lock();
        halt(alarm)
    };
    let channel = *alarm.channel;
    let unreceived = Receive::core(&channel).is_some_and(|core| {
        let full = !core.is_empty();
        core.try_recv();
        full
    });
    ran || unreceived
}

/// The runtime calls this when an alarm is due.
fn fire(run: u64, once: bool) {
    let held = lock();
    let (alarm, runs) = RUNNING.get().get_ok(run);
    if !runs {
        return;
    }
    if once {
        alarm.run.set(0);
        RUNNING.get().delete(run);
    }
    let channel = *alarm.channel;
    match SendTo::core(&channel) {
        // Full: the last moment was not taken yet, and this one is left out.
        Some(core) => drop(core.try_send(Now())),
        None => {
            let call = *alarm.call;
            drop(held);
            goxide::go!(call());
        }
    }
}

fn alarm(channel: Chan<Time>, call: Func<dyn Fn()>, first: Duration, period: u64) -> Ptr<Alarm> {
    let alarm = Ptr::new(Alarm { channel, call, ..zero() });
    start(alarm, first, period);
    alarm
}

fn complain(text: &'static str) -> ! {
    panic(any(str(text)))
}

/// Waits for at least so long.
pub fn Sleep(d: Duration) {
    goxide::time::sleep(std::time::Duration::from_nanos(nanoseconds(d)));
}

/// Fires once.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("time.Timer")]
#[repr(C)]
pub struct Timer {
    /// Where the moment arrives.
    pub C: RecvChan<Time>,
    #[doc(hidden)]
    pub alarm: Ptr<Alarm>,
}

/// A timer that fires after `d`.
pub fn NewTimer(d: Duration) -> Ptr<Timer> {
    let channel = Chan::make(1);
    Ptr::new(Timer { C: channel.recv_only(), alarm: alarm(channel, nil(), d, 0) })
}

/// Calls `f` in a goroutine of its own after `d`.
pub fn AfterFunc(d: Duration, f: Func<dyn Fn()>) -> Ptr<Timer> {
    Ptr::new(Timer { C: nil(), alarm: alarm(nil(), f, d, 0) })
}

/// A channel that gives the moment after `d`.
pub fn After(d: Duration) -> RecvChan<Time> {
    *NewTimer(d).C
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Timer> {
    pub fn Stop(self) -> bool {
        if (*self.alarm).is_nil() {
            complain("time: Stop called on uninitialized Timer");
        }
        stop(*self.alarm)
    }
    pub fn Reset(self, d: Duration) -> bool {
        if (*self.alarm).is_nil() {
            complain("time: Reset called on uninitialized Timer");
        }
        let active = stop(*self.alarm);
        start(*self.alarm, d, 0);
        active
    }
}

/// Fires again and again.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("time.Ticker")]
#[repr(C)]
pub struct Ticker {
    /// Where the moments arrive.
    pub C: RecvChan<Time>,
    #[doc(hidden)]
    pub alarm: Ptr<Alarm>,
}

/// A ticker with this period.
pub fn NewTicker(d: Duration) -> Ptr<Ticker> {
    if d.0 <= 0 {
        complain("non-positive interval for NewTicker");
    }
    let channel = Chan::make(1);
    Ptr::new(Ticker { C: channel.recv_only(), alarm: alarm(channel, nil(), d, nanoseconds(d)) })
}

/// The channel of a ticker; nil if the period is not above zero.
pub fn Tick(d: Duration) -> RecvChan<Time> {
    if d.0 <= 0 { nil() } else { *NewTicker(d).C }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<Ticker> {
    pub fn Stop(self) {
        if !(*self.alarm).is_nil() {
            stop(*self.alarm);
        }
    }
    pub fn Reset(self, d: Duration) {
        if d.0 <= 0 {
            complain("non-positive interval for Ticker.Reset");
        }
        if (*self.alarm).is_nil() {
            complain("time: Reset called on uninitialized Ticker");
        }
        stop(*self.alarm);
        start(*self.alarm, d, nanoseconds(d));
    }
}
