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
//! - [`go!`] starts a goroutine, `go!(stack = 8.mib(); ..)` one with a stack of that size, `go!(s; ..)` one of the scope `s`; [`chan()`] and [`channel()`] make channels; [`select!`] waits for several, [`goroutines!`] is a block with Go's `go` and `<-`.
//! - [`dump()`], [`metrics()`] and [`trace`] tell what goroutines do; [`Builder`] has the settings.
//! - [`sync`] has locks that let a goroutine wait, [`time`] has timeouts, [`context`] cancels, [`errgroup`] and [`scope()`] wait
//!   for what they start.
//! - [`blocking()`] is for calls that block, [`block_on`] for futures, and [`bridge`] leads to OS threads.
//! - [`net`], [`fs`] and [`io`] are `std`'s sockets, files and standard input, for which a goroutine waits instead of its thread.
//! - The program ends when main returns, when all goroutines are asleep for ever, or when one panics and nothing catches it;
//!   the last two with a message and exit code 2.
//!
//! The [`guide`] leads here from threads, from tokio and from Go.
//!
//! **A goroutine has no identity**: no id, no handle, nothing local to it. What it knows came as an argument or over a
//! channel.
//!
//! # Environment
//! - `GOMAXPROCS`: how many OS threads run goroutines (default: one per CPU; [`set_max_procs`] changes it).
//! - `GOXIDE_STACK`: bytes of stack of a goroutine, such as `8M` (default 44K, in debug builds 256K, of address space: only
//!   what is touched becomes memory; translated Go has Go's limit of 1,000,000,000).
//! - `GOXIDE_SUBSTRATE`: `slab` for millions of goroutines (the default on Linux from 6.13 on), `generator` (else; about 32,000), or
//!   `thread` for an OS thread per goroutine.
//! - `GOXIDE_TRACE`: a file; the program's execution trace is written there when it ends (see [`trace`]).
//! - `GOXIDE_SCHEDULE`: a number; goroutines run in an order that it determines, and give way by chance at channels and locks. For hunting
//!   races: with `GOMAXPROCS=1` a failure comes back with its number, unless it hangs on the clock or on other threads.
//!
//! # Features
//! None is on by default, and nothing here needs `serde`.
//! - `futures`: `into_stream` and `into_sink` make channels `Stream` and `Sink` of the `futures` crates.
//! - `tracing`: `goxide::tracing::in_span`, for spans of the crate `tracing` that a goroutine takes along when it waits.
//!
//! `log` needs none: a record says nothing of who wrote it.
//!
//! # What is sound, and what is not
//! A goroutine stays on the OS thread that ran it first, so thread-locals of the libraries it uses are safe. One residue is
//! shared by every stackful coroutine in Rust: do not wait inside a `thread_local!` initialiser (nor, where a goroutine calls
//! `std::process::exit`, inside the destructor of a thread-local), nor inside a closure or
//! guard that restores thread-bound state in last-in-first-out order (scoped-tls, wasmtime activations, the GIL of pyo3,
//! autorelease pools). `std`'s locks block the whole OS thread: do not hold one while waiting. `goxide lint` finds all of these, and
//! [`no_park()`] keeps a closure from waiting: see [`guide::no_identity`].
//!
//! # Layers
//! sys > stack > coroutine > task > poll > sched > park > no_park > chan > select > context > sync, time, scope, errgroup, bridge,
//! net, fs, io, trace, tracing: each imports only what stands before it.

#![cfg_attr(not(test), deny(clippy::unwrap_used))]

extern crate self as goxide;

mod shim;
mod sys;

mod stack;

mod coroutine;

mod task;

mod poll;

mod sched;

mod park;

mod no_park;

pub mod chan;

mod select;

pub mod context;

pub mod sync;

pub mod time;

mod scope;

pub mod errgroup;

pub mod bridge;

pub mod net;

pub mod fs;

pub mod io;

// Text alone: the copy of this crate that travels inside the command `goxide` has no pages.
#[cfg(any(doc, doctest))]
pub mod guide;

pub mod trace;

