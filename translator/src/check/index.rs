//! Index and slice expressions (Go specification, "Index expressions", "Slice expressions").

use super::Checker;
use super::operand::Operand;
use crate::ast::ExprId;
use crate::typed::{Const, Mode};
use crate::types::{Basic, Type};
use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

impl<'a> Checker<'a> {
    /// `x[i]`
    pub(super) fn index(&mut self, id: ExprId, x_id: ExprId, indices: &'a [ExprId]) -> Operand {
        let invalid = Operand::invalid(id);
        let x = self.generic_operand(x_id);
        let pos = self.pos(x_id);
        if x.mode == Mode::Type {
            let ty = self.instantiated_type(id, x_id, indices);
            return if self.is_invalid(ty) { invalid } else { Operand::new(Mode::Type, ty, id) };
        }
        if let Some(params) = self.generic_params(x_id).cloned() {
            return self.instantiated_func(id, x, &params, indices);
        }
        let &[i] = indices else {
            let at = indices.get(1).map_or(pos, |i| self.pos(*i));
            self.error(at, "unexpected comma; expecting ]");
            return invalid;
        };
        if x.is_invalid() {
            self.expr(i);
            return invalid;
        }
        if self.is_bytestring(x.ty) && self.is_invalid(self.core(x.ty)) {
            self.index_value(i, None);
            return Operand::new(Mode::Value, self.predeclared_type("byte"), id);
        }
        if self.is_type_param(x.ty)
            && self.is_invalid(self.core(x.ty))
            && let Some(result) = self.index_any(id, &x, i)
        {
            return result;
        }
        match self.core_type(x.ty).clone() {
            Type::Basic(b) if b.is_string() => {
                let len = match (&x.value, x.is_const()) {
                    (Some(Const::String(s)), true) => Some(s.len() as u64),
                    _ => None,
                };
                self.index_value(i, len);
                if self.is_untyped(x.ty) {
                    let mut x = x;
                    self.convert_untyped(&mut x, Basic::String.id());
                }
                Operand::new(Mode::Value, self.predeclared_type("byte"), id)
            }
            Type::Array(elem, n) => {
                self.index_value(i, Some(n));
                let mode = if x.mode == Mode::Variable { Mode::Variable } else { Mode::Value };
                Operand::new(mode, elem, id)
            }
            Type::Pointer(p) if matches!(self.under(p), Type::Array(..)) => {
                let Type::Array(elem, n) = *self.under(p) else { return invalid };
                self.index_value(i, Some(n));
                Operand::new(Mode::Variable, elem, id)
            }
            Type::Slice(elem) => {
                self.index_value(i, None);
                Operand::new(Mode::Variable, elem, id)
            }
            Type::Map(key, elem) => {
                let mut k = self.expr_for(i, Some(key));
                self.assign_to(&mut k, super::assign::Target::Type(key), "map index");
                Operand::new(Mode::MapIndex, elem, id)
            }
            _ => {
                self.expr(i);
                let text = format!("invalid operation: cannot index {}", self.describe(&x));
                self.error(pos, text);
                invalid
            }
        }
    }

    /// `x[i]` where `x` may be of several types that all have elements of one type.
    fn index_any(&mut self, id: ExprId, x: &Operand, i: ExprId) -> Option<Operand> {
        let terms = self.terms_of(x.ty)?.clone();
        let mut elem = None;
        let mut key = None;
        let mut mode = Mode::Variable;
        for term in &terms {
            let (k, e) = match *self.under(term.ty) {
                Type::Slice(e) => (None, e),
                Type::Array(e, _) => {
                    if x.mode != Mode::Variable {
                        mode = Mode::Value;
                    }
                    (None, e)
                }
                Type::Pointer(p) => match *self.under(p) {
                    Type::Array(e, _) => (None, e),
                    _ => return None,
                },
                Type::Map(k, e) => {
                    mode = Mode::MapIndex;
                    (Some(k), e)
                }
                _ => return None,
            };
            if elem.is_some_and(|have| have != e || key != k) {
                return None;
            }
            (elem, key) = (Some(e), k);
        }
        match key {
            Some(key) => {
                let mut k = self.expr_for(i, Some(key));
                self.assign_to(&mut k, super::assign::Target::Type(key), "map index");
            }
            None => {
                self.index_value(i, None);
            }
        }
        Some(Operand::new(mode, elem?, id))
    }

