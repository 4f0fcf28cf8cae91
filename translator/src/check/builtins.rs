//! Calls of builtin functions (Go specification, "Built-in functions").

use super::assign::Target;
use super::operand::Operand;
use super::{Checker, constant};
use crate::ast::{BinaryOp, ChanDir, ExprId};
use crate::source::Pos;
use crate::typed::constant::Rational;
use crate::typed::{Builtin, Const, Mode, TypeId};
use crate::types::{Basic, Type};
use num_bigint::BigInt;
use num_traits::Zero;

impl<'a> Checker<'a> {
    pub(super) fn builtin(
        &mut self,
        id: ExprId,
        b: Builtin,
        fun: ExprId,
        args: &'a [ExprId],
        ellipsis: Option<Pos>,
        rparen: Pos,
    ) -> Operand {
        let invalid = Operand::invalid(id);
        let name = self.expr_str(fun);
        if let Some(dots) = ellipsis
            && b != Builtin::Append
        {
            self.error(dots, format!("invalid operation: invalid use of ... with built-in {name}"));
            args.iter().for_each(|a| {
                self.raw_expr(*a, None);
            });
            return invalid;
        }
        if matches!(b, Builtin::Make | Builtin::New) {
            return self.make_or_new(id, b, args, rparen);
        }
        if is_unsafe(b) {
            let pos = self.pos(fun);
            self.diags.unsupported(pos, format!("{name}: package unsafe"));
            return invalid;
        }
        let has_call = self.cx.has_call_or_recv;
        self.cx.has_call_or_recv = false;
        let operands = if args.len() == 1 && ellipsis.is_none() {
            self.spread(args, false)
        } else {
            let list: Vec<Operand> = args.iter().map(|a| self.expr(*a)).collect();
            if list.iter().any(Operand::is_invalid) { None } else { Some(list) }
        };
        let args_have_call = self.cx.has_call_or_recv;
        self.cx.has_call_or_recv |= has_call;
        let Some(operands) = operands else { return invalid };
        let (least, most) = arity(b);
        let count = operands.len();
        if count < least || most.is_some_and(|m| count > m) {
            let (what, expected, at) = if count < least {
                ("not enough", least, rparen)
            } else {
                let most = most.unwrap_or(least);
                let extra = args.get(most).or(args.last()).map_or(rparen, |a| self.pos(*a));
                ("too many", most, extra)
            };
            let call = self.expr_str(id);
            self.error(at, format!("{what} arguments for {call} (expected {expected}, found {count})"));
            return invalid;
        }
        self.cx.has_call_or_recv |= !matches!(b, Builtin::Len | Builtin::Cap);
        match b {
            Builtin::Append => self.append(id, operands, ellipsis.is_some()),
            Builtin::Len | Builtin::Cap => self.len_cap(id, b, operands, args_have_call),
            Builtin::Clear => self.clear(id, &operands[0]),
            Builtin::Close => self.close(id, &operands[0]),
            Builtin::Complex => self.complex(id, operands),
            Builtin::Real | Builtin::Imag => self.real_imag(id, b, operands),
            Builtin::Copy => self.copy(id, operands),
            Builtin::Delete => self.delete(id, operands),
            Builtin::Max | Builtin::Min => self.min_max(id, b, operands),
            Builtin::Panic => {
                let mut x = operands.into_iter().next().expect("counted");
                let any = self.empty_interface();
                self.assign_to(&mut x, Target::Type(any), "argument to panic");
                self.no_value(id)
            }
            Builtin::Print | Builtin::Println => {
                for mut x in operands {
                    self.assign_to(&mut x, Target::Infer, &format!("argument to built-in {name}"));
                }
                self.no_value(id)
            }
            Builtin::Recover => {
                let any = self.empty_interface();
                Operand::new(Mode::Value, any, id)
            }
            _ => invalid,
        }
    }

    fn no_value(&mut self, id: ExprId) -> Operand {
        let ty = self.types.intern(Type::Tuple(vec![]));
        Operand::new(Mode::NoValue, ty, id)
    }