#[cfg(feature = "tracing")]
pub mod tracing;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use bridge::{block_on, blocking};
pub use chan::{Chan, Receiver, Sender, chan, channel};
pub use coroutine::Choice as Substrate;
pub use coroutine::grow::{grow, grow_to};
pub use goxide_macros::{allow_identity, go, goroutines, main, select, test};
pub use no_park::no_park;
pub use sched::builder::{AlreadyRunning, Builder};
pub use sched::metrics::{Metrics, WorkerMetrics};
pub use scope::{Scope, scope};
pub use stack::ByteSize;

/// Lets other goroutines run before this one goes on. On a plain OS thread, lets other threads run.
// A return behind the switch is foretold wrongly by the processor: it costs as much as the rest.
///
/// ```
/// # goxide::__private::run_test(|| {
/// let steps = goxide::chan(2);
/// let other = steps.clone();
/// goxide::go!(other.send("the other"));
/// while steps.is_empty() {
///     goxide::yield_now();
/// }
/// assert_eq!(steps.recv(), Some("the other"));
/// # });
/// ```
#[inline(always)]
pub fn yield_now() {
    sched::yield_now();
}

/// Sets how many OS threads run goroutines at the same time, 1 to 1024, and says how many did so far: Go's `runtime.GOMAXPROCS(n)`.
///
/// More threads are started when there are not enough; if the system refuses them, there are fewer. Threads that are not wanted
/// any more serve only the goroutines that have run on them, by turns with the others; new goroutines start on those that
/// stay, of which one is the caller's. A goroutine that runs elsewhere goes on until it waits or gives way: the
/// call gives way itself until they have done so, for 30 ms at most.
///
/// ```
/// # #[goxide::main]
/// # fn main() {
/// let before = goxide::set_max_procs(1); // From here on no two goroutines run at once.
/// assert_eq!(goxide::metrics().workers, 1);
/// goxide::set_max_procs(before);
/// # }
/// ```
pub fn set_max_procs(n: usize) -> usize {
    sched::procs::set_max_procs(n)
}

/// What every goroutine does and where it is, as text: what a program that hangs prints when it gets SIGQUIT (Ctrl-\).
///
/// Goroutines in the same state with the same stack are one entry, such as `3 goroutines [chan receive]:`, followed by the functions
/// they are in, innermost first, with file and line. States are what Go calls them: `running`, `runnable`, or what a
/// goroutine waits for. A goroutine has no number, so none is shown. The goroutine that asks is the first that is `running`.
///
/// All threads that run goroutines stand still for a moment (about a microsecond for each goroutine). Functions are
/// known unless the program was stripped, lines if it was built with line tables (`debug = "line-tables-only"`). Stacks are known on Linux, on
/// x86-64 and aarch64; elsewhere the text tells states only.
///
/// ```
/// # #[goxide::main]
/// # fn main() {
/// let (jobs, done) = (goxide::chan::<u32>(0), goxide::chan(3));
/// for _ in 0..3 {
///     let (jobs, done) = (jobs.clone(), done.clone());
///     goxide::go! {
///         jobs.recv();
///         done.send(());
///     }
/// }
/// while !goxide::dump().contains("3 goroutines [chan receive]:") {
///     goxide::yield_now();
/// }
/// jobs.close();
/// # }
/// ```
pub fn dump() -> String {
    sched::dump::dump()
}

/// Numbers about the runtime: how many goroutines there are, what they wait for, how busy the threads are.
///
/// Keeping them costs nothing; asking costs a look at every goroutine (about a nanosecond each).
///
/// ```
/// # #[goxide::main]
/// # fn main() {
/// let never = goxide::chan::<()>(0);
/// let receives = never.clone();
/// goxide::go! {
///     receives.recv();
/// }
/// while goxide::metrics().waiting != [("chan receive", 1)] {
///     goxide::yield_now();
/// }
/// let metrics = goxide::metrics();
/// assert_eq!((metrics.goroutines, metrics.runnable), (2, 1));
/// never.close();
/// # }
/// ```
pub fn metrics() -> Metrics {
    sched::metrics::metrics()
}
