//! `go` and `defer` (Go specification, "Go statements", "Defer statements").

use super::Lower;
use crate::ast::{ExprId, ExprKind};
use crate::ir::{self, Expr, Stmt};
use crate::symbol::Symbol;
use crate::typed::{Mode, ObjId, ObjKind, Selection, SelectionKind};
use crate::types::Type;

impl Lower<'_> {
    /// `go call`
    pub(super) fn go(&mut self, call: ExprId, out: &mut Vec<Stmt>) {
        if let Some(body) = self.called_literal(call) {
            let closure = Expr::Closure { moves: true, params: vec![], ret: None, body: Box::new(body) };
            return self.with_lets(call, |_| Expr::Go(Box::new(closure)), out);
        }
        match self.call_apart(call) {
            // the macro evaluates callee and arguments now, as Go does
            lowered @ (Expr::Call(..) | Expr::Method(..)) if !self.marks => {
                out.push(Stmt::Expr(Expr::Go(Box::new(lowered))))
            }
            _ => {
                let (lets, call_expr) = self.call_parts(call);
                let thunk = self.thunk(call_expr);
                push_with(lets, Expr::Go(Box::new(thunk)), out);
            }
        }
    }

    /// `defer call`
    pub(super) fn defer(&mut self, call: ExprId, out: &mut Vec<Stmt>) {
        let recovers = self.callee_recovers(call);
        let push = if recovers == Recovers::Yes { "push_recover" } else { "push" };
        let defers = || ir::path("defers");
        if let Some(body) = self.called_literal(call) {
            let closure = Expr::Closure { moves: true, params: vec![], ret: None, body: Box::new(body) };
            return self.with_lets(call, |_| defers().method(push, vec![closure]), out);
        }
        let (mut lets, mut call_expr) = self.call_parts(call);
        if self.interface_method(call).is_some()
            && let Expr::Method(recv, name, args) = call_expr
        {
            // a nil interface panics here, not when the call is made
            let bound = self.temp("recv");
            lets.push(ir::let_(&bound, recv.method("bound", vec![])));
            call_expr = Expr::Method(Box::new(ir::path(bound)), name, args);
        }
        let pushed = match (&call_expr, recovers) {
            (Expr::Call(f, _), Recovers::Asks) => {
                let asks = (**f).clone().method("recovers", vec![]);
                defers().method("push_if", vec![asks, self.thunk(call_expr)])
            }
            _ => defers().method(push, vec![self.thunk(call_expr)]),
        };
        push_with(lets, pushed, out);
    }

    /// `move || call`
    fn thunk(&self, call: Expr) -> Expr {
        Expr::Closure { moves: true, params: vec![], ret: None, body: Box::new(self.hidden(call)) }
    }

    /// `func() {..}()`: the body of the called literal, if that is what the call is.
    fn called_literal(&mut self, call: ExprId) -> Option<Expr> {
        let ExprKind::Call { fun, .. } = self.ast(self.unparen(call)).kind else { return None };
        let fun = self.unparen(fun);
        let ExprKind::FuncLit(lit) = &self.ast(fun).kind else { return None };
        let Type::Func(sig) = self.under(self.type_of(fun)).clone() else { return None };
        if sig.variadic {
            return None;
        }
        let body = self.literal_body(lit, &sig);
        Some(Expr::Block(None, body))
    }

    /// Binds the arguments of a called literal to its parameters, then does `f`.
    fn with_lets(&mut self, call: ExprId, f: impl FnOnce(&mut Self) -> Expr, out: &mut Vec<Stmt>) {
        let ExprKind::Call { fun, args, .. } = &self.ast(self.unparen(call)).kind else { return };
        let ExprKind::FuncLit(lit) = &self.ast(self.unparen(*fun)).kind else { return };
        let names: Vec<_> = lit.ty.params.iter().flat_map(|p| p.names.clone()).collect();
        let unnamed = lit.ty.params.iter().any(|p| p.names.is_empty());
        let mut lets = vec![];
        let Type::Func(sig) = self.under(self.type_of(self.unparen(*fun))).clone() else {
            return;
        };
        if args.len() != sig.params.len() {
            // one call gives all arguments
            if let [one] = args[..] {
                let (init, _) = self.tuple_value(one);
                let pats = names
                    .iter()
                    .map(|n| match self.defined(n.pos) {
                        Some(var) if !n.name.is_blank() => ir::bind(self.local_name(var)),
                        _ => ir::Pat::Wild,
                    })
                    .collect();
                lets.push(Stmt::Let { pat: ir::Pat::Tuple(pats), ty: None, init: Some(init) });
            }
        } else {
            let mut pats = vec![];
            let mut values = vec![];
            for (i, (&arg, &ty)) in args.iter().zip(&sig.params).enumerate() {
                let same = ty == self.type_of(arg) && self.mode(arg) != Mode::Nil;
                let value = if same { self.expr(arg) } else { self.expr_as(arg, ty) };
                let var = if unnamed { None } else { names.get(i).and_then(|n| self.defined(n.pos)) };
                let pat = match var.filter(|v| !self.obj(*v).name.is_blank()) {
                    Some(var) => {
                        let mutable = self.storage(var) == super::Storage::Mut;
                        ir::Pat::Name { name: self.local_name(var), mutable }
                    }
                    None => ir::Pat::Wild,
                };
                let itself = matches!((&pat, &value), (ir::Pat::Name { name, mutable: false }, Expr::Path(p)) if name == p);
                if itself || (pat == ir::Pat::Wild && value.is_atom()) {
                    continue;
                }
                pats.push(pat);
                values.push(value);
            }
            if pats.len() == 1 {
                lets.push(Stmt::Let { pat: pats.remove(0), ty: None, init: Some(values.remove(0)) });
            } else if !pats.is_empty() {
                let clash = pats.iter().any(|p| {
                    matches!(p, ir::Pat::Name { name, .. } if values.iter().any(|v| super::assign::mentions(v, name)))
                });
                if clash {
                    let init = Some(Expr::Tuple(values));
                    lets.push(Stmt::Let { pat: ir::Pat::Tuple(pats), ty: None, init });
                } else {
                    lets.extend(pats.into_iter().zip(values).map(|(pat, v)| Stmt::Let {
                        pat,
                        ty: None,
                        init: Some(v),
                    }));
                }
            }
        }
        let done = f(self);
        push_with(lets, done, out);
    }

    /// The name of the method that a call makes through an interface.
    fn interface_method(&self, call: ExprId) -> Option<Symbol> {
        let ExprKind::Call { fun, .. } = self.ast(self.unparen(call)).kind else { return None };
        let selection = self.info().selections.get(&self.unparen(fun))?;
        (selection.kind == SelectionKind::MethodValue && selection.func.is_none()).then_some(selection.name)
    }

    /// Does a method of this name call `recover`? Deferred through an interface any of them may be meant, so those that
    /// don't call it give the right back by their first statement.
    pub(super) fn methods_recover(&self, name: Symbol) -> bool {
        let declared = self.program.types.named.iter().flat_map(|n| &n.methods).filter(|m| m.name == name);
        declared.into_iter().any(|m| self.function_recovers(m.func))
    }

    /// Does the method that is selected call `recover` itself?
    fn selected_recovers(&self, selection: &Selection) -> bool {
        match selection.func {
            Some(f) => self.function_recovers(f),
            None => self.methods_recover(selection.name),
        }
    }

    /// A function value of a declared function.
    pub(super) fn function_value(&self, func: ObjId, path: Expr) -> Expr {
        let is_variadic = matches!(self.under(self.obj(func).ty), Type::Func(sig) if sig.variadic);
        function_of(self.function_recovers(func), path, is_variadic)
    }

    /// A function value of a closure that calls the method which is selected.
    pub(super) fn method_function(&self, selection: &Selection, closure: Expr) -> Expr {
        let is_variadic = matches!(self.under(selection.ty), Type::Func(sig) if sig.variadic);
        function_of(self.selected_recovers(selection), closure, is_variadic)
    }

    /// Does the deferred function call `recover` itself?
    fn callee_recovers(&self, call: ExprId) -> Recovers {
        let ExprKind::Call { fun, .. } = self.ast(self.unparen(call)).kind else { return Recovers::No };
        let fun = self.unparen(fun);
        let known = |yes: bool| if yes { Recovers::Yes } else { Recovers::No };
        if let ExprKind::FuncLit(lit) = &self.ast(fun).kind {
            return known(self.literal_recovers(lit));
        }
        if let Some(Mode::Builtin(_)) = self.info().tv(fun).map(|t| t.mode) {
            // of `defer recover()` the function that defers counts as the caller
            return Recovers::No;
        }
        if let Some(selection) = self.info().selections.get(&fun)
            && selection.kind != SelectionKind::Field
        {
            return known(self.selected_recovers(selection));
        }
        match self.object_of(fun) {
            Some(f) if matches!(self.obj(f).kind, ObjKind::Func { .. }) => known(self.function_recovers(f)),
            _ => Recovers::Asks,
        }
    }
}

