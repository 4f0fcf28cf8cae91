//! Values over 64 KiB: made where they stay, in the heap, without a detour over the stack (lowering.md rule 8).
//!
//! Variables of such types are boxed (`escape`). Here is how they get their first value: zero, a struct literal whose fields are
//! set one by one, or a copy of another variable.

use super::Lower;
use super::place::Place;
use crate::ast::{ExprId, ExprKind};
use crate::ir::{self, Expr, Stmt};
use crate::typed::{Mode, TypeId};
use crate::types::{StructField, Type};

/// Larger values do not belong on stacks.
const LARGE: u64 = 64 << 10;

impl Lower<'_> {
    pub(super) fn is_large(&self, ty: TypeId) -> bool {
        self.size_of(ty) > LARGE
    }

    /// Roughly how many bytes a value takes.
    fn size_of(&self, ty: TypeId) -> u64 {
        match self.under(ty) {
            Type::Array(elem, n) => self.size_of(*elem).saturating_mul(*n),
            Type::Struct(fields) => fields.iter().fold(0, |sum, f| self.size_of(f.ty).saturating_add(sum)),
            Type::Basic(b) => b.bits().map_or(16, |b| u64::from(b) / 8),
            _ => 16,
        }
    }

    /// A new variable that is zero.
    pub(super) fn boxed_zero(&mut self, ty: TypeId) -> Expr {
        if self.is_large(ty) {
            let ty = self.ty(ty);
            return ir::call(&format!("Ptr::<{ty}>::zeroed"), vec![]);
        }
        super::assign::boxed(self.zero_typed(ty))
    }

    /// A new variable with the value of `id`, if that is large and can be made in place.
    pub(super) fn made_in_place(&mut self, id: ExprId, ty: TypeId) -> Option<Expr> {
        let id = self.unparen(id);
        if !self.is_large(ty) || self.type_of(id) != ty || self.tv(id).value.is_some() {
            return None;
        }
        if let ExprKind::CompositeLit { elems, .. } = &self.ast(id).kind {
            let Type::Struct(fields) = self.under(ty).clone() else { return None };
            return self.struct_in_place(ty, &fields, elems);
        }
        if self.mode(id) != Mode::Variable {
            return None;
        }
        let copied = match self.place(id).found() {
            Place::Cell(x) => x.method("addr", vec![]),
            Place::Pointee(x) if self.is_boxed_path(id) || matches!(self.ast(id).kind, ExprKind::Star(_)) => {
                x
            }
            Place::Pointee(x) => x.method("addr", vec![]),
            _ => return None,
        };
        Some(copied.method("duplicate", vec![]))
    }

    fn struct_in_place(&mut self, ty: TypeId, fields: &[StructField], elems: &[ExprId]) -> Option<Expr> {
        let mut given = vec![];
        for (i, &e) in elems.iter().enumerate() {
            let (field, value) = match self.ast(e).kind {
                ExprKind::KeyValue { key, value, .. } => {
                    let ExprKind::Ident(name) = self.ast(key).kind else { return None };
                    (fields.iter().find(|f| f.name == name)?, value)
                }
                _ => (&fields[i], e),
            };
            if field.name.is_blank() {
                return None;
            }
            given.push((field, value));
        }
        let made = self.boxed_zero(ty);
        if given.is_empty() {
            return Some(made);
        }
        let wrapped = self.is_wrapped(ty);
        let name = self.temp("large");
        let mut stmts = vec![ir::let_(&name, made)];
        for (field, value) in given {
            let value = self.expr_as(value, field.ty);
            let place = if wrapped { ir::path(&name).field("0") } else { ir::path(&name) };
            let place = place.field(&super::names::field_name(field.name));
            stmts.push(Stmt::Expr(place.method("set", vec![value])));
        }
        stmts.push(Stmt::Tail(ir::path(name)));
        Some(Expr::Block(None, ir::Block::of(stmts)))
    }
}
