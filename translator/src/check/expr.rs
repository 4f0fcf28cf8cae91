//! Expressions (Go specification, "Expressions").

use super::operand::Operand;
use super::{Checker, constant};
use crate::ast::{BinaryOp, ExprId, ExprKind, UnaryOp};
use crate::source::Pos;
use crate::symbol::Symbol;
use crate::typed::{Const, Mode, ObjKind};
use crate::types::{Basic, ChanDir, Type, TypeId};
use num_traits::ToPrimitive;

/// A constant shift by more than this is refused, as in Go's compiler.
const MAX_SHIFT: u64 = 1023 - 1 + 52;

impl<'a> Checker<'a> {
    /// A single value.
    pub(super) fn expr(&mut self, id: ExprId) -> Operand {
        self.expr_for(id, None)
    }

    /// A single value; `hint` is the type of an untyped function literal's or composite literal's context.
    pub(super) fn expr_for(&mut self, id: ExprId, hint: Option<TypeId>) -> Operand {
        let generic_ok = std::mem::take(&mut self.cx.generic_ok);
        let mut x = self.raw_expr(id, hint);
        if !generic_ok && x.mode == Mode::Value && self.lacks_arguments(id) {
            let inferred = hint.is_some_and(|target| self.infer_from_target(&mut x, target));
            if !inferred {
                let pos = self.pos(id);
                let text = format!("cannot use generic function {} without instantiation", self.expr_str(id));
                self.error(pos, text);
                return Operand::invalid(id);
            }
        }
        self.single_value(x)
    }

    fn single_value(&mut self, mut x: Operand) -> Operand {
        let pos = self.pos(x.expr);
        let text = match x.mode {
            Mode::NoValue => format!("{} (no value) used as value", self.expr_str(x.expr)),
            Mode::Builtin(_) => format!("{} (built-in) must be called", self.expr_str(x.expr)),
            Mode::Type => format!("{} (type) is not an expression", self.expr_str(x.expr)),
            Mode::Value if matches!(self.types.get(x.ty), Type::Tuple(_)) => {
                let Type::Tuple(list) = self.types.get(x.ty) else { return x };
                let n = list.len();
                format!(
                    "multiple-value {} (value of type {}) in single-value context",
                    self.expr_str(x.expr),
                    self.type_string(x.ty)
                )
                .replace(
                    "(value of type (",
                    &format!("({}", if n == 0 { "no value" } else { "value of type (" }),
                )
            }
            _ => return x,
        };
        self.error(pos, text);
        x.mode = Mode::Invalid;
        x
    }

    /// One value or several results of a call.
    pub(super) fn multi_expr(&mut self, id: ExprId) -> Operand {
        let mut x = self.raw_expr(id, None);
        let pos = self.pos(id);
        let text = match x.mode {
            Mode::NoValue => format!("{} (no value) used as value", self.expr_str(id)),
            Mode::Builtin(_) => format!("{} (built-in) must be called", self.expr_str(id)),
            Mode::Type => format!("{} (type) is not an expression", self.expr_str(id)),
            _ => return x,
        };
        self.error(pos, text);
        x.mode = Mode::Invalid;
        x
    }

    /// A value or a type.
    pub(super) fn expr_or_type(&mut self, id: ExprId) -> Operand {
        let generic_ok = self.cx.generic_ok;
        let mut x = self.raw_expr(id, None);
        self.cx.generic_ok = false;
        if !generic_ok && x.mode == Mode::Type && self.needs_arguments(id, x.ty) {
            x.ty = self.type_expr(id);
            if self.is_invalid(x.ty) {
                return Operand::invalid(id);
            }
        }
        if x.mode == Mode::Type { x } else { self.single_value(x) }
    }

    /// Anything; recorded.
    pub(super) fn raw_expr(&mut self, id: ExprId, hint: Option<TypeId>) -> Operand {
        let mut x = self.expr_kind(id, hint);
        x.expr = id;
        self.record_operand(&x);
        x
    }