    fn invalid_argument(&mut self, x: &Operand, text: String) {
        let pos = self.pos(x.expr);
        self.error(pos, format!("invalid argument: {text}"));
    }

    fn append(&mut self, id: ExprId, mut operands: Vec<Operand>, spread: bool) -> Operand {
        let invalid = Operand::invalid(id);
        let first = operands.remove(0);
        let pos = self.pos(first.expr);
        if first.is_nil() {
            self.error(pos, "first argument to append must be a typed slice; have untyped nil");
            return invalid;
        }
        let Type::Slice(elem) = *self.core_type(first.ty) else {
            let text = format!("{} is not a slice", self.describe(&first));
            self.invalid_argument(&first, text);
            return invalid;
        };
        if spread {
            let [x] = &mut operands[..] else {
                let at = operands.first().map_or(pos, |x| self.pos(x.expr));
                self.error(at, "can only use ... with final argument in list");
                return invalid;
            };
            if self.basic(elem) == Some(Basic::Uint8) && (self.is_string(x.ty) || self.is_bytestring(x.ty)) {
                if self.is_untyped(x.ty) {
                    self.convert_untyped(x, Basic::String.id());
                }
                return Operand::new(Mode::Value, first.ty, id);
            }
            let want = self.slice_of(elem);
            if x.is_nil() {
                self.convert_untyped(x, want);
            } else {
                self.assign_to(x, Target::Type(want), "argument to append");
            }
            return Operand::new(Mode::Value, first.ty, id);
        }
        for mut x in operands {
            self.assign_to(&mut x, Target::Type(elem), "argument to append");
        }
        Operand::new(Mode::Value, first.ty, id)
    }

    fn len_cap(&mut self, id: ExprId, b: Builtin, operands: Vec<Operand>, has_call: bool) -> Operand {
        let mut x = operands.into_iter().next().expect("counted");
        let int = Basic::Int.id();
        let is_len = b == Builtin::Len;
        let base = match *self.core_type(x.ty) {
            Type::Pointer(p) if matches!(self.under(p), Type::Array(..)) => p,
            _ => x.ty,
        };
        match self.core_type(base).clone() {
            Type::Basic(t) if t.is_string() && is_len => {
                if let (true, Some(Const::String(s))) = (x.is_const(), x.value.clone()) {
                    if self.is_untyped(x.ty) {
                        self.convert_untyped(&mut x, Basic::String.id());
                    }
                    return Operand::constant(int, Const::Int(BigInt::from(s.len())), id);
                }
                Operand::new(Mode::Value, int, id)
            }
            Type::Array(_, n) => {
                if has_call || self.is_type_param(x.ty) {
                    return Operand::new(Mode::Value, int, id);
                }
                Operand::constant(int, Const::Int(BigInt::from(n)), id)
            }
            Type::Slice(_) | Type::Chan(..) => Operand::new(Mode::Value, int, id),
            Type::Map(..) if is_len => Operand::new(Mode::Value, int, id),
            _ if self.is_type_param(x.ty) && self.all_types(x.ty, |t| self.has_len(t, is_len)) => {
                Operand::new(Mode::Value, int, id)
            }
            _ => {
                let name = if is_len { "len" } else { "cap" };
                let text = format!("{} for built-in {name}", self.describe(&x));
                self.invalid_argument(&x, text);
                Operand::invalid(id)
            }
        }
    }

    fn has_len(&self, ty: TypeId, is_len: bool) -> bool {
        match self.types.get(ty) {
            Type::Basic(b) => is_len && b.is_string(),
            Type::Map(..) => is_len,
            Type::Pointer(p) => matches!(self.under(*p), Type::Array(..)),
            Type::Array(..) | Type::Slice(_) | Type::Chan(..) => true,
            _ => false,
        }
    }

    fn clear(&mut self, id: ExprId, x: &Operand) -> Operand {
        if !self.all_types(x.ty, |t| matches!(self.types.get(t), Type::Map(..) | Type::Slice(_))) {
            let text = format!("clear {} must be a map or slice", self.describe(x));
            self.invalid_argument(x, text);
            return Operand::invalid(id);
        }
        self.no_value(id)
    }

