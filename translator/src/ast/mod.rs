//! The syntax tree of one Go file: exactly what was written, nothing that was inferred.
//!
//! Expressions live in an arena per file and are named by [`ExprId`], because later stages keep side tables about them
//! (type, constant value, selection); statements and declarations are plain trees. Types are expressions, as in Go's
//! own grammar, since `a[b](c)` cannot be told apart before names are resolved.
//!
//! Invariant: no whole-program fact is ever stored here. A declared name is identified by its position ([`Ident::pos`]),
//! which is unique in a run.

mod decl;
mod expr;
mod stmt;

pub use decl::*;
pub use expr::*;
pub use stmt::*;

use crate::source::{FileId, Pos};
use crate::symbol::Symbol;
use std::sync::Arc;

/// A name where it was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ident {
    /// The name; `_` for blank.
    pub name: Symbol,
    /// Where it starts.
    pub pos: Pos,
}

/// One comment, `//...` without its newline or `/*...*/`, text included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comment {
    /// Where it starts.
    pub pos: Pos,
    /// One past its end.
    pub end: Pos,
    /// The text with its markers.
    pub text: String,
}

/// A parsed file.
#[derive(Clone, Debug)]
pub struct File {
    /// Which source file.
    pub id: FileId,
    /// The N of Go 1.N, if the `//go:build` line asks for one.
    pub go_minor: Option<u32>,
    /// Position of the keyword `package`.
    pub package_pos: Pos,
    /// The package name.
    pub package: Ident,
    /// Imports in source order (they also stand in `decls`).
    pub imports: Vec<ImportSpec>,
    /// Top-level declarations in source order.
    pub decls: Vec<Decl>,
    /// Every expression of the file.
    pub exprs: Arc<Exprs>,
    /// Every comment, in source order. Which comment belongs where is decided by position.
    pub comments: Vec<Comment>,
}

impl File {
    /// The expression `id` stands for.
    pub fn expr(&self, id: ExprId) -> &Expr {
        self.exprs.get(id)
    }
}
