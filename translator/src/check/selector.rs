//! Selectors: fields, methods and names of packages (Go specification, "Selectors", "Qualified identifiers").

use super::Checker;
use super::lookup::{Found, is_exported};
use super::operand::Operand;
use crate::ast::{ExprId, ExprKind, Ident};
use crate::symbol::Symbol;
use crate::typed::{Mode, ObjKind, PkgId, Selection, SelectionKind, TypeId};
use crate::types::Type;

impl<'a> Checker<'a> {
    /// `x.sel`
    pub(super) fn selector(&mut self, id: ExprId, x_id: ExprId, sel: Ident, want_type: bool) -> Operand {
        let invalid = Operand::invalid(id);
        if let ExprKind::Ident(name) = self.ast(x_id).kind
            && let Some(obj) = self.find(name)
            && let Some(pkg) = self.pkg_of(obj)
        {
            self.used.insert(obj);
            self.info().uses.insert(x_id, obj);
            return self.qualified(id, x_id, pkg, sel);
        }
        let x = self.expr_or_type(x_id);
        if x.is_invalid() {
            return invalid;
        }
        let _ = want_type;
        if sel.name.is_blank() {
            self.error(sel.pos, "cannot refer to blank field or method");
            return invalid;
        }
        if x.is_nil() {
            let text = format!("invalid use of nil: nil.{} undefined", sel.name);
            self.error(sel.pos, text);
            return invalid;
        }
        let found = self.lookup(x.ty, sel.name);
        match found {
            Found::Field { path, ty, indirect } => {
                if x.mode == Mode::Type {
                    let text = format!(
                        "{} undefined (type {} has no method {})",
                        self.expr_str(id),
                        self.type_string(x.ty),
                        sel.name
                    );
                    self.error(sel.pos, text);
                    return invalid;
                }
                if self.is_invalid(ty) {
                    return invalid;
                }
                let selection = Selection {
                    kind: SelectionKind::Field,
                    recv: x.ty,
                    func: None,
                    path,
                    indirect,
                    name: sel.name,
                    method_recv: None,
                    ptr_recv: false,
                    ty,
                };
                self.info().selections.insert(id, selection);
                let addressable = x.mode == Mode::Variable || indirect;
                Operand::new(if addressable { Mode::Variable } else { Mode::Value }, ty, id)
            }
            Found::Method { path, func, recv, ptr_recv, indirect } => {
                self.depends(func);
                let sig = self.method_sig_of(func, recv);
                if self.is_invalid(sig) {
                    return invalid;
                }
                let by_pointer = self.deref(x.ty).1 || indirect;
                if ptr_recv && !by_pointer && x.mode == Mode::Type {
                    let text = format!(
                        "invalid method expression {} (needs pointer receiver (*{}).{})",
                        self.expr_str(id),
                        self.type_string(x.ty),
                        sel.name
                    );
                    self.error(sel.pos, text);
                    return invalid;
                }
                if ptr_recv && !by_pointer && x.mode != Mode::Variable {
                    let text =
                        format!("cannot call pointer method {} on {}", sel.name, self.type_string(x.ty));
                    let pos = self.pos(id);
                    self.error(pos, text);
                    return invalid;
                }
                let sig = match self.generic_method(func, recv, sig) {
                    Some((params, sig)) => {
                        let at = (self.cx.file, id);
                        self.method_params.insert(at, params);
                        sig
                    }
                    None => sig,
                };
                let method_recv = if ptr_recv { self.pointer_to(recv) } else { recv };
                self.method(id, &x, sel, Some(func), path, method_recv, ptr_recv, indirect, sig)
            }
            Found::Abstract { path, sig, recv, indirect } => {
                self.method(id, &x, sel, None, path, recv, false, indirect, sig)
            }
            Found::Ambiguous => {
                let text = format!("ambiguous selector {}", self.expr_str(id));
                self.error(sel.pos, text);
                invalid
            }
            Found::Missing => {
                self.missing_selector(id, &x, sel);
                invalid
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn method(
        &mut self,
        id: ExprId,
        x: &Operand,
        sel: Ident,
        func: Option<crate::typed::ObjId>,
        path: Vec<u32>,
        method_recv: TypeId,
        ptr_recv: bool,
        indirect: bool,
        sig: TypeId,
    ) -> Operand {
        let is_expr = x.mode == Mode::Type;
        let ty = match self.types.get(sig).clone() {
            Type::Func(mut s) if is_expr => {
                s.params.insert(0, x.ty);
                let names = &mut s.names.0.0;
                if !names.is_empty() {
                    names.insert(0, func.and_then(|f| self.receiver_name(f)).unwrap_or(Symbol::intern("_")));
                }
                self.types.intern(Type::Func(s))
            }
            _ => sig,
        };
        let kind = if is_expr { SelectionKind::MethodExpr } else { SelectionKind::MethodValue };
        let selection = Selection {
            kind,
            recv: x.ty,
            func,
            path,
            indirect,
            name: sel.name,
            method_recv: Some(method_recv),
            ptr_recv,
            ty,
        };
        self.info().selections.insert(id, selection);
        Operand::new(Mode::Value, ty, id)
    }

    /// The name that a method of this package gives its receiver.
    fn receiver_name(&self, func: crate::typed::ObjId) -> Option<Symbol> {
        match self.decls.get(&func)? {
            super::DeclInfo::Func { decl, .. } => Some(decl.recv.as_ref()?.names.first()?.name),
            _ => None,
        }
    }

    /// `pkg.Name`
    fn qualified(&mut self, id: ExprId, x_id: ExprId, pkg: PkgId, sel: Ident) -> Operand {
        let invalid = Operand::invalid(id);
        let package = &self.packages[pkg.0 as usize];
        let found = package.scope.get(&sel.name).copied();
        let name = package.name;
        let Some(obj) = found else {
            let expr = self.expr_str(x_id);
            // golib has part of what Go's library has: that is our lack, not the program's mistake
            if package.is_golib && pkg != PkgId(0) && is_exported(sel.name) {
                self.diags.unsupported(
                    sel.pos,
                    format!("{expr}.{}: golib's package {name} does not have it", sel.name),
                );
            } else {
                self.error(sel.pos, format!("undefined: {expr}.{}", sel.name));
            }
            return invalid;
        };
        if !is_exported(sel.name) {
            self.error(sel.pos, format!("name {} not exported by package {name}", sel.name));
            return invalid;
        }
        self.info().uses.insert(id, obj);
        let (ty, kind) = (self.obj(obj).ty, self.obj(obj).kind.clone());
        if let ObjKind::Builtin(b) = kind {
            return Operand::new(Mode::Builtin(b), ty, id);
        }
        if self.is_invalid(ty) {
            if self.packages[pkg.0 as usize].is_golib {
                let text = format!("{}.{}: generic code", self.expr_str(x_id), sel.name);
                self.diags.unsupported(sel.pos, text);
            }
            return invalid;
        }
        match kind {
            ObjKind::Const(value) => Operand::constant(ty, value, id),
            ObjKind::TypeName => Operand::new(Mode::Type, ty, id),
            ObjKind::Var { .. } => Operand::new(Mode::Variable, ty, id),
            _ => Operand::new(Mode::Value, ty, id),
        }
    }

    fn missing_selector(&mut self, id: ExprId, x: &Operand, sel: Ident) {
        let expr = self.expr_str(id);
        let ty = self.type_string(x.ty);
        let name = sel.name;
        let (base, is_ptr) = self.deref(x.ty);
        let why = if is_ptr && self.is_interface(base) {
            format!("type {ty} is pointer to interface, not interface")
        } else {
            let what = if x.mode == Mode::Type { "method" } else { "field or method" };
            let mut why = format!("type {ty} has no {what} {name}");
            if let Some((other, kind)) = self.similar(x.ty, name) {
                why.push_str(&format!(", but does have {kind} {other}"));
            }
            why
        };
        // golib has part of what Go's library has: that is our lack, not the program's mistake
        if let Type::Named(n) = self.types.get(base)
            && let Some(pkg) = self.types.named(*n).pkg
            && self.packages[pkg.0 as usize].is_golib
            && is_exported(name)
        {
            self.diags.unsupported(sel.pos, format!("{expr}: golib's type {ty} does not have it"));
            return;
        }
        self.error(sel.pos, format!("{expr} undefined ({why})"));
    }

    /// A field or method whose name differs in the case of letters.
    fn similar(&self, ty: TypeId, name: Symbol) -> Option<(Symbol, &'static str)> {
        let text = name.as_str();
        let mut chars = text.chars();
        let first = chars.next()?;
        let flipped: String = if first.is_uppercase() {
            first.to_lowercase().collect()
        } else {
            first.to_uppercase().collect()
        };
        let other = Symbol::intern(&(flipped + chars.as_str()));
        match self.lookup(ty, other) {
            Found::Field { .. } => Some((other, "field")),
            Found::Method { .. } | Found::Abstract { .. } => Some((other, "method")),
            _ => None,
        }
    }
}