    fn expr_kind(&mut self, id: ExprId, hint: Option<TypeId>) -> Operand {
        let invalid = Operand::invalid(id);
        match &self.ast(id).kind {
            ExprKind::Bad => invalid,
            ExprKind::Ident(name) => {
                let name = *name;
                self.ident(id, name, false)
            }
            ExprKind::BasicLit { kind, text } => {
                let basic = match kind {
                    crate::ast::LitKind::Int => Basic::UntypedInt,
                    crate::ast::LitKind::Float => Basic::UntypedFloat,
                    crate::ast::LitKind::Imag => Basic::UntypedComplex,
                    crate::ast::LitKind::Char => Basic::UntypedRune,
                    crate::ast::LitKind::String => Basic::UntypedString,
                };
                match constant::from_literal(*kind, text.as_str()) {
                    Some(value) => Operand::constant(basic.id(), value, id),
                    None => {
                        let pos = self.pos(id);
                        self.error(pos, format!("excessively large or malformed constant {text}"));
                        invalid
                    }
                }
            }
            ExprKind::Paren(x) => {
                let x = self.raw_expr(*x, hint);
                Operand { expr: id, ..x }
            }
            ExprKind::FuncLit(lit) => self.func_lit(id, lit),
            ExprKind::CompositeLit { ty, elems, rbrace, .. } => {
                let (ty, rbrace) = (*ty, *rbrace);
                self.composite_lit(id, ty, elems, rbrace, hint)
            }
            ExprKind::KeyValue { .. } => {
                let pos = self.pos(id);
                self.error(pos, "unexpected key:value expression");
                invalid
            }
            ExprKind::Selector { x, sel } => {
                let (x, sel) = (*x, *sel);
                self.selector(id, x, sel, false)
            }
            ExprKind::Index { x, indices, .. } => {
                let x = *x;
                self.index(id, x, indices)
            }
            ExprKind::Slice { x, lo, hi, max, three, .. } => {
                let bounds = [*lo, *hi, *max];
                self.slice_expr(id, *x, bounds, *three)
            }
            ExprKind::TypeAssert { x, ty } => {
                let (x, ty) = (*x, *ty);
                self.type_assert(id, x, ty)
            }
            ExprKind::Call { fun, args, ellipsis, rparen, .. } => {
                let (fun, ellipsis, rparen) = (*fun, *ellipsis, *rparen);
                self.call(id, fun, args, ellipsis, rparen)
            }
            ExprKind::Star(x) => {
                let x = *x;
                self.star(id, x)
            }
            ExprKind::Unary { op, x } => {
                let (op, x) = (*op, *x);
                self.unary(id, op, x, hint)
            }
            ExprKind::Binary { op, op_pos, x, y } => {
                let (op, op_pos, x, y) = (*op, *op_pos, *x, *y);
                self.binary(id, op, op_pos, x, y)
            }
            ExprKind::ArrayType { .. }
            | ExprKind::SliceType(_)
            | ExprKind::Ellipsis(_)
            | ExprKind::StructType(_)
            | ExprKind::FuncType(_)
            | ExprKind::InterfaceType(_)
            | ExprKind::MapType { .. }
            | ExprKind::ChanType { .. } => {
                let ty = self.type_expr(id);
                if self.is_invalid(ty) { invalid } else { Operand::new(Mode::Type, ty, id) }
            }
        }
    }

