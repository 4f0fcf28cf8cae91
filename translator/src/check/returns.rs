//! Terminating statements (Go specification, "Terminating statements").

use crate::ast::{Block, BranchKind, CaseClause, ExprId, ExprKind, File, Stmt, StmtKind};
use crate::symbol::Symbol;
use crate::typed::{Builtin, FileInfo, Mode};

/// A file with what is known about its expressions.
pub(super) struct Typed<'a> {
    pub file: &'a File,
    pub info: &'a FileInfo,
}

fn unparen(file: &File, mut x: ExprId) -> ExprId {
    while let ExprKind::Paren(inner) = file.expr(x).kind {
        x = inner;
    }
    x
}

/// Does the list end in a terminating statement?
pub(super) fn terminates_list(file: &Typed, stmts: &[Stmt]) -> bool {
    let last = stmts.iter().rev().find(|s| !matches!(s.kind, StmtKind::Empty));
    last.is_some_and(|s| terminates(file, s, None))
}

fn terminates_block(file: &Typed, block: &Block) -> bool {
    terminates_list(file, &block.stmts)
}

fn terminates(file: &Typed, stmt: &Stmt, label: Option<Symbol>) -> bool {
    match &stmt.kind {
        StmtKind::Return(_) => true,
        StmtKind::Branch { kind: BranchKind::Goto | BranchKind::Fallthrough, .. } => true,
        StmtKind::Expr(x) => {
            let ExprKind::Call { fun, .. } = file.file.expr(unparen(file.file, *x)).kind else {
                return false;
            };
            file.info.tv(fun).is_some_and(|t| t.mode == Mode::Builtin(Builtin::Panic))
        }
        StmtKind::Block(block) => terminates_block(file, block),
        StmtKind::If { then, els, .. } => {
            terminates_block(file, then) && els.as_ref().is_some_and(|e| terminates(file, e, None))
        }
        StmtKind::For { cond: None, body, .. } => !has_break(&body.stmts, label, true),
        StmtKind::Switch { clauses, .. } => terminates_switch(file, clauses, label),
        StmtKind::TypeSwitch { clauses, .. } => terminates_switch(file, clauses, label),
        StmtKind::Select { clauses, .. } => {
            clauses.iter().all(|c| terminates_list(file, &c.body) && !has_break(&c.body, label, true))
        }
        StmtKind::Labeled { label, stmt } => terminates(file, stmt, Some(label.name)),
        _ => false,
    }
}

fn terminates_switch(file: &Typed, clauses: &[CaseClause], label: Option<Symbol>) -> bool {
    clauses.iter().any(|c| c.is_default)
        && clauses.iter().all(|c| terminates_list(file, &c.body) && !has_break(&c.body, label, true))
}

/// Is there a `break` out of the statement that holds `stmts`: without a label (if `implicit`), or with `label`?
fn has_break(stmts: &[Stmt], label: Option<Symbol>, implicit: bool) -> bool {
    stmts.iter().any(|s| stmt_has_break(s, label, implicit))
}

fn stmt_has_break(stmt: &Stmt, label: Option<Symbol>, implicit: bool) -> bool {
    match &stmt.kind {
        StmtKind::Branch { kind: BranchKind::Break, label: None } => implicit,
        StmtKind::Branch { kind: BranchKind::Break, label: Some(l) } => Some(l.name) == label,
        StmtKind::Block(block) => has_break(&block.stmts, label, implicit),
        StmtKind::Labeled { stmt, .. } => stmt_has_break(stmt, label, implicit),
        StmtKind::If { then, els, .. } => {
            has_break(&then.stmts, label, implicit)
                || els.as_ref().is_some_and(|e| stmt_has_break(e, label, implicit))
        }
        StmtKind::Switch { clauses, .. } | StmtKind::TypeSwitch { clauses, .. } => {
            label.is_some() && clauses.iter().any(|c| has_break(&c.body, label, false))
        }
        StmtKind::Select { clauses, .. } => {
            label.is_some() && clauses.iter().any(|c| has_break(&c.body, label, false))
        }
        StmtKind::For { body, .. } | StmtKind::Range { body, .. } => {
            label.is_some() && has_break(&body.stmts, label, false)
        }
        _ => false,
    }
}