/// A function value, which knows whether its code calls `recover`.
pub(super) fn function_of(recovers: bool, code: Expr, is_variadic: bool) -> Expr {
    let made = ir::call(if recovers { "func_recovers" } else { "func" }, vec![code]);
    if is_variadic { made.method("variadic", vec![]) } else { made }
}

/// Whether a deferred function calls `recover`.
#[derive(Clone, Copy, PartialEq)]
enum Recovers {
    No,
    Yes,
    /// A function value: it knows.
    Asks,
}

fn is_temporary(pat: &ir::Pat) -> bool {
    match pat {
        ir::Pat::Name { name, .. } => name.ends_with('_'),
        ir::Pat::Wild => true,
        _ => false,
    }
}

fn push_with(mut lets: Vec<Stmt>, last: Expr, out: &mut Vec<Stmt>) {
    if lets.is_empty() {
        out.push(Stmt::Expr(last));
        return;
    }
    lets.push(Stmt::Expr(last));
    // temporaries have names of their own, a literal's parameters may hide a variable
    if lets.iter().all(|s| !matches!(s, Stmt::Let { pat, .. } if !is_temporary(pat))) {
        out.extend(lets);
        return;
    }
    out.push(Stmt::Expr(Expr::Block(None, ir::Block::of(lets))));
}