    /// A name.
    pub(super) fn ident(&mut self, id: ExprId, name: Symbol, want_type: bool) -> Operand {
        let invalid = Operand::invalid(id);
        let pos = self.pos(id);
        if name.is_blank() {
            self.error(pos, if want_type { "cannot use _ as type" } else { "cannot use _ as value" });
            return invalid;
        }
        let Some(obj) = self.find(name) else {
            self.error(pos, format!("undefined: {name}"));
            return invalid;
        };
        self.info().uses.insert(id, obj);
        self.resolve_name(obj);
        let (ty, kind) = (self.obj(obj).ty, self.obj(obj).kind.clone());
        match kind {
            ObjKind::Const(value) => {
                self.depends(obj);
                if self.obj(obj).pos == Pos::NONE && name.as_str() == "iota" {
                    return match self.cx.iota {
                        Some(iota) => Operand::constant(ty, Const::Int(iota.into()), id),
                        None => {
                            self.error(pos, "cannot use iota outside constant declaration");
                            invalid
                        }
                    };
                }
                if self.is_invalid(ty) { invalid } else { Operand::constant(ty, value, id) }
            }
            ObjKind::TypeName => {
                if self.is_invalid(ty) {
                    invalid
                } else {
                    Operand::new(Mode::Type, ty, id)
                }
            }
            ObjKind::Var { .. } => {
                self.depends(obj);
                self.used.insert(obj);
                if self.is_invalid(ty) { invalid } else { Operand::new(Mode::Variable, ty, id) }
            }
            ObjKind::Func { .. } => {
                self.depends(obj);
                if self.is_invalid(ty) { invalid } else { Operand::new(Mode::Value, ty, id) }
            }
            ObjKind::PkgName(_) => {
                self.used.insert(obj);
                self.error(pos, format!("use of package {name} without selector"));
                invalid
            }
            ObjKind::Builtin(b) => Operand::new(Mode::Builtin(b), ty, id),
            ObjKind::Nil => Operand::new(Mode::Nil, Basic::UntypedNil.id(), id),
            ObjKind::Label => invalid,
        }
    }

    fn func_lit(&mut self, id: ExprId, lit: &'a crate::ast::FuncLit) -> Operand {
        let ty = self.signature_type(&lit.ty);
        let Type::Func(sig) = self.types.get(ty).clone() else { return Operand::invalid(id) };
        let results = self.cx.results.replace(sig.clone());
        let vars = std::mem::take(&mut self.cx.result_vars);
        let (iota, error_pos) = (self.cx.iota.take(), self.cx.error_pos.take());
        let locals = std::mem::take(&mut self.cx.locals);
        self.open_scope();
        self.declare_params(&lit.ty, &sig);
        self.body(&lit.body);
        self.close_scope();
        self.cx.locals = locals;
        self.cx.results = results;
        self.cx.result_vars = vars;
        (self.cx.iota, self.cx.error_pos) = (iota, error_pos);
        Operand::new(Mode::Value, ty, id)
    }

    /// `*x`
    fn star(&mut self, id: ExprId, x: ExprId) -> Operand {
        let x = self.expr_or_type(x);
        match x.mode {
            Mode::Invalid => Operand::invalid(id),
            Mode::Type => {
                let ty = self.pointer_to(x.ty);
                Operand::new(Mode::Type, ty, id)
            }
            _ => {
                let pos = self.pos(id);
                if x.is_nil() {
                    self.error(pos, "invalid operation: cannot indirect nil");
                    return Operand::invalid(id);
                }
                match *self.core_type(x.ty) {
                    Type::Pointer(elem) => Operand::new(Mode::Variable, elem, id),
                    _ => {
                        let text = format!("invalid operation: cannot indirect {}", self.describe(&x));
                        self.error(pos, text);
                        Operand::invalid(id)
                    }
                }
            }
        }
    }

