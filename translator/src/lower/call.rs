//! Calls (Go specification, "Calls", "Passing arguments to ... parameters").

use super::Lower;
use crate::ast::{ExprId, ExprKind};
use crate::ir::{self, Expr, Stmt};
use crate::typed::{Mode, ObjKind, Selection, SelectionKind, TypeId};
use crate::types::{Basic, Signature, Type};

impl<'a> Lower<'a> {
    pub(super) fn call(&mut self, id: ExprId) -> Expr {
        self.located(id, |l| l.plain_call(id))
    }

    fn plain_call(&mut self, id: ExprId) -> Expr {
        let ExprKind::Call { fun, args, ellipsis, .. } = &self.ast(id).kind else {
            unreachable!("asked about calls only")
        };
        let (fun, spread) = (*fun, ellipsis.is_some());
        match self.mode(fun) {
            Mode::Type => return self.conversion(id, args[0]),
            Mode::Builtin(b) => return self.builtin(id, b, args, spread),
            _ => {}
        }
        let Some(sig) = self.signature_of(fun) else {
            let pos = self.pos(id);
            return self.unsupported(pos, "this call");
        };
        if args.len() == 1 && !spread && self.is_tuple(args[0]) {
            return self.call_with_results(fun, &sig, args[0]);
        }
        if let Some(selection) = self.method_expr_selection(fun) {
            // nothing fixes the receiver's type but itself
            let recv = match self.mode(args[0]) {
                Mode::Nil => self.zero_typed(sig.params[0]),
                _ if self.type_of(args[0]) == sig.params[0] => self.expr(args[0]),
                _ => self.expr_as(args[0], sig.params[0]),
            };
            let mut args = self.arguments(&sig, args, spread);
            args.remove(0);
            return self.method_expr_call(selection, recv, args);
        }
        let callee = self.callee(fun, Some(args));
        let fixed = if sig.variadic { sig.params.len() - 1 } else { sig.params.len() };
        let holds =
            !self.cx.taken_apart && args.iter().take(fixed).any(|arg| self.was_pointer(*arg).is_some());
        let args = self.arguments(&sig, args, spread);
        let call = callee.with(args);
        if !holds {
            return call;
        }
        // what holds the objects goes with the statement; the type keeps it from being written as the call alone
        let result = Stmt::Let { pat: ir::bind("result"), ty: Some(ir::ty("_")), init: Some(call) };
        Expr::Block(None, ir::Block::of(vec![result, Stmt::Tail(ir::path("result"))]))
    }

