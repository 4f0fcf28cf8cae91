//! Selectors and method values (Go specification, "Selectors", "Method values", "Method expressions").

use super::Lower;
use super::place::Place;
use crate::ast::{ExprId, ExprKind};
use crate::ir::{self, Expr, Param, Stmt};
use crate::typed::{Mode, ObjKind, Selection, SelectionKind};
use crate::types::{Signature, Type};

impl Lower<'_> {
    /// `x.f`, `pkg.Name` and methods that are not called.
    pub(super) fn selector(&mut self, id: ExprId) -> Expr {
        let ExprKind::Selector { x, .. } = self.ast(id).kind else {
            unreachable!("asked about selectors only")
        };
        let Some(selection) = self.info().selections.get(&id) else {
            let Some(obj) = self.object_of(id) else {
                let pos = self.pos(id);
                return self.unsupported(pos, "this name");
            };
            let path = ir::path(self.item_path(obj) + &self.type_arguments(id, obj, None));
            return match self.obj(obj).kind {
                ObjKind::Func { .. } => self.function_value(obj, path),
                _ => path.method("get", vec![]),
            };
        };
        match selection.kind {
            SelectionKind::Field => {
                let place = self.place(id);
                let ty = selection.ty;
                self.read_place(place, ty)
            }
            SelectionKind::MethodValue => self.method_value(x, selection),
            SelectionKind::MethodExpr => self.method_expr(selection),
        }
    }

    /// The receiver of a method call, as the method takes it.
    pub(super) fn receiver(&mut self, x: ExprId, selection: &Selection) -> Expr {
        let ty = selection.recv;
        self.use_methods(selection.func);
        if let Some(param) = self.program.types.param(ty) {
            let constraint = self.program.types.type_params[param.0 as usize].constraint;
            let x = self.expr(x);
            return self.convert_value(x, ty, constraint);
        }
        if selection.path.is_empty() && !selection.ptr_recv && !matches!(self.under(ty), Type::Pointer(_)) {
            return self.expr(x);
        }
        if selection.path.is_empty() && selection.ptr_recv && matches!(self.under(ty), Type::Pointer(_)) {
            return self.expr(x);
        }
        let base = self.base_place(x);
        if selection.path.is_empty() {
            return match selection.ptr_recv {
                // a pointer's own value was taken care of above, so this is a variable
                true => self.place_address(base, x),
                // a value method called through a pointer
                false => self.read_place(base, ty),
            };
        }
        let (place, end) = self.walk(base, ty, &selection.path);
        match (selection.ptr_recv, self.under(end)) {
            (true, Type::Pointer(_)) => self.read_place(place, end),
            (true, _) => self.place_address(place, x),
            (false, Type::Pointer(_)) => {
                let p = self.read_place(place, end);
                p.method("get", vec![])
            }
            (false, _) => self.read_place(place, end),
        }
    }

    /// `x.M` as a value: the receiver is evaluated now.
    fn method_value(&mut self, x: ExprId, selection: &Selection) -> Expr {
        let Type::Func(sig) = self.under(selection.ty).clone() else { return ir::call("nil", vec![]) };
        let mut recv = self.receiver(x, selection);
        if selection.func.is_none() {
            recv = recv.method("bound", vec![]);
        }
        let method = self.method_name(selection.name, Some(self.pkg));
        let (params, args) = self.forwarded(&sig);
        // the closure takes a copy of a plain name when it is made
        let name = (!recv.is_atom()).then(|| self.temp("recv"));
        let closure = |recv: Expr| {
            let body = Box::new(recv.method(&method, args));
            let body = Box::new(self.hidden(*body));
            self.method_function(selection, Expr::Closure { moves: true, params, ret: None, body })
        };
        let Some(name) = name else { return closure(recv) };
        let value = closure(ir::path(&name));
        Expr::Block(None, ir::Block::of(vec![ir::let_(&name, recv), Stmt::Tail(value)]))
    }

    /// `T.M`
    fn method_expr(&mut self, selection: &Selection) -> Expr {
        let Type::Func(sig) = self.under(selection.ty).clone() else { return ir::call("nil", vec![]) };
        let (params, mut args) = self.forwarded(&sig);
        let recv = args.remove(0);
        let call = self.method_expr_call(selection, recv, args);
        let closure = Expr::Closure { moves: false, params, ret: None, body: Box::new(self.hidden(call)) };
        self.method_function(selection, closure)
    }

    /// `T.M(recv, args)`
    pub(super) fn method_expr_call(&mut self, selection: &Selection, recv: Expr, args: Vec<Expr>) -> Expr {
        self.use_methods(selection.func);
        let is_ptr = matches!(self.under(selection.recv), Type::Pointer(_));
        let base = if is_ptr { Place::Pointee(recv) } else { Place::Local(recv) };
        let (place, end) = self.walk(base, selection.recv, &selection.path);
        let end_is_ptr = matches!(self.under(end), Type::Pointer(_));
        let recv = match (selection.ptr_recv, selection.path.is_empty(), place) {
            (true, true, Place::Pointee(x)) => x,
            // of a nil pointer the panic says the method
            (false, true, Place::Pointee(x)) => {
                x.method("receiver", vec![ir::lit(format!("\"{}\"", selection.name))])
            }
            (true, false, place) if end_is_ptr => self.read_place(place, end),
            (true, false, Place::Cell(x)) => x.method("addr", vec![]),
            (false, false, place) if end_is_ptr => self.read_place(place, end).method("get", vec![]),
            (_, _, place) => self.read_place(place, end),
        };
        recv.method(&self.method_name(selection.name, Some(self.pkg)), args)
    }

    /// Parameters for a closure that only hands its arguments on.
    fn forwarded(&mut self, sig: &Signature) -> (Vec<Param>, Vec<Expr>) {
        let mut params = vec![];
        let mut args = vec![];
        for (name, &ty) in self.param_names(sig).into_iter().zip(&sig.params) {
            let name = self.temp(name.as_deref().unwrap_or("a"));
            let ty = self.ty(ty);
            params.push(Param { pat: ir::bind(&name), ty: Some(ty) });
            args.push(ir::path(name));
        }
        (params, args)
    }

    /// The signature a callee has.
    pub(super) fn signature_of(&self, fun: ExprId) -> Option<Signature> {
        if self.info().tv(fun)?.mode == Mode::Type {
            return None;
        }
        match self.under(self.type_of(fun)) {
            Type::Func(sig) => Some(sig.clone()),
            _ => None,
        }
    }
}
