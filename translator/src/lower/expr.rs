//! Expressions (Go specification, "Expressions").

use super::{Lower, Storage};
use crate::ast::{BinaryOp, ExprId, ExprKind, UnaryOp};
use crate::ir::{self, Expr};
use crate::typed::{Const, Mode, ObjKind, TypeId};
use crate::types::{Basic, Bound, ChanDir, Type};
use num_traits::ToPrimitive;

impl Lower<'_> {
    /// The value, of the Rust type its Go type has also where the context leaves that open.
    pub(super) fn expr(&mut self, id: ExprId) -> Expr {
        self.value(id, false)
    }

    /// The value where the context fixes the type: literals need no suffix.
    pub(super) fn expr_evident(&mut self, id: ExprId) -> Expr {
        self.value(id, true)
    }

    fn value(&mut self, id: ExprId, evident: bool) -> Expr {
        let tv = self.tv(id);
        let ty = tv.ty;
        if let Some(value) = tv.value.clone() {
            return self.constant_expr(id, &value, ty, evident);
        }
        self.in_order(id, |l| l.computed(id, ty, evident))
    }

    /// A value that is not constant.
    fn computed(&mut self, id: ExprId, ty: TypeId, evident: bool) -> Expr {
        match &self.ast(id).kind {
            ExprKind::Paren(x) => self.value(*x, evident),
            ExprKind::Ident(_) => self.ident(id, ty, evident),
            ExprKind::FuncLit(lit) => self.func_lit(id, lit),
            ExprKind::CompositeLit { elems, .. } => self.composite_lit(id, elems, evident),
            ExprKind::Selector { .. } => self.selector(id),
            ExprKind::Index { x, indices, .. } => self.index(*x, indices[0]),
            ExprKind::Slice { x, lo, hi, max, .. } => {
                let bounds = [*lo, *hi, *max];
                self.slice_expr(id, *x, bounds)
            }
            ExprKind::TypeAssert { x, ty: Some(_) } => {
                // used with two values it has a tuple type, which comma_ok takes care of
                let target = self.ty(ty);
                self.expr(*x).method(&format!("assert::<{target}>"), vec![])
            }
            ExprKind::Call { .. } => self.call(id),
            ExprKind::Star(_) => {
                let place = self.place(id);
                self.read_place(place, ty)
            }
            ExprKind::Unary { op, x } => self.unary(*op, *x, ty),
            ExprKind::Binary { op, x, y, .. } => self.binary(*op, *x, *y, ty),
            _ => {
                let pos = self.pos(id);
                self.unsupported(pos, "this expression")
            }
        }
    }

    fn ident(&mut self, id: ExprId, ty: TypeId, evident: bool) -> Expr {
        if self.mode(id) == Mode::Nil {
            return if evident { ir::call("nil", vec![]) } else { self.zero_typed(ty) };
        }
        let Some(obj) = self.object_of(id) else {
            let pos = self.pos(id);
            return self.unsupported(pos, "this name");
        };
        if let ObjKind::Func { .. } = self.obj(obj).kind {
            let path = self.item_path(obj) + &self.type_arguments(id, obj, None);
            return self.function_value(obj, ir::path(path));
        }
        let name = self.local_name(obj);
        match self.storage(obj) {
            Storage::Let | Storage::Mut => ir::path(name),
            Storage::Boxed => ir::path(name).method("get", vec![]),
            Storage::Global => ir::path(self.item_path(obj)).method("get", vec![]),
        }
    }

    /// The value as one of type `target`, to which it is assignable.
    pub(super) fn expr_as(&mut self, id: ExprId, target: TypeId) -> Expr {
        if self.mode(id) == Mode::Nil {
            let to_wrapped = self.is_wrapped(target);
            let nil = ir::call("nil", vec![]);
            if to_wrapped {
                let path = self.ty_path(target);
                return ir::call(&path, vec![nil]);
            }
            return nil;
        }
        let from = self.type_of(id);
        if from == target {
            return self.expr_evident(id);
        }
        if self.is_interface(target) && !self.is_interface(from) {
            let x = self.expr(id);
            return self.convert_value(x, from, target);
        }
        let x = self.expr_evident(id);
        self.convert_value(x, from, target)
    }

    /// A condition as a Rust bool.
    pub(super) fn cond(&mut self, id: ExprId) -> Expr {
        let ty = self.type_of(id);
        // the comparison itself, not its wrapping
        if let ExprKind::Binary { op, x, y, .. } = self.ast(self.unparen(id)).kind
            && self.tv(id).value.is_none()
        {
            return self.in_order(id, |l| l.binary(op, x, y, Basic::Bool.id()));
        }
        let x = self.expr(id);
        if self.is_interface(ty) {
            // a case of a switch without a tag
            return ir::binary("==", x, ir::call("any", vec![ir::lit("true")]));
        }
        if self.is_wrapped(ty) { x.field("0") } else { x }
    }

    /// The `(value, ok)` form of a map index, type assertion or receive.
    pub(super) fn comma_ok(&mut self, id: ExprId) -> Expr {
        let id = self.unparen(id);
        match &self.ast(id).kind {
            ExprKind::Index { x, indices, .. } => {
                let key = match *self.under(self.type_of(*x)) {
                    Type::Map(key, _) => key,
                    _ => self.type_of(indices[0]),
                };
                let m = self.unwrapped(*x);
                let k = self.expr_as(indices[0], key);
                m.method("get_ok", vec![k])
            }
            ExprKind::TypeAssert { x, .. } => {
                let target = match self.program.types.get(self.type_of(id)) {
                    Type::Tuple(parts) => parts[0],
                    _ => self.type_of(id),
                };
                let target = self.ty(target);
                self.expr(*x).method(&format!("try_assert::<{target}>"), vec![])
            }
            ExprKind::Unary { op: UnaryOp::Recv, x } => self.unwrapped(*x).method("recv_ok", vec![]),
            _ => self.expr(id),
        }
    }

    fn unary(&mut self, op: UnaryOp, x: ExprId, ty: TypeId) -> Expr {
        match op {
            UnaryOp::Plus => self.expr(x),
            UnaryOp::Neg => {
                let v = self.expr(x);
                if !self.basic(ty).is_some_and(Basic::is_unsigned) {
                    return Expr::Unary('-', Box::new(v));
                }
                if self.is_wrapped(ty) {
                    let zero = self.zero_typed(ty);
                    return ir::binary("-", zero, v);
                }
                v.method("wrapping_neg", vec![])
            }
            UnaryOp::Not => {
                let v = self.cond(x);
                let not = ir::not(v);
                self.wrap_bool(not, ty)
            }
            UnaryOp::BitNot => {
                let v = self.expr(x);
                ir::not_bits(v)
            }
            UnaryOp::Addr => {
                let address = self.address_of(x);
                if self.is_wrapped(ty) {
                    let path = self.ty_path(ty);
                    return ir::call(&path, vec![address]);
                }
                address
            }
            UnaryOp::Recv => self.unwrapped(x).method("recv", vec![]),
            UnaryOp::Tilde => {
                let pos = self.pos(x);
                self.unsupported(pos, "~")
            }
        }
    }

    fn wrap_bool(&mut self, x: Expr, ty: TypeId) -> Expr {
        if self.is_wrapped(ty) {
            let path = self.ty_path(ty);
            return ir::call(&path, vec![x]);
        }
        x
    }

    fn binary(&mut self, op: BinaryOp, x: ExprId, y: ExprId, ty: TypeId) -> Expr {
        match op {
            BinaryOp::LAnd | BinaryOp::LOr => {
                let a = self.cond(x);
                let b = self.apart(|l| l.cond(y));
                let joined = ir::binary(if op == BinaryOp::LAnd { "&&" } else { "||" }, a, b);
                self.wrap_bool(joined, ty)
            }
            _ if op.is_comparison() => {
                let compared = self.comparison(op, x, y);
                self.wrap_bool(compared, ty)
            }
            _ if op.is_shift() => {
                let a = self.expr(x);
                let n = self.shift_count(y);
                self.operation(op, a, n, ty, y)
            }
            _ => {
                let (a, b) = self.operands(x, y);
                self.operation(op, a, b, ty, y)
            }
        }
    }

    /// Two operands of one type; a literal beside a value needs no suffix.
    fn operands(&mut self, x: ExprId, y: ExprId) -> (Expr, Expr) {
        if self.tv(x).value.is_some() {
            let a = self.expr_evident(x);
            return (a, self.expr(y));
        }
        let a = self.expr(x);
        (a, self.expr_evident(y))
    }

    fn comparison(&mut self, op: BinaryOp, x: ExprId, y: ExprId) -> Expr {
        let sign = op.as_str();
        for (value, other) in [(y, x), (x, y)] {
            if self.mode(value) == Mode::Nil {
                let v = self.unwrapped(other);
                let is_nil = v.method("is_nil", vec![]);
                return if op == BinaryOp::Eq { is_nil } else { ir::not(is_nil) };
            }
        }
        let (a, b) = (self.type_of(x), self.type_of(y));
        if a == b {
            let (p, q) = self.operands(x, y);
            return ir::binary(sign, p, q);
        }
        // one side is assignable to the other's type
        let target = match (self.is_interface(a), self.is_interface(b)) {
            (true, false) => a,
            (false, true) => b,
            (true, true) => self.wider_interface(a, b),
            // of two directions one is both
            _ if matches!(self.under(a), Type::Chan(ChanDir::Both, _)) => b,
            _ if matches!(self.under(b), Type::Chan(ChanDir::Both, _)) => a,
            _ if self.is_named(a) => a,
            _ => b,
        };
        let p = self.expr_as(x, target);
        let q = self.expr_as(y, target);
        ir::binary(sign, p, q)
    }

    fn wider_interface(&self, a: TypeId, b: TypeId) -> TypeId {
        let count = |t: TypeId| match self.under(t) {
            Type::Interface(i) => i.methods.len(),
            _ => 0,
        };
        if count(a) <= count(b) { a } else { b }
    }

    /// `x op y` for lowered operands; `rhs` is the right one's expression.
    pub(super) fn operation(&mut self, op: BinaryOp, x: Expr, y: Expr, ty: TypeId, rhs: ExprId) -> Expr {
        let is_param = self.program.types.param(ty).is_some();
        let integer = self.is_integer(ty) || is_param && self.bound(ty) != Some(Bound::Number);
        match op {
            BinaryOp::Div | BinaryOp::Rem => {
                let sign = if op == BinaryOp::Div { "/" } else { "%" };
                let safe = match &self.tv(rhs).value {
                    Some(Const::Int(n)) if !is_param => n.to_i64() != Some(0) && n.to_i64() != Some(-1),
                    _ => false,
                };
                if !integer || safe {
                    return ir::binary(sign, x, y);
                }
                ir::call(if op == BinaryOp::Div { "div" } else { "rem" }, vec![x, y])
            }
            BinaryOp::Shl | BinaryOp::Shr => {
                let width = self.basic(ty).and_then(Basic::bits).unwrap_or(64);
                let count = match &self.tv(rhs).value {
                    Some(Const::Int(n)) => n.to_u32(),
                    Some(Const::Float(n) | Const::Complex(n, _)) => n.to_integer().and_then(|n| n.to_u32()),
                    _ => None,
                };
                let small = !is_param && count.is_some_and(|n| n < width);
                if small {
                    let y = match (&self.tv(rhs).value, count) {
                        (Some(Const::Complex(..)), Some(n)) => ir::lit(n.to_string()),
                        _ => y,
                    };
                    return ir::binary(if op == BinaryOp::Shl { "<<" } else { ">>" }, x, y);
                }
                let y = match (&self.tv(rhs).value, y) {
                    // beyond the width any count does the same
                    (Some(_), Expr::Lit(n)) if is_param => ir::lit(format!("{n}u64")),
                    (Some(_), _) => ir::lit("64u32"),
                    (None, y) => y,
                };
                ir::call(if op == BinaryOp::Shl { "shl" } else { "shr" }, vec![x, y])
            }
            BinaryOp::AndNot => ir::binary("&", x, ir::not_bits(y)),
            BinaryOp::Add => ir::binary("+", x, y),
            BinaryOp::Sub => ir::binary("-", x, y),
            BinaryOp::Mul => ir::binary("*", x, y),
            BinaryOp::And => ir::binary("&", x, y),
            BinaryOp::Or => ir::binary("|", x, y),
            BinaryOp::Xor => ir::binary("^", x, y),
            _ => ir::binary(op.as_str(), x, y),
        }
    }

    fn index(&mut self, x: ExprId, index: ExprId) -> Expr {
        let ty = self.type_of(x);
        if let Type::Basic(_) = self.under(ty) {
            let s = self.unwrapped(x);
            let i = self.index_value(index);
            return s.index(i);
        }
        let place = self.index_place(x, index);
        self.read_place(place, ty)
    }

    /// A pointer to an array, of a pointer to one whose type may be defined.
    pub(super) fn bare_array(&self, p: Expr, ty: TypeId) -> Expr {
        if self.is_wrapped(ty) { p.field("0").method("addr", vec![]) } else { p }
    }

    fn slice_expr(&mut self, id: ExprId, x: ExprId, [lo, hi, max]: [Option<ExprId>; 3]) -> Expr {
        let ty = self.type_of(x);
        let base = match *self.under(ty) {
            Type::Array(..) => {
                let p = self.address_of(x);
                self.bare_array(p, ty)
            }
            Type::Pointer(array) => {
                let p = self.unwrapped(x);
                self.bare_array(p, array)
            }
            _ => self.unwrapped(x),
        };
        let is_array = matches!(self.under(ty), Type::Array(..) | Type::Pointer(_));
        let lo = lo.map(|b| self.index_value(b));
        let hi = hi.map(|b| self.index_value(b));
        let max = max.map(|b| self.index_value(b));
        let zero = || ir::lit("0");
        let sliced = match (lo, hi, max) {
            (lo, Some(hi), Some(max)) => base.method("slice3", vec![lo.unwrap_or_else(zero), hi, max]),
            (None, None, _) if is_array => base.method("slice_all", vec![]),
            (None, None, _) => base,
            (Some(lo), None, _) => base.method("slice_from", vec![lo]),
            (None, Some(hi), _) => base.method("slice_to", vec![hi]),
            (Some(lo), Some(hi), _) => base.method("slice", vec![lo, hi]),
        };
        let result = self.type_of(id);
        if self.is_wrapped(result) {
            let path = self.ty_path(result);
            return ir::call(&path, vec![sliced]);
        }
        sliced
    }
}
