//! `select` (Go specification, "Select statements").

use super::Lower;
use crate::ast::{AssignOp, CommClause, ExprId, ExprKind, Stmt, StmtKind, UnaryOp};
use crate::ir::{self, Expr, Pat, SelectArm, SelectHead};
use crate::symbol::Symbol;
use crate::types::{Basic, Type};

impl Lower<'_> {
    pub(super) fn select(&mut self, clauses: &[CommClause], label: Option<Symbol>, out: &mut Vec<ir::Stmt>) {
        let bodies: Vec<&[Stmt]> = clauses.iter().map(|c| &c.body[..]).collect();
        let whole = self.breakable(label, &bodies, |l| {
            let mut arms = vec![];
            for clause in clauses {
                let comments = super::comments::texts(l.comments_before(clause.pos));
                let mut body = vec![];
                let head = match &clause.comm {
                    None => SelectHead::Default,
                    Some(comm) => l.comm(comm, &mut body),
                };
                body.extend(l.clause_stmts(clause.pos, clause.colon, &clause.body));
                arms.push(SelectArm { comments, head, body: ir::Block::of(body) });
            }
            ir::Block::of(vec![ir::Stmt::Expr(Expr::Select(arms))])
        });
        self.scoped(vec![], whole, out);
    }

    /// The head of an arm; what it binds beyond that comes first in `body`.
    fn comm(&mut self, comm: &Stmt, body: &mut Vec<ir::Stmt>) -> SelectHead {
        match &comm.kind {
            StmtKind::Send { chan, value, .. } => {
                let elem = match self.under(self.type_of(*chan)) {
                    Type::Chan(_, elem) => *elem,
                    _ => return SelectHead::Default,
                };
                let c = self.select_operand(*chan);
                let v = self.expr_as(*value, elem);
                SelectHead::Send(Box::new(c), Box::new(self.on_its_line(*value, v)))
            }
            StmtKind::Expr(x) => SelectHead::Recv(None, Box::new(self.received(*x))),
            StmtKind::Assign { lhs, op, rhs, .. } => {
                let chan = self.received(rhs[0]);
                let elem = match self.under(self.type_of(self.channel_of(rhs[0]))) {
                    Type::Chan(_, elem) => *elem,
                    _ => return SelectHead::Default,
                };
                let types = [elem, Basic::Bool.id()];
                let mut pats = vec![];
                for (&l, ty) in lhs.iter().zip(types) {
                    let fresh = if *op == AssignOp::Define { self.defined(self.pos(l)) } else { None };
                    pats.push(match fresh {
                        _ if self.is_blank(l) => Pat::Wild,
                        Some(var) => self.pattern(var, body),
                        None => {
                            let temp = self.temp("v");
                            self.assign_value(l, ir::path(&temp), ty, body);
                            ir::bind(temp)
                        }
                    });
                }
                let pat = match pats.len() {
                    1 => pats.remove(0),
                    _ => Pat::Tuple(pats),
                };
                SelectHead::Recv(Some(pat), Box::new(chan))
            }
            _ => SelectHead::Default,
        }
    }

    fn channel_of(&self, id: ExprId) -> ExprId {
        match self.ast(self.unparen(id)).kind {
            ExprKind::Unary { op: UnaryOp::Recv, x } => x,
            _ => id,
        }
    }

    fn received(&mut self, id: ExprId) -> Expr {
        let chan = self.channel_of(id);
        self.select_operand(chan)
    }

    /// A channel as an arm takes it: without the wrapper of a defined type.
    fn select_operand(&mut self, chan: ExprId) -> Expr {
        let ty = self.type_of(chan);
        let c = self.expr(chan);
        let c = self.unwrap(c, ty);
        self.on_its_line(chan, c)
    }
}
