//! Go's package `strconv`: basic values to text and back.
//!
//! What must hold: texts and errors are Go's to the byte; a number read from its shortest text is the same number. Digits of
//! floats are those of Rust's core, which are correctly rounded, too; where they stand is decided here.

mod float;
mod int;
mod parse_complex;
mod parse_float;
mod quote;
mod unquote;

pub use float::*;
pub use int::*;
pub use parse_complex::*;
pub use parse_float::*;
pub use quote::*;
pub use unquote::*;

use goxide_macros::{GoStruct, methods};

use crate::errors::{self, error_variables};
use crate::interface::{Error, Interface};
use crate::ptr::Ptr;
use crate::string::{Str, str};
use crate::view::View;

/// The bits of an `int`.
pub const IntSize: isize = 64;

error_variables! {
    /// A number that its type cannot hold.
    ErrRange = "value out of range";
    /// A text that is no number.
    ErrSyntax = "invalid syntax";
}

/// A conversion that failed; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("strconv.NumError")]
#[repr(C)]
pub struct NumError {
    /// The function.
    pub Func: Str,
    /// The text.
    pub Num: Str,
    /// Why.
    pub Err: Error,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<NumError> {
    pub fn Error(self) -> Str {
        str("strconv.") + *self.Func + str(": parsing ") + Quote(*self.Num) + str(": ") + self.Err.Error()
    }
    pub fn Unwrap(self) -> Error {
        *self.Err
    }
}

/// Why a text is not taken, before it is known which function says so.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Refusal {
    Syntax,
    Range,
    Base(isize),
    BitSize(isize),
}

fn num_error(function: &'static str, text: Str, refusal: Refusal) -> Error {
    let reason = match refusal {
        Refusal::Syntax => ErrSyntax.get(),
        Refusal::Range => ErrRange.get(),
        Refusal::Base(base) => errors::New(str("invalid base ") + Itoa(base)),
        Refusal::BitSize(bits) => errors::New(str("invalid bit size ") + Itoa(bits)),
    };
    // The text may be part of a much larger one.
    let num = Str::copy_of(text.as_bytes());
    Error::of(Ptr::new(NumError { Func: str(function), Num: num, Err: reason }))
}
