//! Constant values with arbitrary precision (Go specification, "Constants").

use num_bigint::BigInt;
use num_rational::Ratio;
use std::sync::Arc;

/// A rational number of any size.
pub type Rational = Ratio<BigInt>;

/// A constant value.
#[derive(Clone, PartialEq, Debug)]
pub enum Const {
    /// A value that could not be computed.
    Unknown,
    /// `true` or `false`.
    Bool(bool),
    /// Bytes of a string.
    String(Arc<[u8]>),
    /// An integer (or rune).
    Int(BigInt),
    /// A number that is written or used as floating point. Rounded to the format when its type is float32 or float64.
    Float(Rational),
    /// Real and imaginary part.
    Complex(Rational, Rational),
}