    fn unary(&mut self, id: ExprId, op: UnaryOp, arg: ExprId, hint: Option<TypeId>) -> Operand {
        let invalid = Operand::invalid(id);
        let pos = self.pos(id);
        match op {
            UnaryOp::Addr => {
                let hint = hint.and_then(|h| match self.under(h) {
                    Type::Pointer(elem) => Some(*elem),
                    _ => None,
                });
                let x = self.expr_for(arg, hint);
                if x.is_invalid() {
                    return invalid;
                }
                let literal = matches!(self.ast(self.unparen(arg)).kind, ExprKind::CompositeLit { .. });
                if !literal && x.mode != Mode::Variable {
                    let text = format!("invalid operation: cannot take address of {}", self.describe(&x));
                    self.error(pos, text);
                    return invalid;
                }
                let ty = self.pointer_to(x.ty);
                Operand::new(Mode::Value, ty, id)
            }
            UnaryOp::Recv => {
                let x = self.expr(arg);
                if x.is_invalid() {
                    return invalid;
                }
                self.cx.has_call_or_recv = true;
                match *self.core_type(x.ty) {
                    Type::Chan(ChanDir::Send, _) => {
                        let text = format!(
                            "invalid operation: cannot receive from send-only channel {}",
                            self.describe(&x)
                        );
                        self.error(pos, text);
                        invalid
                    }
                    Type::Chan(_, elem) => Operand::new(Mode::CommaOk, elem, id),
                    _ => {
                        let text = format!(
                            "invalid operation: cannot receive from non-channel {}",
                            self.describe(&x)
                        );
                        self.error(pos, text);
                        invalid
                    }
                }
            }
            UnaryOp::Tilde => {
                self.expr(arg);
                self.error(pos, "cannot use ~ outside of interface or type constraint");
                invalid
            }
            _ => {
                let mut x = self.expr(arg);
                if x.is_invalid() {
                    return invalid;
                }
                let ok = match op {
                    UnaryOp::Not => self.is_boolean(x.ty),
                    UnaryOp::BitNot => self.is_integer(x.ty),
                    _ => self.is_numeric(x.ty),
                };
                if !ok {
                    let text = format!(
                        "invalid operation: operator {} not defined on {}",
                        op.as_str(),
                        self.describe(&x)
                    );
                    self.error(pos, text);
                    return invalid;
                }
                if let (Mode::Constant, Some(value)) = (x.mode, &x.value) {
                    let bits = self.basic(x.ty).filter(|b| b.is_unsigned()).and_then(Basic::bits);
                    x.value = Some(constant::unary(op, value, bits));
                    x.expr = id;
                    self.check_overflow(&mut x, pos);
                    return x;
                }
                Operand::new(Mode::Value, x.ty, id)
            }
        }
    }

    /// A constant operation's result must fit its type.
    pub(super) fn check_overflow(&mut self, x: &mut Operand, pos: Pos) {
        let Some(value) = &x.value else { return };
        if matches!(value, Const::Unknown) {
            self.error(pos, "constant result is not representable");
            *x = Operand::invalid(x.expr);
            return;
        }
        if self.is_typed(x.ty) {
            let Some(basic) = self.basic(x.ty) else { return };
            match super::representable::represent(value, basic) {
                Ok(v) => x.value = Some(v),
                Err(_) => {
                    let shown = constant::display(value);
                    let expr = self.expr_str(x.expr);
                    let ty = self.type_string(x.ty);
                    let text = if expr == shown {
                        format!(
                            "cannot use {expr} (untyped int constant) as {ty} value in assignment (overflows)"
                        )
                    } else {
                        format!("{expr} (constant {shown} of type {ty}) overflows {ty}")
                    };
                    self.error(pos, text);
                    *x = Operand::invalid(x.expr);
                }
            }
            return;
        }
        if let Const::Int(v) = value
            && self.is_integer(x.ty)
            && v.bits() > 512
        {
            let what = match self.ast(x.expr).kind {
                ExprKind::Binary { op, .. } => match op {
                    BinaryOp::Add => "addition ",
                    BinaryOp::Sub => "subtraction ",
                    BinaryOp::Mul => "multiplication ",
                    BinaryOp::Shl => "shift ",
                    BinaryOp::Xor => "bitwise XOR ",
                    _ => "",
                },
                ExprKind::Unary { .. } => "negation ",
                _ => "",
            };
            self.error(pos, format!("constant {what}overflow"));
            *x = Operand::invalid(x.expr);
        }
    }

    fn binary(&mut self, id: ExprId, op: BinaryOp, op_pos: Pos, lhs: ExprId, rhs: ExprId) -> Operand {
        let x = self.expr(lhs);
        let y = self.expr(rhs);
        self.binary_operands(id, op, op_pos, x, y)
    }

