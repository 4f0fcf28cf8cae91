//! Constants that are declared by a computation, written as that: `1 << 20`, `FlagRead | FlagWrite`, `50 * time.Millisecond`.
//!
//! Always holds: Rust computes the value that the checker found. Go computes without limits, so every step is computed here
//! as well and must fit into the type; the last must be the value. `iota` becomes the number it stands for, and what is left of
//! the arithmetic around it is computed: `10 * (iota + 1)` is `20` in the second line.

use super::Lower;
use crate::ast::{BinaryOp, ExprId, ExprKind, UnaryOp};
use crate::ir::{self, Expr};
use crate::typed::{Const, Mode, ObjKind, TypeId};
use crate::types::Basic;
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

/// A step of the computation.
struct Step {
    x: Expr,
    value: BigInt,
    /// What it is made of: names of constants, `iota`.
    named: bool,
    numbered: bool,
}

impl Lower<'_> {
    /// The value of an integer constant, declared in the line `iota` of its group by `id`.
    pub(super) fn const_shape(&mut self, id: ExprId, iota: u32, value: &Const, ty: TypeId) -> Option<Expr> {
        let basic = self.basic(ty).filter(|b| b.is_integer() && *b != Basic::Uintptr)?;
        let Const::Int(value) = value else { return None };
        let step = self.step(id, iota, ty, basic)?;
        let tells = matches!(step.x, Expr::Binary(..));
        if step.value != *value || !tells {
            return None;
        }
        Some(if self.is_wrapped(ty) { ir::call(&self.ty_path(ty), vec![step.x]) } else { step.x })
    }

    fn step(&mut self, id: ExprId, iota: u32, ty: TypeId, basic: Basic) -> Option<Step> {
        let id = self.unparen(id);
        let step = match self.ast(id).kind {
            ExprKind::BasicLit { .. } => {
                let value = self.tv(id).value.clone()?;
                let x = self.constant_expr(id, &value, basic.id(), true);
                let Const::Int(value) = value else { return None };
                Step { x, value, named: false, numbered: false }
            }
            ExprKind::Ident(_) | ExprKind::Selector { .. } => self.named_step(id, iota, ty, basic)?,
            ExprKind::Unary { op: UnaryOp::Neg, x } => {
                let step = self.step(x, iota, ty, basic)?;
                Step { x: Expr::Unary('-', Box::new(step.x)), value: -step.value, ..step }
            }
            ExprKind::Call { fun, ref args, .. } if self.mode(fun) == Mode::Type && args.len() == 1 => {
                self.step(args[0], iota, ty, basic)?
            }
            ExprKind::Binary { op, x, y, .. } => {
                let left = self.step(x, iota, ty, basic)?;
                let right = self.step(y, iota, ty, basic)?;
                binary(op, left, right)?
            }
            _ => return None,
        };
        let bits = u64::from(basic.bits()?);
        let n = &step.value;
        let fits = if basic.is_unsigned() { !n.is_negative() && n.bits() <= bits } else { n.bits() < bits };
        fits.then_some(step)
    }

    fn named_step(&mut self, id: ExprId, iota: u32, ty: TypeId, basic: Basic) -> Option<Step> {
        let obj = self.object_of(id)?;
        let ObjKind::Const(value) = self.obj(obj).kind.clone() else { return None };
        if self.obj(obj).pkg.is_none() {
            let is_iota = self.obj(obj).name.as_str() == "iota";
            return is_iota.then(|| number(iota.into(), false));
        }
        let Const::Int(value) = value else { return None };
        let item = self.const_item_type(obj)?;
        let path = ir::path(self.item_path(obj));
        let inner = self.basic(item).filter(|b| b.is_integer() && *b != Basic::Uintptr)?;
        let x = match self.is_wrapped(item) {
            true if item == ty => path.field("0"),
            true => return None,
            false if inner == basic => path,
            false => path.cast(ir::ty(super::constant::suffix(basic))),
        };
        Some(Step { x, value, named: true, numbered: false })
    }
}

fn number(value: BigInt, named: bool) -> Step {
    let literal = ir::lit(value.abs().to_string());
    let x = if value.is_negative() { Expr::Unary('-', Box::new(literal)) } else { literal };
    Step { x, value, named, numbered: true }
}

fn binary(op: BinaryOp, left: Step, right: Step) -> Option<Step> {
    let (a, b) = (&left.value, &right.value);
    let value = match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul => a * b,
        BinaryOp::Div if !b.is_zero() => a / b,
        BinaryOp::Rem if !b.is_zero() => a % b,
        BinaryOp::And => a & b,
        BinaryOp::Or => a | b,
        BinaryOp::Xor => a ^ b,
        BinaryOp::Shl => a << b.to_u32().filter(|n| *n < 64)?,
        BinaryOp::Shr => a >> b.to_u32().filter(|n| *n < 64)?,
        _ => return None,
    };
    let named = left.named || right.named;
    let numbered = left.numbered || right.numbered;
    if numbered && !named && !op.is_shift() {
        return Some(number(value, false));
    }
    let x = ir::binary(op.as_str(), left.x, right.x);
    Some(Step { x, value, named, numbered })
}
