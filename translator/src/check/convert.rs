//! Untyped values in their context, assignability and conversions (Go specification, "Assignability", "Conversions").

use super::operand::Operand;
use super::representable::{Misfit, represent};
use super::{Checker, constant};
use crate::ast::{ChanDir, ExprId, ExprKind, UnaryOp};
use crate::typed::{Const, Mode};
use crate::types::{Basic, Type, TypeId};
use num_traits::ToPrimitive;

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
                self.implicit_type(x, term.ty).map_err(|_| Misfit::Mismatch)?;
            }
            return if terms.is_empty() { Err(Misfit::Mismatch) } else { Ok((target, None)) };
        }
        match self.under(target).clone() {
            Type::Basic(basic) => {
                if x.is_const() {
                    return self.representation(x, basic).map(|v| (target, Some(v)));
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
                Ok((self.default_type(x.ty), None))
            }
            _ => Err(Misfit::Mismatch),
        }
    }

    /// Gives an untyped operand the type `target` (or what an interface target makes of it); reports if it can't.
    pub(super) fn convert_untyped(&mut self, x: &mut Operand, target: TypeId) {
        if let Err(misfit) = self.try_convert_untyped(x, target) {
            let shown = if self.is_type_param(target) { target } else { self.types.underlying(target) };
            self.misfit(x, shown, misfit);
            x.mode = Mode::Invalid;
        }
    }

    pub(super) fn try_convert_untyped(&mut self, x: &mut Operand, target: TypeId) -> Result<(), Misfit> {
        if x.is_invalid() || self.is_typed(x.ty) || self.is_invalid(target) {
            return Ok(());
        }
        let (ty, value) = self.implicit_type(x, target)?;
        let is_literal = matches!(self.ast(x.expr).kind, ExprKind::BasicLit { .. });
        if is_literal && ty != x.ty && self.is_typed(ty) && !self.shifted.contains(&(self.cx.file, x.expr)) {
            // nothing below it, and what it is in its new type was found out just now
            x.ty = ty;
            x.value = value.or(x.value.take());
            self.record(x.expr, x.mode, ty, x.value.clone());
            return Ok(());
        }
        if let Some(value) = value {
            self.update_expr_value(x.expr, &value);
            x.value = Some(value);
        }
        if ty != x.ty {
            x.ty = ty;
            self.update_expr_type(x.expr, ty, false);
        }
        Ok(())
    }

    fn update_expr_value(&mut self, id: ExprId, value: &Const) {
        if let Some(tv) = &mut self.info().exprs[id.0 as usize]
            && tv.value.is_some()
        {
            tv.value = Some(value.clone());
        }
    }

    /// Writes the type that the context decided into an expression without a type, and down into its operands. A constant
    /// must fit, and the left operand of a shift be an integer. Untyped kinds may still change unless they are `settled`.
    pub(super) fn update_expr_type(&mut self, id: ExprId, ty: TypeId, settled: bool) {
        let file = self.cx.file;
        let Some(old) = self.infos[file].tv(id).cloned().filter(|tv| self.is_untyped(tv.ty)) else { return };
        match self.ast(id).kind {
            ExprKind::Paren(x) => self.update_expr_type(x, ty, settled),
            // operands of constants never become values
            _ if old.mode == Mode::Constant => {}
            ExprKind::Unary { op, x } if op != UnaryOp::Recv => self.update_expr_type(x, ty, settled),
            ExprKind::Binary { op, .. } if op.is_comparison() => {}
            ExprKind::Binary { op, x, .. } if op.is_shift() => self.update_expr_type(x, ty, settled),
            ExprKind::Binary { x, y, .. } => {
                self.update_expr_type(x, ty, settled);
                self.update_expr_type(y, ty, settled);
            }
            _ => {}
        }
        if self.is_untyped(ty) {
            if !settled && let Some(tv) = &mut self.info().exprs[id.0 as usize] {
                tv.ty = ty;
            }
            return;
        }
        if self.shifted.remove(&(file, id)) && !self.is_integer(ty) {
            let (x_s, ty_s) = (self.expr_str(id), self.type_string(ty));
            let pos = self.pos(id);
            self.error(
                pos,
                format!("invalid operation: shifted operand {x_s} (type {ty_s}) must be integer"),
            );
            self.record(id, Mode::Invalid, Basic::Invalid.id(), None);
            return;
        }
        let mut value = old.value.clone();
        if old.mode == Mode::Constant {
            let x = Operand { value: old.value, ..Operand::new(old.mode, old.ty, id) };
            match self.implicit_type(&x, ty) {
                Ok((_, Some(fitting))) => value = Some(fitting),
                Ok(_) => {}
                Err(misfit) => {
                    let shown = if self.is_type_param(ty) { ty } else { self.types.underlying(ty) };
                    self.misfit(&x, shown, misfit);
                    self.record(id, Mode::Invalid, Basic::Invalid.id(), None);
                    return;
                }
            }
        }
        self.record(id, old.mode, ty, value);
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
        let any_param = self.is_type_param(source) || self.is_type_param(target);
        if su == tu && !any_param && (!self.has_name(source) || !self.has_name(target)) {
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
        let constant_target = self.basic(target).filter(|b| *b != Basic::UnsafePointer);
        let converted = if let (true, Some(basic)) = (x.is_const(), constant_target) {
            match self.constant_conversion(&x, basic) {
                Some(value) => Ok(Operand::constant(target, value, id)),
                // this can only be overflow
                None if self.is_integer(x.ty) && basic.is_integer() => {
                    let text = format!("constant {} overflows {}", self.shown(&x), self.type_string(target));
                    self.error(pos, text);
                    return invalid;
                }
                None => Err(String::new()),
            }
        } else if x.is_const() && self.is_type_param(target) {
            // type parameters are no constants
            x.mode = Mode::Value;
            self.constant_to_param(&x, target).map(|()| Operand::new(Mode::Value, target, id))
        } else {
            self.convertible(&x, target).map(|()| Operand::new(Mode::Value, target, id))
        };
        let result = match converted {
            Ok(result) => result,
            Err(cause) => {
                let mut text =
                    format!("cannot convert {} to type {}", self.describe(&x), self.type_string(target));
                if !cause.is_empty() {
                    text.push_str(&format!(": {cause}"));
                }
                self.error(pos, text);
                return invalid;
            }
        };
        if self.is_untyped(x.ty) {
            // what is no constant of the target's type has its default type first
            let takes_default = self.is_interface(target) || (x.value.is_some() && constant_target.is_none());
            let ty = if !x.is_nil() && takes_default {
                self.default_type(x.ty)
            } else if result.is_const() && self.is_integer(x.ty) && self.is_string(target) {
                x.ty
            } else {
                target
            };
            self.update_expr_type(x.expr, ty, true);
        }
        result
    }

    /// A constant as a value of type `basic`; integers become the string of one character.
    fn constant_conversion(&self, x: &Operand, basic: Basic) -> Option<Const> {
        let value = x.value.as_ref()?;
        if let Some(value) = represent(value, basic) {
            return Some(value);
        }
        if !self.is_integer(x.ty) || !basic.is_string() {
            return None;
        }
        let rune = constant::to_int(value).and_then(|v| v.to_u32()).and_then(char::from_u32);
        let text = rune.unwrap_or(char::REPLACEMENT_CHARACTER).to_string();
        Some(Const::String(text.into_bytes().into()))
    }

    /// A constant converted to a type parameter must fit every type of the set.
    fn constant_to_param(&mut self, x: &Operand, target: TypeId) -> Result<(), String> {
        let target_s = self.type_string(target);
        let terms = self.terms_of(target).cloned().filter(|terms| !terms.is_empty());
        let Some(terms) = terms else { return Err(format!("{target_s} does not contain specific types")) };
        for term in terms {
            let under = self.types.underlying(term.ty);
            if self.is_string(x.ty) && self.is_bytes_or_runes(under) {
                continue;
            }
            let basic = self.basic(under);
            if basic.is_some_and(|basic| self.constant_conversion(x, basic).is_some()) {
                continue;
            }
            let under_s = self.type_string(under);
            return Err(if self.is_integer(x.ty) && basic.is_some_and(Basic::is_integer) {
                format!("constant {} overflows {under_s} (in {target_s})", self.shown(x))
            } else {
                format!("cannot convert {} to type {under_s} (in {target_s})", self.describe(x))
            });
        }
        Ok(())
    }

    /// A constant operand's value as messages print it.
    fn shown(&self, x: &Operand) -> String {
        x.value.as_ref().map(|value| constant::display(value, self.basic(x.ty))).unwrap_or_default()
    }

    fn is_bytes_or_runes(&self, ty: TypeId) -> bool {
        match self.under(ty) {
            Type::Slice(e) => matches!(self.basic(*e), Some(Basic::Uint8 | Basic::Int32)),
            _ => false,
        }
    }

    fn convertible(&mut self, x: &Operand, target: TypeId) -> Result<(), String> {
        let Err(cause) = self.assignable(x, target) else { return Ok(()) };
        let source = x.ty;
        if self.is_type_param(source) || self.is_type_param(target) {
            return self.convertible_by_types(x, target, cause);
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
        if self.is_string(target) && (self.is_integer(source) || self.is_bytes_or_runes(su)) {
            return Ok(());
        }
        if self.is_string(source) && self.is_bytes_or_runes(tu) {
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
            let (array, minor, what) = match *self.types.get(tu) {
                Type::Pointer(p) => (self.types.underlying(p), 17, "array pointer"),
                _ => (tu, 20, "array"),
            };
            if let Type::Array(e, _) = *self.types.get(array)
                && e == elem
            {
                if self.allows(minor) {
                    return Ok(());
                }
                return Err(format!("conversion of slice to {what} requires go1.{minor} or later"));
            }
        }
        Err(cause)
    }

    /// Every type of the one set must convert to every type of the other.
    fn convertible_by_types(&mut self, x: &Operand, target: TypeId, cause: String) -> Result<(), String> {
        let types = |c: &Self, t: TypeId| -> Vec<TypeId> {
            if !c.is_type_param(t) {
                return vec![t];
            }
            c.terms_of(t).map(|terms| terms.iter().map(|term| term.ty).collect()).unwrap_or_default()
        };
        let (sources, targets) = (types(self, x.ty), types(self, target));
        if sources.is_empty() || targets.is_empty() {
            return Err(cause);
        }
        for &s in &sources {
            for &t in &targets {
                let Err(why) = self.convertible(&Operand { ty: s, value: None, ..x.clone() }, t) else {
                    continue;
                };
                let within = |c: &Self, specific: TypeId, param: TypeId| match c.is_type_param(param) {
                    true => format!("{} (in {})", c.type_string(specific), c.type_string(param)),
                    false => c.type_string(specific),
                };
                let (from, to) = (within(self, s, x.ty), within(self, t, target));
                let why = if why.is_empty() { why } else { format!("\n\t{why}") };
                return Err(format!("cannot convert {from} to type {to}{why}"));
            }
        }
        Ok(())
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
            (Type::Func(f), Type::Func(g)) => {
                let all = |a: &[TypeId], b: &[TypeId]| {
                    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| self.identical_without_tags(*x, *y))
                };
                f.variadic == g.variadic && all(&f.params, &g.params) && all(&f.results, &g.results)
            }
            (Type::Interface(i), Type::Interface(j)) => {
                i.terms == j.terms
                    && i.comparable == j.comparable
                    && i.methods.len() == j.methods.len()
                    && i.methods.iter().zip(&j.methods).all(|(m, n)| {
                        m.name == n.name && m.pkg == n.pkg && self.identical_without_tags(m.sig, n.sig)
                    })
            }
            _ => false,
        }
    }
}

/// A reason with the reason for it in the next line.
fn because(why: String, cause: &str) -> String {
    if cause.is_empty() { why } else { format!("{why}\n\t{cause}") }
}
