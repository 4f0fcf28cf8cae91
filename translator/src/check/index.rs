//! Index and slice expressions (Go specification, "Index expressions", "Slice expressions").

use super::Checker;
use super::operand::Operand;
use crate::ast::ExprId;
use crate::source::Pos;
use crate::typed::{Const, Mode, TypeId};
use crate::types::{Basic, Type};
use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

impl<'a> Checker<'a> {
    /// `x[i]`
    pub(super) fn index(&mut self, id: ExprId, x_id: ExprId, lbrack: Pos, indices: &'a [ExprId]) -> Operand {
        let invalid = Operand::invalid(id);
        let x = self.generic_operand(x_id);
        if x.mode == Mode::Type {
            let ty = self.instantiated_type(id, x_id, indices);
            return if self.is_invalid(ty) { invalid } else { Operand::new(Mode::Type, ty, id) };
        }
        if let Some(params) = self.generic_params(x_id).cloned() {
            return self.instantiated_func(id, x, &params, indices);
        }
        if x.is_invalid() {
            self.use_all(indices);
            return invalid;
        }
        if !self.is_complete(x.ty) {
            return invalid;
        }
        let needed = match *self.under(x.ty) {
            Type::Pointer(base) => Some(base),
            Type::Map(_, elem) => Some(elem),
            _ => None,
        };
        if needed.is_some_and(|ty| !self.is_complete(ty)) {
            return invalid;
        }
        let i = indices[0];
        let one_index = |c: &mut Self| {
            if let Some(extra) = indices.get(1) {
                let at = c.pos(*extra);
                c.error(at, "invalid operation: more than one index");
            }
        };
        if self.is_bytestring(x.ty) && self.is_invalid(self.core(x.ty)) {
            one_index(self);
            self.index_value(i, None);
            return Operand::new(Mode::Value, self.predeclared_type("byte"), id);
        }
        if self.is_type_param(x.ty)
            && self.is_invalid(self.core(x.ty))
            && let Some(result) = self.index_any(id, &x, i)
        {
            return result;
        }
        let may_index = match self.core_type(x.ty) {
            Type::Basic(b) => b.is_string(),
            Type::Pointer(p) => matches!(self.under(*p), Type::Array(..)),
            Type::Array(..) | Type::Slice(_) | Type::Map(..) => true,
            _ => false,
        };
        if !may_index {
            let text = format!("cannot index {}", self.describe(&x));
            self.error(lbrack, text);
            self.use_all(indices);
            return invalid;
        }
        one_index(self);
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
                let mut k = self.generic_value(i, None);
                self.assign_to(&mut k, super::assign::Target::Type(key), "map index");
                Operand::new(Mode::MapIndex, elem, id)
            }
            _ => invalid,
        }
    }

    /// `x[i]` where `x` may be of several types that all have elements of one type.
    fn index_any(&mut self, id: ExprId, x: &Operand, i: ExprId) -> Option<Operand> {
        let terms = self.terms_of(x.ty)?.clone();
        let mut elem = None;
        let mut key = None;
        let mut mode = Mode::Variable;
        // of arrays the shortest
        let mut len: Option<u64> = None;
        let mut shortest = |n: u64| len = Some(len.map_or(n, |len| len.min(n)));
        for term in &terms {
            let (k, e) = match *self.under(term.ty) {
                Type::Slice(e) => (None, e),
                Type::Basic(b) if b.is_string() => {
                    mode = Mode::Value;
                    (None, self.predeclared_type("byte"))
                }
                Type::Array(e, n) => {
                    shortest(n);
                    if x.mode != Mode::Variable {
                        mode = Mode::Value;
                    }
                    (None, e)
                }
                Type::Pointer(p) => match *self.under(p) {
                    Type::Array(e, n) => {
                        shortest(n);
                        (None, e)
                    }
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
                let mut k = self.generic_value(i, None);
                self.assign_to(&mut k, super::assign::Target::Type(key), "map index");
            }
            None => {
                self.index_value(i, len);
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
        if x.is_invalid() {
            let given: Vec<ExprId> = bounds.into_iter().flatten().collect();
            self.use_all(&given);
            return invalid;
        }
        let (len, ty) = match self.sliced(&mut x, bounds[2].filter(|_| three)) {
            Ok(found) => found,
            Err((pos, text)) => {
                self.error(pos, text);
                return invalid;
            }
        };
        let limit = len.map(|n| n + 1);
        let mut known = [None; 3];
        for (i, bound) in bounds.into_iter().enumerate() {
            known[i] = match bound {
                Some(bound) => self.index_value(bound, limit).flatten(),
                None if i == 0 => Some(0),
                None => len,
            };
        }
        let swapped = (0..3).flat_map(|i| (i + 1..3).map(move |j| (i, j))).find_map(|(i, j)| {
            let (low, high) = (known[i]?, known[j]?);
            Some((bounds[j]?, low, high)).filter(|_| high < low)
        });
        if let Some((bound, low, high)) = swapped {
            let at = self.pos(bound);
            self.error(at, format!("invalid slice indices: {high} < {low}"));
        }
        Operand::new(Mode::Value, ty, id)
    }

    /// The length of what is sliced, if it is constant, and the type of the result.
    fn sliced(
        &mut self,
        x: &mut Operand,
        max: Option<ExprId>,
    ) -> Result<(Option<u64>, TypeId), (Pos, String)> {
        let pos = self.pos(x.expr);
        let x_s = self.describe(x);
        let wrong = |text: String| Err((pos, text));
        let mut common: Option<(TypeId, TypeId)> = None;
        let mut has_string = false;
        for member in self.type_set(x.ty) {
            let Some((t, mut u)) = member else {
                return wrong(format!("cannot slice {x_s}: no specific type in {}", self.type_string(x.ty)));
            };
            if matches!(self.types.get(u), Type::Basic(b) if b.is_string()) {
                has_string = true;
                u = self.slice_of(Basic::Uint8.id());
            }
            match common {
                None => common = Some((t, u)),
                Some((ct, cu)) if cu != u => {
                    let (a, b) = (self.type_string(ct), self.type_string(t));
                    return wrong(format!("cannot slice {x_s}: {a} and {b} have different underlying types"));
                }
                Some(_) => {}
            }
        }
        if has_string {
            if let Some(max) = max {
                return Err((self.pos(max), "invalid operation: 3-index slice of string".into()));
            }
            let len = match &x.value {
                Some(Const::String(s)) if x.is_const() => Some(s.len() as u64),
                _ => None,
            };
            if self.is_untyped(x.ty) {
                self.convert_untyped(x, Basic::String.id());
            }
            return Ok((len, x.ty));
        }
        let under = common.map_or(Basic::Invalid.id(), |(_, u)| u);
        match *self.types.get(under) {
            Type::Slice(_) => Ok((None, x.ty)),
            Type::Array(elem, n) if x.mode == Mode::Variable => Ok((Some(n), self.slice_of(elem))),
            Type::Array(..) => wrong(format!("cannot slice unaddressable value {x_s}")),
            Type::Pointer(p) => match *self.under(p) {
                Type::Array(elem, n) => Ok((Some(n), self.slice_of(elem))),
                _ => wrong(format!("cannot slice {x_s}")),
            },
            _ => wrong(format!("cannot slice {x_s}")),
        }
    }
}
