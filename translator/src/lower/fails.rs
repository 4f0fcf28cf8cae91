//! What evaluating an expression may end in beside a value: a panic, or something that others see.
//!
//! An assignment finds the values first and looks at its places only when it stores (Go specification, "Assignment
//! statements": indices and pointers are operands, their checks belong to the store). Rust checks a view before it
//! evaluates what is to be set, so `order` and `assign` ask here whether that could be noticed.
//!
//! Always holds: too much is said, never too little. Two nil pointers fail with one text, so they need no order.

use super::Lower;
use crate::ast::{BinaryOp, ExprId, ExprKind, UnaryOp};
use crate::typed::{Builtin, Mode, SelectionKind, TypeId};
use crate::types::{Basic, Type};

/// How evaluating may end, beside in a value.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Fails {
    /// A nil pointer.
    pub(super) nil: bool,
    /// Any other panic.
    pub(super) other: bool,
    /// It runs code that others may notice.
    pub(super) effect: bool,
}

impl Fails {
    const NIL: Fails = Fails { nil: true, other: false, effect: false };
    const OTHER: Fails = Fails { nil: false, other: true, effect: false };
    const EFFECT: Fails = Fails { nil: true, other: true, effect: true };

    fn and(self, next: Fails) -> Fails {
        Fails {
            nil: self.nil || next.nil,
            other: self.other || next.other,
            effect: self.effect || next.effect,
        }
    }

    /// Is the panic of `self` one that can be told from what evaluating `value` does, if that should come first?
    pub(super) fn shows_before(self, value: Fails) -> bool {
        (self.nil || self.other) && (value.effect || value.other || value.nil && self.other)
    }
}

