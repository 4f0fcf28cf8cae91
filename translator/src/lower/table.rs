//! Large literals: constants become a table in the program's data, the rest is made in several functions.
//!
//! One function that makes 20,000 elements takes rustc a minute and gigabytes; a constant of them takes a second. A literal of
//! other values is cut where it can be, in the initialisation of packages, where there are no local variables.

use super::Lower;
use crate::ast::{ExprId, ExprKind};
use crate::ir::{self, Expr, Function, ItemKind, Stmt};
use crate::typed::TypeId;
use crate::types::Type;

/// Up to so many elements a literal is written where it stands.
const LARGE: usize = 64;
/// So many elements one function makes.
const PART: usize = 100;

impl Lower<'_> {
    /// A large slice, array or map literal of constants: the expression that copies its table.
    pub(super) fn table(&mut self, ty: TypeId, elems: &[ExprId]) -> Option<Expr> {
        if elems.len() <= LARGE || self.in_const {
            return None;
        }
        let value_of = |l: &Self, e: ExprId| match l.ast(e).kind {
            ExprKind::KeyValue { .. } => None,
            _ => Some(e),
        };
        match self.under(ty).clone() {
            Type::Slice(elem) | Type::Array(elem, _) => {
                let values: Option<Vec<ExprId>> = elems.iter().map(|e| value_of(self, *e)).collect();
                let values = values.filter(|v| v.iter().all(|e| self.is_constant(*e, elem)))?;
                let full = matches!(self.under(ty), Type::Array(_, n) if *n != values.len() as u64);
                if full {
                    return None;
                }
                let values = self.constants(|l| values.iter().map(|e| l.expr_as(*e, elem)).collect());
                let rust = self.ty(elem);
                if let Type::Array(_, n) = *self.under(ty) {
                    let array = ir::Type::Array(Box::new(rust), n);
                    return Some(ir::path(self.table_item(array, Expr::Array(values))));
                }
                let name = self.table_item(
                    ir::ty(format!("&[{rust}]")),
                    Expr::Unary('&', Box::new(Expr::Array(values))),
                );
                Some(ir::call("slice_table", vec![ir::path(name)]))
            }
            Type::Map(key, value) => {
                let mut pairs = vec![];
                for &e in elems {
                    let ExprKind::KeyValue { key: k, value: v, .. } = self.ast(e).kind else { return None };
                    if !self.is_constant(k, key) || !self.is_constant(v, value) {
                        return None;
                    }
                    pairs.push((k, v));
                }
                let pairs = self.constants(|l| {
                    let pair = |(k, v): &(ExprId, ExprId)| {
                        Expr::Tuple(vec![l.expr_as(*k, key), l.expr_as(*v, value)])
                    };
                    pairs.iter().map(pair).collect()
                });
                let rust = ir::Type::Tuple(vec![self.ty(key), self.ty(value)]);
                let name = self
                    .table_item(ir::ty(format!("&[{rust}]")), Expr::Unary('&', Box::new(Expr::Array(pairs))));
                Some(ir::call("map_table", vec![ir::path(name)]))
            }
            _ => None,
        }
    }

    fn constants(&mut self, f: impl FnOnce(&mut Self) -> Vec<Expr>) -> Vec<Expr> {
        self.in_const = true;
        let values = f(self);
        self.in_const = false;
        values
    }

    /// A constant item beside the function; its name.
    fn table_item(&mut self, ty: ir::Type, value: Expr) -> String {
        self.tables += 1;
        let name = format!("TABLE_{}_", self.tables);
        let mut item = Self::bare(ItemKind::Const { name: name.clone(), ty, value });
        item.public = false;
        self.local_items.push(item);
        name
    }

    /// Can Rust make the value at compile time?
    fn is_constant(&self, id: ExprId, ty: TypeId) -> bool {
        if self.is_interface(ty) {
            return false;
        }
        if self.tv(id).value.is_some() {
            return true;
        }
        let ExprKind::CompositeLit { elems, .. } = &self.ast(self.unparen(id)).kind else { return false };
        match self.under(ty) {
            Type::Struct(fields) => {
                let mut given = vec![];
                for (i, &e) in elems.iter().enumerate() {
                    let (i, value) = match self.ast(e).kind {
                        ExprKind::KeyValue { key, value, .. } => {
                            let ExprKind::Ident(name) = self.ast(key).kind else { return false };
                            let Some(i) = fields.iter().position(|f| f.name == name) else { return false };
                            (i, value)
                        }
                        _ => (i, e),
                    };
                    if !self.is_constant(value, fields[i].ty) {
                        return false;
                    }
                    given.push(i);
                }
                !elems.is_empty()
                    && fields.iter().enumerate().all(|(i, f)| given.contains(&i) || self.is_simple(f.ty))
                    && fields.iter().all(|f| !f.name.is_blank())
            }
            Type::Array(elem, n) => {
                elems.len() as u64 == *n
                    && elems.iter().all(|e| {
                        !matches!(self.ast(*e).kind, ExprKind::KeyValue { .. }) && self.is_constant(*e, *elem)
                    })
            }
            _ => false,
        }
    }

    /// Many statements that fill `name`, in functions of their own where that is possible.
    pub(super) fn in_parts(&mut self, name: &str, ty: ir::Type, fill: Vec<Stmt>) -> Vec<Stmt> {
        if fill.len() <= PART || !self.cx.may_be_cut {
            return fill;
        }
        let mut calls = vec![];
        let mut rest = fill;
        while !rest.is_empty() {
            let after = rest.split_off(PART.min(rest.len()));
            self.tables += 1;
            let part = format!("part_{}_", self.tables);
            let param = ir::Param { pat: ir::bind(name), ty: Some(ty.clone()) };
            let body = Some(ir::Block::of(std::mem::replace(&mut rest, after)));
            let function = Function {
                name: part.clone(),
                generics: ir::Generics::default(),
                receiver: false,
                params: vec![param],
                ret: None,
                body,
            };
            let mut item = Self::bare(ItemKind::Fn(function));
            item.public = false;
            self.local_items.push(item);
            calls.push(Stmt::Expr(ir::call(&part, vec![ir::path(name)])));
        }
        calls
    }

    /// Is a literal so large that it is made in parts?
    pub(super) fn is_cut(&self, elems: &[ExprId]) -> bool {
        elems.len() > PART && self.cx.may_be_cut
    }
}
