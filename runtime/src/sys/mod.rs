//! What the runtime asks of the operating system, each a small function.
//!
//! Nothing here knows of goroutines. Errors come back as values, never through `errno`.

pub(crate) mod clock;
pub(crate) mod descriptor;
pub(crate) mod entry;
pub(crate) mod exit;
pub(crate) mod image;
pub(crate) mod lock;
pub(crate) mod memory;
#[cfg(not(miri))]
pub(crate) mod pressure;
pub(crate) mod rng;
pub(crate) mod signal;
pub(crate) mod socket;
pub(crate) mod symbols;
pub(crate) mod tables;
pub(crate) mod thread;
pub(crate) mod words;