    /// `T.M`, which may be called like a function.
    fn method_expr_selection(&self, fun: ExprId) -> Option<&'a Selection> {
        let selection = self.info().selections.get(&self.unparen(fun))?;
        (selection.kind == SelectionKind::MethodExpr).then_some(selection)
    }

    pub(super) fn is_tuple(&self, id: ExprId) -> bool {
        matches!(self.program.types.get(self.type_of(id)), Type::Tuple(list) if list.len() > 1)
    }

    /// What `fun` calls, with `args` if they are no results of another call.
    fn callee(&mut self, fun: ExprId, args: Option<&[ExprId]>) -> Callee {
        let fun = self.unparen(fun);
        if let ExprKind::Selector { x, .. } = self.ast(fun).kind
            && let Some(selection) = self.info().selections.get(&fun)
            && selection.kind == SelectionKind::MethodValue
        {
            let recv = self.receiver(x, selection);
            return Callee::Method(recv, self.method_name(selection.name, Some(self.pkg)));
        }
        if let Some(obj) = self.object_of(fun)
            && let ObjKind::Func { .. } = self.obj(obj).kind
        {
            let path = self.item_path(obj) + &self.type_arguments(fun, obj, args);
            return Callee::Function(ir::path(path));
        }
        Callee::Function(self.unwrapped(fun))
    }

    /// The arguments as the parameters take them.
    fn arguments(&mut self, sig: &Signature, args: &[ExprId], spread: bool) -> Vec<Expr> {
        let fixed = if sig.variadic && !spread { sig.params.len() - 1 } else { sig.params.len() };
        let mut list = vec![];
        for (&arg, &ty) in args.iter().zip(&sig.params[..fixed]) {
            // an address that was a pointer until now keeps alive what lies there, as with gc under `//go:uintptrescapes`
            list.push(match self.was_pointer(arg) {
                Some(pointer) if !self.cx.taken_apart => {
                    let held = self.expr(pointer).method("held", vec![]);
                    ir::call("Uintptr", vec![held.method("address", vec![])])
                }
                _ => self.expr_as(arg, ty),
            });
        }
        if sig.variadic && !spread {
            let elem = self.elem_of(sig.params[fixed]);
            let rest = self.packed(&args[fixed..], elem);
            list.push(rest);
        }
        list
    }

    fn elem_of(&self, slice: TypeId) -> TypeId {
        match *self.under(slice) {
            Type::Slice(elem) => elem,
            _ => slice,
        }
    }

    /// Extra arguments as the slice a variadic parameter is.
    fn packed(&mut self, args: &[ExprId], elem: TypeId) -> Expr {
        if self.is_any(elem) {
            let list = args.iter().map(|a| self.any_arg(*a)).collect();
            return Expr::Args(list);
        }
        if args.is_empty() {
            return ir::call("nil", vec![]);
        }
        // see `arguments`: here the slice does
        let scanned = args.iter().any(|a| self.was_pointer(*a).is_some());
        let list = args.iter().map(|a| self.expr_as(*a, elem)).collect();
        ir::call(if scanned { "slice_scanned" } else { "slice" }, vec![Expr::Array(list)])
    }

    /// The `p` of `uintptr(p)`, if that is an unsafe.Pointer
    fn was_pointer(&self, id: ExprId) -> Option<ExprId> {
        let ExprKind::Call { fun, args, .. } = &self.ast(self.unparen(id)).kind else { return None };
        let was = *self.program.types.get(self.type_of(id)) == Type::Basic(Basic::Uintptr)
            && self.mode(*fun) == Mode::Type
            && *self.program.types.get(self.type_of(args[0])) == Type::Basic(Basic::UnsafePointer);
        was.then(|| args[0])
    }

    pub(super) fn is_any(&self, ty: TypeId) -> bool {
        matches!(self.under(ty), Type::Interface(i) if i.methods.is_empty()) && !self.is_named(ty)
    }

    /// An element of `args![..]`, which turns what it gets into an `Any`.
    pub(super) fn any_arg(&mut self, id: ExprId) -> Expr {
        let ty = self.type_of(id);
        if self.mode(id) == Mode::Nil {
            return ir::call("nil::<Any>", vec![]);
        }
        if let (Some(crate::typed::Const::String(bytes)), false) = (&self.tv(id).value, self.is_named(ty)) {
            let named =
                matches!(self.ast(self.unparen(id)).kind, ExprKind::Ident(_) | ExprKind::Selector { .. });
            if let (Ok(text), false) = (std::str::from_utf8(bytes), named) {
                let raw = match &self.ast(self.unparen(id)).kind {
                    ExprKind::BasicLit { text: written, .. } => {
                        super::constant::raw_text(written.as_str(), text)
                    }
                    _ => None,
                };
                return ir::lit(raw.unwrap_or_else(|| super::constant::quoted(text)));
            }
        }
        // the value of an interface keeps its dynamic type
        self.expr(id)
    }

    /// `f(g())` where g has several results.
    fn call_with_results(&mut self, fun: ExprId, sig: &Signature, arg: ExprId) -> Expr {
        let mut lets = vec![];
        let mut callee = self.callee(fun, None);
        if self.has_call(fun) {
            // calls of the callee come before that of the arguments
            callee = match callee {
                Callee::Function(f) => Callee::Function(self.bind_now(f, "f", &mut lets)),
                Callee::Method(recv, name) => Callee::Method(self.bind_now(recv, "recv", &mut lets), name),
            };
        }
        let (init, types) = self.tuple_value(arg);
        let names: Vec<String> = types.iter().map(|_| self.temp("a")).collect();
        let pat = ir::Pat::Tuple(names.iter().map(ir::bind).collect());
        let fixed = sig.params.len() - usize::from(sig.variadic);
        let mut list = vec![];
        for (i, (&from, &to)) in types.iter().zip(&sig.params[..fixed]).enumerate() {
            list.push(self.convert_value(ir::path(&names[i]), from, to));
        }
        if sig.variadic {
            let elem = self.elem_of(sig.params[fixed]);
            let mut rest = vec![];
            for (name, &from) in names.iter().zip(&types).skip(fixed) {
                rest.push(if self.is_any(elem) {
                    ir::path(name)
                } else {
                    self.convert_value(ir::path(name), from, elem)
                });
            }
            list.push(if self.is_any(elem) {
                Expr::Args(rest)
            } else if rest.is_empty() {
                ir::call("nil", vec![])
            } else {
                ir::call("slice", vec![Expr::Array(rest)])
            });
        }
        lets.push(Stmt::Let { pat, ty: None, init: Some(init) });
        lets.push(Stmt::Tail(callee.with(list)));
        Expr::Block(None, ir::Block::of(lets))
    }

    /// For `go` and `defer`: what must be evaluated now, and the call of what was evaluated.
    pub(super) fn call_parts(&mut self, id: ExprId) -> (Vec<Stmt>, Expr) {
        let mut lets = vec![];
        let call = self.call_apart(id);
        let call = self.bind_operands(call, &mut lets);
        (lets, call)
    }

    /// A call that is made later: what is made of its parts has the words themselves.
    pub(super) fn call_apart(&mut self, id: ExprId) -> Expr {
        let before = std::mem::replace(&mut self.cx.taken_apart, true);
        let call = self.expr(id);
        self.cx.taken_apart = before;
        call
    }

    fn bind_operands(&mut self, call: Expr, lets: &mut Vec<Stmt>) -> Expr {
        match call {
            Expr::Call(f, args) => {
                let f = match *f {
                    f @ Expr::Path(_) => f,
                    f => self.bind_now(f, "f", lets),
                };
                let args = args.into_iter().map(|a| self.bind_now(a, "a", lets)).collect();
                Expr::Call(Box::new(f), args)
            }
            Expr::Method(recv, name, args) => {
                let recv = self.bind_now(*recv, "recv", lets);
                let args = args.into_iter().map(|a| self.bind_now(a, "a", lets)).collect();
                Expr::Method(Box::new(recv), name, args)
            }
            Expr::Block(None, mut block) => match block.stmts.pop() {
                Some(Stmt::Tail(last)) => {
                    lets.extend(block.stmts);
                    self.bind_operands(last, lets)
                }
                last => {
                    block.stmts.extend(last);
                    Expr::Block(None, block)
                }
            },
            other => other,
        }
    }

    /// A plain name is copied when the closure is made, so only other expressions need a `let`.
    fn bind_now(&mut self, x: Expr, stem: &str, lets: &mut Vec<Stmt>) -> Expr {
        match x {
            x if x.is_atom() => x,
            Expr::Call(f, args) if matches!(&*f, Expr::Path(p) if matches!(p.as_str(), "str" | "str_bytes" | "nil")) => {
                Expr::Call(f, args)
            }
            x => self.bind_atom(x, stem, lets),
        }
    }
}

/// What is called, before its arguments.
enum Callee {
    Function(Expr),
    Method(Expr, String),
}

impl Callee {
    fn with(self, args: Vec<Expr>) -> Expr {
        match self {
            Callee::Function(f) => Expr::Call(Box::new(f), args),
            Callee::Method(recv, name) => recv.method(&name, args),
        }
    }
}