    fn close(&mut self, id: ExprId, x: &Operand) -> Operand {
        let pos = self.pos(x.expr);
        let may_close = |t: TypeId| matches!(self.types.get(t), Type::Chan(d, _) if *d != ChanDir::Recv);
        if self.is_type_param(x.ty) && self.all_types(x.ty, may_close) {
            return self.no_value(id);
        }
        match self.core_type(x.ty) {
            Type::Chan(ChanDir::Recv, _) => {
                let text =
                    format!("invalid operation: cannot close receive-only channel {}", self.describe(x));
                self.error(pos, text);
                Operand::invalid(id)
            }
            Type::Chan(..) => self.no_value(id),
            _ => {
                let text = format!("invalid operation: cannot close non-channel {}", self.describe(x));
                self.error(pos, text);
                Operand::invalid(id)
            }
        }
    }

    fn complex(&mut self, id: ExprId, operands: Vec<Operand>) -> Operand {
        let invalid = Operand::invalid(id);
        let [mut x, mut y] = <[Operand; 2]>::try_from(operands).expect("counted");
        // constants take the other's type, values without a type become float64
        if self.is_untyped(x.ty) && self.is_typed(y.ty) {
            let ty = y.ty;
            self.convert_untyped(&mut x, ty);
        } else if self.is_untyped(y.ty) && self.is_typed(x.ty) {
            let ty = x.ty;
            self.convert_untyped(&mut y, ty);
        } else if self.is_untyped(x.ty) && !(x.is_const() && y.is_const()) {
            self.convert_untyped(&mut x, Basic::Float64.id());
            self.convert_untyped(&mut y, Basic::Float64.id());
        }
        if x.is_invalid() || y.is_invalid() {
            return invalid;
        }
        let real = |v: &Operand| v.value.as_ref().and_then(constant::to_rational);
        let both_untyped = self.is_untyped(x.ty) && self.is_untyped(y.ty);
        if !both_untyped && x.ty != y.ty {
            let text = format!(
                "invalid operation: {} (mismatched types {} and {})",
                self.expr_str(id),
                self.type_string(x.ty),
                self.type_string(y.ty)
            );
            let pos = self.pos(id);
            self.error(pos, text);
            return invalid;
        }
        let ty = match self.basic(x.ty) {
            Some(Basic::Float32) => Basic::Complex64.id(),
            Some(Basic::Float64) => Basic::Complex128.id(),
            Some(b) if b.is_untyped() && b.is_numeric() && real(&x).is_some() && real(&y).is_some() => {
                Basic::UntypedComplex.id()
            }
            _ => {
                let text = format!("arguments have type {}, expected floating-point", self.type_string(x.ty));
                self.invalid_argument(&x, text);
                return invalid;
            }
        };
        if let (true, true, Some(re), Some(im)) = (x.is_const(), y.is_const(), real(&x), real(&y)) {
            return Operand::constant(ty, constant::normal(Const::Complex(re, im)), id);
        }
        Operand::new(Mode::Value, ty, id)
    }

    fn real_imag(&mut self, id: ExprId, b: Builtin, operands: Vec<Operand>) -> Operand {
        let mut x = operands.into_iter().next().expect("counted");
        if self.is_untyped(x.ty) && !x.is_const() {
            self.convert_untyped(&mut x, Basic::Complex128.id());
        }
        let ty = match self.basic(x.ty) {
            Some(Basic::Complex64) => Basic::Float32.id(),
            Some(Basic::Complex128) => Basic::Float64.id(),
            Some(t) if t.is_untyped() && t.is_numeric() => Basic::UntypedFloat.id(),
            _ => {
                let text = format!("argument has type {}, expected complex type", self.type_string(x.ty));
                self.invalid_argument(&x, text);
                return Operand::invalid(id);
            }
        };
        if let (true, Some((re, im))) = (x.is_const(), x.value.as_ref().and_then(constant::to_complex)) {
            let part: Rational = if b == Builtin::Real { re } else { im };
            let part = if part.is_zero() { Rational::zero() } else { part };
            return Operand::constant(ty, constant::normal(Const::Float(part)), id);
        }
        Operand::new(Mode::Value, ty, id)
    }

