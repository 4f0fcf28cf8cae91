//! Conversions, written and implied (Go specification, "Conversions", "Assignability").

use super::Lower;
use crate::ast::ExprId;
use crate::ir::{self, Expr, Param, Stmt};
use crate::typed::{Mode, TypeId};
use crate::types::{Basic, ChanDir, StructField, Type};

impl Lower<'_> {
    /// A value of type `from` as one of type `to`, to which it is assignable.
    pub(super) fn convert_value(&mut self, x: Expr, from: TypeId, to: TypeId) -> Expr {
        if from == to {
            return x;
        }
        if self.is_interface(to) {
            let target = self.ty(to);
            if self.is_interface(from) && self.is_any(to) {
                return ir::call("any", vec![x]);
            }
            if self.is_interface(from) {
                return if self.program.types.underlying(from) == self.program.types.underlying(to)
                    && !self.is_named(from)
                    && !self.is_named(to)
                {
                    x
                } else {
                    x.method(&format!("upcast::<{target}>"), vec![])
                };
            }
            if self.is_any(to) {
                return ir::call("any", vec![x]);
            }
            let path = self.ty_path(to);
            return ir::call(&format!("{path}::of"), vec![x]);
        }
        let inner = self.unwrap(x, from);
        let inner = self.convert_channel(inner, from, to);
        if self.is_wrapped(to) {
            let path = self.ty_path(to);
            return ir::call(&path, vec![inner]);
        }
        if let (Type::Struct(a), Type::Struct(b)) = (self.under(from).clone(), self.under(to).clone()) {
            return self.convert_struct(inner, &a, &b, to);
        }
        inner
    }

    fn convert_channel(&mut self, x: Expr, from: TypeId, to: TypeId) -> Expr {
        match (self.under(from), self.under(to)) {
            (Type::Chan(ChanDir::Both, _), Type::Chan(ChanDir::Recv, _)) => x.method("recv_only", vec![]),
            (Type::Chan(ChanDir::Both, _), Type::Chan(ChanDir::Send, _)) => x.method("send_only", vec![]),
            _ => x,
        }
    }

    /// Between struct types that differ in name or tags only: field by field.
    fn convert_struct(&mut self, x: Expr, from: &[StructField], to: &[StructField], ty: TypeId) -> Expr {
        let mut stmts = vec![];
        let x = self.bind_atom(x, "s", &mut stmts);
        let mut fields = vec![];
        for (a, b) in from.iter().zip(to) {
            let name = super::names::field_name(a.name);
            let value = self.convert_value(x.clone().field(&name), a.ty, b.ty);
            fields.push((super::names::field_name(b.name), value));
        }
        let path = self.ty(ty);
        let made = Expr::Struct(path, fields, self.is_padded(to));
        if stmts.is_empty() {
            return made;
        }
        stmts.push(Stmt::Tail(made));
        Expr::Block(None, ir::Block::of(stmts))
    }

    /// `T(x)`
    pub(super) fn conversion(&mut self, id: ExprId, arg: ExprId) -> Expr {
        let to = self.type_of(id);
        if self.mode(arg) == Mode::Nil {
            return self.zero_typed(to);
        }
        let from = self.type_of(arg);
        if from == to {
            return self.expr(arg);
        }
        if self.is_interface(to) {
            let x = self.expr(arg);
            return self.convert_value(x, from, to);
        }
        let (fu, tu) = (self.under(from).clone(), self.under(to).clone());
        if let Type::TypeParam(p) = tu {
            let name = self.param_name(p);
            return match self.tv(arg).value.clone() {
                Some(value) => self.constant(&value, to, true),
                None => ir::call(&format!("{name}::of"), vec![self.expr(arg)]),
            };
        }
        if let Type::TypeParam(_) = fu {
            let target = self.ty(to);
            return self.expr(arg).method(&format!("convert::<{target}>"), vec![]);
        }
        match (&fu, &tu) {
            (Type::Basic(a), Type::Basic(b)) => {
                let mut x = self.unwrapped(arg);
                if *a == Basic::Uintptr && self.is_named(from) {
                    x = x.field("0");
                }
                let mut inner = self.convert_basic(x, *a, *b);
                if *b == Basic::Uintptr && self.is_named(to) {
                    inner = ir::call("Uintptr", vec![inner]);
                }
                self.wrap(inner, to)
            }
            (Type::Slice(elem), Type::Basic(b)) if b.is_string() => {
                let x = self.unwrapped(arg);
                let x = if self.is_named(*elem) { mapped(x, field_of("0")) } else { x };
                let name = if self.basic(*elem) == Some(Basic::Uint8) {
                    "Str::from_slice"
                } else {
                    "Str::from_runes"
                };
                self.wrap(ir::call(name, vec![x]), to)
            }
            (Type::Basic(b), Type::Slice(elem)) if b.is_string() => {
                let x = self.unwrapped(arg);
                let name = if self.basic(*elem) == Some(Basic::Uint8) { "to_bytes" } else { "to_runes" };
                let made = x.method(name, vec![]);
                let made =
                    if self.is_named(*elem) { mapped(made, ir::path(self.ty_path(*elem))) } else { made };
                self.wrap(made, to)
            }
            (Type::Slice(_), Type::Array(_, n)) => {
                let x = self.unwrapped(arg);
                self.wrap(x.method(&format!("to_array::<{n}>"), vec![]), to)
            }
            (Type::Slice(_), Type::Pointer(p)) if matches!(self.under(*p), Type::Array(..)) => {
                let Type::Array(_, n) = *self.under(*p) else { return ir::call("nil", vec![]) };
                let x = self.unwrapped(arg).method(&format!("to_array_ptr::<{n}>"), vec![]);
                let x = if self.is_named(*p) { self.cast_pointer(x, *p) } else { x };
                self.wrap(x, to)
            }
            (Type::Pointer(_), Type::Basic(Basic::UnsafePointer)) => {
                let x = self.unwrapped(arg).method("to_unsafe", vec![]);
                self.wrap(x, to)
            }
            (Type::Basic(Basic::UnsafePointer), Type::Pointer(elem)) => {
                let elem = self.ty(*elem);
                let x = self.unwrapped(arg).method(&format!("to_ptr::<{elem}>"), vec![]);
                self.wrap(x, to)
            }
            // both are laid out alike, else the checker had refused
            (Type::Pointer(a), Type::Pointer(b)) if a != b => {
                let x = self.unwrapped(arg);
                let cast = self.cast_pointer(x, *b);
                self.wrap(cast, to)
            }
            (Type::Func(_), Type::Func(_))
            | (Type::Chan(..), Type::Chan(..))
            | (Type::Map(..), Type::Map(..))
                if fu == tu || matches!(fu, Type::Chan(..)) =>
            {
                let x = self.expr(arg);
                self.convert_value(x, from, to)
            }
            _ if fu == tu || matches!((&fu, &tu), (Type::Struct(_), Type::Struct(_))) => {
                let x = self.expr(arg);
                self.convert_value(x, from, to)
            }
            _ => {
                let pos = self.pos(id);
                self.unsupported(pos, "this conversion")
            }
        }
    }

    fn cast_pointer(&mut self, x: Expr, elem: TypeId) -> Expr {
        let elem = self.ty(elem);
        x.method("to_unsafe", vec![]).method(&format!("to_ptr::<{elem}>"), vec![])
    }

    pub(super) fn wrap(&mut self, x: Expr, ty: TypeId) -> Expr {
        if !self.is_wrapped(ty) {
            return x;
        }
        let path = self.ty_path(ty);
        ir::call(&path, vec![x])
    }

    fn convert_basic(&mut self, x: Expr, from: Basic, to: Basic) -> Expr {
        if from == to {
            return x;
        }
        let ty = |b: Basic| ir::ty(super::constant::suffix_or_float(b));
        if to.is_string() {
            if from.is_string() {
                return x;
            }
            return ir::call(
                "Str::from_rune",
                vec![if from == Basic::Int64 { x } else { x.cast(ir::ty("i64")) }],
            );
        }
        if from.is_boolean() || from.is_string() {
            return x;
        }
        if from.is_complex() {
            let name = if to == Basic::Complex64 { "Complex64::new" } else { "Complex128::new" };
            let part = if to == Basic::Complex64 { "f32" } else { "f64" };
            let mut stmts = vec![];
            let x = self.bind_atom(x, "c", &mut stmts);
            let parts = vec![x.clone().field("re").cast(ir::ty(part)), x.field("im").cast(ir::ty(part))];
            let made = ir::call(name, parts);
            if stmts.is_empty() {
                return made;
            }
            stmts.push(Stmt::Tail(made));
            return Expr::Block(None, ir::Block::of(stmts));
        }
        if from.is_float() && to.is_integer() {
            return ir::call(&format!("float_to_int::<{}>", ty(to)), vec![x]);
        }
        if to == Basic::UnsafePointer {
            return ir::call("UnsafePointer::at", vec![x]);
        }
        if from == Basic::UnsafePointer {
            return x.method("address", vec![]);
        }
        x.cast(ty(to))
    }
}

/// A new slice with `f` of every element.
fn mapped(slice: Expr, f: Expr) -> Expr {
    let all = slice.method("iter", vec![]).method("map", vec![f]).method("collect::<Vec<_>>", vec![]);
    ir::call("Slice::from_static", vec![Expr::Unary('&', Box::new(all))])
}

/// `|x| x.name`
fn field_of(name: &str) -> Expr {
    let params = vec![Param { pat: ir::bind("x"), ty: None }];
    Expr::Closure { moves: false, params, ret: None, body: Box::new(ir::path("x").field(name)) }
}
