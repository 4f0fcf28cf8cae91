//! Composite literals (Go specification, "Composite literals").

use super::assign::Target;
use super::lookup::Found;
use super::operand::Operand;
use super::{Checker, constant};
use crate::ast::{ExprId, ExprKind};
use crate::source::Pos;
use crate::symbol::Symbol;
use crate::typed::{Const, Mode, Selection, SelectionKind, TypeId};
use crate::types::{Basic, StructField, Type};
use rustc_hash::{FxHashMap, FxHashSet};

impl<'a> Checker<'a> {
    /// `T{..}`; without a type `hint` gives it, and a pointer hint stands for `&T{..}`, whose type is the pointer.
    pub(super) fn composite_lit(
        &mut self,
        id: ExprId,
        ty: Option<ExprId>,
        elems: &'a [ExprId],
        rbrace: Pos,
        hint: Option<TypeId>,
    ) -> Operand {
        let invalid = Operand::invalid(id);
        let pos = self.pos(id);
        let written = ty.is_some();
        let (ty, base) = match ty {
            Some(t) => {
                if let ExprKind::ArrayType { len: None, elem } = self.ast(t).kind {
                    let elem = self.var_type(elem);
                    let n = self.elements(elems, elem, None);
                    if self.is_invalid(elem) {
                        return invalid;
                    }
                    let ty = self.types.intern(Type::Array(elem, n));
                    self.record(t, Mode::Type, ty, None);
                    return Operand::new(Mode::Value, ty, id);
                }
                let ty = self.type_expr(t);
                (ty, ty)
            }
            None => match hint {
                Some(hint) => {
                    let base = match *self.core_type(hint) {
                        Type::Pointer(elem) => elem,
                        _ => hint,
                    };
                    (hint, base)
                }
                None => {
                    self.error(pos, "missing type in composite literal");
                    (Basic::Invalid.id(), Basic::Invalid.id())
                }
            },
        };
        if !self.is_complete(base) {
            return invalid;
        }
        match self.core_type(base).clone() {
            Type::Struct(fields) => self.struct_lit(base, &fields, elems, rbrace),
            Type::Array(elem, n) => {
                self.elements(elems, elem, Some(n));
            }
            Type::Slice(elem) => {
                self.elements(elems, elem, None);
            }
            Type::Map(key, value) => self.map_lit(elems, key, value),
            _ => {
                for &e in elems {
                    let e = match self.ast(e).kind {
                        ExprKind::KeyValue { value, .. } => value,
                        _ => e,
                    };
                    // what lacks a type because this one is wrong needs no message
                    match self.ast(e).kind {
                        ExprKind::CompositeLit { ty: None, .. } if self.is_invalid(base) => {
                            self.raw_expr(e, Some(base));
                        }
                        _ => {
                            self.use_all(&[e]);
                        }
                    }
                }
                if !self.is_invalid(base) && !self.is_invalid(self.types.underlying(base)) {
                    let element = if written { "" } else { " element" };
                    let common = self.common_under(base, |_, _| Ok(()));
                    let cause = if common.is_err() { " (no common underlying type)" } else { "" };
                    let ty = self.type_string(ty);
                    self.error(pos, format!("invalid composite literal{element} type {ty}{cause}"));
                }
                return invalid;
            }
        }
        Operand::new(Mode::Value, ty, id)
    }

    fn promoted_version(&mut self, pos: Pos, ty: TypeId, path: &[u32]) {
        if self.allows(27) {
            return;
        }
        let (mut names, mut at) = (vec![], self.core(ty));
        for step in path {
            let Type::Struct(fields) = self.under(at) else { return };
            let field = &fields[*step as usize];
            names.push(field.name.to_string());
            at = self.deref(field.ty).0;
        }
        let ty = self.type_string(ty);
        let what = format!("use of promoted field {} in struct literal of type {ty}", names.join("."));
        self.require(pos, 27, what);
    }

