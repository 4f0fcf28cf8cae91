//! Sleeping, timers and tickers.
//!
//! Must hold: after `Stop` or `Reset` has returned, nothing sent for the time before is received (Go has promised that
//! since 1.23); a timer that runs is linked from a package variable, because the runtime's own list of timers is not where a
//! collector looks. One lock for all timers: it is held for a few stores, and the runtime below has one lock, too. The
//! channels have room for one moment where Go's pretend to have none: `cap(t.C)` is 1, not 0.

use std::sync::{Mutex, MutexGuard};

use goxide::__private::{Receive, SendTo, timer};
use goxide_macros::{GoStruct, methods};

use super::duration::Duration;
use super::moment::{Now, Time};
use crate::chan::{Chan, RecvChan};
use crate::func::Func;
use crate::global::Global;
use crate::interface::any;
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
    /// Which start of it is the last one: a firing of another comes too late.
    run: u64,
    running: bool,
    key: u64,
    before: Ptr<Alarm>,
    after: Ptr<Alarm>,
}

/// The alarms that run.
static RUNNING: Global<Ptr<Alarm>> = Global::zero();
static LOCK: Mutex<()> = Mutex::new(());

fn lock() -> MutexGuard<'static, ()> {
    LOCK.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn nanoseconds(d: Duration) -> u64 {
    u64::try_from(d.0).unwrap_or(0)
}

/// Starts an alarm that does not run; under the lock.
fn start(alarm: Ptr<Alarm>, first: Duration, period: u64) {
    let next = RUNNING.get();
    alarm.before.set(nil());
    alarm.after.set(next);
    if !next.is_nil() {
        next.before.set(alarm);
    }
    RUNNING.set(alarm);
    alarm.running.set(true);
    let run = *alarm.run + 1;
    alarm.run.set(run);
    let when = timer::now().saturating_add(nanoseconds(first));
    let key = timer::start(when, period, move || fire(alarm, run, period == 0));
    alarm.key.set(key.to_bits());
}

/// Takes an alarm out of the list; under the lock. True when it ran.
fn unlink(alarm: Ptr<Alarm>) -> bool {
    if !*alarm.running {
        return false;
    }
    let (before, after) = (*alarm.before, *alarm.after);
    if before.is_nil() {
        RUNNING.set(after)
    } else {
        before.after.set(after)
    }
    if !after.is_nil() {
        after.before.set(before);
    }
    alarm.running.set(false);
    true
}

/// Stops an alarm; true when that kept something from being received or done. Under the lock.
fn stop(alarm: Ptr<Alarm>) -> bool {
    let ran = unlink(alarm);
    if ran {
        timer::stop(timer::Key::from_bits(*alarm.key));
    }
    alarm.run.set(*alarm.run + 1);
    let channel = *alarm.channel;
    let unreceived = Receive::core(&channel).is_some_and(|core| {
        let full = !core.is_empty();
        core.try_recv();
        full
    });
    ran || unreceived
}

/// The runtime calls this when an alarm is due.
fn fire(alarm: Ptr<Alarm>, run: u64, once: bool) {
    let held = lock();
    if *alarm.run != run {
        return;
    }
    if once {
        unlink(alarm);
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
    let _held = lock();
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

#[methods]
#[allow(missing_docs)]
impl Ptr<Timer> {
    pub fn Stop(self) -> bool {
        if (*self.alarm).is_nil() {
            complain("time: Stop called on uninitialized Timer");
        }
        let _held = lock();
        stop(*self.alarm)
    }
    pub fn Reset(self, d: Duration) -> bool {
        if (*self.alarm).is_nil() {
            complain("time: Reset called on uninitialized Timer");
        }
        let _held = lock();
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

#[methods]
#[allow(missing_docs)]
impl Ptr<Ticker> {
    pub fn Stop(self) {
        if !(*self.alarm).is_nil() {
            let _held = lock();
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
        let _held = lock();
        stop(*self.alarm);
        start(*self.alarm, d, nanoseconds(d));
    }
}