    /// `x op y` for checked operands; also serves `x op= y`, where `id` is the left side.
    pub(super) fn binary_operands(
        &mut self,
        id: ExprId,
        op: BinaryOp,
        op_pos: Pos,
        mut x: Operand,
        mut y: Operand,
    ) -> Operand {
        let invalid = Operand::invalid(id);
        if x.is_invalid() || y.is_invalid() {
            return invalid;
        }
        if op.is_shift() {
            return self.shift(id, op, x, y);
        }
        let (lhs, rhs) = (x.expr, y.expr);
        self.match_types(&mut x, &mut y, op);
        if x.is_invalid() {
            let pos = if op_pos == Pos::NONE { self.pos(id) } else { op_pos };
            let _ = pos;
            let text = self.mismatch_text(op, lhs, rhs, id);
            let pos = self.pos(lhs);
            self.error(pos, text);
            return invalid;
        }
        if y.is_invalid() {
            return invalid;
        }
        if op.is_comparison() {
            return self.comparison(id, op, x, y);
        }
        if x.ty != y.ty {
            if !self.is_invalid(x.ty) && !self.is_invalid(y.ty) {
                let text = format!(
                    "invalid operation: {} (mismatched types {} and {})",
                    self.operation_string(op, lhs, rhs, id),
                    self.type_string(x.ty),
                    self.type_string(y.ty)
                );
                let pos = self.pos(lhs);
                self.error(pos, text);
            }
            return invalid;
        }
        let defined = match op {
            BinaryOp::Add => self.all_basic(x.ty, |b| b.is_numeric() || b.is_string()),
            BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div => self.is_numeric(x.ty),
            BinaryOp::LAnd | BinaryOp::LOr => self.is_boolean(x.ty),
            _ => self.is_integer(x.ty),
        };
        if !defined {
            let text =
                format!("invalid operation: operator {} not defined on {}", op.as_str(), self.describe(&x));
            let pos = self.pos(lhs);
            self.error(pos, text);
            return invalid;
        }
        if matches!(op, BinaryOp::Div | BinaryOp::Rem) {
            let integer = self.is_integer(x.ty);
            if (x.is_const() || integer) && Self::is_const_zero(&y.value) && y.is_const() {
                let pos = self.pos(rhs);
                self.error(pos, "invalid operation: division by zero");
                return invalid;
            }
        }
        if let (true, true, Some(a), Some(b)) = (x.is_const(), y.is_const(), &x.value, &y.value) {
            let int = self.is_integer(x.ty);
            let value = constant::binary(op, a, b, int);
            let mut result = Operand::constant(x.ty, value, id);
            self.check_overflow(&mut result, if op_pos == Pos::NONE { self.pos(id) } else { op_pos });
            return result;
        }
        Operand::new(Mode::Value, x.ty, id)
    }

    fn operation_string(&self, op: BinaryOp, lhs: ExprId, rhs: ExprId, id: ExprId) -> String {
        if lhs == id {
            return format!("{} {}= {}", self.expr_str(lhs), op.as_str(), self.expr_str(rhs));
        }
        format!("{} {} {}", self.expr_str(lhs), op.as_str(), self.expr_str(rhs))
    }

    fn mismatch_text(&self, op: BinaryOp, lhs: ExprId, rhs: ExprId, id: ExprId) -> String {
        let ty = |e: ExprId| self.infos[self.cx.file].tv(e).map_or(Basic::Invalid.id(), |t| t.ty);
        let shown = |e: ExprId| match self.infos[self.cx.file].tv(e) {
            Some(t) if t.mode == Mode::Nil => "untyped nil".to_owned(),
            _ => self.type_string(ty(e)),
        };
        format!(
            "invalid operation: {} (mismatched types {} and {})",
            self.operation_string(op, lhs, rhs, id),
            shown(lhs),
            shown(rhs)
        )
    }

