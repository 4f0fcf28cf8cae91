//! What several packages of golib are made of.

pub mod blocks;
pub mod coro;