    fn struct_lit(&mut self, ty: TypeId, fields: &[StructField], elems: &'a [ExprId], rbrace: Pos) {
        let keyed = elems.first().is_some_and(|e| matches!(self.ast(*e).kind, ExprKind::KeyValue { .. }));
        if keyed {
            let mut seen: Vec<(Vec<u32>, Symbol)> = vec![];
            let under = self.core(ty);
            for &e in elems {
                let pos = self.pos(e);
                let ExprKind::KeyValue { key, value, .. } = self.ast(e).kind else {
                    self.error(pos, MIXTURE);
                    continue;
                };
                let mut x = self.generic_value(value, None);
                let ExprKind::Ident(field) = self.ast(key).kind else {
                    let text = format!("invalid field name {} in struct literal", self.expr_str(key));
                    self.error(pos, text);
                    continue;
                };
                let own = |f: &StructField| {
                    !field.is_blank() && f.name == field && f.pkg.is_none_or(|p| p == self.pkg)
                };
                let found = match fields.iter().position(own) {
                    Some(i) => Found::Field { path: vec![i as u32], ty: fields[i].ty, indirect: false },
                    None => self.lookup(under, field),
                };
                let Found::Field { path, ty: field_ty, indirect } = found else {
                    let why = self.lookup_error(ty, field, true);
                    self.error(pos, why);
                    continue;
                };
                if indirect {
                    self.error(pos, format!("invalid implicit pointer indirection to reach {field}"));
                    continue;
                }
                self.assign_to(&mut x, Target::Type(field_ty), "struct literal");
                if let Some((_, other)) =
                    seen.iter().find(|(p, _)| p.starts_with(&path) || path.starts_with(p))
                {
                    let text = match seen.iter().find(|(p, _)| *p == path) {
                        Some(_) => format!("duplicate field name {field} in struct literal"),
                        None if path.len() > 1
                            && seen.iter().any(|(p, _)| p.len() < path.len() && path.starts_with(p)) =>
                        {
                            format!(
                                "cannot specify promoted field {field} and enclosing embedded field {other}"
                            )
                        }
                        None => format!(
                            "cannot specify embedded field {field} and enclosed promoted field {other}"
                        ),
                    };
                    self.error(pos, text);
                }
                if path.len() > 1 {
                    self.promoted_version(pos, ty, &path);
                    let promoted = Selection {
                        kind: SelectionKind::Field,
                        recv: ty,
                        func: None,
                        path: path.clone(),
                        indirect: false,
                        name: field,
                        method_recv: None,
                        ptr_recv: false,
                        ty: field_ty,
                    };
                    self.info().selections.insert(key, promoted);
                }
                seen.push((path, field));
            }
            return;
        }
        for (i, &e) in elems.iter().enumerate() {
            let pos = self.pos(e);
            if let ExprKind::KeyValue { .. } = self.ast(e).kind {
                self.error(pos, MIXTURE);
                continue;
            }
            let mut x = self.generic_value(e, None);
            let Some(f) = fields.get(i) else {
                let name = self.type_string(ty);
                self.error(pos, format!("too many values in struct literal of type {name}"));
                break;
            };
            if f.pkg.is_some_and(|p| p != self.pkg) {
                let name = self.type_string(ty);
                let text = format!(
                    "implicit assignment to unexported field {} in struct literal of type {name}",
                    f.name
                );
                self.error(pos, text);
                continue;
            }
            self.assign_to(&mut x, Target::Type(f.ty), "struct literal");
        }
        if !elems.is_empty() && elems.len() < fields.len() {
            let hidden = fields.iter().any(|f| f.pkg.is_some_and(|p| p != self.pkg));
            let hint = if hidden { " (type has unexported fields - use key:value pairs)" } else { "" };
            let name = self.type_string(ty);
            self.error(rbrace, format!("too few values in struct literal of type {name}{hint}"));
        }
    }

    /// The elements of an array or slice; the result is its length.
    fn elements(&mut self, elems: &'a [ExprId], elem: TypeId, len: Option<u64>) -> u64 {
        let mut next = 0u64;
        let mut max = 0u64;
        let mut seen = FxHashSet::default();
        for &e in elems {
            let pos = self.pos(e);
            let mut value = e;
            let mut valid = false;
            if let ExprKind::KeyValue { key, value: v, .. } = self.ast(e).kind {
                value = v;
                match self.index_value(key, len) {
                    Some(Some(n)) => {
                        next = n;
                        valid = true;
                    }
                    Some(None) => {
                        let text = format!("index {} must be integer constant", self.expr_str(key));
                        self.error(pos, text);
                    }
                    None => {}
                }
            } else if let Some(n) = len.filter(|n| next >= *n) {
                self.error(pos, format!("index {next} is out of bounds (>= {n})"));
            } else {
                valid = true;
            }
            if valid && !seen.insert(next) {
                self.error(pos, format!("duplicate index {next} in array or slice literal"));
            }
            next += 1;
            max = max.max(next);
            let mut x = self.generic_value(value, Some(elem));
            self.assign_to(&mut x, Target::Type(elem), "array or slice literal");
        }
        max
    }

    fn map_lit(&mut self, elems: &'a [ExprId], key_ty: TypeId, value_ty: TypeId) {
        let mut seen: FxHashMap<String, Vec<(Const, TypeId)>> = FxHashMap::default();
        let by_type = self.is_interface(key_ty);
        for &e in elems {
            let ExprKind::KeyValue { key, value, .. } = self.ast(e).kind else {
                let pos = self.pos(e);
                self.error(pos, "missing key in map literal");
                continue;
            };
            let mut k = self.generic_value(key, Some(key_ty));
            self.assign_to(&mut k, Target::Type(key_ty), "map literal");
            if k.is_invalid() {
                continue;
            }
            if let Some(v) = k.value.clone().filter(|_| k.is_const()) {
                // texts keep large literals fast, the values settle equal texts
                let shown = constant::display(&v, self.basic(k.ty));
                let equal = seen.entry(shown.clone()).or_default();
                if equal.iter().any(|(c, t)| *c == v && (!by_type || *t == k.ty)) {
                    let pos = self.pos(key);
                    self.error(pos, format!("duplicate key {shown} in map literal"));
                    continue;
                }
                equal.push((v, k.ty));
            }
            let mut x = self.generic_value(value, Some(value_ty));
            self.assign_to(&mut x, Target::Type(value_ty), "map literal");
        }
    }
}

const MIXTURE: &str = "mixture of field:value and value elements in struct literal";
