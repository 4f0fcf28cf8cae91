//! Goroutines, channels and `select` for Rust.

extern crate self as goxide;

pub mod chan;
mod select;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use chan::{Chan, Receiver, Sender, chan, channel};
pub use goxide_macros::{go, main, select, test};
