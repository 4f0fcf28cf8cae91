//! `range` over a function (Go specification, "For statements with range clause").
//!
//! The body becomes a closure that returns whether to go on. What leaves the body otherwise sets a number first, which the code
//! behind the call looks at: a return, or a jump to a statement outside.
//!
//! Always holds: numbers are given in the order in which jumps are met; [`BREAK`] needs nothing behind the loop.

use super::Lower;
use super::control::{Jump, Target};
use crate::ast::{Block, BranchKind, ExprId, Ident, StmtKind};
use crate::ir::{self, Expr, Param, Pat, Stmt};
use crate::symbol::Symbol;
use crate::types::Type;

const BREAK: usize = 1;
const RETURN: usize = 2;

/// What leaves the body of a range over a function.
pub(super) struct Exits {
    /// The variable with the number.
    name: String,
    /// Does it return, and where are the results kept, if they have no names?
    returns: bool,
    results: Vec<String>,
    /// Jumps to statements outside, numbered from `RETURN + 1` on.
    jumps: Vec<(BranchKind, Option<Ident>)>,
}

impl Lower<'_> {
    pub(super) fn range_func(
        &mut self,
        label: Option<Symbol>,
        vars: [Option<ExprId>; 2],
        define: bool,
        x: ExprId,
        body: &Block,
        out: &mut Vec<Stmt>,
    ) {
        let ty = self.type_of(x);
        let Type::Func(sig) = self.under(ty).clone() else { return };
        let Type::Func(yields) = self.under(sig.params[0]).clone() else { return };
        let own_defer = |s: &crate::ast::Stmt| matches!(s.kind, StmtKind::Defer(_));
        // what the body defers is the function's, of which the closure knows a handle
        let outer = crate::ast::any_stmt(&body.stmts, &own_defer).then(|| self.temp("outer"));
        let f = self.plain(x, ty);
        let name = self.temp("exit");
        out.push(ir::let_(&name, ir::call("Ptr::new", vec![ir::lit("0isize")])));
        let unnamed = if self.cx.result_vars.is_empty() { self.cx.results.clone() } else { vec![] };
        let results: Vec<String> = unnamed.iter().map(|_| self.temp("result")).collect();
        let at = out.len();

        let mut head = vec![Stmt::Expr(ir::call("range_enter", vec![ir::path(&name)]))];
        if let Some(outer) = outer {
            out.push(ir::let_(&outer, ir::path("defers").method("outer", vec![])));
            head.push(ir::let_("defers", ir::path(&outer)));
        }
        let mut params = vec![];
        for (i, &ty) in yields.params.iter().enumerate() {
            let pat = match vars.get(i).copied().flatten() {
                Some(var) => self.loop_var(var, define, ty, false, &mut head),
                None => Pat::Wild,
            };
            let ty = self.ty(ty);
            params.push(Param { pat, ty: Some(ty) });
        }
        let exits = Exits { name: name.clone(), returns: false, results: results.clone(), jumps: vec![] };
        self.cx.targets.push(Target::of_closure(label, exits));
        let (mark, stmts) = self.in_range_body(body.lbrace, |l, mark| (mark, l.block_stmts(body)));
        head.splice(0..0, mark);
        head.extend(stmts);
        let exits = self.cx.pop_target().into_exits();
        head.push(Stmt::Tail(ir::call("range_next", vec![ir::path(&name)])));
        let body = Expr::Block(None, ir::Block::of(head));
        let closure = Expr::Closure { moves: true, params, ret: Some(ir::ty("bool")), body: Box::new(body) };
        out.push(Stmt::Expr(Expr::Call(Box::new(f), vec![ir::call("func", vec![closure])])));

        let Some(Exits { returns, jumps, .. }) = exits else { return };
        if returns {
            for (i, (name, &ty)) in results.iter().zip(&unnamed).enumerate() {
                let zero = super::assign::boxed(self.zero_typed(ty));
                out.insert(at + i, ir::let_(name, zero));
            }
        }
        let leave = ir::call("range_leave", vec![ir::path(&name)]);
        if !returns && jumps.is_empty() {
            out.push(Stmt::Expr(leave));
            return;
        }
        let how = self.temp("how");
        out.push(ir::let_(&how, leave));
        let when = |n: usize, then: Vec<Stmt>| {
            let test = ir::binary("==", ir::path(&how), ir::lit(n.to_string()));
            Stmt::Expr(Expr::If(Box::new(test), ir::Block::of(then), None))
        };
        if returns {
            let mut then = vec![];
            self.return_after_loop(&results, &mut then);
            out.push(when(RETURN, then));
        }
        for (i, (kind, label)) in jumps.into_iter().enumerate() {
            let pos = self.pos(x);
            let jump = self.branch(pos, kind, label);
            out.push(when(RETURN + 1 + i, vec![Stmt::Expr(jump)]));
        }
    }

    /// Returns what the body of a loop has left.
    fn return_after_loop(&mut self, results: &[String], out: &mut Vec<Stmt>) {
        // the loop may stand in another one's body
        if let Some(outer) = self.cx.targets.iter_mut().rev().find_map(Target::exits) {
            outer.returns = true;
            let (name, to) = (outer.name.clone(), outer.results.clone());
            for (from, to) in results.iter().zip(to) {
                let value = ir::path(from).method("get", vec![]);
                out.push(Stmt::Expr(ir::path(to).method("set", vec![value])));
            }
            out.push(Stmt::Expr(leaving(&name, RETURN)));
            return;
        }
        let mut values: Vec<Expr> = results.iter().map(|r| ir::path(r).method("get", vec![])).collect();
        let value = match values.len() {
            0 if self.cx.result_vars.is_empty() => Expr::Return(None),
            0 => self.return_results(),
            1 => Expr::Return(Some(Box::new(values.remove(0)))),
            _ => Expr::Return(Some(Box::new(Expr::Tuple(values)))),
        };
        out.push(Stmt::Expr(value));
    }

    /// `return` in the body of a range over a function.
    pub(super) fn return_from_closure(&mut self, values: &[ExprId], out: &mut Vec<Stmt>) {
        let types = self.cx.results.clone();
        if !values.is_empty() {
            let value = self.returned(values, &types);
            let exits = self.cx.targets.iter_mut().rev().find_map(Target::exits);
            let holders = exits.map(|e| e.results.clone()).unwrap_or_default();
            match (&holders[..], value) {
                ([], value) => self.store_results(value, out),
                ([one], value) => out.push(Stmt::Expr(ir::path(one).method("set", vec![value]))),
                (_, value) => {
                    let temps: Vec<String> = holders.iter().map(|_| self.temp("v")).collect();
                    let pats = temps.iter().map(ir::bind).collect();
                    out.push(Stmt::Let { pat: Pat::Tuple(pats), ty: None, init: Some(value) });
                    for (holder, temp) in holders.iter().zip(temps) {
                        out.push(Stmt::Expr(ir::path(holder).method("set", vec![ir::path(temp)])));
                    }
                }
            }
        }
        if let Some(exits) = self.cx.targets.iter_mut().rev().find_map(Target::exits) {
            exits.returns = true;
            let name = exits.name.clone();
            out.push(Stmt::Expr(leaving(&name, RETURN)));
        }
    }

    /// A jump out of the closure at target `inner` to target `to`, which may be the same.
    pub(super) fn leave_closure(
        &mut self,
        inner: usize,
        to: usize,
        jump: Jump,
        kind: BranchKind,
        label: Option<Ident>,
    ) -> Expr {
        let Some(exits) = self.cx.targets[inner].exits() else { return Expr::Tuple(vec![]) };
        let name = exits.name.clone();
        if inner == to {
            return match jump {
                Jump::Continue => Expr::Return(Some(Box::new(ir::call("range_next", vec![ir::path(name)])))),
                Jump::Break => leaving(&name, BREAK),
            };
        }
        self.leave_by(inner, kind, label)
    }

    /// Leaves the closure at target `inner` by a jump that is made behind its loop.
    pub(super) fn leave_by(&mut self, inner: usize, kind: BranchKind, label: Option<Ident>) -> Expr {
        let Some(exits) = self.cx.targets[inner].exits() else { return Expr::Tuple(vec![]) };
        exits.jumps.push((kind, label));
        leaving(&exits.name, RETURN + exits.jumps.len())
    }
}

/// Sets the number and ends the closure.
fn leaving(exit: &str, number: usize) -> Expr {
    let set = ir::path(exit).method("set", vec![ir::lit(number.to_string())]);
    let stop = Expr::Return(Some(Box::new(ir::lit("false"))));
    Expr::Block(None, ir::Block::of(vec![Stmt::Expr(set), Stmt::Expr(stop)]))
}
