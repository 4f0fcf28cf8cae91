//! What several packages of golib are made of.

pub mod coro;
