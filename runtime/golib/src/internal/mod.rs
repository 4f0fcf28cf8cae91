//! Packages that only golib's own Go may import.

pub mod coro;
