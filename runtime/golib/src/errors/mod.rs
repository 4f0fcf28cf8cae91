//! Go's package `errors`: making errors, and walking the tree of what they wrap.
//!
//! What must hold: the tree is walked depth first, an error before what it wraps; an error is its own identity, so two
//! errors made of the same text differ.

use goxide_macros::{GoStruct, interface, methods};

use crate::interface::{Any, Error, Interface, any, eq_iface};
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::value::Value;
use crate::view::{GoType, View, zero};

/// What `New` makes; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("errors.errorString")]
#[repr(C)]
pub struct ErrorString {
    s: Str,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<ErrorString> {
    pub fn Error(self) -> Str {
        *self.s
    }
}

impl ErrorString {
    /// The value of a package variable such as `io.EOF`.
    pub(crate) const fn constant(text: &'static str) -> ErrorString {
        ErrorString { s: str(text) }
    }
}

/// Declares package variables that hold errors of their own.
macro_rules! error_variables {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {$(
        $(#[$doc])*
        pub static $name: $crate::global::Global<$crate::interface::Error> = {
            static VALUE: $crate::global::Global<$crate::errors::ErrorString> =
                $crate::global::Global::new($crate::errors::ErrorString::constant($text));
            $crate::global::Global::new($crate::interface::Error::of_static(&VALUE))
        };
    )*};
}
pub(crate) use error_variables;

error_variables! {
    /// A request that cannot be carried out because it is not supported.
    ErrUnsupported = "unsupported operation";
}

/// What `Join` makes; values are pointers to it.
#[derive(Clone, Copy, GoStruct)]
#[go("errors.joinError")]
#[repr(C)]
pub struct JoinError {
    errs: Slice<Error>,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<JoinError> {
    pub fn Error(self) -> Str {
        let mut text = Vec::new();
        for (i, err) in self.errs.range() {
            if i > 0 {
                text.push(b'\n');
            }
            text.extend_from_slice(err.Error().as_bytes());
        }
        Str::copy_of(&text)
    }
    pub fn Unwrap(self) -> Slice<Error> {
        *self.errs
    }
}

#[interface]
pub(crate) trait WrapsOne {
    fn Unwrap(self) -> Error;
}
#[interface]
pub(crate) trait WrapsMany {
    fn Unwrap(self) -> Slice<Error>;
}
#[interface]
trait KnowsIs {
    fn Is(self, target: Error) -> bool;
}
#[interface]
trait KnowsAs {
    fn As(self, target: Any) -> bool;
}

/// An error with this text.
pub fn New(text: Str) -> Error {
    Error::of(Ptr::new(ErrorString { s: text }))
}

/// What `err` wraps, if it wraps one error.
pub fn Unwrap(err: Error) -> Error {
    err.downcast::<WrapsOne>().map_or(zero(), WrapsOne::Unwrap)
}

/// An error that wraps those of `errs` that are not nil; nil if all are.
pub fn Join(errs: Slice<Error>) -> Error {
    let errs = errs.iter().filter(|err| !err.is_nil()).fold(zero(), Slice::append);
    if errs.is_empty() { zero() } else { Error::of(Ptr::new(JoinError { errs })) }
}

/// Whether an error of the tree is `target`.
pub fn Is(err: Error, target: Error) -> bool {
    if err.is_nil() || target.is_nil() {
        return err.is_nil() && target.is_nil();
    }
    let comparable = target.iface().desc().is_some_and(|desc| desc.eq.is_some());
    walk(err, &mut |err| {
        comparable && eq_iface(err.iface(), target.iface())
            || err.downcast::<KnowsIs>().is_some_and(|err| err.Is(target))
    })
}

/// Finds the first error of the tree that can be stored in what `target` points to, and stores it.
pub fn As(err: Error, target: Any) -> bool {
    let complain = |text: &'static str| -> ! { panic(any(str(text))) };
    if err.is_nil() {
        return false;
    }
    let iface = target.iface();
    if target.is_nil() {
        complain("errors: target cannot be nil");
    }
    let Some(place) = Value::of(&iface).and_then(|value| value.pointee()) else {
        complain("errors: target must be a non-nil pointer");
    };
    if !place.is_interface() && !place.implements::<Error>() {
        complain("errors: *target must be interface or implement error");
    }
    walk(err, &mut |err| {
        place.assign(err.iface()) || err.downcast::<KnowsAs>().is_some_and(|err| err.As(target))
    })
}

/// The first error of the tree that is an `E`.
pub fn AsType<E: GoType>(err: Error) -> (E, bool) {
    let place = Ptr::<E>::zeroed();
    let target = any(place);
    let found = !err.is_nil()
        && walk(err, &mut |err| match err.downcast::<E>() {
            Some(value) => {
                place.set(value);
                true
            }
            None => err.downcast::<KnowsAs>().is_some_and(|err| err.As(target)),
        });
    (place.get(), found)
}

/// Visits the tree until `found`.
fn walk(err: Error, found: &mut dyn FnMut(Error) -> bool) -> bool {
    let mut err = err;
    loop {
        if found(err) {
            return true;
        }
        if let Some(wraps) = err.downcast::<WrapsMany>() {
            return wraps.Unwrap().iter().any(|err| !err.is_nil() && walk(err, found));
        }
        err = Unwrap(err);
        if err.is_nil() {
            return false;
        }
    }
}
