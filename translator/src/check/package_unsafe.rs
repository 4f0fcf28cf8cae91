//! The functions of package `unsafe` (Go specification, "Package unsafe").

use super::Checker;
use super::assign::Target;
use super::call::CallArgs;
use super::lookup::Found;
use super::operand::Operand;
use crate::ast::{ExprId, ExprKind};
use crate::typed::{Builtin, Const, Mode, Selection, SelectionKind, TypeId};
use crate::types::{Basic, Type};

impl<'a> Checker<'a> {
    /// A call of one of them with checked operands; `Offsetof` takes its argument unchecked.
    pub(super) fn unsafe_call(&mut self, call: CallArgs<'a>, b: Builtin, operands: Vec<Operand>) -> Operand {
        let id = call.id;
        if b == Builtin::UnsafeOffsetof {
            return self.offsetof(id, call.args[0]);
        }
        let name = self.expr_str(call.fun);
        let context = format!("argument to {name}");
        let mut operands = operands.into_iter();
        let mut x = operands.next().expect("counted");
        let byte = self.predeclared_type("byte");
        let target = match b {
            Builtin::UnsafeAdd => Some(Target::Type(Basic::UnsafePointer.id())),
            Builtin::UnsafeAlignof | Builtin::UnsafeSizeof => Some(Target::Infer),
            Builtin::UnsafeString => Some(Target::Type(self.pointer_to(byte))),
            Builtin::UnsafeStringData => Some(Target::Type(Basic::String.id())),
            _ => None,
        };
        if let Some(target) = target {
            self.assign_to(&mut x, target, &context);
        }
        let invalid = Operand::invalid(id);
        if x.is_invalid() {
            return invalid;
        }
        let ty = match b {
            Builtin::UnsafeAlignof | Builtin::UnsafeSizeof => return self.size_or_align(id, b, x),
            Builtin::UnsafeAdd => Basic::UnsafePointer.id(),
            Builtin::UnsafeString => Basic::String.id(),
            Builtin::UnsafeStringData => self.pointer_to(byte),
            Builtin::UnsafeSlice => match *self.core_type(x.ty) {
                Type::Pointer(elem) => self.slice_of(elem),
                _ => return self.is_no(id, &x, "pointer"),
            },
            _ => match *self.core_type(x.ty) {
                Type::Slice(elem) => self.pointer_to(elem),
                _ => return self.is_no(id, &x, "slice"),
            },
        };
        if let Some(mut len) = operands.next()
            && !self.is_length(&mut len, "length", b == Builtin::UnsafeAdd)
        {
            return invalid;
        }
        Operand::new(Mode::Value, ty, id)
    }

    fn is_no(&mut self, id: ExprId, x: &Operand, kind: &str) -> Operand {
        let text = format!("{} is not a {kind}", self.describe(x));
        self.invalid_argument(x, text);
        Operand::invalid(id)
    }

    fn size_or_align(&mut self, id: ExprId, b: Builtin, x: Operand) -> Operand {
        let layout = self.layout(x.ty);
        if layout.variable {
            return Operand::new(Mode::Value, Basic::Uintptr.id(), id);
        }
        let value = if b == Builtin::UnsafeSizeof { layout.size } else { Some(layout.align) };
        self.uintptr_constant(id, &x, value)
    }

    /// `unsafe.Offsetof(x.f)`
    fn offsetof(&mut self, id: ExprId, arg: ExprId) -> Operand {
        let invalid = Operand::invalid(id);
        let selector = self.unparen(arg);
        let ExprKind::Selector { x, sel } = self.ast(selector).kind else {
            let text = format!("invalid argument: {} is not a selector expression", self.expr_str(arg));
            let pos = self.pos(arg);
            self.error(pos, text);
            self.use_all(&[arg]);
            return invalid;
        };
        let x = self.expr(x);
        if x.is_invalid() {
            return invalid;
        }
        let base = self.struct_behind(x.ty);
        let (path, ty) = match self.lookup(base, sel.name) {
            Found::Field { indirect: true, .. } => {
                let text =
                    format!("field {} is embedded via a pointer in {}", sel.name, self.type_string(base));
                self.invalid_argument(&x, text);
                return invalid;
            }
            Found::Field { path, ty, .. } => (path, ty),
            Found::Method { .. } | Found::Abstract { .. } => {
                let text = format!("invalid argument: {} is a method value", self.expr_str(arg));
                let pos = self.pos(arg);
                self.error(pos, text);
                return invalid;
            }
            _ => {
                let text = format!("{} has no single field {}", self.type_string(base), sel.name);
                self.invalid_argument(&x, text);
                return invalid;
            }
        };
        let selection = Selection {
            kind: SelectionKind::Field,
            recv: base,
            func: None,
            path: path.clone(),
            indirect: false,
            name: sel.name,
            method_recv: None,
            ptr_recv: false,
            ty,
        };
        self.info().selections.insert(selector, selection);
        let mode = if x.mode == Mode::Variable { Mode::Variable } else { Mode::Value };
        self.record(selector, mode, ty, None);
        if self.layout(base).variable {
            return Operand::new(Mode::Value, Basic::Uintptr.id(), id);
        }
        let offset = self.offset(base, &path);
        self.uintptr_constant(id, &x, offset)
    }

    /// The struct that `ty` points to, otherwise `ty`.
    fn struct_behind(&self, ty: TypeId) -> TypeId {
        match *self.under(ty) {
            Type::Pointer(base) if matches!(self.under(base), Type::Struct(_)) => base,
            _ => ty,
        }
    }

    fn uintptr_constant(&mut self, id: ExprId, x: &Operand, value: Option<u64>) -> Operand {
        let Some(value) = value else {
            let text = format!("{} is too large", self.describe(x));
            let pos = self.pos(x.expr);
            self.error(pos, text);
            return Operand::invalid(id);
        };
        Operand::constant(Basic::Uintptr.id(), Const::Int(value.into()), id)
    }
}
