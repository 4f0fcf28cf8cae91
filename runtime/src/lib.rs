//! Goroutines, channels and `select` for Rust.

extern crate self as goxide;

mod shim;
mod sys;

mod stack;

mod coroutine;

mod task;

mod poll;

mod sched;

mod park;

pub mod chan;

mod select;

pub mod sync;

pub mod time;

pub mod bridge;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use bridge::blocking;
pub use chan::{Chan, Receiver, Sender, chan, channel};
pub use goxide_macros::{go, main, select, test};

/// Lets other goroutines run before this one goes on. On a plain OS thread, lets other threads run.
pub fn yield_now() {
    sched::yield_now();
}
