//! What the macros expand to and what golib builds on. Not public API: it changes without notice.
//!
//! **Invariant:** every entry is a thin name for something below; nothing is decided here.

pub use crate::chan::{AlreadyClosed, ChanCore, Polled, Receive, ReceiveOk, Refused, SendTo};
pub use crate::park::{
    Ticket, WaitReason, block_forever, checkpoint, enable_time_slices, loop_checkpoint, park, polled_in_vain,
    prepare, ready,
};
pub use crate::sched::builder::{Builder, run_built};
#[cfg(not(miri))]
pub use crate::sched::cold::put_away_when_short;
pub use crate::sched::program::{run_main, run_main_with, run_test};
pub use crate::sched::world;
use crate::scope::Scope;

pub use crate::scope::scope;
pub use crate::select::{
    Arm, RecvArm, SendArm, recv_arm, recv_arm_if, select, select_biased, send_arm, send_arm_if,
};
pub use crate::stack::{ByteSize, set_go_limit as set_go_stacks};
pub use crate::sys::image::Image;
#[cfg(not(miri))]
pub use crate::sys::memory::reserve;
pub use crate::sys::words::HEAP as HEAP_WORD;
pub use crate::task::RecordExt;
pub use crate::task::job::set_allocator as set_job_allocator;
pub use crate::task::panic::{
    PanicPrinter, StackPrinter, exit, fatal, set_exit_hook, set_orderly_unwind, set_panic_printer,
    set_stack_printer,
};
pub use crate::task::walk::callers;
pub use crate::time::Timer;
pub use goxide_macros::go as go_statement;

/// Starts a goroutine.
#[inline]
#[track_caller]
pub fn go<F: FnOnce() + Send + 'static>(f: F) {
    crate::sched::spawn(f);
}

/// Starts a goroutine with so many bytes of stack.
#[track_caller]
pub fn go_with_stack<F: FnOnce() + Send + 'static>(bytes: usize, f: F) {
    crate::sched::program::spawn_with_stack(bytes, f);
}

/// The goroutine that is started next goes to the next worker in turn.
pub fn spread_next() {
    crate::sched::spread_next();
}

/// Starts a goroutine of a scope.
#[track_caller]
pub fn scope_go<'scope, F: FnOnce() + Send + 'scope>(scope: &'scope Scope<'scope, '_>, f: F) {
    scope.spawn(f);
}

/// Starts a goroutine of a scope with so many bytes of stack.
#[track_caller]
pub fn scope_go_with_stack<'scope, F: FnOnce() + Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    bytes: usize,
    f: F,
) {
    scope.spawn_with_stack(bytes, f);
}

/// What a channel of Rust's clothing is made of; none for the nil channel.
pub fn core_of<T>(chan: &crate::Chan<T>) -> Option<&ChanCore<T>> {
    chan.as_core()
}

/// What `#[goxide::allow_identity]` leaves in a function, for `goxide lint` to see.
#[inline(always)]
pub const fn identity_allowed(_reason: &'static str) {}

/// A few words that belong to the running goroutine (or to this OS thread, if none runs), zero when it starts.
///
/// The reference is good until the goroutine ends, and is not to be given to another one. On a plain OS thread the words
/// last as long as the thread.
#[inline]
pub fn record() -> &'static RecordExt {
    crate::task::current().ext()
}

/// Whether a goroutine runs this code, rather than a plain OS thread.
#[inline]
pub fn on_goroutine() -> bool {
    crate::task::on_goroutine()
}

/// How many goroutines there are; while some start or end, about that many.
pub fn goroutines() -> usize {
    crate::sched::runtime().goroutines()
}

/// How many OS threads run goroutines.
pub fn workers() -> usize {
    crate::sched::runtime().workers()
}

/// Declares the calling OS thread to be part of the runtime (a collector's, say): that it exists does not keep a
/// deadlock from being seen.
pub fn adopt_thread() {
    crate::sched::runtime().adopt_thread();
}

/// The words behind Go's `sync`; see the types. [`sema::acquire`] and [`sema::release`] are Go's semaphores.
pub mod sema {
    pub use crate::sync::raw::{
        NegativeCounter, RawCond, RawMutex, RawOnce, RawRwMutex, RawWaitGroup, acquire, release,
    };
}

/// Timers for Go's `time`: what fires is called on a worker, and must neither wait nor take long.
pub mod timer {
    use crate::poll::timers::{Due, TimerKey};
    use crate::shim::Arc;

    /// A timer that has been started.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Key(TimerKey);

    impl Key {
        /// The key as a number, for where only those can lie.
        pub fn to_bits(self) -> u64 {
            self.0.to_bits()
        }

        /// The key of a number that `to_bits` gave.
        pub fn from_bits(bits: u64) -> Key {
            Key(TimerKey::from_bits(bits))
        }
    }

    /// Nanoseconds of the monotonic clock that timers go by.
    pub fn now() -> u64 {
        crate::sys::clock::now()
    }

    /// Calls `fire` at `when`, then every `period` nanoseconds unless that is zero.
    pub fn start(when: u64, period: u64, fire: impl Fn() + Send + Sync + 'static) -> Key {
        Key(crate::sched::runtime().add_timer(when, period, Due::Call(Arc::new(fire))))
    }

    /// Stops a timer; false when it has fired or was stopped before.
    pub fn stop(key: Key) -> bool {
        crate::sched::runtime().remove_timer(key.0)
    }
}
