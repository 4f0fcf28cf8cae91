//! Expressions (Go specification, "Expressions").

use super::call::CallArgs;
use super::operand::Operand;
use super::{Checker, constant};
use crate::ast::{BinaryOp, ExprId, ExprKind, LitKind, UnaryOp};
use crate::source::Pos;
use crate::symbol::Symbol;
use crate::typed::{Const, Mode, ObjId, ObjKind};
use crate::types::{Basic, Type, TypeId};
use num_bigint::Sign;
use num_traits::ToPrimitive;

/// Longer numbers mean nothing and would cost time.
const MAX_LITERAL: usize = 10_000;
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
        if !generic_ok {
            x = self.non_generic(x, hint, "value");
        }
        self.single_value(x)
    }

    /// A single value for `what`, which has type `target`.
    pub(super) fn expr_named(&mut self, id: ExprId, target: Option<TypeId>, what: &str) -> Operand {
        let x = self.generic_value(id, target);
        self.non_generic(x, target, what)
    }

    /// A generic function must have its type arguments, written or from `target`, which is the type of `what`.
    pub(super) fn non_generic(&mut self, mut x: Operand, target: Option<TypeId>, what: &str) -> Operand {
        if x.mode != Mode::Value || !self.lacks_arguments(x.expr) {
            return x;
        }
        let target = target.and_then(|t| self.common_under(t, |_, _| Ok(())).ok());
        let target = target.filter(|t| matches!(self.types.get(*t), Type::Func(_)));
        if target.is_some() || !self.explicit_args(x.expr).is_empty() {
            self.infer_value(&mut x, target, what);
            return x;
        }
        let pos = self.pos(x.expr);
        let text = format!("cannot use generic function {} without instantiation", self.expr_str(x.expr));
        self.error(pos, text);
        Operand::invalid(x.expr)
    }

    fn single_value(&mut self, x: Operand) -> Operand {
        let x = self.exclude(x, true);
        self.single(x)
    }

    /// Not several results.
    pub(super) fn single(&mut self, mut x: Operand) -> Operand {
        if x.mode == Mode::Value && matches!(self.types.get(x.ty), Type::Tuple(_)) {
            let text = format!("multiple-value {} in single-value context", self.describe(&x));
            let pos = self.pos(x.expr);
            self.error(pos, text);
            x.mode = Mode::Invalid;
        }
        x
    }

    /// Refuses what is no value (or, with `values_only` unset, no value and no type).
    pub(super) fn exclude(&mut self, mut x: Operand, values_only: bool) -> Operand {
        let what = match x.mode {
            Mode::NoValue if values_only => "used as value",
            Mode::NoValue => "used as value or type",
            Mode::Builtin(_) if values_only => "must be called",
            Mode::Type if values_only => "is not an expression",
            _ => return x,
        };
        let text = format!("{} {what}", self.describe(&x));
        let pos = self.pos(x.expr);
        self.error(pos, text);
        x.mode = Mode::Invalid;
        x
    }

    /// One value or several results of a call.
    pub(super) fn multi_expr(&mut self, id: ExprId) -> Operand {
        let x = self.raw_expr(id, None);
        let x = self.non_generic(x, None, "");
        self.exclude(x, true)
    }

    /// A value or a type.
    pub(super) fn expr_or_type(&mut self, id: ExprId) -> Operand {
        let generic_ok = self.cx.generic_ok;
        let mut x = self.raw_expr(id, None);
        self.cx.generic_ok = false;
        if !generic_ok && x.mode == Mode::Type && self.needs_arguments(id, x.ty) {
            let text = format!("cannot use generic type {} without instantiation", self.expr_str(id));
            let pos = self.pos(id);
            self.error(pos, text);
            x = Operand::invalid(id);
        }
        match x.mode {
            Mode::Type | Mode::Builtin(_) => x,
            Mode::NoValue => self.exclude(x, false),
            _ => self.single_value(x),
        }
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
                    LitKind::Int => Basic::UntypedInt,
                    LitKind::Float => Basic::UntypedFloat,
                    LitKind::Imag => Basic::UntypedComplex,
                    LitKind::Char => Basic::UntypedRune,
                    LitKind::String => Basic::UntypedString,
                };
                self.literal(id, *kind, basic, text.as_str())
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
            ExprKind::Index { x, lbrack, indices, .. } => {
                let (x, lbrack) = (*x, *lbrack);
                self.index(id, x, lbrack, indices)
            }
            ExprKind::Slice { x, lo, hi, max, three, .. } => {
                let bounds = [*lo, *hi, *max];
                self.slice_expr(id, *x, bounds, *three)
            }
            ExprKind::TypeAssert { x, ty } => {
                let (x, ty) = (*x, *ty);
                self.type_assert(id, x, ty)
            }
            ExprKind::Call { fun, args, ellipsis, lparen, .. } => {
                let (fun, dots, lparen) = (*fun, ellipsis.is_some(), *lparen);
                self.call(CallArgs { id, fun, args, dots, lparen })
            }
            ExprKind::Star(x) => {
                let x = *x;
                self.star(id, x)
            }
            ExprKind::Unary { op, x } => {
                let (op, x) = (*op, *x);
                self.unary(id, op, x, hint)
            }
            ExprKind::Binary { op, x, y, .. } => {
                let (op, x, y) = (*op, *x, *y);
                self.binary(id, op, x, y)
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

    fn literal(&mut self, id: ExprId, kind: LitKind, basic: Basic, text: &str) -> Operand {
        let pos = self.pos(id);
        let is_number = matches!(kind, LitKind::Int | LitKind::Float | LitKind::Imag);
        if is_number {
            self.literal_version(id, kind, text);
        }
        if is_number && text.len() > MAX_LITERAL {
            let shown = text.get(..10).unwrap_or(text);
            self.error(pos, format!("excessively long constant: {shown}... ({} chars)", text.len()));
            return Operand::invalid(id);
        }
        let Some(value) = constant::from_literal(kind, text) else {
            self.error(pos, format!("malformed constant: {text}"));
            return Operand::invalid(id);
        };
        let mut x = Operand::constant(basic.id(), value, id);
        self.check_overflow(&mut x);
        x
    }

    /// A name.
    pub(super) fn ident(&mut self, id: ExprId, name: Symbol, want_type: bool) -> Operand {
        let invalid = Operand::invalid(id);
        let pos = self.pos(id);
        let Some(obj) = self.find(name) else {
            let text = match name.is_blank() {
                true => "cannot use _ as value or type".to_owned(),
                false => format!("undefined: {name}"),
            };
            self.error(pos, text);
            return invalid;
        };
        if self.is_new_predeclared(obj, name) && !self.require(pos, 18, format!("predeclared {name}")) {
            return invalid;
        }
        self.info().uses.insert(id, obj);
        if self.obj(obj).pkg != Some(self.pkg)
            && let Some(&import) = self.dot_names.get(&(self.cx.file, name))
        {
            self.used.insert(import);
        }
        if want_type && !matches!(self.obj(obj).kind, ObjKind::TypeName) {
            self.error(pos, format!("{name} ({}) is not a type", self.object_kind(obj)));
            self.used.insert(obj);
            return invalid;
        }
        self.resolve_name(obj);
        if want_type && self.path.contains(&obj) && !self.decls.contains_key(&obj) {
            self.cycle(obj);
        }
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
                self.error(pos, format!("use of package {name} not in selector"));
                invalid
            }
            ObjKind::Builtin(b) => Operand::new(Mode::Builtin(b), ty, id),
            ObjKind::Nil => Operand::new(Mode::Nil, Basic::UntypedNil.id(), id),
            ObjKind::Label => invalid,
        }
    }

    /// What a name stands for, in words.
    fn object_kind(&self, obj: ObjId) -> &'static str {
        let o = self.obj(obj);
        match &o.kind {
            ObjKind::PkgName(_) => "package name",
            ObjKind::Const(_) => "constant",
            ObjKind::TypeName if self.is_type_param(o.ty) => "type parameter",
            ObjKind::TypeName => "defined type",
            ObjKind::Var { package_level: true, .. } => "package-level variable",
            ObjKind::Var { param: false, .. } => "local variable",
            ObjKind::Var { .. } if self.cx.result_vars.contains(&obj) => "result variable",
            ObjKind::Var { .. } if self.cx.receiver == Some(obj) => "receiver",
            ObjKind::Var { .. } => "parameter",
            ObjKind::Func { recv: Some(_), .. } => "method",
            ObjKind::Func { .. } => "function",
            ObjKind::Builtin(_) => "built-in function",
            ObjKind::Nil => "untyped nil",
            ObjKind::Label => "label",
        }
    }

    fn func_lit(&mut self, id: ExprId, lit: &'a crate::ast::FuncLit) -> Operand {
        let ty = self.signature_type(&lit.ty, None);
        let Type::Func(sig) = self.types.get(ty).clone() else { return Operand::invalid(id) };
        let results = self.cx.results.replace(sig.clone());
        let vars = std::mem::take(&mut self.cx.result_vars);
        let error_pos = self.cx.error_pos.take();
        let locals = std::mem::take(&mut self.cx.locals);
        self.open_scope();
        self.declare_params(&lit.ty, &sig);
        self.body(&lit.body);
        self.close_scope();
        self.cx.locals = locals;
        self.cx.results = results;
        self.cx.result_vars = vars;
        self.cx.error_pos = error_pos;
        Operand::new(Mode::Value, ty, id)
    }

    /// `*x`
    fn star(&mut self, id: ExprId, x_id: ExprId) -> Operand {
        let invalid = Operand::invalid(id);
        let x = self.expr_or_type(x_id);
        match x.mode {
            Mode::Invalid => return invalid,
            Mode::Type => {
                self.valid_var_type(x_id, x.ty);
                let ty = self.pointer_to(x.ty);
                return Operand::new(Mode::Type, ty, id);
            }
            _ => {}
        }
        let mut base: Option<TypeId> = None;
        for member in self.type_set(x.ty) {
            let problem = match member.map(|(_, u)| self.types.get(u)) {
                Some(Type::Pointer(elem)) if base.is_none_or(|b| b == *elem) => {
                    base = Some(*elem);
                    continue;
                }
                Some(Type::Pointer(_)) => {
                    format!("pointers of {} must have identical base types", self.describe(&x))
                }
                _ => format!("cannot indirect {}", self.describe(&x)),
            };
            let pos = self.pos(x_id);
            self.error(pos, format!("invalid operation: {problem}"));
            return invalid;
        }
        base.map_or(invalid, |elem| Operand::new(Mode::Variable, elem, id))
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
                    let x = Operand { expr: self.unparen(arg), ..x };
                    let text = format!("invalid operation: cannot take address of {}", self.describe(&x));
                    let pos = self.pos(x.expr);
                    self.error(pos, text);
                    return invalid;
                }
                let ty = self.pointer_to(x.ty);
                return Operand::new(Mode::Value, ty, id);
            }
            UnaryOp::Recv => {
                let x = self.expr(arg);
                if x.is_invalid() {
                    return invalid;
                }
                let pos = self.pos(arg);
                let Some(elem) = self.chan_elem(pos, &x, true) else { return invalid };
                self.cx.has_call_or_recv = true;
                return Operand::new(Mode::CommaOk, elem, id);
            }
            _ => {}
        }
        let mut x = self.expr(arg);
        if x.is_invalid() {
            return invalid;
        }
        let mut op = op;
        if op == UnaryOp::Tilde {
            let outside = "cannot use ~ outside of interface or type constraint";
            if !self.is_integer(x.ty) {
                self.error(pos, outside);
                return invalid;
            }
            self.error(pos, format!("{outside} (use ^ for bitwise complement)"));
            op = UnaryOp::BitNot;
        }
        let ok = match op {
            UnaryOp::Not => self.is_boolean(x.ty),
            UnaryOp::BitNot => self.is_integer(x.ty),
            _ => self.is_numeric(x.ty),
        };
        if !ok {
            self.undefined_operator(op.as_str(), &x);
            return invalid;
        }
        if let (Mode::Constant, Some(value)) = (x.mode, &x.value) {
            let bits = self.basic(x.ty).filter(|b| b.is_unsigned()).and_then(Basic::bits);
            x.value = Some(constant::unary(op, value, bits));
            x.expr = id;
            self.check_overflow(&mut x);
            return x;
        }
        Operand::new(Mode::Value, x.ty, id)
    }

    fn undefined_operator(&mut self, op: &str, x: &Operand) {
        let text = format!("invalid operation: operator {op} not defined on {}", self.describe(x));
        let pos = self.pos(x.expr);
        self.error(pos, text);
    }

    fn binary(&mut self, id: ExprId, op: BinaryOp, lhs: ExprId, rhs: ExprId) -> Operand {
        let x = self.expr(lhs);
        let y = self.expr(rhs);
        self.binary_operands(id, op, x, y)
    }

    /// `x op y` for checked operands; also serves `x op= y`, where `id` is the left side.
    pub(super) fn binary_operands(
        &mut self,
        id: ExprId,
        op: BinaryOp,
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
        self.match_types(&mut x, &mut y);
        // what failed is shown with its type in lists of arguments
        let failed = Operand { ty: x.ty, ..invalid.clone() };
        if x.is_invalid() {
            return failed;
        }
        if op.is_comparison() {
            let result = self.comparison(op, &x, &y, None);
            return result.map_or(failed, |x| Operand { expr: id, ..x });
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
            self.undefined_operator(op.as_str(), &x);
            return invalid;
        }
        if matches!(op, BinaryOp::Div | BinaryOp::Rem) && self.divides_by_zero(&x, &y) {
            let pos = self.pos(rhs);
            self.error(pos, "invalid operation: division by zero");
            return invalid;
        }
        if let (true, true, Some(a), Some(b)) = (x.is_const(), y.is_const(), &x.value, &y.value) {
            if matches!((a, b), (Const::Unknown, _) | (_, Const::Unknown)) || self.too_long(id, a, b) {
                return Operand::constant(x.ty, Const::Unknown, id);
            }
            let int = self.is_integer(x.ty);
            let mut result = Operand::constant(x.ty, constant::binary(op, a, b, int), id);
            self.check_overflow(&mut result);
            return result;
        }
        Operand::new(Mode::Value, x.ty, id)
    }

    fn divides_by_zero(&self, x: &Operand, y: &Operand) -> bool {
        if !y.is_const() || !(x.is_const() || self.is_integer(x.ty)) {
            return false;
        }
        let Some(divisor) = &y.value else { return false };
        // the square of a tiny complex divisor may be zero
        constant::is_zero(divisor)
            || (self.basic(x.ty).is_some_and(Basic::is_complex) && constant::square_is_zero(divisor))
    }

    fn operation_string(&self, op: BinaryOp, lhs: ExprId, rhs: ExprId, id: ExprId) -> String {
        if lhs == id {
            return format!("{} {}= {}", self.expr_str(lhs), op.as_str(), self.expr_str(rhs));
        }
        format!("{} {} {}", self.expr_str(lhs), op.as_str(), self.expr_str(rhs))
    }

    /// Brings untyped operands to the other's type, where that may be possible; on failure, which is reported, `x` becomes
    /// invalid.
    pub(super) fn match_types(&mut self, x: &mut Operand, y: &mut Operand) {
        if !self.may_match(x, y) {
            return;
        }
        let target = y.ty;
        self.convert_untyped(x, target);
        if x.is_invalid() {
            return;
        }
        let target = x.ty;
        self.convert_untyped(y, target);
        if y.is_invalid() {
            x.mode = Mode::Invalid;
        }
    }

    fn may_match(&self, x: &Operand, y: &Operand) -> bool {
        if self.is_typed(x.ty) && self.is_typed(y.ty) {
            return false;
        }
        if self.is_numeric(x.ty) != self.is_numeric(y.ty) {
            return false;
        }
        if self.is_interface(x.ty) || self.is_interface(y.ty) {
            return true;
        }
        if self.is_boolean(x.ty) != self.is_boolean(y.ty) || self.is_string(x.ty) != self.is_string(y.ty) {
            return false;
        }
        if x.is_nil() {
            return self.has_nil(y.ty);
        }
        if y.is_nil() {
            return self.has_nil(x.ty);
        }
        let pointer = |t: TypeId| matches!(self.under(t), Type::Pointer(_));
        !pointer(x.ty) && !pointer(y.ty)
    }

    /// `x op y`; in a switch, `x` is the value of a case and `tag` what the switch is on.
    pub(super) fn comparison(
        &mut self,
        op: BinaryOp,
        x: &Operand,
        y: &Operand,
        tag: Option<&str>,
    ) -> Option<Operand> {
        if self.is_invalid(x.ty) || self.is_invalid(y.ty) {
            return None;
        }
        let assignable = self.assignable(x, y.ty).is_ok() || self.assignable(y, x.ty).is_ok();
        let problem = if !assignable {
            let (a, b) = (self.type_string(x.ty), self.type_string(y.ty));
            Some((y, format!("mismatched types {a} and {b}")))
        } else if matches!(op, BinaryOp::Eq | BinaryOp::Ne) {
            if x.is_nil() || y.is_nil() {
                let other = if x.is_nil() { y.ty } else { x.ty };
                let both = x.is_nil() && y.is_nil();
                (both || !self.has_nil(other)).then(|| (y, String::new()))
            } else {
                let bad = [x, y].into_iter().find(|o| !self.comparable(o.ty));
                bad.map(|o| (o, self.incomparable_cause(o.ty)))
            }
        } else {
            [x, y].into_iter().find(|o| !self.ordered(o.ty)).map(|o| (o, String::new()))
        };
        if let Some((mut blamed, mut cause)) = problem {
            if cause.is_empty() {
                if self.is_type_param(x.ty) || self.is_type_param(y.ty) {
                    if !self.is_type_param(x.ty) {
                        blamed = y;
                    }
                    let ty = self.type_string(blamed.ty);
                    cause = format!("type parameter {ty} cannot use operator {}", op.as_str());
                } else {
                    let what = match self.composite_kind(blamed.ty) {
                        Some(kind) => kind.to_owned(),
                        None => self.type_string(blamed.ty),
                    };
                    cause = format!("operator {} not defined on {what}", op.as_str());
                }
            }
            let expr = self.operand_expr(x);
            match tag {
                Some(tag) => {
                    let pos = self.pos(x.expr);
                    self.error(pos, format!("invalid case {expr} in switch on {tag} ({cause})"));
                }
                None => {
                    let pos = self.pos(blamed.expr);
                    let y_s = self.operand_expr(y);
                    self.error(pos, format!("invalid operation: {expr} {} {y_s} ({cause})", op.as_str()));
                }
            }
            return None;
        }
        let bool = Basic::UntypedBool.id();
        if let (true, true, Some(a), Some(b)) = (x.is_const(), y.is_const(), &x.value, &y.value) {
            let value = constant::compare(op, a, b).map_or(Const::Unknown, Const::Bool);
            // operands that stay untyped take their default type now
            return Some(Operand::constant(bool, value, x.expr));
        }
        for o in [x, y] {
            if o.name.is_none() {
                let ty = self.default_type(o.ty);
                self.update_expr_type(o.expr, ty, true);
            }
        }
        Some(Operand::new(Mode::Value, bool, x.expr))
    }

    fn incomparable_cause(&self, ty: TypeId) -> String {
        match self.under(ty) {
            Type::Slice(_) | Type::Map(..) | Type::Func(_) => {
                format!("{} can only be compared to nil", self.kind_of(ty))
            }
            _ => self.incomparable(ty).unwrap_or_default(),
        }
    }

    /// `x << y`
    fn shift(&mut self, id: ExprId, op: BinaryOp, x: Operand, mut y: Operand) -> Operand {
        let invalid = Operand::invalid(id);
        let value = x.value.as_ref().filter(|_| x.is_const());
        let int = value.and_then(constant::to_int);
        let is_unknown = matches!(value, Some(Const::Unknown));
        if !self.is_integer(x.ty) && !(self.is_untyped(x.ty) && (int.is_some() || is_unknown)) {
            return self.not_shiftable(id, &x);
        }
        let mut count = None;
        if y.is_const() {
            count = y.value.as_ref().and_then(constant::to_int);
            if count.as_ref().is_some_and(|n| n.sign() == Sign::Minus) {
                return self.bad_count(id, &y, "negative shift count", "");
            }
            if self.is_untyped(y.ty) {
                // it fits, but it keeps its type
                if let Err(misfit) = self.representation(&y, Basic::Uint) {
                    self.misfit(&y, Basic::Uint.id(), misfit);
                    return invalid;
                }
            } else if !x.is_const() && count.is_none() {
                return self.bad_count(id, &y, "shift count", " must be integer");
            }
        } else if self.is_untyped(y.ty) {
            self.convert_untyped(&mut y, Basic::Uint.id());
            if y.is_invalid() {
                return invalid;
            }
        } else if !self.is_integer(y.ty) {
            return self.bad_count(id, &y, "shift count", " must be integer");
        } else if !self.allows(13) && !self.all_basic(y.ty, Basic::is_unsigned) {
            let what = format!("invalid operation: signed shift count {}", self.describe(&y));
            let pos = self.pos(y.expr);
            self.require(pos, 13, what);
            return invalid;
        }
        if x.is_const() && y.is_const() {
            let ty = if self.is_integer(x.ty) { x.ty } else { Basic::UntypedInt.id() };
            if is_unknown || matches!(y.value, Some(Const::Unknown)) {
                return Operand::constant(ty, Const::Unknown, id);
            }
            let Some(n) = count.and_then(|n| n.to_u64()).filter(|n| *n <= MAX_SHIFT) else {
                return self.bad_count(id, &y, "invalid shift count", "");
            };
            let Some(int) = int else { return invalid };
            let mut result = Operand::constant(ty, Const::Int(constant::shift(op, &int, n)), id);
            self.check_overflow(&mut result);
            return result;
        }
        if x.is_const() && self.is_untyped(x.ty) {
            // the context gives the shifted constant its type
            self.shifted.insert((self.cx.file, x.expr));
            return Operand::new(Mode::Value, x.ty, id);
        }
        if !self.is_integer(x.ty) {
            return self.not_shiftable(id, &x);
        }
        Operand::new(Mode::Value, x.ty, id)
    }

    fn not_shiftable(&mut self, id: ExprId, x: &Operand) -> Operand {
        let text = format!("invalid operation: shifted operand {} must be integer", self.describe(x));
        let pos = self.pos(x.expr);
        self.error(pos, text);
        Operand::invalid(id)
    }

    fn bad_count(&mut self, id: ExprId, y: &Operand, before: &str, after: &str) -> Operand {
        let text = format!("invalid operation: {before} {}{after}", self.describe(y));
        let pos = self.pos(y.expr);
        self.error(pos, text);
        Operand::invalid(id)
    }
}
