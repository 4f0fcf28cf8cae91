//! The result of checking an expression.

use crate::ast::ExprId;
use crate::symbol::Symbol;
use crate::typed::{Const, Mode, TypeId};
use crate::types::Basic;

/// An expression with what is known about it.
#[derive(Clone, Debug)]
pub(super) struct Operand {
    pub mode: Mode,
    pub ty: TypeId,
    pub value: Option<Const>,
    pub expr: ExprId,
    /// What it is called where it has no expression of its own: `1st function result`.
    pub name: Option<Symbol>,
}

impl Operand {
    /// The operand itself; an invalid one stays in its place.
    pub fn taken(&mut self) -> Operand {
        std::mem::replace(self, Operand::invalid(self.expr))
    }

    pub fn new(mode: Mode, ty: TypeId, expr: ExprId) -> Operand {
        Operand { mode, ty, value: None, expr, name: None }
    }

    pub fn invalid(expr: ExprId) -> Operand {
        Operand::new(Mode::Invalid, Basic::Invalid.id(), expr)
    }

    pub fn constant(ty: TypeId, value: Const, expr: ExprId) -> Operand {
        Operand { mode: Mode::Constant, ty, value: Some(value), expr, name: None }
    }

    pub fn is_invalid(&self) -> bool {
        self.mode == Mode::Invalid
    }

    pub fn is_nil(&self) -> bool {
        self.mode == Mode::Nil
    }

    pub fn is_const(&self) -> bool {
        self.mode == Mode::Constant
    }
}