    /// An index: an integer, in range if constant. `None` after an error, `Some(None)` if not constant.
    pub(super) fn index_value(&mut self, id: ExprId, len: Option<u64>) -> Option<Option<u64>> {
        let mut x = self.expr(id);
        self.index_operand(&mut x, len)
    }

    pub(super) fn index_operand(&mut self, x: &mut Operand, len: Option<u64>) -> Option<Option<u64>> {
        if !self.is_length(x, "index", false) {
            return None;
        }
        let Some(value) = self.const_int(x) else { return Some(None) };
        if let Some(len) = len
            && value >= BigInt::from(len)
        {
            let pos = self.pos(x.expr);
            self.error(pos, format!("invalid argument: index {value} out of bounds [0:{len}]"));
            return None;
        }
        Some(value.to_u64())
    }

    /// Is it a valid index or length, what is known statically about the operand's range aside? Reports if it isn't.
    pub(super) fn is_length(&mut self, x: &mut Operand, what: &str, allow_negative: bool) -> bool {
        self.convert_untyped(x, Basic::Int.id());
        if x.is_invalid() {
            return false;
        }
        let value = self.const_int(x).filter(|_| x.is_const());
        let problem = if !self.is_integer(x.ty) {
            "must be integer"
        } else if !allow_negative && value.as_ref().is_some_and(|v| v.sign() == Sign::Minus) {
            "must not be negative"
        } else if value.is_some_and(|v| v.to_i64().is_none()) {
            "overflows int"
        } else {
            return true;
        };
        let text = format!("{what} {} {problem}", self.describe(x));
        self.invalid_argument(x, text);
        false
    }

    /// `x[lo:hi:max]`
    pub(super) fn slice_expr(
        &mut self,
        id: ExprId,
        x_id: ExprId,
        bounds: [Option<ExprId>; 3],
        three: bool,
    ) -> Operand {
        let invalid = Operand::invalid(id);
        let mut x = self.expr(x_id);
        let pos = self.pos(x_id);
        let mut len = None;
        let mut result = invalid.clone();
        if !x.is_invalid() {
            let core = if self.is_bytestring(x.ty) && self.is_invalid(self.core(x.ty)) {
                Type::Basic(Basic::String)
            } else {
                self.core_type(x.ty).clone()
            };
            match core {
                Type::Basic(b) if b.is_string() => {
                    if three {
                        let at = self.pos(id);
                        self.error(at, "invalid operation: 3-index slice of string");
                        return invalid;
                    }
                    if let (Some(Const::String(s)), true) = (&x.value, x.is_const()) {
                        len = Some(s.len() as u64);
                    }
                    let ty = if self.is_untyped(x.ty) { Basic::String.id() } else { x.ty };
                    if self.is_untyped(x.ty) {
                        self.convert_untyped(&mut x, ty);
                    }
                    result = Operand::new(Mode::Value, ty, id);
                }
                Type::Array(elem, n) => {
                    if x.mode != Mode::Variable {
                        let text = format!(
                            "invalid operation: {} (slice of unaddressable value)",
                            self.describe(&x)
                        );
                        self.error(pos, text);
                        return invalid;
                    }
                    len = Some(n);
                    let ty = self.slice_of(elem);
                    result = Operand::new(Mode::Value, ty, id);
                }
                Type::Pointer(p) if matches!(self.under(p), Type::Array(..)) => {
                    let Type::Array(elem, n) = *self.under(p) else { return invalid };
                    len = Some(n);
                    let ty = self.slice_of(elem);
                    result = Operand::new(Mode::Value, ty, id);
                }
                Type::Slice(_) => result = Operand::new(Mode::Value, x.ty, id),
                _ => {
                    let text = format!("cannot slice {}", self.describe(&x));
                    self.error(pos, text);
                }
            }
        }
        let limit = len.map(|n| n + 1);
        let mut last: Option<u64> = None;
        for bound in bounds.into_iter().flatten() {
            let Some(Some(value)) = self.index_value(bound, limit) else { continue };
            if let Some(before) = last.filter(|b| *b > value) {
                let at = self.pos(bound);
                self.error(at, format!("invalid slice indices: {value} < {before}"));
                break;
            }
            last = Some(value);
        }
        result
    }
}