impl Lower<'_> {
    fn all_fail(&self, ids: impl IntoIterator<Item = ExprId>) -> Fails {
        ids.into_iter().fold(Fails::default(), |fails, id| fails.and(self.value_fails(id)))
    }

    /// How evaluating a value may end.
    pub(super) fn value_fails(&self, id: ExprId) -> Fails {
        if let ExprKind::KeyValue { key, value, .. } = self.ast(id).kind {
            return self.all_fail([key, value]);
        }
        let Some(tv) = self.info().tv(id) else { return Fails::default() };
        if tv.value.is_some() || matches!(tv.mode, Mode::Type | Mode::Nil | Mode::Builtin(_)) {
            return Fails::default();
        }
        match &self.ast(id).kind {
            ExprKind::Paren(x) => self.value_fails(*x),
            ExprKind::Star(x) => self.value_fails(*x).and(Fails::NIL),
            ExprKind::Selector { x, .. } => match self.info().selections.get(&id) {
                Some(s) if s.kind == SelectionKind::Field => self.operands_fail(id),
                Some(s) if s.kind == SelectionKind::MethodValue => self.value_fails(*x).and(Fails::NIL),
                _ => Fails::default(),
            },
            ExprKind::Index { x, indices, .. } => match self.info().tv(*x).map(|tv| self.under(tv.ty)) {
                Some(Type::Map(key, _)) => self.key_fails(*key).and(self.all_fail([*x, indices[0]])),
                Some(Type::Func(_)) | None => Fails::default(),
                Some(_) => self.operands_fail(id).and(self.index_fails(*x, indices[0])),
            },
            ExprKind::Slice { x, lo, hi, max, .. } => {
                let bounds = [lo, hi, max].into_iter().flatten().copied();
                self.value_fails(*x).and(self.all_fail(bounds)).and(Fails::OTHER)
            }
            ExprKind::TypeAssert { x, .. } => self.value_fails(*x).and(Fails::OTHER),
            ExprKind::Unary { op: UnaryOp::Recv, .. } => Fails::EFFECT,
            ExprKind::Unary { op: UnaryOp::Addr, x } => match self.ast(self.unparen(*x)).kind {
                ExprKind::CompositeLit { .. } => self.value_fails(*x),
                _ => self.place_fails(*x),
            },
            ExprKind::Unary { x, .. } => self.value_fails(*x),
            ExprKind::Binary { op, x, y, .. } => {
                self.operation_fails(*op, *x, *y).and(self.all_fail([*x, *y]))
            }
            ExprKind::CompositeLit { elems, .. } => {
                self.all_fail(elems.iter().copied()).and(match *self.under(tv.ty) {
                    Type::Map(key, _) if !elems.is_empty() => self.key_fails(key),
                    _ => Fails::default(),
                })
            }
            ExprKind::FuncLit(_) | ExprKind::Ident(_) => Fails::default(),
            ExprKind::Call { fun, args, .. } => self.call_fails(id, *fun, args),
            _ => Fails::EFFECT,
        }
    }

    /// Would it be noticed if the place were found before these values are there?
    pub(super) fn shows_before(&self, place: ExprId, values: &[ExprId]) -> bool {
        let place = self.unparen(place);
        let late = match &self.ast(place).kind {
            _ if self.in_rust_local(place) => return false,
            // `s.set(i, v)`, `m.set(k, v)`
            ExprKind::Index { x, .. } => {
                !matches!(self.under(self.type_of(*x)), Type::Array(..) | Type::Pointer(_))
            }
            _ => false,
        };
        let fails = if late { self.operands_fail(place) } else { self.place_fails(place) };
        fails.shows_before(self.all_fail(values.iter().copied()))
            && !(values.len() == 1 && self.fails_alike(place, values[0]))
    }

    /// How storing in a place may end, the evaluation of its operands included.
    pub(super) fn place_fails(&self, id: ExprId) -> Fails {
        let own = match &self.ast(id).kind {
            ExprKind::Paren(x) => return self.place_fails(*x),
            ExprKind::Index { x, indices, .. } => match self.under(self.type_of(*x)) {
                Type::Map(..) => Fails::OTHER,
                _ => self.index_fails(*x, indices[0]),
            },
            ExprKind::Star(_) => Fails::NIL,
            _ => Fails::default(),
        };
        own.and(self.operands_fail(id))
    }

    /// How evaluating the operands of a place may end, and loads on the way to it.
    pub(super) fn operands_fail(&self, id: ExprId) -> Fails {
        let is_pointer = |x: ExprId| matches!(self.under(self.type_of(x)), Type::Pointer(_));
        match &self.ast(id).kind {
            ExprKind::Paren(x) => self.operands_fail(*x),
            ExprKind::Star(x) => self.value_fails(*x),
            ExprKind::Selector { x, .. } => {
                let Some(selection) = self.info().selections.get(&id) else { return Fails::default() };
                let nil = if selection.indirect || is_pointer(*x) { Fails::NIL } else { Fails::default() };
                let base = if is_pointer(*x) { self.value_fails(*x) } else { self.place_fails(*x) };
                nil.and(base)
            }
            ExprKind::Index { x, indices, .. } => {
                let base = match self.under(self.type_of(*x)) {
                    Type::Array(..) => self.place_fails(*x),
                    _ => self.value_fails(*x),
                };
                base.and(self.value_fails(indices[0]))
            }
            ExprKind::Ident(_) => Fails::default(),
            _ => self.value_fails(id),
        }
    }

    /// The check of an index.
    pub(super) fn index_fails(&self, x: ExprId, index: ExprId) -> Fails {
        let constant = self.tv(index).value.is_some();
        match self.under(self.type_of(x)) {
            Type::Array(..) if constant => Fails::default(),
            Type::Pointer(_) if constant => Fails::NIL,
            Type::Pointer(_) => Fails::NIL.and(Fails::OTHER),
            _ => Fails::OTHER,
        }
    }

    /// Keys that hold interfaces may have no hash.
    pub(super) fn key_fails(&self, key: TypeId) -> Fails {
        let plain = matches!(self.under(key), Type::Basic(_) | Type::Pointer(_) | Type::Chan(..));
        if plain { Fails::default() } else { Fails::OTHER }
    }

    pub(super) fn operation_fails(&self, op: BinaryOp, x: ExprId, y: ExprId) -> Fails {
        let constant = self.tv(y).value.is_some();
        let fails = match op {
            BinaryOp::Div | BinaryOp::Rem => !constant,
            BinaryOp::Shl | BinaryOp::Shr => {
                !constant && !self.basic(self.type_of(y)).is_some_and(Basic::is_unsigned)
            }
            _ if op.is_comparison() => {
                let plain = |x: ExprId| {
                    self.mode(x) == Mode::Nil
                        || matches!(
                            self.under(self.type_of(x)),
                            Type::Basic(_) | Type::Pointer(_) | Type::Chan(..)
                        )
                };
                !(plain(x) && plain(y) || self.mode(x) == Mode::Nil || self.mode(y) == Mode::Nil)
            }
            _ => false,
        };
        if fails { Fails::OTHER } else { Fails::default() }
    }

    fn call_fails(&self, id: ExprId, fun: ExprId, args: &[ExprId]) -> Fails {
        let fun = self.unparen(fun);
        let operands = self.all_fail(args.iter().copied());
        match self.info().tv(fun).map(|t| t.mode) {
            Some(Mode::Type) => {
                let to_array = |ty: TypeId| matches!(self.under(ty), Type::Array(..) | Type::Pointer(_));
                let from_slice = |ty: TypeId| matches!(self.under(ty), Type::Slice(_));
                let checks = to_array(self.type_of(fun)) && args.iter().any(|a| from_slice(self.type_of(*a)));
                return operands.and(if checks { Fails::OTHER } else { Fails::default() });
            }
            Some(Mode::Builtin(b)) => {
                return operands.and(match b {
                    Builtin::Len
                    | Builtin::Cap
                    | Builtin::Append
                    | Builtin::New
                    | Builtin::Min
                    | Builtin::Max
                    | Builtin::Complex
                    | Builtin::Real
                    | Builtin::Imag => Fails::default(),
                    Builtin::Make if args[1..].iter().all(|a| self.tv(*a).value.is_some()) => {
                        Fails::default()
                    }
                    Builtin::Make => Fails::OTHER,
                    _ => Fails::EFFECT,
                });
            }
            _ => {}
        }
        if self.object_of(fun).is_some_and(|func| self.is_quiet(func)) {
            return operands;
        }
        Fails { effect: self.shows(id), ..Fails::EFFECT }
    }
}
