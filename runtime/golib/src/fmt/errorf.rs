//! `Errorf`: errors made by a format, which wrap the operands of `%w`.

use goxide_macros::{GoStruct, methods};

use super::printer::Printer;
use crate::errors;
use crate::interface::{Any, Error, Interface};
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::Str;
use crate::view::zero;

/// An error that wraps one; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("fmt.wrapError")]
#[repr(C)]
pub struct WrapError {
    msg: Str,
    err: Error,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<WrapError> {
    pub fn Error(self) -> Str {
        *self.msg
    }
    pub fn Unwrap(self) -> Error {
        *self.err
    }
}

/// An error that wraps several; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("fmt.wrapErrors")]
#[repr(C)]
pub struct WrapErrors {
    msg: Str,
    errs: Slice<Error>,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<WrapErrors> {
    pub fn Error(self) -> Str {
        *self.msg
    }
    pub fn Unwrap(self) -> Slice<Error> {
        *self.errs
    }
}

/// An error with the formatted text, which wraps what `%w` stands for.
pub fn Errorf(format: Str, a: Slice<Any>) -> Error {
    let mut printer = Printer { wraps: true, ..Printer::default() };
    printer.print_format(format.as_bytes(), a);
    let msg = Str::copy_of(&printer.out);
    let mut wrapped = printer.wrapped;
    match wrapped.as_slice() {
        [] => errors::New(msg),
        [one] => Error::of(Ptr::new(WrapError { msg, err: a[*one].try_assert::<Error>().0 })),
        _ => {
            wrapped.sort_unstable();
            wrapped.dedup();
            let found = wrapped.iter().filter_map(|&at| a[at].downcast::<Error>());
            let errs = found.fold(zero(), Slice::append);
            Error::of(Ptr::new(WrapErrors { msg, errs }))
        }
    }
}
