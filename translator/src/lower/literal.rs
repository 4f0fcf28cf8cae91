//! Composite literals (Go specification, "Composite literals").

use super::Lower;
use crate::ast::{ExprId, ExprKind};
use crate::ir::{self, Expr, Pat, Stmt};
use crate::typed::TypeId;
use crate::types::{Basic, StructField, Type};
use num_traits::ToPrimitive;

/// Up to so many elements missing at the end of an array literal are written out.
const FILLED: u64 = 16;

impl Lower<'_> {
    /// `evident`: the context says the type, so literals among the elements need not.
    pub(super) fn composite_lit(&mut self, id: ExprId, elems: &[ExprId], evident: bool) -> Expr {
        let ty = self.type_of(id);
        // an element written `{..}` where a pointer is wanted stands for `&T{..}`
        if let Type::Pointer(base) = *self.under(ty) {
            let value = self.literal_of(id, base, elems, evident);
            let made = ir::call("Ptr::new", vec![value]);
            return self.wrap(made, ty);
        }
        self.literal_of(id, ty, elems, evident)
    }

    fn literal_of(&mut self, id: ExprId, ty: TypeId, elems: &[ExprId], evident: bool) -> Expr {
        let evident = evident || self.is_wrapped(ty);
        if let Some(copy) = self.table(ty, elems) {
            return self.wrap(copy, ty);
        }
        let inner = match self.under(ty).clone() {
            Type::Struct(fields) => return self.struct_lit(ty, &fields, elems),
            Type::Array(elem, n) => self.array_lit(elems, elem, n, evident),
            Type::Slice(elem) => self.slice_lit(elems, elem, evident),
            Type::Map(key, value) => self.map_lit(elems, key, value, evident),
            _ => {
                let pos = self.pos(id);
                return self.unsupported(pos, "this literal");
            }
        };
        self.wrap(inner, ty)
    }

    fn struct_lit(&mut self, ty: TypeId, fields: &[StructField], elems: &[ExprId]) -> Expr {
        if elems.is_empty() {
            let is_empty = fields.is_empty() && !self.is_named(ty);
            return if is_empty { Expr::Struct(self.ty(ty), vec![], false) } else { self.zero_typed(ty) };
        }
        let promoted = |l: &Self, e: ExprId| match l.ast(e).kind {
            ExprKind::KeyValue { key, .. } => l.info().selections.contains_key(&key),
            _ => false,
        };
        if elems.iter().any(|e| promoted(self, *e)) {
            return self.struct_by_fields(ty, fields, elems);
        }
        let is_generic = matches!(self.program.types.get(ty), Type::Named(n) if self.program.types.named(*n).instance_of.is_some());
        let mut values = vec![];
        let mut given = vec![];
        for (i, &e) in elems.iter().enumerate() {
            let (i, value) = match self.ast(e).kind {
                ExprKind::KeyValue { key, value, .. } => {
                    let ExprKind::Ident(name) = self.ast(key).kind else { continue };
                    let Some(i) = fields.iter().position(|f| f.name == name) else { continue };
                    (i, value)
                }
                _ => (i, e),
            };
            given.push((i, value));
            let field = &fields[i];
            let above = self.comments_above(e);
            let mut value = self.expr_as(value, field.ty);
            if !is_generic {
                value = untyped(value);
            }
            let value = self.commented(e, above, value);
            values.push(if field.name.as_str() == "_" {
                // only evaluated: the field stays zero
                let zero = ir::call("Blank", vec![self.zero_typed(field.ty)]);
                let ignored = Stmt::Let { pat: Pat::Wild, ty: Some(self.ty(field.ty)), init: Some(value) };
                let stmts = vec![ignored, Stmt::Tail(zero)];
                (format!("blank_{i}"), Expr::Block(None, ir::Block::of(stmts)))
            } else {
                (super::names::field_name(field.name), value)
            });
        }
        let padding = self.is_padded(fields);
        let mut rest = values.len() < fields.len() || padding;
        if rest && self.in_const {
            for f in fields {
                let name = super::names::field_name(f.name);
                if !values.iter().any(|(n, _)| *n == name) {
                    values.push((name, self.zero(f.ty)));
                }
            }
            if padding {
                values.push((super::types::padding_name(fields), ir::call("zero", vec![])));
            }
            rest = false;
        }
        let path = self.literal_type(ty, &given);
        Expr::Struct(path, values, rest)
    }

    /// A literal with fields of embedded structs: a zero value whose fields are set in source order.
    fn struct_by_fields(&mut self, ty: TypeId, fields: &[StructField], elems: &[ExprId]) -> Expr {
        let name = self.temp("s");
        let zero = self.zero_typed(ty);
        let pat = Pat::Name { name: name.clone(), mutable: true };
        let mut stmts = vec![Stmt::Let { pat, ty: None, init: Some(zero) }];
        for &e in elems {
            let ExprKind::KeyValue { key, value, .. } = self.ast(e).kind else { continue };
            let ExprKind::Ident(field) = self.ast(key).kind else { continue };
            let own = || fields.iter().position(|f| f.name == field).map(|i| vec![i as u32]);
            let path = self.info().selections.get(&key).map(|s| s.path.clone()).or_else(own);
            let mut at = ty;
            let mut place = ir::path(&name);
            for i in path.unwrap_or_default() {
                let Type::Struct(fields) = self.under(at) else { break };
                let f = &fields[i as usize];
                place = Expr::Field(Box::new(place), super::names::field_name(f.name));
                at = f.ty;
            }
            let value = self.expr_as(value, at);
            stmts.push(Stmt::Expr(Expr::Assign("=", Box::new(place), Box::new(value))));
        }
        stmts.push(Stmt::Tail(ir::path(name)));
        Expr::Block(None, ir::Block::of(stmts))
    }

    /// Index and value of every element.
    fn indexed(&mut self, elems: &[ExprId], elem: TypeId, evident: bool) -> Vec<(u64, Expr)> {
        let mut next = 0;
        let mut list = vec![];
        for &e in elems {
            let value = match self.ast(e).kind {
                ExprKind::KeyValue { key, value, .. } => {
                    if let Some(crate::typed::Const::Int(n)) = &self.tv(key).value {
                        next = n.to_u64().unwrap_or(next);
                    }
                    value
                }
                _ => e,
            };
            // the first element's type is that of all
            let above = self.comments_above(e);
            let value = self.element(value, elem, evident || !list.is_empty());
            let value = self.commented(e, above, value);
            list.push((next, value));
            next += 1;
        }
        list
    }

    /// As `expr_as`, but unless its type is evident a literal says it.
    fn element(&mut self, id: ExprId, ty: TypeId, evident: bool) -> Expr {
        if evident {
            return self.expr_as(id, ty);
        }
        let same = self.type_of(id) == ty && self.mode(id) != crate::typed::Mode::Nil;
        if same { self.expr(id) } else { self.expr_as(id, ty) }
    }

    /// A list of nothing but nil has no type for Rust; its first element then says which.
    fn say_type(&mut self, values: &mut [Expr], elem: TypeId, evident: bool) {
        let is_nil =
            |v: &Expr| matches!(bare(v), Expr::Call(f, _) if matches!(&**f, Expr::Path(p) if p == "nil"));
        if !evident && values.iter().all(is_nil) {
            *bare_mut(&mut values[0]) = self.zero_typed(elem);
        }
    }

    fn array_lit(&mut self, elems: &[ExprId], elem: TypeId, n: u64, evident: bool) -> Expr {
        let list = self.indexed(elems, elem, evident);
        let dense = list.iter().enumerate().all(|(i, (at, _))| *at == i as u64);
        let missing = n - list.len() as u64;
        if dense && missing <= FILLED && !list.is_empty() {
            let mut values: Vec<Expr> = list.into_iter().map(|(_, v)| v).collect();
            let zero = self.zero(elem);
            values.extend((0..missing).map(|_| zero.clone()));
            self.say_type(&mut values, elem, evident);
            return Expr::Array(values);
        }
        let zero = self.zero_typed(elem);
        let all = Expr::Repeat(Box::new(zero), n);
        if list.is_empty() {
            return all;
        }
        self.filled(all, list)
    }

    /// A block that starts from `all` and sets some elements.
    fn filled(&mut self, all: Expr, list: Vec<(u64, Expr)>) -> Expr {
        let name = self.temp("array");
        let mut stmts = vec![Stmt::Let {
            pat: Pat::Name { name: name.clone(), mutable: true },
            ty: None,
            init: Some(all),
        }];
        for (at, value) in list {
            let place = ir::path(&name).index(ir::lit(at.to_string()));
            stmts.push(Stmt::Expr(Expr::Assign("=", Box::new(place), Box::new(value))));
        }
        stmts.push(Stmt::Tail(ir::path(name)));
        Expr::Block(None, ir::Block::of(stmts))
    }

    fn slice_lit(&mut self, elems: &[ExprId], elem: TypeId, evident: bool) -> Expr {
        if elems.is_empty() {
            let elem = self.ty(elem);
            return ir::call(&format!("Slice::<{elem}>::make"), vec![ir::lit("0")]);
        }
        let list = self.indexed(elems, elem, evident);
        let n = list.iter().map(|(at, _)| at + 1).max().unwrap_or(0);
        let dense = list.iter().enumerate().all(|(i, (at, _))| *at == i as u64);
        if dense && !self.is_cut(elems) {
            let mut values: Vec<Expr> = list.into_iter().map(|(_, v)| v).collect();
            self.say_type(&mut values, elem, evident);
            // an index into a slice of some float type is not enough for Rust to know which
            if let (false, Some(Expr::Lit(text))) = (evident, values.first_mut().map(bare_mut))
                && *self.program.types.get(elem) == Type::Basic(Basic::Float64)
            {
                text.push_str("f64");
            }
            return ir::call("slice", vec![Expr::Array(values)]);
        }
        let name = self.temp("s");
        let ty = self.ty(elem);
        let make = ir::call(&format!("Slice::<{ty}>::make"), vec![ir::lit(n.to_string())]);
        let mut fill = vec![];
        for (at, value) in list {
            let place = ir::path(&name).index(ir::lit(at.to_string()));
            fill.push(Stmt::Expr(place.method("set", vec![value])));
        }
        let mut stmts = vec![ir::let_(&name, make)];
        stmts.extend(self.in_parts(&name, ir::ty1("Slice", ty), fill));
        stmts.push(Stmt::Tail(ir::path(name)));
        Expr::Block(None, ir::Block::of(stmts))
    }

    fn map_lit(&mut self, elems: &[ExprId], key: TypeId, value: TypeId, evident: bool) -> Expr {
        if elems.is_empty() {
            let (key, value) = (self.ty(key), self.ty(value));
            return ir::call(&format!("Map::<{key}, {value}>::make"), vec![]);
        }
        if self.is_cut(elems) {
            return self.map_in_parts(elems, key, value);
        }
        let (mut keys, mut values, mut comments) = (vec![], vec![], vec![]);
        for &e in elems {
            let ExprKind::KeyValue { key: k, value: v, .. } = self.ast(e).kind else { continue };
            let evident = evident || !keys.is_empty();
            let above = self.comments_above(e);
            keys.push(self.element(k, key, evident));
            values.push(self.element(v, value, evident));
            comments.push(self.commented(e, above, ir::path("")));
        }
        self.say_type(&mut keys, key, evident);
        self.say_type(&mut values, value, evident);
        let pairs = keys.into_iter().zip(values).zip(comments).map(|((k, v), mut comments)| {
            *bare_mut(&mut comments) = Expr::Tuple(vec![k, v]);
            comments
        });
        let pairs = pairs.collect();
        ir::call("Map::from", vec![Expr::Array(pairs)])
    }

    fn map_in_parts(&mut self, elems: &[ExprId], key: TypeId, value: TypeId) -> Expr {
        let ty = ir::Type::Path("Map".into(), vec![self.ty(key), self.ty(value)]);
        let name = self.temp("m");
        let mut fill = vec![];
        for &e in elems {
            let ExprKind::KeyValue { key: k, value: v, .. } = self.ast(e).kind else { continue };
            let pair = vec![self.expr_as(k, key), self.expr_as(v, value)];
            fill.push(Stmt::Expr(ir::path(&name).method("set", pair)));
        }
        let make = ir::call("Map::make_cap", vec![ir::lit(elems.len().to_string())]);
        let mut stmts = vec![Stmt::Let { pat: ir::bind(&name), ty: Some(ty.clone()), init: Some(make) }];
        stmts.extend(self.in_parts(&name, ty, fill));
        stmts.push(Stmt::Tail(ir::path(name)));
        Expr::Block(None, ir::Block::of(stmts))
    }

    /// Is it a type whose zero value a literal shows well?
    pub(super) fn is_simple(&self, ty: TypeId) -> bool {
        !self.is_named(ty) && self.basic(ty).is_some_and(|b| b != Basic::UnsafePointer && b != Basic::Uintptr)
    }
}

/// The element without its comments.
fn bare(x: &Expr) -> &Expr {
    if let Expr::Commented(_, x, _) = x { x } else { x }
}

fn bare_mut(x: &mut Expr) -> &mut Expr {
    match x {
        Expr::Commented(_, x, _) => x,
        x => x,
    }
}

/// `Map::make()` and so on, where the type is known from what the value is stored in.
pub(super) fn untyped(x: Expr) -> Expr {
    let Expr::Call(f, args) = x else { return x };
    if let Expr::Path(path) = &*f
        && let Some(head) = ["Map", "Slice", "Chan"].iter().find(|h| path.starts_with(&format!("{h}::<")))
        && let Some(at) = path.rfind(">::make")
    {
        return ir::call(&format!("{head}{}", &path[at + 1..]), args);
    }
    Expr::Call(f, args)
}