    /// Brings untyped operands to the other's type; on failure `x` becomes invalid.
    pub(super) fn match_types(&mut self, x: &mut Operand, y: &mut Operand, op: BinaryOp) {
        let may_convert = |c: &Self, x: &Operand, y: &Operand| {
            if c.is_typed(x.ty) && c.is_typed(y.ty) {
                return false;
            }
            if c.is_interface(x.ty) || c.is_interface(y.ty) {
                return true;
            }
            if c.is_boolean(x.ty) != c.is_boolean(y.ty) {
                return false;
            }
            if c.is_string(x.ty) != c.is_string(y.ty) {
                return false;
            }
            if x.is_nil() {
                return c.has_nil(y.ty);
            }
            if y.is_nil() {
                return c.has_nil(x.ty);
            }
            if matches!(c.under(x.ty), Type::Pointer(_)) || matches!(c.under(y.ty), Type::Pointer(_)) {
                return false;
            }
            true
        };
        let _ = op;
        if self.is_typed(x.ty) && self.is_typed(y.ty) {
            return;
        }
        if x.is_nil() && y.is_nil() {
            return;
        }
        if !may_convert(self, x, y) {
            x.mode = Mode::Invalid;
            return;
        }
        let (xt, yt) = (x.ty, y.ty);
        self.convert_untyped_binary(x, yt);
        if !x.is_invalid() {
            let xt = if self.is_untyped(yt) { x.ty } else { xt };
            self.convert_untyped_binary(y, xt);
            if y.is_invalid() {
                // the reason has been given
                x.mode = Mode::Value;
            }
        } else {
            y.mode = Mode::Invalid;
            x.mode = Mode::Value;
        }
    }

    fn comparison(&mut self, id: ExprId, op: BinaryOp, x: Operand, y: Operand) -> Operand {
        let invalid = Operand::invalid(id);
        let pos = self.pos(x.expr);
        let equality = matches!(op, BinaryOp::Eq | BinaryOp::Ne);
        let expr = self.operation_string(op, x.expr, y.expr, id);
        let assignable = self.assignable(&x, y.ty).is_ok() || self.assignable(&y, x.ty).is_ok();
        if !assignable {
            let text = format!(
                "invalid operation: {expr} (mismatched types {} and {})",
                self.type_string(x.ty),
                self.type_string(y.ty)
            );
            self.error(pos, text);
            return invalid;
        }
        let problem = if equality {
            if x.is_nil() || y.is_nil() {
                let other = if x.is_nil() { y.ty } else { x.ty };
                if x.is_nil() && y.is_nil() {
                    Some(format!("operator {} not defined on nil", op.as_str()))
                } else if !self.has_nil(other) {
                    Some("mismatched types".to_owned())
                } else {
                    None
                }
            } else if !self.comparable(x.ty) {
                Some(self.incomparable(&x, op))
            } else if !self.comparable(y.ty) {
                Some(self.incomparable(&y, op))
            } else {
                None
            }
        } else if !self.ordered(x.ty) {
            Some(self.unordered(&x, op))
        } else if !self.ordered(y.ty) {
            Some(self.unordered(&y, op))
        } else {
            None
        };
        if let Some(problem) = problem {
            self.error(pos, format!("invalid operation: {expr} ({problem})"));
            return invalid;
        }
        if let (true, true, Some(a), Some(b)) = (x.is_const(), y.is_const(), &x.value, &y.value) {
            let value = constant::compare(op, a, b).map_or(Const::Unknown, Const::Bool);
            // operands that stay untyped take their default type now
            return Operand::constant(Basic::UntypedBool.id(), value, id);
        }
        for o in [&x, &y] {
            let ty = self.default_type(o.ty);
            self.update_expr_type(o.expr, ty, true);
        }
        Operand::new(Mode::Value, Basic::UntypedBool.id(), id)
    }

    fn incomparable(&self, x: &Operand, op: BinaryOp) -> String {
        match self.under(x.ty) {
            Type::Slice(_) => "slice can only be compared to nil".into(),
            Type::Map(..) => "map can only be compared to nil".into(),
            Type::Func(_) => "func can only be compared to nil".into(),
            Type::Struct(fields) => match fields.iter().find(|f| !self.comparable(f.ty)) {
                Some(f) => format!("struct containing {} cannot be compared", self.type_string(f.ty)),
                None => format!("operator {} not defined on struct", op.as_str()),
            },
            Type::Array(elem, _) => format!("{} cannot be compared", self.type_string(*elem)),
            _ => format!("operator {} not defined on {}", op.as_str(), self.type_string(x.ty)),
        }
    }

