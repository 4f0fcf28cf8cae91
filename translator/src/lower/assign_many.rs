//! Several places assigned at once (Go specification, "Assignment statements").
//!
//! Go finds the operands of all places, then the values, then stores from left to right. Whatever cannot tell the difference is
//! written more simply: plain locals by one destructuring assignment or in turn, two elements of a slice by `swap`, constants
//! one after the other.

use super::assign::stem;
use super::place::Place;
use super::{Lower, Storage};
use crate::ast::{BinaryOp, ExprId, ExprKind};
use crate::ir::{self, Expr, Pat, Stmt};
use crate::typed::{Mode, ObjId};
use crate::types::Type;

impl Lower<'_> {
    /// `lhs = rhs`
    pub(super) fn assign(&mut self, lhs: &[ExprId], rhs: &[ExprId], out: &mut Vec<Stmt>) {
        if let ([l], [r]) = (lhs, rhs) {
            if self.is_blank(*l) {
                let value = self.expr(*r);
                out.push(Stmt::Let { pat: Pat::Wild, ty: None, init: Some(value) });
                return;
            }
            return self.assign_one(*l, *r, out);
        }
        if lhs.len() != rhs.len() {
            return self.assign_tuple(lhs, rhs[0], out);
        }
        if self.assign_in_turn(lhs, rhs, out) {
            return;
        }
        // plain locals: one destructuring assignment
        if lhs.iter().all(|l| self.is_blank(*l) || self.is_plain_place(*l)) {
            let mut targets = vec![];
            let mut values = vec![];
            for (&l, &r) in lhs.iter().zip(rhs) {
                targets.push(self.plain_place(l));
                let ty = if self.is_blank(l) { self.type_of(r) } else { self.type_of(l) };
                values.push(self.expr_as(r, ty));
            }
            out.push(Stmt::Expr(Expr::Assign(
                "=",
                Box::new(Expr::Tuple(targets)),
                Box::new(Expr::Tuple(values)),
            )));
            return;
        }
        if let Some(swap) = self.swap(lhs, rhs) {
            out.push(Stmt::Expr(swap));
            return;
        }
        // operands of the left side first, then the values, then the stores
        let places = self.places(lhs);
        if lhs.iter().zip(rhs).all(|(l, r)| self.is_fixed(*r, lhs) && !self.is_blank(*l)) {
            let mut stmts = vec![];
            let places = self.bind_places(lhs, places, &mut stmts);
            for ((&l, &r), place) in lhs.iter().zip(rhs).zip(places) {
                let value = self.expr_as(r, self.type_of(l));
                let stored = self.store(place, value);
                stmts.push(Stmt::Expr(stored));
            }
            out.push(Stmt::Expr(Expr::Block(None, ir::Block::of(stmts))));
            return;
        }
        let temps: Vec<String> = places.iter().map(|p| self.temp(stem(p))).collect();
        let mut values = vec![];
        for (&l, &r) in lhs.iter().zip(rhs) {
            let ty = if self.is_blank(l) { self.type_of(r) } else { self.type_of(l) };
            values.push(if ty == self.type_of(r) { self.expr(r) } else { self.expr_as(r, ty) });
        }
        let mut stmts = vec![];
        let places = self.bind_places(lhs, places, &mut stmts);
        let pats = temps.iter().map(ir::bind).collect();
        stmts.push(Stmt::Let { pat: Pat::Tuple(pats), ty: None, init: Some(Expr::Tuple(values)) });
        for (place, temp) in places.into_iter().zip(&temps) {
            if !matches!(place, Place::Blank) {
                let stored = self.store(place, ir::path(temp));
                stmts.push(Stmt::Expr(stored));
            }
        }
        out.push(Stmt::Expr(Expr::Block(None, ir::Block::of(stmts))));
    }

    /// `s[i], s[j] = s[j], s[i]`, where evaluating the operands does nothing: `s.swap(i, j)`.
    fn swap(&mut self, lhs: &[ExprId], rhs: &[ExprId]) -> Option<Expr> {
        let ([a, b], [c, d]) = (lhs, rhs) else { return None };
        let ExprKind::Index { x, indices: i, .. } = &self.ast(*a).kind else { return None };
        let ExprKind::Index { indices: j, .. } = &self.ast(*b).kind else { return None };
        let same = |x: ExprId, y: ExprId| self.text(x) == self.text(y);
        let is_swap = same(*a, *d) && same(*b, *c) && matches!(self.under(self.type_of(*x)), Type::Slice(_));
        if !is_swap || self.has_effect(*a) || self.has_effect(*b) {
            return None;
        }
        let ExprKind::Index { x: other, .. } = self.ast(*b).kind else { return None };
        if !same(*x, other) {
            return None;
        }
        let s = self.unwrapped(*x);
        let (i, j) = (self.index_value(i[0]), self.index_value(j[0]));
        Some(s.method("swap", vec![i, j]))
    }

    /// An expression as written.
    fn text(&self, id: ExprId) -> Option<&[u8]> {
        let span = self.ast(id).span;
        let file = self.map.file(self.map.file_at(span.lo)?);
        let at = |pos: crate::source::Pos| (pos.0 - file.base.0) as usize;
        file.text.get(at(span.lo)..at(span.hi))
    }

    /// A constant, nil, or (a field of) a local variable, if the assignment to `lhs` cannot change it.
    fn is_fixed(&self, id: ExprId, lhs: &[ExprId]) -> bool {
        let id = self.unparen(id);
        let tv = self.tv(id);
        let is_left_alone = || {
            let var = self.variable_in(id);
            self.is_plain_place(id) && lhs.iter().all(|l| self.variable_in(*l) != var)
        };
        tv.value.is_some() || tv.mode == Mode::Nil || is_left_alone()
    }

    /// The variable that a place is, or is a field of.
    fn variable_in(&self, id: ExprId) -> Option<ObjId> {
        let id = self.unparen(id);
        match self.ast(id).kind {
            ExprKind::Selector { x, .. } => self.variable_in(x),
            _ => self.object_of(id),
        }
    }

    /// Assigns plain locals one after the other, if no value needs what a variable before it was.
    fn assign_in_turn(&mut self, lhs: &[ExprId], rhs: &[ExprId], out: &mut Vec<Stmt>) -> bool {
        let plain = lhs.iter().all(|l| self.is_plain_local(*l)) && !self.cx.has_defer;
        let var = |l: &ExprId| self.object_of(self.unparen(*l));
        let in_turn = plain
            && rhs.iter().enumerate().all(|(i, r)| {
                let before: Vec<ObjId> = lhs[..i].iter().filter_map(var).collect();
                self.is_harmless(*r, &before)
            });
        if in_turn {
            for (&l, &r) in lhs.iter().zip(rhs) {
                match self.ast(self.unparen(r)).kind {
                    // `i = i + 1`
                    ExprKind::Binary { op, x, y, .. }
                        if self.is_plain_local(x) && var_of(self, x) == var_of(self, l) =>
                    {
                        self.op_assign(op, l, y, out);
                    }
                    _ => self.assign_one(l, r, out),
                }
            }
        }
        in_turn
    }

    /// Does the expression only compute with constants and locals, `but` excepted, and never fail?
    fn is_harmless(&self, id: ExprId, but: &[ObjId]) -> bool {
        if self.tv(id).value.is_some() {
            return true;
        }
        match &self.ast(id).kind {
            ExprKind::Paren(x) => self.is_harmless(*x, but),
            ExprKind::Ident(_) => {
                self.is_plain_local(id) && self.object_of(id).is_some_and(|o| !but.contains(&o))
            }
            ExprKind::Binary { op, x, y, .. } => {
                let is_number = self.basic(self.type_of(id)).is_some_and(|b| b.is_integer() || b.is_float());
                let total = matches!(
                    op,
                    BinaryOp::Add
                        | BinaryOp::Sub
                        | BinaryOp::Mul
                        | BinaryOp::And
                        | BinaryOp::Or
                        | BinaryOp::Xor
                );
                is_number && total && self.is_harmless(*x, but) && self.is_harmless(*y, but)
            }
            _ => false,
        }
    }

    /// A field of a local variable in a Rust local, or all of it.
    pub(super) fn is_plain_place(&self, id: ExprId) -> bool {
        let id = self.unparen(id);
        match self.ast(id).kind {
            ExprKind::Selector { x, .. } => {
                let field = self.info().selections.get(&id).is_some_and(|s| {
                    s.kind == crate::typed::SelectionKind::Field && !s.indirect && s.path.len() == 1
                });
                field && !matches!(self.under(self.type_of(x)), Type::Pointer(_)) && self.is_plain_place(x)
            }
            _ => self.is_plain_local(id),
        }
    }

    /// The Rust place of such a thing, or of a blank.
    pub(super) fn plain_place(&mut self, id: ExprId) -> Expr {
        match self.place(id) {
            Place::Local(x) => x,
            _ => ir::path("_"),
        }
    }

    /// A local variable in a Rust local.
    fn is_plain_local(&self, id: ExprId) -> bool {
        let id = self.unparen(id);
        matches!(self.ast(id).kind, ExprKind::Ident(_))
            && self.object_of(id).is_some_and(|o| matches!(self.storage(o), Storage::Let | Storage::Mut))
    }
}

fn var_of(l: &Lower, id: ExprId) -> Option<ObjId> {
    l.object_of(l.unparen(id))
}
