//! Selectors: fields, methods and names of packages (Go specification, "Selectors", "Qualified identifiers").

use super::Checker;
use super::lookup::{Found, is_exported};
use super::operand::Operand;
use crate::ast::{ExprId, ExprKind, Ident};
use crate::source::Pos;
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
        if matches!(x.mode, Mode::Builtin(_)) {
            let text = format!("invalid use of {} in selector expression", self.describe(&x));
            self.error(Pos(sel.pos.0 - 1), text);
            return invalid;
        }
        if !self.is_complete(x.ty) {
            return invalid;
        }
        if want_type {
            let text = format!("{} is not a type", self.expr_str(id));
            self.error(sel.pos, text);
            return invalid;
        }
        if let Type::Pointer(base) = *self.under(x.ty)
            && !self.is_complete(base)
        {
            return invalid;
        }
        let found = self.lookup(x.ty, sel.name);
        match found {
            Found::Field { path, ty, indirect } => {
                if x.mode == Mode::Type {
                    let text = format!(
                        "operand for field selector {} must be value of type {}",
                        sel.name,
                        self.type_string(x.ty)
                    );
                    let pos = self.pos(x_id);
                    self.error(pos, text);
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
                    let ty = self.type_string(x.ty);
                    let name = sel.name;
                    let text = format!(
                        "invalid method expression {ty}.{name} (needs pointer receiver (*{ty}).{name})"
                    );
                    self.error(sel.pos, text);
                    return invalid;
                }
                if ptr_recv && !by_pointer && x.mode != Mode::Variable {
                    let text =
                        format!("cannot call pointer method {} on {}", sel.name, self.type_string(x.ty));
                    self.error(sel.pos, text);
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
                let text = format!("ambiguous selector {}.{}", self.expr_str(x_id), sel.name);
                self.error(sel.pos, text);
                invalid
            }
            Found::Missing => {
                self.missing_selector(&x, sel);
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
            self.undefined_in(pkg, x_id, sel);
            return invalid;
        };
        if !is_exported(sel.name) {
            self.error(sel.pos, format!("name {} not exported by package {name}", sel.name));
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

    /// `pkg.sel` does not exist.
    fn undefined_in(&mut self, pkg: PkgId, x_id: ExprId, sel: Ident) {
        let package = &self.packages[pkg.0 as usize];
        let expr = format!("{}.{}", self.expr_str(x_id), sel.name);
        let lower = sel.name.as_str().to_lowercase();
        let mut similar: Vec<&str> = package
            .scope
            .keys()
            .filter(|n| is_exported(**n) && n.as_str().to_lowercase() == lower)
            .map(|n| n.as_str())
            .collect();
        similar.sort_unstable();
        if let Some(other) = similar.first() {
            self.error(sel.pos, format!("undefined: {expr} (but have {other})"));
        } else if package.is_partial && pkg != PkgId(0) && is_exported(sel.name) {
            // golib has part of what Go's library has: that is our lack, not the program's mistake
            let text = format!("{expr}: golib's package {} does not have it", package.name);
            self.diags.unsupported(sel.pos, text);
        } else {
            self.error(sel.pos, format!("undefined: {expr}"));
        }
    }

    fn missing_selector(&mut self, x: &Operand, sel: Ident) {
        if self.is_invalid(self.types.underlying(x.ty)) {
            return;
        }
        let expr = format!("{}.{}", self.expr_str(x.expr), sel.name);
        let why = match self.interface_pointer(x.ty) {
            Some(why) => why,
            None => self.lookup_error(x.ty, sel.name, false),
        };
        // golib has part of what Go's library has: that is our lack, not the program's mistake
        if let Type::Named(n) = self.types.get(self.deref(x.ty).0)
            && let Some(pkg) = self.types.named(*n).pkg
            && self.packages[pkg.0 as usize].is_partial
            && is_exported(sel.name)
        {
            let text = format!("{expr}: golib's type {} does not have it", self.type_string(x.ty));
            self.diags.unsupported(sel.pos, text);
            return;
        }
        self.error(sel.pos, format!("{expr} undefined ({why})"));
    }

    /// Why there is no field or method `sel`; in a struct literal, no such field.
    pub(super) fn lookup_error(&self, ty: TypeId, sel: Symbol, in_literal: bool) -> String {
        let tail = |s: Symbol| s.as_str().chars().skip(1).collect::<String>();
        let ty_s = self.type_string(ty);
        // a literal's type has fields only
        let found = self.similar(if in_literal { self.core(ty) } else { ty }, sel);
        let missing = match in_literal {
            true => format!("unknown field {sel} in struct literal of type {ty_s}"),
            false => format!("type {ty_s} has no field or method {sel}"),
        };
        let Some(found) = found else { return missing };
        let (other, what) = (found.name, if found.is_field { "field" } else { "method" });
        let is_here = found.pkg.is_none_or(|p| p == self.pkg);
        let (upper, other_upper) = (is_exported(sel), is_exported(other));
        let same_tail = tail(sel) == tail(other);
        let named = if in_literal { other.to_string() } else { format!("{what} {other}") };
        if (found.pkg == Some(self.pkg) || other_upper) && (is_here || upper || same_tail) {
            format!("{missing}, but does have {named}")
        } else if upper && same_tail {
            format!("{missing}, but does have unexported {named}")
        } else if sel == other {
            match in_literal {
                true => format!("cannot refer to unexported field {other} in struct literal of type {ty_s}"),
                false => format!("cannot refer to unexported {named}"),
            }
        } else {
            missing
        }
    }
}
