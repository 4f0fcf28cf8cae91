//! Go's package `os/signal`.
//!
//! Must hold: a signal is caught exactly while a channel wants it; delivering never waits, so a channel without room misses
//! it, as in Go.

mod trap;

use std::sync::{Mutex, MutexGuard};

use goxide::__private::SendTo;
use goxide_macros::{GoStruct, methods};

use self::trap::Action;
use super::Signal;
use crate::builtin::EmptyStruct;
use crate::chan::{Chan, RecvChan, SendChan};
use crate::context::{CancelFunc, Context, WithCancelCause, name_of};
use crate::errors;
use crate::func::func;
use crate::global::Global;
use crate::interface::{Any, Error, Interface, any};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::syscall;
use crate::time::Time;
use crate::view::{View, zero};

/// What `syscall.Kill` and `os.Process` do.
pub(crate) fn send(process: isize, signal: syscall::Signal) -> Result<(), syscall::Errno> {
    trap::send(process, signal.0).map_err(syscall::Errno::new)
}

/// A channel and the signals it wants, a bit each.
#[derive(Clone, Copy, GoStruct)]
#[go("os/signal.handler")]
#[repr(C)]
struct Wish {
    channel: SendChan<Signal>,
    signals: u64,
}

static WISHES: Global<Slice<Wish>> = Global::zero();
/// Signals that are ignored; under the lock.
static IGNORED: Mutex<u64> = Mutex::new(0);

fn lock() -> MutexGuard<'static, u64> {
    IGNORED.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

const SIGNALS: std::ops::Range<usize> = 1..64;

/// The bits of these signals; of all if there are none.
fn bits(signals: Slice<Signal>) -> u64 {
    if signals.is_empty() {
        return u64::MAX;
    }
    signals.iter().filter_map(bit).fold(0, |all, bit| all | bit)
}

fn bit(signal: Signal) -> Option<u64> {
    let number = usize::try_from(signal.downcast::<syscall::Signal>()?.0).ok()?;
    SIGNALS.contains(&number).then(|| 1 << number)
}

fn wanted() -> u64 {
    WISHES.get().iter().fold(0, |all, wish| all | wish.signals)
}

/// Sets what is done with signals that nobody wanted before, or that nobody wants any more.
fn adapt(before: u64, ignored: u64) {
    let now = wanted();
    for number in SIGNALS.filter(|number| (before ^ now) >> number & 1 == 1) {
        // Faults of the program itself stay what they are.
        let is_fault = matches!(number as i32, libc::SIGSEGV | libc::SIGBUS | libc::SIGFPE | libc::SIGILL);
        let action = match (now >> number & 1 == 1, ignored >> number & 1 == 1) {
            (true, _) => Action::Catch,
            (false, true) => Action::Ignore,
            // Rust ignores this one from the start.
            (false, false) if number as i32 == libc::SIGPIPE => Action::Ignore,
            (false, false) => Action::Default,
        };
        if !is_fault {
            trap::set(number, action);
        }
    }
}

fn deliver(number: usize) {
    let _held = lock();
    for wish in WISHES.get().iter().filter(|wish| wish.signals >> number & 1 == 1) {
        if let Some(core) = SendTo::core(&wish.channel) {
            // Full: the signal is missed.
            drop(core.try_send(Signal::of(syscall::Signal(number as isize))));
        }
    }
}

/// Sends these signals, or all, to a channel.
pub fn Notify(c: SendChan<Signal>, sig: Slice<Signal>) {
    if c.is_nil() {
        panic(any(str("os/signal: Notify using nil channel")));
    }
    trap::start(deliver);
    let mut ignored = lock();
    let (before, signals) = (wanted(), bits(sig));
    let wishes = WISHES.get();
    match wishes.iter().position(|wish| wish.channel == c) {
        Some(at) => {
            let place = &wishes[at as isize].signals;
            place.set(**place | signals);
        }
        None => WISHES.set(wishes.append(Wish { channel: c, signals })),
    }
    *ignored &= !signals;
    adapt(before, *ignored);
}

/// Keeps what is left of all wishes after some signals are taken out of those that `which` picks.
fn withdraw(which: impl Fn(Wish) -> bool, signals: u64, ignored: u64) {
    let before = wanted();
    let kept = WISHES.get().iter().map(|wish| match which(wish) {
        true => Wish { signals: wish.signals & !signals, ..wish },
        false => wish,
    });
    WISHES.set(kept.filter(|wish| wish.signals != 0).fold(zero(), Slice::append));
    adapt(before, ignored);
}

/// Sends a channel no more signals.
pub fn Stop(c: SendChan<Signal>) {
    let ignored = lock();
    withdraw(|wish| wish.channel == c, u64::MAX, *ignored);
}

/// Lets these signals, or all, do what they do by themselves.
pub fn Reset(sig: Slice<Signal>) {
    let mut ignored = lock();
    let signals = bits(sig);
    for number in SIGNALS.filter(|number| (*ignored & signals) >> number & 1 == 1) {
        trap::set(number, Action::Default);
    }
    *ignored &= !signals;
    withdraw(|_| true, signals, *ignored);
}

/// Has these signals, or all, do nothing.
pub fn Ignore(sig: Slice<Signal>) {
    let mut ignored = lock();
    let signals = bits(sig);
    *ignored |= signals;
    withdraw(|_| true, signals, *ignored);
    for number in SIGNALS.filter(|number| signals >> number & 1 == 1) {
        trap::set(number, Action::Ignore);
    }
}

/// Whether a signal does nothing.
pub fn Ignored(sig: Signal) -> bool {
    let ignored = lock();
    bit(sig).is_some_and(|bit| *ignored & bit != 0)
}

/// A context that ends when one of these signals comes.
pub fn NotifyContext(parent: Context, signals: Slice<Signal>) -> (Context, CancelFunc) {
    let (context, cancel) = WithCancelCause(parent);
    let channel = Chan::<Signal>::make(1);
    Notify(channel.send_only(), signals);
    let done = context.Done();
    if context.Err().is_nil() {
        goxide::go!(move || {
            goxide::select! {
                signal = <-channel => {
                    let text = signal.String() + str(" signal received");
                    (cancel.0)(errors::New(text));
                }
                _ = <-done => {}
            }
        });
    }
    let stop = move || {
        (cancel.0)(zero());
        Stop(channel.send_only());
    };
    (Context::of(Ptr::new(SignalCtx { Context: context, above: parent, signals })), CancelFunc(func(stop)))
}

/// What `NotifyContext` makes, which shows itself in a way of its own; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("os/signal.signalCtx")]
#[repr(C)]
struct SignalCtx {
    #[go(embedded)]
    Context: Context,
    above: Context,
    signals: Slice<Signal>,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<SignalCtx> {
    pub fn Deadline(self) -> (Time, bool) {
        self.Context.Deadline()
    }
    pub fn Done(self) -> RecvChan<EmptyStruct> {
        self.Context.Done()
    }
    pub fn Err(self) -> Error {
        self.Context.Err()
    }
    pub fn Value(self, key: Any) -> Any {
        self.Context.Value(key)
    }
    pub fn String(self) -> Str {
        let names: Vec<String> = self.signals.iter().map(|signal| signal.String().to_string()).collect();
        let above = name_of(*self.above);
        Str::from(match names.is_empty() {
            true => format!("signal.NotifyContext({above})"),
            false => format!("signal.NotifyContext({above}, [{}])", names.join(" ")),
        })
    }
}

/// Stops the program for a debugger.
pub(crate) fn breakpoint() {
    trap::breakpoint();
}
