//! `goxide lint`: the second net of the no-identity rule, over a whole program with its dependencies.
//!
//! LLVM IR as text > [`ir`] one module > [`graph`] the program > [`find`] what goroutines reach > [`report`] text or JSON. The
//! first net, in the macros, sees tokens; this one sees resolved calls, through aliases, macros, closures and crates.
//! [`lists`] is what it knows about other people's functions.
//!
//! Two questions are asked of the graph: what does a goroutine reach that is about its thread, and where may it wait inside something
//! that belongs to the thread? Both are answered for code that rustc compiled: a generic function nobody uses isn't there.
//! Nothing here does I/O: the command builds, reads and prints.

pub mod find;
pub mod graph;
mod guard;
pub mod ir;
pub mod lists;
mod makers;
pub mod name;
mod objects;
pub mod report;

/// A crate that was compiled.
#[derive(Debug, Clone)]
pub struct Package {
    /// As it is named in code.
    pub krate: String,
    /// Where its manifest lies.
    pub dir: String,
    /// Of the workspace, or by a path: the user's own.
    pub is_own: bool,
}