    fn copy(&mut self, id: ExprId, operands: Vec<Operand>) -> Operand {
        let invalid = Operand::invalid(id);
        let [dst, mut src] = <[Operand; 2]>::try_from(operands).expect("counted");
        let Type::Slice(to) = *self.core_type(dst.ty) else {
            let text = format!(
                "copy expects slice arguments; found {} and {}",
                self.describe(&dst),
                self.describe(&src)
            );
            self.invalid_argument(&dst, text);
            return invalid;
        };
        let int = Operand::new(Mode::Value, Basic::Int.id(), id);
        if self.is_string(src.ty) && self.basic(to) == Some(Basic::Uint8) {
            if self.is_untyped(src.ty) {
                self.convert_untyped(&mut src, Basic::String.id());
            }
            return int;
        }
        if self.is_bytestring(src.ty) && self.basic(to) == Some(Basic::Uint8) {
            return int;
        }
        match *self.core_type(src.ty) {
            Type::Slice(from) if from == to => int,
            Type::Slice(from) => {
                let text = format!(
                    "arguments to copy {} and {} have different element types {} and {}",
                    self.describe(&dst),
                    self.describe(&src),
                    self.type_string(to),
                    self.type_string(from)
                );
                self.invalid_argument(&dst, text);
                invalid
            }
            _ => {
                let text = format!(
                    "copy expects slice arguments; found {} and {}",
                    self.describe(&dst),
                    self.describe(&src)
                );
                self.invalid_argument(&dst, text);
                invalid
            }
        }
    }

    fn delete(&mut self, id: ExprId, operands: Vec<Operand>) -> Operand {
        let [map, mut key] = <[Operand; 2]>::try_from(operands).expect("counted");
        let mut keys: Vec<TypeId> = match self.terms_of(map.ty) {
            Some(terms) if self.is_type_param(map.ty) => terms
                .iter()
                .filter_map(|t| match self.under(t.ty) {
                    Type::Map(k, _) => Some(*k),
                    _ => None,
                })
                .collect(),
            _ => vec![],
        };
        keys.dedup();
        if let [k] = keys[..] {
            self.assign_to(&mut key, Target::Type(k), "argument to delete");
            return self.no_value(id);
        }
        let Type::Map(k, _) = *self.core_type(map.ty) else {
            let text = format!("{} is not a map", self.describe(&map));
            self.invalid_argument(&map, text);
            return Operand::invalid(id);
        };
        self.assign_to(&mut key, Target::Type(k), "argument to delete");
        self.no_value(id)
    }

    fn min_max(&mut self, id: ExprId, b: Builtin, operands: Vec<Operand>) -> Operand {
        let invalid = Operand::invalid(id);
        let op = if b == Builtin::Min { BinaryOp::Lt } else { BinaryOp::Gt };
        for x in &operands {
            if !self.ordered(x.ty) {
                let text = format!("{} cannot be ordered", self.describe(x));
                self.invalid_argument(x, text);
                return invalid;
            }
        }
        let mut list = operands.into_iter();
        let mut best = list.next().expect("counted");
        let mut all: Vec<ExprId> = vec![best.expr];
        for mut x in list {
            all.push(x.expr);
            let (a, c) = (best.clone(), x.clone());
            self.match_types(&mut best, &mut x, op);
            if best.is_invalid() || x.is_invalid() || best.ty != x.ty {
                if !x.is_invalid() {
                    let text = format!(
                        "mismatched types {} (previous argument) and {} (type of {})",
                        self.type_string(a.ty),
                        self.type_string(c.ty),
                        self.expr_str(c.expr)
                    );
                    self.invalid_argument(&c, text);
                }
                return invalid;
            }
            if let (true, true, Some(v), Some(w)) = (best.is_const(), x.is_const(), &best.value, &x.value) {
                if constant::compare(op, w, v) == Some(true) {
                    best = x;
                }
            } else {
                best.mode = Mode::Value;
                best.value = None;
            }
        }
        // earlier arguments without a type take the common one
        for e in all {
            self.update_expr_type(e, best.ty, true);
        }
        match best.value {
            Some(value) if best.mode == Mode::Constant => Operand::constant(best.ty, value, id),
            _ => Operand::new(Mode::Value, best.ty, id),
        }
    }

