//! The Rust that lowering makes, as a small tree: what stands between Go's typed program and the printed files.
//!
//! Shaped like the Rust it becomes, not like Go: every Go notion is gone here. Always holds: parentheses are no part of
//! the tree (codegen puts them by precedence), and comments and blank lines are statements and items of their own, so that
//! they keep their place through any rewriting.
//!
//! Rejected: `syn`'s tree. It has no comments, and building it costs ten lines where this takes one.

mod build;
mod expr;
mod include;
mod item;
mod mutable;
mod tidy;
mod visit;

pub use build::*;
pub use expr::*;
pub use item::*;