    fn unordered(&self, x: &Operand, op: BinaryOp) -> String {
        let kind = match self.under(x.ty) {
            Type::Array(..) => "array",
            Type::Slice(_) => "slice",
            Type::Struct(_) => "struct",
            Type::Pointer(_) => "pointer",
            Type::Func(_) => "func",
            Type::Interface(_) => "interface",
            Type::Map(..) => "map",
            Type::Chan(..) => "chan",
            Type::Basic(b) if b.is_boolean() => "bool",
            Type::Basic(b) if b.is_complex() => "complex",
            _ => "nil",
        };
        format!("operator {} not defined on {kind}", op.as_str())
    }

    /// `x << y`
    fn shift(&mut self, id: ExprId, op: BinaryOp, mut x: Operand, mut y: Operand) -> Operand {
        let invalid = Operand::invalid(id);
        let (lhs, rhs) = (x.expr, y.expr);
        let x_int = x.value.as_ref().filter(|_| x.is_const()).and_then(constant::to_int);
        let shiftable = self.is_integer(x.ty) || (self.is_untyped(x.ty) && x_int.is_some());
        if !shiftable {
            let text = format!("invalid operation: shifted operand {} must be integer", self.describe(&x));
            let pos = self.pos(lhs);
            self.error(pos, text);
            return invalid;
        }
        let mut count = None;
        if y.is_const() {
            let Some(n) = y.value.as_ref().and_then(constant::to_int).filter(|_| self.is_numeric(y.ty))
            else {
                let text = format!("invalid operation: shift count {} must be integer", self.describe(&y));
                let pos = self.pos(rhs);
                self.error(pos, text);
                return invalid;
            };
            if n.sign() == num_bigint::Sign::Minus {
                let text = format!("invalid operation: negative shift count {}", self.describe(&y));
                let pos = self.pos(rhs);
                self.error(pos, text);
                return invalid;
            }
            if self.is_untyped(y.ty) {
                self.convert_untyped(&mut y, Basic::Uint.id());
                if y.is_invalid() {
                    return invalid;
                }
            }
            count = Some(n);
        } else if !self.is_integer(y.ty) {
            let text = format!("invalid operation: shift count {} must be integer", self.describe(&y));
            let pos = self.pos(rhs);
            self.error(pos, text);
            return invalid;
        } else if self.is_untyped(y.ty) {
            self.convert_untyped(&mut y, Basic::Uint.id());
        }
        if x.is_const() {
            if let Some(count) = count {
                let Some(value) = x_int else { return invalid };
                let Some(n) = count.to_u64().filter(|n| *n <= MAX_SHIFT || op == BinaryOp::Shr) else {
                    let text = format!("invalid shift count {}", self.describe(&y));
                    let pos = self.pos(rhs);
                    self.error(pos, text);
                    return invalid;
                };
                let ty = if self.is_untyped(x.ty) && !self.is_integer(x.ty) {
                    Basic::UntypedInt.id()
                } else {
                    x.ty
                };
                let mut result = Operand::constant(ty, Const::Int(constant::shift(op, &value, n)), id);
                let pos = self.pos(id);
                self.check_overflow(&mut result, pos);
                return result;
            }
            if self.is_untyped(x.ty) {
                // the context gives the shifted constant its type
                x.mode = Mode::Value;
                return Operand::new(Mode::Value, x.ty, id);
            }
        }
        if !self.is_integer(x.ty) {
            let text = format!("invalid operation: shifted operand {} must be integer", self.describe(&x));
            let pos = self.pos(lhs);
            self.error(pos, text);
            return invalid;
        }
        Operand::new(Mode::Value, x.ty, id)
    }
}