    fn make_or_new(&mut self, id: ExprId, b: Builtin, args: &'a [ExprId], rparen: Pos) -> Operand {
        let invalid = Operand::invalid(id);
        let call = self.expr_str(id);
        let Some((&first, sizes)) = args.split_first() else {
            self.error(rparen, format!("not enough arguments for {call} (expected 1, found 0)"));
            return invalid;
        };
        let pos = self.pos(id);
        if b == Builtin::New {
            let x = self.expr_or_type(first);
            let ty = if x.mode == Mode::Type {
                x.ty
            } else {
                let mut x = x;
                self.assign_to(&mut x, Target::Infer, "argument to new");
                if x.is_invalid() {
                    return invalid;
                }
                x.ty
            };
            if let Some(&extra) = sizes.first() {
                let at = self.pos(extra);
                self.error(at, format!("too many arguments for {call} (expected 1, found {})", args.len()));
                return invalid;
            }
            self.cx.has_call_or_recv = true;
            let ty = self.pointer_to(ty);
            return Operand::new(Mode::Value, ty, id);
        }
        let ty = self.type_expr(first);
        if self.is_invalid(ty) {
            return invalid;
        }
        let least = match self.core_type(ty) {
            Type::Slice(_) => 2,
            Type::Map(..) | Type::Chan(..) => 1,
            _ => {
                let text = format!(
                    "invalid argument: cannot make {}; type must be slice, map, or channel",
                    self.expr_str(first)
                );
                let at = self.pos(first);
                self.error(at, text);
                return invalid;
            }
        };
        if args.len() < least {
            self.error(
                pos,
                format!(
                    "invalid operation: {call} expects {least} or {} arguments; found {}",
                    least + 1,
                    args.len()
                ),
            );
            return invalid;
        }
        if args.len() > least + 1 {
            self.error(
                pos,
                format!(
                    "invalid operation: {call} expects {least} or {} arguments; found {}",
                    least + 1,
                    args.len()
                ),
            );
            return invalid;
        }
        let mut known = vec![];
        for &size in sizes {
            if let Some(Some(n)) = self.size(size) {
                known.push(n);
            }
        }
        if let [len, cap] = known[..]
            && len > cap
        {
            let at = self.pos(sizes[0]);
            self.error(at, "invalid argument: length and capacity swapped");
        }
        self.cx.has_call_or_recv = true;
        Operand::new(Mode::Value, ty, id)
    }

    /// A length or capacity; a constant with a whole value may be of a floating-point type.
    fn size(&mut self, id: ExprId) -> Option<Option<u64>> {
        let mut x = self.expr(id);
        self.index_operand(&mut x, "index", None)
    }
}

fn arity(b: Builtin) -> (usize, Option<usize>) {
    match b {
        Builtin::Append | Builtin::Max | Builtin::Min => (1, None),
        Builtin::Print | Builtin::Println => (0, None),
        Builtin::Complex | Builtin::Copy | Builtin::Delete => (2, Some(2)),
        Builtin::Recover => (0, Some(0)),
        _ => (1, Some(1)),
    }
}

fn is_unsafe(b: Builtin) -> bool {
    use Builtin::*;
    matches!(
        b,
        UnsafeAdd
            | UnsafeAlignof
            | UnsafeOffsetof
            | UnsafeSizeof
            | UnsafeSlice
            | UnsafeSliceData
            | UnsafeString
            | UnsafeStringData
    )
}
