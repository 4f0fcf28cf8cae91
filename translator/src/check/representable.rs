//! Can a constant be a value of a type (Go specification, "Representability")?

use super::constant::{from_f64, normal, to_complex, to_f32, to_f64, to_int, to_rational};
use crate::typed::Const;
use crate::typed::constant::Rational;
use crate::types::Basic;
use num_bigint::BigInt;
use num_traits::One;

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

/// The value as `basic` holds it, rounded for floating-point types.
pub(super) fn represent(value: &Const, basic: Basic) -> Result<Const, Misfit> {
    if matches!(value, Const::Unknown) {
        return Ok(Const::Unknown);
    }
    if basic.is_boolean() {
        return if matches!(value, Const::Bool(_)) { Ok(value.clone()) } else { Err(Misfit::Mismatch) };
    }
    if basic.is_string() {
        return if matches!(value, Const::String(_)) { Ok(value.clone()) } else { Err(Misfit::Mismatch) };
    }
    if matches!(value, Const::Bool(_) | Const::String(_)) || !basic.is_numeric() {
        return Err(Misfit::Mismatch);
    }
    if basic.is_integer() {
        let int = to_int(value).ok_or(Misfit::Truncated)?;
        return if int_fits(&int, basic) { Ok(Const::Int(int)) } else { Err(Misfit::Overflows) };
    }
    if basic.is_float() {
        let v = to_rational(value).ok_or(Misfit::Truncated)?;
        return Ok(match basic {
            Basic::UntypedFloat => normal(Const::Float(v)),
            _ => normal(Const::Float(round_to(&v, basic)?)),
        });
    }
    let (re, im) = to_complex(value).ok_or(Misfit::Mismatch)?;
    Ok(match basic {
        Basic::UntypedComplex => normal(value.clone()),
        Basic::Complex64 => {
            normal(Const::Complex(round_to(&re, Basic::Float32)?, round_to(&im, Basic::Float32)?))
        }
        _ => normal(Const::Complex(round_to(&re, Basic::Float64)?, round_to(&im, Basic::Float64)?)),
    })
}

fn round_to(v: &Rational, basic: Basic) -> Result<Rational, Misfit> {
    let rounded = if basic == Basic::Float32 { to_f32(v) as f64 } else { to_f64(v) };
    if rounded.is_finite() { Ok(from_f64(rounded)) } else { Err(Misfit::Overflows) }
}

fn int_fits(v: &BigInt, basic: Basic) -> bool {
    let Some(bits) = basic.bits() else { return true };
    if basic.is_unsigned() {
        return v.sign() != num_bigint::Sign::Minus && v.bits() <= bits as u64;
    }
    let limit = BigInt::one() << (bits - 1);
    *v < limit && *v >= -limit
}
