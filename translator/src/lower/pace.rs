//! Where loops give way to other goroutines.
//!
//! A goroutine is only switched where it asks to be. Loops that count need not ask: they end. Any other may wait for what another
//! goroutine does, so each round starts with `checkpoint()`, the price of which is one load; rounds that wait for a channel
//! anyway do without.

use super::Lower;
use crate::ast::{BranchKind, ExprId, ExprKind, Stmt, StmtKind, UnaryOp, any_stmt};
use crate::ir;
use crate::typed::ObjId;
use crate::types::Type;

impl Lower<'_> {
    /// The first statement of a round of a loop that nobody counts.
    pub(super) fn pace(&self, cond: Option<ExprId>, post: Option<&Stmt>, body: &[Stmt]) -> Vec<ir::Stmt> {
        let counts = match (cond, post) {
            (Some(cond), Some(post)) => self.counted_by(post).is_some_and(|var| self.names(cond, var)),
            _ => false,
        };
        if counts || self.gives_way(body) { vec![] } else { vec![checkpoint()] }
    }

    /// The variable that a `post` statement counts.
    fn counted_by(&self, post: &Stmt) -> Option<ObjId> {
        match &post.kind {
            StmtKind::IncDec { x, .. } => self.object_of(self.unparen(*x)),
            StmtKind::Assign { lhs, .. } if lhs.len() == 1 => self.object_of(self.unparen(lhs[0])),
            _ => None,
        }
    }

    /// Does a comparison name the variable?
    fn names(&self, id: ExprId, var: ObjId) -> bool {
        match &self.ast(id).kind {
            ExprKind::Ident(_) => self.object_of(id) == Some(var),
            ExprKind::Paren(x) | ExprKind::Unary { x, .. } => self.names(*x, var),
            ExprKind::Binary { x, y, .. } => self.names(*x, var) || self.names(*y, var),
            _ => false,
        }
    }

    /// Does every round wait for a channel?
    fn gives_way(&self, body: &[Stmt]) -> bool {
        for stmt in body {
            let waits = match &stmt.kind {
                StmtKind::Send { .. } | StmtKind::Select { .. } => true,
                StmtKind::Range { x, .. } => matches!(self.under(self.type_of(*x)), Type::Chan(..)),
                StmtKind::Expr(_) | StmtKind::Assign { .. } => {
                    super::stmt::exprs_of(stmt).into_iter().any(|x| self.receives(x))
                }
                _ => false,
            };
            if waits {
                return true;
            }
            let skips = |s: &Stmt| {
                matches!(s.kind, StmtKind::Branch { kind: BranchKind::Continue | BranchKind::Goto, .. })
            };
            if any_stmt(std::slice::from_ref(stmt), &skips) {
                return false;
            }
        }
        false
    }

    /// `<-c`, itself or as the argument of a call.
    fn receives(&self, id: ExprId) -> bool {
        match &self.ast(id).kind {
            ExprKind::Unary { op: UnaryOp::Recv, .. } => true,
            ExprKind::Paren(x) => self.receives(*x),
            ExprKind::Call { args, .. } => args.iter().any(|a| self.receives(*a)),
            _ => false,
        }
    }
}

/// `checkpoint();`
pub(super) fn checkpoint() -> ir::Stmt {
    ir::Stmt::Expr(ir::call("checkpoint", vec![]))
}
