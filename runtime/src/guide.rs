//! The guide: ways here from what you know, the rules, and what to do when it runs.
//!
//! - [`from_threads`], [`from_tokio`], [`from_go`]: what you write now, and what you write here.
//! - [`compile_errors`]: what the compiler says when it refuses, and what to write instead.
//! - [`semantics`]: what channels, `select!` and `go!` do, beside the sections of the Go specification.
//! - [`no_identity`]: the rule that a goroutine has none, `goxide lint`, and the ways out.
//! - [`operating`]: finding what hangs, sizes of stacks, shutting down.
//!
//! Every example is a test of this crate. The pages are files in `runtime/guide`.

#[doc = include_str!("../guide/from_threads.md")]
pub mod from_threads {}

#[doc = include_str!("../guide/from_tokio.md")]
pub mod from_tokio {}

#[doc = include_str!("../guide/from_go.md")]
pub mod from_go {}

#[doc = include_str!("../guide/compile_errors.md")]
pub mod compile_errors {}

#[doc = include_str!("../guide/semantics.md")]
pub mod semantics {}

#[doc = include_str!("../guide/no_identity.md")]
pub mod no_identity {}

#[doc = include_str!("../guide/operating.md")]
pub mod operating {}
