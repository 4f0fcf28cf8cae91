//! `for .. range` (Go specification, "For statements with range clause").

use super::Lower;
use crate::ast::{Block, ExprId, ExprKind, Stmt, StmtKind};
use crate::ir::{self, Expr, Pat};
use crate::symbol::Symbol;
use crate::typed::{Mode, TypeId};
use crate::types::{Basic, Type};

impl Lower<'_> {
    pub(super) fn range_stmt(&mut self, stmt: &Stmt, label: Option<Symbol>, out: &mut Vec<ir::Stmt>) {
        let StmtKind::Range { key, value, define, x, body, .. } = &stmt.kind else { return };
        let (x, define) = (*x, *define);
        let (key, value) = (key.filter(|k| !self.is_blank(*k)), value.filter(|v| !self.is_blank(*v)));
        let ty = self.type_of(x);
        match self.under(ty).clone() {
            Type::Basic(b) if b.is_integer() => {
                let iter = self.range_int(x, ty);
                self.simple(label, key, define, iter, ty, body, out);
            }
            Type::Basic(_) => {
                let s = self.plain(x, ty);
                let types = [Basic::Int.id(), Basic::Int32.id()];
                self.pairs(label, [key, value], define, s.method("runes", vec![]), types, body, out);
            }
            Type::Slice(elem) => {
                let s = match self.plain(x, ty) {
                    // nobody else has the slice
                    Expr::Call(f, mut args) if value.is_some() && is_short_slice(&f, &args) => {
                        let array = args.remove(0);
                        if key.is_none() {
                            return self.simple(label, value, define, array, elem, body, out);
                        }
                        let array = ir::call("range_array", vec![array]);
                        let types = [Basic::Int.id(), elem];
                        return self.pairs(label, [key, value], define, array, types, body, out);
                    }
                    s => s,
                };
                if value.is_none() {
                    let n = Expr::Range(Box::new(ir::lit("0")), Box::new(s.method("len", vec![])), false);
                    return self.simple(label, key, define, n, Basic::Int.id(), body, out);
                }
                if key.is_none() {
                    return self.simple(label, value, define, s.method("iter", vec![]), elem, body, out);
                }
                self.pairs(
                    label,
                    [key, value],
                    define,
                    s.method("range", vec![]),
                    [Basic::Int.id(), elem],
                    body,
                    out,
                );
            }
            Type::Array(elem, n) => self.range_array(label, [key, value], define, x, elem, n, body, out),
            Type::Pointer(p) => {
                let Type::Array(elem, n) = *self.under(p) else { return };
                if value.is_none() {
                    self.effect_of(x, out);
                    let n =
                        Expr::Range(Box::new(ir::lit("0")), Box::new(ir::lit(format!("{n}isize"))), false);
                    return self.simple(label, key, define, n, Basic::Int.id(), body, out);
                }
                let array = self.unwrapped(x);
                let s = self.bare_array(array, p).method("slice_all", vec![]);
                self.pairs(
                    label,
                    [key, value],
                    define,
                    s.method("range", vec![]),
                    [Basic::Int.id(), elem],
                    body,
                    out,
                );
            }
            Type::Map(k, v) => {
                let m = self.plain(x, ty);
                match (key, value) {
                    (Some(_), None) => {
                        return self.simple(label, key, define, m.method("keys", vec![]), k, body, out);
                    }
                    (None, Some(_)) => {
                        return self.simple(label, value, define, m.method("values", vec![]), v, body, out);
                    }
                    _ => {}
                }
                self.pairs(label, [key, value], define, m.method("range", vec![]), [k, v], body, out);
            }
            Type::Chan(_, elem) => {
                let c = self.plain(x, ty);
                self.simple(label, key, define, c.method("range", vec![]), elem, body, out);
            }
            Type::Func(_) => self.range_func(label, [key, value], define, x, body, out),
            _ => {}
        }
    }

    /// The value without its defined type's wrapper.
    pub(super) fn plain(&mut self, x: ExprId, ty: TypeId) -> Expr {
        let value = self.expr(x);
        self.unwrap(value, ty)
    }

    fn range_int(&mut self, x: ExprId, ty: TypeId) -> Expr {
        let end = if self.is_named(ty) { self.plain(x, ty) } else { self.expr(x) };
        Expr::Range(Box::new(ir::lit("0")), Box::new(end), false)
    }

    #[allow(clippy::too_many_arguments)]
    fn range_array(
        &mut self,
        label: Option<Symbol>,
        vars: [Option<ExprId>; 2],
        define: bool,
        x: ExprId,
        elem: TypeId,
        n: u64,
        body: &Block,
        out: &mut Vec<ir::Stmt>,
    ) {
        let int = Basic::Int.id();
        if vars[1].is_none() {
            self.effect_of(x, out);
            let n = Expr::Range(Box::new(ir::lit("0")), Box::new(ir::lit(format!("{n}isize"))), false);
            return self.simple(label, vars[0], define, n, int, body, out);
        }
        let ty = self.type_of(x);
        let array = self.plain(x, ty);
        if vars[0].is_none() {
            return self.simple(label, vars[1], define, array, elem, body, out);
        }
        self.pairs(label, vars, define, ir::call("range_array", vec![array]), [int, elem], body, out);
    }

    /// Evaluates an operand of which only the constant length is wanted, if that does anything.
    fn effect_of(&mut self, x: ExprId, out: &mut Vec<ir::Stmt>) {
        if self.has_effect(x) {
            let x = self.expr(x);
            out.push(ir::Stmt::Let { pat: Pat::Wild, ty: None, init: Some(x) });
        }
    }

    /// One variable.
    #[allow(clippy::too_many_arguments)]
    fn simple(
        &mut self,
        label: Option<Symbol>,
        var: Option<ExprId>,
        define: bool,
        iter: Expr,
        ty: TypeId,
        body: &Block,
        out: &mut Vec<ir::Stmt>,
    ) {
        let mut head = vec![];
        let wrap_int = self.is_named(ty) && matches!(iter, Expr::Range(..));
        let pat = match var {
            Some(var) => self.loop_var(var, define, ty, wrap_int, &mut head),
            None => Pat::Wild,
        };
        let (label, body) = self.loop_body(label, body, head, |_| vec![], false);
        out.push(ir::Stmt::Expr(Expr::For(label, pat, Box::new(iter), body)));
    }

    /// Two variables, either of which may be missing.
    #[allow(clippy::too_many_arguments)]
    fn pairs(
        &mut self,
        label: Option<Symbol>,
        vars: [Option<ExprId>; 2],
        define: bool,
        iter: Expr,
        types: [TypeId; 2],
        body: &Block,
        out: &mut Vec<ir::Stmt>,
    ) {
        let mut head = vec![];
        let mut pats = vec![];
        if let ([Some(key), Some(value)], false) = (vars, define) {
            // the operands of both sides come before either assignment
            let places = self.places(&[key, value]);
            let places = self.bind_places(&[key, value], places, &mut head);
            for ((place, var), ty) in places.into_iter().zip([key, value]).zip(types) {
                let temp = self.temp("v");
                let want = self.type_of(var);
                let v = self.convert_value(ir::path(&temp), ty, want);
                let stored = self.store(place, v);
                head.push(ir::Stmt::Expr(stored));
                pats.push(ir::bind(temp));
            }
            let (label, body) = self.loop_body(label, body, head, |_| vec![], false);
            out.push(ir::Stmt::Expr(Expr::For(label, Pat::Tuple(pats), Box::new(iter), body)));
            return;
        }
        for (var, ty) in vars.into_iter().zip(types) {
            pats.push(match var {
                Some(var) => self.loop_var(var, define, ty, false, &mut head),
                None => Pat::Wild,
            });
        }
        let (label, body) = self.loop_body(label, body, head, |_| vec![], false);
        out.push(ir::Stmt::Expr(Expr::For(label, Pat::Tuple(pats), Box::new(iter), body)));
    }

    /// What binds a variable of the loop; `head` gets the statements that must follow.
    pub(super) fn loop_var(
        &mut self,
        var: ExprId,
        define: bool,
        ty: TypeId,
        wrap: bool,
        head: &mut Vec<ir::Stmt>,
    ) -> Pat {
        if define && let Some(obj) = self.defined(self.pos(var)) {
            if wrap {
                let name = self.local_name(obj);
                let wrapped = Expr::Call(Box::new(ir::path(self.ty_path(ty))), vec![ir::path(&name)]);
                let value = match self.storage(obj) {
                    super::Storage::Boxed => ir::call("Ptr::new", vec![wrapped]),
                    _ => wrapped,
                };
                let mutable = self.storage(obj) == super::Storage::Mut;
                head.push(ir::Stmt::Let {
                    pat: Pat::Name { name: name.clone(), mutable },
                    ty: None,
                    init: Some(value),
                });
                return ir::bind(name);
            }
            return self.pattern(obj, head);
        }
        let temp = self.temp("v");
        let value = if wrap {
            Expr::Call(Box::new(ir::path(self.ty_path(ty))), vec![ir::path(&temp)])
        } else {
            ir::path(&temp)
        };
        self.assign_value(var, value, ty, head);
        ir::bind(temp)
    }

    /// Might evaluating the expression do something besides giving a value?
    pub(super) fn has_effect(&self, id: ExprId) -> bool {
        self.tv(id).value.is_none() && self.has_call(id)
    }

    /// Does the expression hold a call or receive?
    pub(super) fn has_call(&self, id: ExprId) -> bool {
        let sub = |x: &ExprId| self.has_call(*x);
        match &self.ast(id).kind {
            ExprKind::Call { fun, args, .. } => {
                let pure = matches!(
                    self.info().tv(*fun).map(|t| t.mode),
                    Some(Mode::Type | Mode::Builtin(crate::typed::Builtin::Len | crate::typed::Builtin::Cap))
                );
                !pure || args.iter().any(sub)
            }
            ExprKind::Unary { op: crate::ast::UnaryOp::Recv, .. } => true,
            ExprKind::Paren(x)
            | ExprKind::Star(x)
            | ExprKind::Unary { x, .. }
            | ExprKind::TypeAssert { x, .. } => sub(x),
            ExprKind::Selector { x, .. } => self.info().tv(*x).is_some() && sub(x),
            ExprKind::Binary { x, y, .. } => sub(x) || sub(y),
            ExprKind::Index { x, indices, .. } => sub(x) || indices.iter().any(sub),
            ExprKind::Slice { x, lo, hi, max, .. } => sub(x) || [lo, hi, max].into_iter().flatten().any(sub),
            ExprKind::CompositeLit { elems, .. } => elems.iter().any(sub),
            ExprKind::KeyValue { value, .. } => sub(value),
            _ => false,
        }
    }
}

/// A call that makes a slice of a few elements?
fn is_short_slice(f: &Expr, args: &[Expr]) -> bool {
    const FEW: usize = 16;
    matches!(f, Expr::Path(p) if p == "slice") && matches!(args, [Expr::Array(elems)] if elems.len() <= FEW)
}
