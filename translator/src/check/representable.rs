//! Can a constant be a value of a type (Go specification, "Representability")?

use super::Checker;
use super::constant::{from_f64, normal, to_complex, to_int, to_real};
use super::operand::Operand;
use crate::ast::{BinaryOp, ExprId, ExprKind, UnaryOp};
use crate::source::Pos;
use crate::typed::Const;
use crate::typed::real::Real;
use crate::types::{Basic, TypeId};
use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

/// Untyped integers have at most as many bits.
const MAX_BITS: u64 = 512;
/// Strings that the linker takes are shorter.
const MAX_STRING: usize = 2_000_000_000;

/// Why a constant does not fit.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Misfit {
    /// Not of the type's kind at all.
    Mismatch,
    /// A fraction where an integer is needed.
    Truncated,
    /// Out of range.
    Overflows,
}

impl Checker<'_> {
    /// The value of a constant operand as `basic` holds it.
    pub(super) fn representation(&self, x: &Operand, basic: Basic) -> Result<Const, Misfit> {
        let value = x.value.as_ref().and_then(|value| represent(value, basic));
        value.ok_or_else(|| {
            if !self.is_numeric(x.ty) || !basic.is_numeric() {
                Misfit::Mismatch
            } else if !self.is_integer(x.ty) && basic.is_integer() {
                Misfit::Truncated
            } else {
                Misfit::Overflows
            }
        })
    }

    /// Reports what [`Checker::representation`] found.
    pub(super) fn misfit(&mut self, x: &Operand, target: TypeId, misfit: Misfit) {
        let (x_s, ty) = (self.describe(x), self.type_string(target));
        let text = match misfit {
            Misfit::Truncated => format!("{x_s} truncated to {ty}"),
            Misfit::Overflows => format!("{x_s} overflows {ty}"),
            Misfit::Mismatch => format!("cannot convert {x_s} to type {ty}"),
        };
        let pos = self.pos(x.expr);
        self.error(pos, text);
    }

    /// The result of a constant operation must fit its type, and one without a type must not grow without end.
    pub(super) fn check_overflow(&mut self, x: &mut Operand) {
        let Some(value) = &x.value else { return };
        let pos = self.operation_pos(x.expr);
        let text = match value {
            Const::Unknown => {
                self.error(pos, "constant result is not representable");
                return;
            }
            _ if self.is_typed(x.ty) => {
                let Some(basic) = self.basic(x.ty) else { return };
                match self.representation(x, basic) {
                    Ok(value) => x.value = Some(value),
                    Err(misfit) => {
                        let under = self.types.underlying(x.ty);
                        self.misfit(x, under, misfit);
                        *x = Operand::invalid(x.expr);
                    }
                }
                return;
            }
            Const::Int(v) if self.is_integer(x.ty) && v.bits() > MAX_BITS => {
                format!("constant {}overflow", self.operation_name(x.expr))
            }
            _ => return,
        };
        self.error(pos, text);
        x.value = Some(Const::Unknown);
    }

    /// Would the strings be too long in one? They are not even put together then.
    pub(super) fn too_long(&mut self, id: ExprId, a: &Const, b: &Const) -> bool {
        let (Const::String(a), Const::String(b)) = (a, b) else { return false };
        let len = a.len() + b.len();
        if len > MAX_STRING {
            let pos = self.operation_pos(id);
            self.error(pos, format!("constant string too long ({len} bytes > {MAX_STRING} bytes)"));
        }
        len > MAX_STRING
    }

    /// Where an operation's operator stands, otherwise where the expression starts.
    fn operation_pos(&self, id: ExprId) -> Pos {
        match self.ast(id).kind {
            ExprKind::Binary { op_pos, .. } => op_pos,
            _ => self.pos(id),
        }
    }

    /// What messages call an operation that may overflow, with a space behind.
    fn operation_name(&self, id: ExprId) -> &'static str {
        match self.ast(id).kind {
            ExprKind::Unary { op: UnaryOp::BitNot, .. } => "bitwise complement ",
            ExprKind::Binary { op: BinaryOp::Add, .. } => "addition ",
            ExprKind::Binary { op: BinaryOp::Sub, .. } => "subtraction ",
            ExprKind::Binary { op: BinaryOp::Mul, .. } => "multiplication ",
            ExprKind::Binary { op: BinaryOp::Shl, .. } => "shift ",
            ExprKind::Binary { op: BinaryOp::Xor, .. } => "bitwise XOR ",
            _ => "",
        }
    }
}

/// The value as `basic` holds it, rounded for floating-point types; `None` if it holds no such value.
pub(super) fn represent(value: &Const, basic: Basic) -> Option<Const> {
    match value {
        Const::Unknown => return Some(Const::Unknown),
        Const::Bool(_) => return basic.is_boolean().then(|| value.clone()),
        Const::String(_) => return basic.is_string().then(|| value.clone()),
        _ => {}
    }
    if basic.is_integer() {
        let int = to_int(value)?;
        return int_fits(&int, basic).then_some(Const::Int(int));
    }
    if basic.is_float() {
        let v = to_real(value)?;
        return Some(normal(Const::Float(if basic.is_untyped() { v } else { round_to(&v, basic)? })));
    }
    if !basic.is_complex() {
        return None;
    }
    if basic.is_untyped() {
        return Some(normal(value.clone()));
    }
    let (re, im) = to_complex(value)?;
    let part = if basic == Basic::Complex64 { Basic::Float32 } else { Basic::Float64 };
    Some(normal(Const::Complex(round_to(&re, part)?, round_to(&im, part)?)))
}

fn round_to(v: &Real, basic: Basic) -> Option<Real> {
    let rounded = if basic == Basic::Float32 { f64::from(v.to_f32()) } else { v.to_f64() };
    rounded.is_finite().then(|| Real::from(from_f64(rounded)))
}

fn int_fits(v: &BigInt, basic: Basic) -> bool {
    let Some(bits) = basic.bits() else { return true };
    if basic.is_unsigned() {
        return v.sign() != Sign::Minus && v.bits() <= u64::from(bits);
    }
    v.to_i64().is_some_and(|n| bits >= 64 || (-(1i64 << (bits - 1))..1i64 << (bits - 1)).contains(&n))
}
