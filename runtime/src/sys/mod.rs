//! What the runtime asks of the operating system, each a small function.
//!
//! Nothing here knows of goroutines. Errors come back as values, never through `errno`.

pub(crate) mod clock;
pub(crate) mod lock;
pub(crate) mod memory;
pub(crate) mod rng;
pub(crate) mod signal;
pub(crate) mod thread;
