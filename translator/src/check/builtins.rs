//! Calls of builtin functions (Go specification, "Built-in functions").

use super::assign::{Naming, Target};
use super::call::CallArgs;
use super::operand::Operand;
use super::{Checker, constant};
use crate::ast::{BinaryOp, ChanDir, ExprId};
use crate::typed::real::Real;
use crate::typed::{Builtin, Const, Mode, TypeId};
use crate::types::{Basic, Signature, Type};
use num_bigint::BigInt;

impl<'a> Checker<'a> {
    pub(super) fn builtin(&mut self, call: CallArgs<'a>, b: Builtin) -> Operand {
        let CallArgs { id, fun, args, dots, .. } = call;
        let invalid = Operand::invalid(id);
        let shown = self.expr_str(fun);
        let name = shown.rsplit('.').next().unwrap_or(&shown);
        let start = self.pos(id);
        if dots && b != Builtin::Append {
            self.error(start, format!("invalid operation: invalid use of ... with built-in {name}"));
            self.use_all(args);
            return invalid;
        }
        let has_call = std::mem::take(&mut self.cx.has_call_or_recv);
        let unchecked = matches!(b, Builtin::Make | Builtin::New | Builtin::UnsafeOffsetof);
        let operands = if unchecked { vec![] } else { self.expr_list(args, Naming::Numbered) };
        let args_have_call = self.cx.has_call_or_recv;
        let is_len = matches!(b, Builtin::Len | Builtin::Cap);
        self.cx.has_call_or_recv = has_call || (args_have_call && !is_len);
        if operands.iter().any(Operand::is_invalid) {
            return invalid;
        }
        let (least, most) = arity(b);
        let count = if unchecked { args.len() } else { operands.len() };
        let wrong = if count < least {
            Some("not enough")
        } else {
            most.filter(|most| count > *most).map(|_| "too many")
        };
        if let Some(wrong) = wrong {
            let text = format!(
                "invalid operation: {wrong} arguments for {} (expected {least}, found {count})",
                self.expr_str(id)
            );
            self.error(start, text);
            return invalid;
        }
        self.builtin_version(b, fun);
        let result = match b {
            Builtin::Make => self.make(id, args),
            Builtin::New => self.new_value(id, args[0]),
            Builtin::Append => self.append(call, operands),
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
                if x.is_invalid() { invalid } else { self.no_value(id) }
            }
            Builtin::Print | Builtin::Println => {
                for mut x in operands {
                    self.assign_to(&mut x, Target::Infer, &format!("argument to built-in {name}"));
                    if x.is_invalid() {
                        return invalid;
                    }
                }
                self.no_value(id)
            }
            Builtin::Assert => self.assert(id, operands),
            Builtin::Recover => {
                let any = self.empty_interface();
                Operand::new(Mode::Value, any, id)
            }
            _ => self.unsafe_call(call, b, operands),
        };
        self.cx.has_call_or_recv |= !result.is_invalid() && !result.is_const();
        result
    }

    fn builtin_version(&mut self, b: Builtin, fun: ExprId) {
        let name = self.expr_str(fun);
        let (minor, what) = match b {
            Builtin::Clear => (21, name),
            Builtin::Max | Builtin::Min => (21, format!("built-in {name}")),
            Builtin::UnsafeAdd | Builtin::UnsafeSlice => (17, name),
            Builtin::UnsafeSliceData | Builtin::UnsafeString | Builtin::UnsafeStringData => (20, name),
            _ => return,
        };
        let pos = self.pos(fun);
        self.require(pos, minor, what);
    }

    /// `assert(condition)`, in Go's own tests of its checker.
    fn assert(&mut self, id: ExprId, operands: Vec<Operand>) -> Operand {
        let x = operands.into_iter().next().expect("counted");
        let Some(Const::Bool(holds)) = x.value.as_ref().filter(|_| x.is_const()) else {
            let text = format!("{} is not a boolean constant", self.describe(&x));
            self.invalid_argument(&x, text);
            return Operand::invalid(id);
        };
        if !holds {
            let (pos, call) = (self.pos(id), self.expr_str(id));
            self.error(pos, format!("{call} failed"));
        }
        Operand { expr: id, ..x }
    }

    fn no_value(&mut self, id: ExprId) -> Operand {
        let ty = self.types.intern(Type::Tuple(vec![]));
        Operand::new(Mode::NoValue, ty, id)
    }

    pub(super) fn invalid_argument(&mut self, x: &Operand, text: String) {
        let pos = self.pos(x.expr);
        self.error(pos, format!("invalid argument: {text}"));
    }

    fn append(&mut self, call: CallArgs<'a>, mut operands: Vec<Operand>) -> Operand {
        let first = operands[0].clone();
        let elem = match self.slice_elem(&first) {
            Ok(elem) => elem,
            Err(why) => {
                let pos = self.pos(first.expr);
                self.error(pos, format!("invalid append: {why}"));
                return Operand::invalid(call.id);
            }
        };
        let result = Operand::new(Mode::Value, first.ty, call.id);
        if let [_, y] = &mut operands[..]
            && call.dots
            && self.takes_bytes(&first)
            && self.is_bytes_or_string(y.ty, true)
        {
            if self.is_untyped(y.ty) {
                self.convert_untyped(y, Basic::String.id());
            }
            return result;
        }
        let rest = self.slice_of(elem);
        let params = vec![first.ty, rest];
        let sig = Signature { params, variadic: true, ..Signature::default() };
        self.check_arguments(call, &sig, operands, None);
        result
    }

    /// May the operand be assigned to a variable of type `[]byte`?
    fn takes_bytes(&mut self, x: &Operand) -> bool {
        let bytes = self.slice_of(Basic::Uint8.id());
        self.assignable(x, bytes).is_ok()
    }

    fn len_cap(&mut self, id: ExprId, b: Builtin, operands: Vec<Operand>, has_call: bool) -> Operand {
        let mut x = operands.into_iter().next().expect("counted");
        let int = Basic::Int.id();
        let is_len = b == Builtin::Len;
        if !self.all_types(x.ty, |t| self.has_len(t, is_len)) {
            if !self.is_invalid(self.types.underlying(x.ty)) {
                let name = if is_len { "len" } else { "cap" };
                let text = format!("{} for built-in {name}", self.describe(&x));
                self.invalid_argument(&x, text);
            }
            return Operand::invalid(id);
        }
        let array = match *self.under(x.ty) {
            Type::Pointer(p) => p,
            _ => x.ty,
        };
        match self.under(array) {
            Type::Array(_, n) if !has_call => Operand::constant(int, Const::Int(BigInt::from(*n)), id),
            Type::Basic(_) => {
                let len = match &x.value {
                    Some(Const::String(s)) if x.is_const() => Some(s.len()),
                    _ => None,
                };
                if self.is_untyped(x.ty) {
                    self.convert_untyped(&mut x, Basic::String.id());
                }
                match len {
                    Some(len) => Operand::constant(int, Const::Int(BigInt::from(len)), id),
                    None => Operand::new(Mode::Value, int, id),
                }
            }
            _ => Operand::new(Mode::Value, int, id),
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
            let x_s = self.describe(x);
            let text = format!("cannot clear {x_s}: argument must be (or constrained by) map or slice");
            self.invalid_argument(x, text);
            return Operand::invalid(id);
        }
        self.no_value(id)
    }

    fn close(&mut self, id: ExprId, x: &Operand) -> Operand {
        for member in self.type_set(x.ty) {
            let what = match member.map(|(_, u)| self.types.get(u)) {
                Some(Type::Chan(ChanDir::Recv, _)) => "receive-only channel",
                Some(Type::Chan(..)) => continue,
                _ => "non-channel",
            };
            let text = format!("invalid operation: cannot close {what} {}", self.describe(x));
            let pos = self.pos(x.expr);
            self.error(pos, text);
            return Operand::invalid(id);
        }
        self.no_value(id)
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
        let real = |v: &Operand| v.value.as_ref().and_then(constant::to_real);
        // constants without type become floating-point numbers
        for v in [&mut x, &mut y] {
            if self.is_untyped(v.ty) && self.is_numeric(v.ty) && real(v).is_some() {
                v.ty = Basic::UntypedFloat.id();
            }
        }
        if x.ty != y.ty {
            let text = format!(
                "invalid operation: {} (mismatched types {} and {})",
                self.expr_str(id),
                self.type_string(x.ty),
                self.type_string(y.ty)
            );
            let pos = self.pos(x.expr);
            self.error(pos, text);
            return invalid;
        }
        let ty = match self.basic(x.ty) {
            Some(Basic::Float32) => Basic::Complex64.id(),
            Some(Basic::Float64) => Basic::Complex128.id(),
            Some(Basic::UntypedFloat) => Basic::UntypedComplex.id(),
            _ if self.is_type_param(x.ty) && self.all_basic(x.ty, is_float) => {
                return self.no_generic_complex(id, &x, "complex");
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

    /// There is no type for the result yet.
    fn no_generic_complex(&mut self, id: ExprId, x: &Operand, name: &str) -> Operand {
        let text = format!(
            "{} not supported as argument to built-in {name} for go1.18 (see go.dev/issue/50937)",
            self.describe(x)
        );
        let pos = self.pos(x.expr);
        self.error(pos, text);
        Operand::invalid(id)
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
            _ if self.is_type_param(x.ty) && self.all_basic(x.ty, Basic::is_complex) => {
                return self.no_generic_complex(id, &x, if b == Builtin::Real { "real" } else { "imag" });
            }
            _ => {
                let text = format!("argument has type {}, expected complex type", self.type_string(x.ty));
                self.invalid_argument(&x, text);
                return Operand::invalid(id);
            }
        };
        if let (true, Some((re, im))) = (x.is_const(), x.value.as_ref().and_then(constant::to_complex)) {
            let part: Real = if b == Builtin::Real { re } else { im };
            return Operand::constant(ty, constant::normal(Const::Float(part)), id);
        }
        Operand::new(Mode::Value, ty, id)
    }

    fn copy(&mut self, id: ExprId, operands: Vec<Operand>) -> Operand {
        let invalid = Operand::invalid(id);
        let [dst, mut src] = <[Operand; 2]>::try_from(operands).expect("counted");
        let to = match self.slice_elem(&dst) {
            Ok(elem) => elem,
            Err(why) => {
                let pos = self.pos(dst.expr);
                self.error(pos, format!("invalid copy: {why}"));
                return invalid;
            }
        };
        let int = Operand::new(Mode::Value, Basic::Int.id(), id);
        if self.takes_bytes(&dst) && self.is_bytes_or_string(src.ty, false) {
            if self.is_untyped(src.ty) {
                self.convert_untyped(&mut src, Basic::String.id());
            }
            return int;
        }
        let from = match self.slice_elem(&src) {
            Ok(elem) => elem,
            Err(_) if self.is_string(src.ty) => self.predeclared_type("byte"),
            Err(why) => {
                let pos = self.pos(src.expr);
                self.error(pos, format!("invalid copy: {why}"));
                return invalid;
            }
        };
        if from == to {
            return int;
        }
        let text = format!(
            "invalid copy: arguments {} and {} have different element types {} and {}",
            self.describe(&dst),
            self.describe(&src),
            self.type_string(to),
            self.type_string(from)
        );
        let pos = self.pos(dst.expr);
        self.error(pos, text);
        invalid
    }

    fn delete(&mut self, id: ExprId, operands: Vec<Operand>) -> Operand {
        let [map, mut key] = <[Operand; 2]>::try_from(operands).expect("counted");
        let mut key_ty: Option<TypeId> = None;
        for member in self.type_set(map.ty) {
            let problem = match member.map(|(_, u)| self.types.get(u)) {
                Some(Type::Map(k, _)) if key_ty.is_none_or(|have| have == *k) => {
                    key_ty = Some(*k);
                    continue;
                }
                Some(Type::Map(..)) => {
                    format!("maps of {} must have identical key types", self.describe(&map))
                }
                _ => format!("{} is not a map", self.describe(&map)),
            };
            self.invalid_argument(&map, problem);
            return Operand::invalid(id);
        }
        if let Some(ty) = key_ty {
            self.assign_to(&mut key, Target::Type(ty), "argument to delete");
        }
        if key.is_invalid() { Operand::invalid(id) } else { self.no_value(id) }
    }

    /// `min(..)`, `max(..)`
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
            self.match_types(&mut best, &mut x);
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

    /// `new(T)`, `new(value)`
    fn new_value(&mut self, id: ExprId, arg: ExprId) -> Operand {
        let x = self.expr_or_type(arg);
        if x.mode == Mode::Type {
            self.valid_var_type(arg, x.ty);
        }
        let mut x = if x.mode == Mode::Type { x } else { self.exclude(x, true) };
        if x.is_invalid() {
            return Operand::invalid(id);
        }
        if x.mode != Mode::Type && self.is_untyped(x.ty) {
            self.assign_to(&mut x, Target::Infer, "argument to new");
        }
        if !x.is_invalid() && x.mode != Mode::Type {
            let pos = self.pos(id);
            self.require(pos, 26, format!("new({})", self.expr_str(arg)));
        }
        if x.is_invalid() {
            return Operand::invalid(id);
        }
        let ty = self.pointer_to(x.ty);
        Operand::new(Mode::Value, ty, id)
    }

    fn make(&mut self, id: ExprId, args: &'a [ExprId]) -> Operand {
        let invalid = Operand::invalid(id);
        let (first, sizes) = (args[0], &args[1..]);
        let ty = self.var_type(first);
        if self.is_invalid(ty) {
            return invalid;
        }
        let made = self.common_under(ty, |c, member| match member.map(|(_, u)| c.types.get(u)) {
            Some(Type::Slice(_) | Type::Map(..) | Type::Chan(..)) => Ok(()),
            None => Err("no specific type".into()),
            _ => Err("type must be slice, map, or channel".into()),
        });
        let least = match made.map(|u| self.types.get(u)) {
            Ok(Type::Slice(_)) => 2,
            Ok(_) => 1,
            Err(why) => {
                let text = format!("invalid argument: cannot make {}: {why}", self.expr_str(first));
                let at = self.pos(first);
                self.error(at, text);
                return invalid;
            }
        };
        let count = args.len();
        if count < least || count > least + 1 {
            let (call, most) = (self.expr_str(id), least + 1);
            let pos = self.pos(id);
            let text =
                format!("invalid operation: {call} expects {least} or {most} arguments; found {count}");
            self.error(pos, text);
            return invalid;
        }
        let known: Vec<u64> = sizes.iter().filter_map(|size| self.size(*size).flatten()).collect();
        if let [len, cap] = known[..]
            && len > cap
        {
            let at = self.pos(sizes[0]);
            self.error(at, "invalid argument: length and capacity swapped");
        }
        Operand::new(Mode::Value, ty, id)
    }

    /// A length or capacity; a constant with a whole value may be of a floating-point type.
    fn size(&mut self, id: ExprId) -> Option<Option<u64>> {
        let mut x = self.expr(id);
        self.index_operand(&mut x, None)
    }
}

fn arity(b: Builtin) -> (usize, Option<usize>) {
    match b {
        Builtin::Append | Builtin::Max | Builtin::Min | Builtin::Make => (1, None),
        Builtin::Print | Builtin::Println => (0, None),
        Builtin::Complex
        | Builtin::Copy
        | Builtin::Delete
        | Builtin::UnsafeAdd
        | Builtin::UnsafeSlice
        | Builtin::UnsafeString => (2, Some(2)),
        Builtin::Recover => (0, Some(0)),
        _ => (1, Some(1)),
    }
}

fn is_float(b: Basic) -> bool {
    matches!(b, Basic::Float32 | Basic::Float64)
}
