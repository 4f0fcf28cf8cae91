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
use num_traits::ToPrimitive;
use rustc_hash::FxHashSet;

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
        let (ty, base) = match ty {
            Some(t) => {
                if let ExprKind::ArrayType { len: None, elem } = self.ast(t).kind {
                    let elem = self.type_expr(elem);
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
                    self.error(pos, "invalid composite literal type: missing type");
                    (Basic::Invalid.id(), Basic::Invalid.id())
                }
            },
        };
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
                    match self.ast(e).kind {
                        ExprKind::KeyValue { value, .. } => self.expr(value),
                        _ => self.expr(e),
                    };
                }
                if !self.is_invalid(base) && !self.is_invalid(self.types.underlying(base)) {
                    let text = format!("invalid composite literal type {}", self.type_string(ty));
                    self.error(pos, text);
                }
                return invalid;
            }
        }
        Operand::new(Mode::Value, ty, id)
    }

    fn struct_lit(&mut self, ty: TypeId, fields: &[StructField], elems: &'a [ExprId], rbrace: Pos) {
        let name = self.type_string(ty);
        let keyed = elems.first().is_some_and(|e| matches!(self.ast(*e).kind, ExprKind::KeyValue { .. }));
        if keyed {
            let mut seen: Vec<(Vec<u32>, Symbol)> = vec![];
            let under = self.core(ty);
            for &e in elems {
                let pos = self.pos(e);
                let ExprKind::KeyValue { key, value, .. } = self.ast(e).kind else {
                    self.error(pos, "mixture of field:value and value elements in struct literal");
                    self.expr(e);
                    continue;
                };
                let ExprKind::Ident(field) = self.ast(key).kind else {
                    let text = format!("invalid field name {} in struct literal", self.expr_str(key));
                    self.error(pos, text);
                    self.expr(value);
                    continue;
                };
                let Found::Field { path, ty: field_ty, indirect } = self.lookup(under, field) else {
                    let text = match fields.iter().find(|f| f.name == field) {
                        Some(_) => format!(
                            "cannot refer to unexported field {field} in struct literal of type {name}"
                        ),
                        None => format!("unknown field {field} in struct literal of type {name}"),
                    };
                    self.error(pos, text);
                    self.expr(value);
                    continue;
                };
                if indirect {
                    self.error(pos, format!("invalid implicit pointer indirection to reach {field}"));
                    self.expr(value);
                    continue;
                }
                let mut x = self.expr_for(value, Some(field_ty));
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
            if let ExprKind::KeyValue { value, .. } = self.ast(e).kind {
                self.error(pos, "mixture of field:value and value elements in struct literal");
                self.expr(value);
                continue;
            }
            let hint = fields.get(i).map(|f| f.ty);
            let mut x = self.expr_for(e, hint);
            let Some(f) = fields.get(i) else {
                self.error(pos, format!("too many values in struct literal of type {name}"));
                for &rest in &elems[i + 1..] {
                    self.expr(rest);
                }
                return;
            };
            if f.pkg.is_some_and(|p| p != self.pkg) {
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
            self.error(rbrace, format!("too few values in struct literal of type {name}"));
        }
    }

    /// The elements of an array or slice; the result is its length.
    fn elements(&mut self, elems: &'a [ExprId], elem: TypeId, len: Option<u64>) -> u64 {
        let mut next = 0u64;
        let mut max = 0u64;
        let mut seen = FxHashSet::default();
        for &e in elems {
            let mut value = e;
            let mut at = Some(next);
            if let ExprKind::KeyValue { key, value: v, .. } = self.ast(e).kind {
                value = v;
                let mut k = self.expr(key);
                let pos = self.pos(key);
                at = None;
                if !k.is_invalid() {
                    let known = k.is_const() && (self.is_integer(k.ty) || self.is_untyped(k.ty));
                    match k.value.as_ref().filter(|_| known).and_then(constant::to_int) {
                        Some(_) => {
                            at = self.index_operand(&mut k, len).flatten().filter(|n| n.to_i64().is_some())
                        }
                        None => {
                            let text = format!("index {} must be integer constant", self.expr_str(key));
                            self.error(pos, text);
                        }
                    }
                }
            } else if let Some(n) = len
                && next >= n
            {
                let pos = self.pos(e);
                self.error(pos, format!("invalid argument: index {next} out of bounds [0:{n}]"));
                at = None;
            }
            if let Some(at) = at {
                if !seen.insert(at) {
                    let pos = self.pos(e);
                    self.error(pos, format!("duplicate index {at} in array or slice literal"));
                }
                next = at + 1;
                max = max.max(next);
            } else {
                next += 1;
            }
            let mut x = self.expr_for(value, Some(elem));
            self.assign_to(&mut x, Target::Type(elem), "array or slice literal");
        }
        max
    }

    fn map_lit(&mut self, elems: &'a [ExprId], key_ty: TypeId, value_ty: TypeId) {
        let mut seen: Vec<(Const, TypeId)> = vec![];
        let mut keys: FxHashSet<String> = FxHashSet::default();
        for &e in elems {
            let ExprKind::KeyValue { key, value, .. } = self.ast(e).kind else {
                let pos = self.pos(e);
                self.error(pos, "missing key in map literal");
                self.expr(e);
                continue;
            };
            let mut k = self.expr_for(key, Some(key_ty));
            self.assign_to(&mut k, Target::Type(key_ty), "map literal");
            if let (false, true, Some(v)) = (k.is_invalid(), k.is_const(), &k.value) {
                // a set of their texts keeps large literals fast; the list settles equal texts
                let fresh = keys.insert(constant::display(v));
                if !fresh && seen.contains(&(v.clone(), k.ty)) {
                    let pos = self.pos(key);
                    let text = format!("duplicate key {} in map literal", self.expr_str(key));
                    self.error(pos, text);
                }
                seen.push((v.clone(), k.ty));
            }
            let mut x = self.expr_for(value, Some(value_ty));
            self.assign_to(&mut x, Target::Type(value_ty), "map literal");
        }
    }
}
