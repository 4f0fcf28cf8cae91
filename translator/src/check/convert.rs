//! Untyped values in their context, assignability and conversions (Go specification, "Assignability", "Conversions").

use super::operand::Operand;
use super::representable::{Misfit, represent};
use super::{Checker, constant};
use crate::ast::{ChanDir, ExprId, ExprKind, UnaryOp};
use crate::typed::{Const, Mode};
use crate::types::{Basic, Type, TypeId};

impl Checker<'_> {
    /// The type an untyped operand takes when it meets `target`: `Err` says why it can't.
    fn implicit_type(&mut self, x: &Operand, target: TypeId) -> Result<(TypeId, Option<Const>), Misfit> {
        if self.is_untyped(target) {
            // both untyped: the larger kind wins
            let (Type::Basic(a), Type::Basic(b)) =
                (self.types.get(x.ty).clone(), self.types.get(target).clone())
            else {
                return Err(Misfit::Mismatch);
            };
            if a.is_numeric() && b.is_numeric() {
                return Ok((if a < b { target } else { x.ty }, x.value.clone()));
            }
            return if a == b { Ok((x.ty, x.value.clone())) } else { Err(Misfit::Mismatch) };
        }
        if x.is_nil() {
            return if self.has_nil(target) { Ok((target, None)) } else { Err(Misfit::Mismatch) };
        }
        if self.is_type_param(target) {
            // it must fit every type of the set
            let Some(terms) = self.terms_of(target).cloned() else { return Err(Misfit::Mismatch) };
            for term in &terms {
                self.implicit_type(x, term.ty)?;
            }
            return if terms.is_empty() { Err(Misfit::Mismatch) } else { Ok((target, None)) };
        }
        match self.under(target).clone() {
            Type::Basic(basic) => {
                if let (true, Some(value)) = (x.is_const(), &x.value) {
                    return represent(value, basic).map(|v| (target, Some(v)));
                }
                let fits = match self.basic(x.ty) {
                    Some(Basic::UntypedBool) => basic.is_boolean(),
                    Some(Basic::UntypedString) => basic.is_string(),
                    Some(_) => basic.is_numeric(),
                    None => false,
                };
                if fits { Ok((target, None)) } else { Err(Misfit::Mismatch) }
            }
            Type::Interface(i) => {
                if !i.methods.is_empty() {
                    return Err(Misfit::Mismatch);
                }
                let default = self.default_type(x.ty);
                match (x.is_const(), &x.value, self.basic(default)) {
                    (true, Some(value), Some(basic)) => represent(value, basic).map(|v| (default, Some(v))),
                    _ => Ok((default, None)),
                }
            }
            _ => Err(Misfit::Mismatch),
        }
    }

    /// Gives an untyped operand the type `target` (or what an interface target makes of it); reports if it can't.
    pub(super) fn convert_untyped(&mut self, x: &mut Operand, target: TypeId) {
        if let Err(misfit) = self.try_convert_untyped(x, target) {
            self.misfit(x, target, misfit);
            x.mode = Mode::Invalid;
        }
    }

    pub(super) fn try_convert_untyped(&mut self, x: &mut Operand, target: TypeId) -> Result<(), Misfit> {
        if x.is_invalid() || self.is_typed(x.ty) || self.is_invalid(target) {
            return Ok(());
        }
        let (ty, value) = self.implicit_type(x, target)?;
        if ty != x.ty || value != x.value {
            x.ty = ty;
            if value.is_some() {
                x.value = value;
            }
            self.update_expr_type(x.expr, ty, false);
            if x.is_const() && self.is_typed(ty) {
                let expr = x.expr;
                self.settle_value(expr, x.value.clone());
            }
        }
        Ok(())
    }

    fn misfit(&mut self, x: &Operand, target: TypeId, misfit: Misfit) {
        let target = if self.is_type_param(target) { target } else { self.types.underlying(target) };
        let (x_s, ty) = (self.describe(x), self.type_string(target));
        let text = match misfit {
            Misfit::Truncated => format!("{x_s} truncated to {ty}"),
            Misfit::Overflows => format!("{x_s} overflows {ty}"),
            Misfit::Mismatch => format!("cannot convert {x_s} to type {ty}"),
        };
        let pos = self.pos(x.expr);
        self.error(pos, text);
    }

    fn settle_value(&mut self, id: ExprId, value: Option<Const>) {
        let mut id = id;
        loop {
            if let Some(tv) = &mut self.info().exprs[id.0 as usize] {
                tv.value = value.clone();
            }
            match self.ast(id).kind {
                ExprKind::Paren(x) => id = x,
                _ => return,
            }
        }
    }

    /// Writes the type that the context decided into an untyped expression and down into its operands.
    pub(super) fn update_expr_type(&mut self, id: ExprId, ty: TypeId, force: bool) {
        let file = self.cx.file;
        let Some(tv) = self.infos[file].tv(id) else { return };
        if self.is_typed(tv.ty) && !force {
            return;
        }
        if self.is_typed(tv.ty) {
            return;
        }
        let is_const = tv.mode == Mode::Constant;
        match &self.ast(id).kind {
            ExprKind::Paren(x) => self.update_expr_type(*x, ty, force),
            ExprKind::Unary { op, x } if !is_const && *op != UnaryOp::Recv => {
                self.update_expr_type(*x, ty, force)
            }
            ExprKind::Binary { op, x, y, .. } if !is_const => {
                let (op, x, y) = (*op, *x, *y);
                if op.is_comparison() {
                    // the operands have types of their own
                } else if op.is_shift() {
                    self.update_expr_type(x, ty, force);
                } else {
                    self.update_expr_type(x, ty, force);
                    self.update_expr_type(y, ty, force);
                }
            }
            _ => {}
        }
        // the shifted operand of a non-constant shift must be an integer in its new type
        if self.is_typed(ty)
            && !is_const
            && matches!(self.ast(id).kind, ExprKind::Binary { op, .. } if op.is_shift())
            && !self.is_integer(ty)
        {
            let ExprKind::Binary { x, .. } = self.ast(id).kind else { return };
            let expr = self.expr_str(x);
            let pos = self.pos(x);
            let text = format!(
                "invalid operation: shifted operand {expr} (type {}) must be integer",
                self.type_string(ty)
            );
            self.error(pos, text);
            return;
        }
        let rounded = match (&self.infos[file].tv(id).and_then(|t| t.value.clone()), self.basic(ty)) {
            (Some(value), Some(basic)) if is_const && self.is_typed(ty) => represent(value, basic).ok(),
            _ => None,
        };
        if let Some(tv) = &mut self.info().exprs[id.0 as usize] {
            tv.ty = ty;
            if rounded.is_some() {
                tv.value = rounded;
            }
        }
    }

    /// May `x` be assigned to a variable of type `target`? `Err` holds the reason, maybe empty.
    pub(super) fn assignable(&mut self, x: &Operand, target: TypeId) -> Result<(), String> {
        let source = x.ty;
        if self.is_invalid(source) || self.is_invalid(target) || source == target {
            return Ok(());
        }
        if self.is_untyped(source) {
            return match self.implicit_type(x, target) {
                Ok(_) => Ok(()),
                Err(_) => Err(String::new()),
            };
        }
        let (su, tu) = (self.types.underlying(source), self.types.underlying(target));
        if su == tu && (!self.has_name(source) || !self.has_name(target)) {
            return Ok(());
        }
        if self.is_interface(target) || self.interface_pointer(tu).is_some() {
            match self.implements(source, target, false) {
                Ok(()) => return Ok(()),
                Err(why) if !self.is_type_param(source) => return Err(why),
                Err(_) => {}
            }
        }
        if self.is_interface(source) && self.implements(target, source, false).is_ok() {
            return Err("need type assertion".into());
        }
        if let Some(result) = self.assignable_by_types(x, target) {
            return result;
        }
        if let (Type::Chan(ChanDir::Both, a), Type::Chan(_, b)) = (self.types.get(su), self.types.get(tu))
            && a == b
            && (!self.has_name(source) || !self.has_name(target))
        {
            return Ok(());
        }
        Err(String::new())
    }

    /// Assignability of and to type parameters: every type of the set must allow it, and the other side have no name.
    fn assignable_by_types(&mut self, x: &Operand, target: TypeId) -> Option<Result<(), String>> {
        let source = x.ty;
        let (from, to) = (self.is_type_param(source), self.is_type_param(target));
        if !from && !to {
            return None;
        }
        let terms = self.terms_of(if to { target } else { source }).cloned().unwrap_or_default();
        if (from && to) || terms.is_empty() || self.has_name(if to { source } else { target }) {
            return Some(Err(String::new()));
        }
        let (source_s, target_s) = (self.type_string(source), self.type_string(target));
        for term in terms {
            let result = if to {
                self.assignable(x, term.ty)
            } else {
                self.assignable(&Operand { ty: term.ty, ..x.clone() }, target)
            };
            let Err(cause) = result else { continue };
            let term = self.type_string(term.ty);
            let why = if to {
                format!("cannot assign {source_s} to {term} (in {target_s})")
            } else {
                format!("cannot assign {term} (in {source_s}) to {target_s}")
            };
            return Some(Err(because(why, &cause)));
        }
        Some(Ok(()))
    }

    /// `T(x)`
    pub(super) fn conversion(&mut self, id: ExprId, mut x: Operand, target: TypeId) -> Operand {
        let invalid = Operand::invalid(id);
        if x.is_invalid() || self.is_invalid(target) {
            return invalid;
        }
        let pos = self.pos(x.expr);
        let constant_target = matches!(self.under(target), Type::Basic(b) if *b != Basic::UnsafePointer);
        if x.is_const() && self.is_type_param(target) {
            return self.constant_to_param(id, x, target);
        }
        if x.is_const() && constant_target {
            let basic = self.basic(target).expect("a basic target");
            let value = x.value.clone().unwrap_or(Const::Unknown);
            if self.is_integer(x.ty) && basic.is_string() {
                let rune = constant::to_int(&value)
                    .and_then(|v| num_traits::ToPrimitive::to_u32(&v))
                    .and_then(char::from_u32);
                let text = rune.unwrap_or('\u{fffd}').to_string();
                if self.is_untyped(x.ty) {
                    let default = self.default_type(x.ty);
                    self.update_expr_type(x.expr, default, true);
                }
                return Operand::constant(target, Const::String(text.into_bytes().into()), id);
            }
            match represent(&value, basic) {
                Ok(value) => {
                    if self.is_untyped(x.ty) {
                        self.update_expr_type(x.expr, target, true);
                    }
                    return Operand::constant(target, value, id);
                }
                Err(misfit) => {
                    let (what, ty) = (self.describe(&x), self.type_string(target));
                    let text = match misfit {
                        Misfit::Truncated => format!("cannot convert {what} to type {ty} (truncated)"),
                        Misfit::Overflows if self.is_integer(x.ty) || self.is_numeric(x.ty) => {
                            let shown = constant::display(&value);
                            format!("cannot convert {what} to type {ty} (constant {shown} overflows {ty})")
                                .replace(&format!(" (constant {shown} overflows {ty})"), "")
                        }
                        _ => format!("cannot convert {what} to type {ty}"),
                    };
                    self.error(pos, text);
                    return invalid;
                }
            }
        }
        if let Err(cause) = self.convertible(&x, target) {
            let mut text =
                format!("cannot convert {} to type {}", self.describe(&x), self.type_string(target));
            if !cause.is_empty() {
                text.push_str(&format!(": {cause}"));
            }
            self.error(pos, text);
            return invalid;
        }
        if self.is_untyped(x.ty) {
            // an untyped operand that is not folded takes the target's type, or its default beside interfaces
            let takes_default = self.is_interface(target)
                || (x.is_const() && !constant_target)
                || (!x.is_const() && self.is_integer(x.ty) && self.is_string(target));
            let ty = if x.is_nil() || !takes_default { target } else { self.default_type(x.ty) };
            self.update_expr_type(x.expr, ty, true);
            x.ty = ty;
        }
        Operand::new(Mode::Value, target, id)
    }

    /// A constant converted to a type parameter is a value: it must fit every type of the set.
    fn constant_to_param(&mut self, id: ExprId, mut x: Operand, target: TypeId) -> Operand {
        let terms = self.terms_of(target).cloned().unwrap_or_default();
        let mut ok = !terms.is_empty();
        for term in &terms {
            let fits = match (self.basic(term.ty), &x.value) {
                (Some(basic), Some(_)) if basic.is_string() && self.is_integer(x.ty) => true,
                (Some(basic), Some(value)) => represent(value, basic).is_ok(),
                _ => self.convertible(&x, term.ty).is_ok(),
            };
            ok &= fits;
        }
        if !ok {
            let text = format!("cannot convert {} to type {}", self.describe(&x), self.type_string(target));
            let pos = self.pos(x.expr);
            self.error(pos, text);
            return Operand::invalid(id);
        }
        if self.is_untyped(x.ty) {
            let ty = self.default_type(x.ty);
            self.convert_untyped(&mut x, ty);
        }
        Operand::new(Mode::Value, target, id)
    }

    fn convertible(&mut self, x: &Operand, target: TypeId) -> Result<(), String> {
        let Err(cause) = self.assignable(x, target) else { return Ok(()) };
        let source = x.ty;
        // every type of the one set must convert to every type of the other
        if self.is_type_param(source) || self.is_type_param(target) {
            let list = |c: &Self, t: TypeId| match c.is_type_param(t) {
                true => c.terms_of(t).map(|l| l.iter().map(|t| t.ty).collect()).unwrap_or_default(),
                false => vec![t],
            };
            let (sources, targets): (Vec<TypeId>, Vec<TypeId>) = (list(self, source), list(self, target));
            if sources.is_empty() || targets.is_empty() {
                return Err(String::new());
            }
            for &s in &sources {
                for &t in &targets {
                    self.convertible(&Operand { ty: s, mode: Mode::Value, value: None, ..x.clone() }, t)?;
                }
            }
            return Ok(());
        }
        let (su, tu) = (self.types.underlying(source), self.types.underlying(target));
        if self.identical_without_tags(su, tu) {
            return Ok(());
        }
        if let (Type::Pointer(a), Type::Pointer(b)) =
            (self.types.get(source).clone(), self.types.get(target).clone())
        {
            let (a, b) = (self.types.underlying(a), self.types.underlying(b));
            if self.identical_without_tags(a, b) {
                return Ok(());
            }
        }
        let number = |c: &Self, t: TypeId| c.basic(t).is_some_and(|b| b.is_integer() || b.is_float());
        if number(self, source) && number(self, target) {
            return Ok(());
        }
        let complex = |c: &Self, t: TypeId| c.basic(t).is_some_and(Basic::is_complex);
        if complex(self, source) && complex(self, target) {
            return Ok(());
        }
        let bytes_or_runes = |c: &Self, t: TypeId| match c.types.get(t) {
            Type::Slice(e) => matches!(c.basic(*e), Some(Basic::Uint8 | Basic::Int32)),
            _ => false,
        };
        if self.is_string(target) && (self.is_integer(source) || bytes_or_runes(self, su)) {
            return Ok(());
        }
        if self.is_string(source) && bytes_or_runes(self, tu) {
            return Ok(());
        }
        let pointer_like = |c: &Self, t: TypeId| {
            matches!(c.under(t), Type::Pointer(_))
                || matches!(c.basic(t), Some(Basic::Uintptr | Basic::UnsafePointer))
        };
        let is_unsafe = |c: &Self, t: TypeId| c.basic(t) == Some(Basic::UnsafePointer);
        if (is_unsafe(self, source) && pointer_like(self, target))
            || (is_unsafe(self, target) && pointer_like(self, source))
        {
            return Ok(());
        }
        if let Type::Slice(elem) = *self.types.get(su) {
            let array = match *self.types.get(tu) {
                Type::Pointer(p) => self.types.underlying(p),
                _ => tu,
            };
            if let Type::Array(e, _) = *self.types.get(array)
                && e == elem
            {
                return Ok(());
            }
        }
        let tells = cause == "need type assertion" || self.is_interface(target);
        Err(if tells { cause } else { String::new() })
    }

    /// Identical if struct tags are ignored?
    fn identical_without_tags(&self, a: TypeId, b: TypeId) -> bool {
        if a == b {
            return true;
        }
        match (self.types.get(a), self.types.get(b)) {
            (Type::Struct(x), Type::Struct(y)) => {
                x.len() == y.len()
                    && x.iter().zip(y).all(|(f, g)| {
                        f.name == g.name
                            && f.pkg == g.pkg
                            && f.embedded == g.embedded
                            && self.identical_without_tags(f.ty, g.ty)
                    })
            }
            (Type::Pointer(x), Type::Pointer(y)) | (Type::Slice(x), Type::Slice(y)) => {
                self.identical_without_tags(*x, *y)
            }
            (Type::Array(x, n), Type::Array(y, m)) => n == m && self.identical_without_tags(*x, *y),
            (Type::Map(k, v), Type::Map(l, w)) => {
                self.identical_without_tags(*k, *l) && self.identical_without_tags(*v, *w)
            }
            (Type::Chan(d, x), Type::Chan(e, y)) => d == e && self.identical_without_tags(*x, *y),
            _ => false,
        }
    }
}

/// A reason with the reason for it in the next line.
fn because(why: String, cause: &str) -> String {
    if cause.is_empty() { why } else { format!("{why}\n\t{cause}") }
}
