//! Goroutines, channels and `select` for Rust: write blocking, uncoloured code, and have many thousands of it run at once.
//!
//! ```
//! use goxide::{chan, go, select, time};
//!
//! #[goxide::main]
//! fn main() {
//!     let squares = chan(0);
//!     let out = squares.clone();
//!     go! {
//!         for i in 0..5 {
//!             out.send(i * i);
//!         }
//!         out.close();
//!     }
//!     let timeout = time::after(std::time::Duration::from_secs(5));
//!     let mut sum = 0;
//!     loop {
//!         select! {
//!             v = <-squares => match v {
//!                 Some(v) => sum += v,
//!                 None => break,
//!             },
//!             _ = <-timeout => panic!("too slow"),
//!         }
//!     }
//!     assert_eq!(sum, 30);
//! }
//! ```
//!
//! - [`go!`] starts a goroutine; [`chan()`] and [`channel()`] make channels; [`select!`] waits for several.
//! - [`sync`] has locks that let a goroutine wait, [`time`] has timeouts, [`blocking()`] is for calls that block, and
//!   [`bridge`] leads to futures and OS threads.
//! - The program ends when main returns, when all goroutines are asleep for ever, or when one panics and nothing catches it;
//!   the last two with a message and exit code 2.
//!
//! **A goroutine has no identity**: no id, no handle, nothing local to it. What it knows came as an argument or over a
//! channel.
//!
//! # Environment
//! `GOMAXPROCS`: how many OS threads run goroutines (default: one per CPU). `GOXIDE_STACK`: bytes of stack of a
//! goroutine, such as `8M` (default 256K of address space, of which only what is touched becomes memory; translated Go
//! has Go's limit of 1,000,000,000).
//! `GOXIDE_SUBSTRATE`: `generator` (default), or `thread` for an OS thread per goroutine.
//!
//! # What is sound, and what is not
//! A goroutine stays on the OS thread that ran it first, so thread-locals of the libraries it uses are safe. One residue is
//! shared by every stackful coroutine in Rust: do not wait inside a `thread_local!` initialiser, nor inside a closure or
//! guard that restores thread-bound state in last-in-first-out order (scoped-tls, wasmtime activations, the GIL of pyo3,
//! autorelease pools). `std`'s locks block the whole OS thread: do not hold one while waiting.
//!
//! # Layers
//! sys > stack > coroutine > task > poll > sched > park > chan > select > sync, time, bridge: each imports only what stands
//! before it.

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
