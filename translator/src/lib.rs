//! Translates Go into Rust. The pipeline, left to right, each stage importing only what stands before it:
//! source > lexer > parser > AST > packages > check > typed program > lower > IR > codegen > files.
//!
//! Each stage returns its product and its diagnostics; none does I/O (that is `cli`'s). [`translate`] is the whole of
//! it on one screen.
#![forbid(unsafe_code)]

pub mod ast;
pub mod check;
pub mod codegen;
pub mod constraint;
pub mod diag;
pub mod embed;
pub mod ir;
pub mod lexer;
pub mod lint;
pub mod lower;
pub mod module;
pub mod package;
mod parallel;
pub mod parser;
pub mod source;
pub mod symbol;
pub mod typed;
pub mod types;

mod pipeline;

pub use codegen::{OutFile, POSITIONS};
pub use lower::Marks;
pub use package::SourceText;
pub use pipeline::{Output, Sources, check_packages, imported_texts, translate};
