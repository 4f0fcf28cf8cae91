//! What Go's run time panics with, and the texts.
//!
//! Each value is of a type whose name and method set are Go's (`runtime.Error` and its makers), because programs print `%T`
//! and assert `err.(runtime.Error)`. The functions are cold and never inlined: they stand on the far side of a check in
//! translated code.

use goxide_macros::{GoNewtype, GoStruct, interface, methods};

use crate::interface::any;
use crate::panic::panic;
use crate::ptr::Ptr;
use crate::string::{Str, str};
use crate::ty::Desc;

/// `runtime.Error`
#[interface("runtime.Error")]
pub trait RuntimeError {
    fn Error(self) -> Str;
    fn RuntimeError(self);
}

/// A run-time error whose text comes after `runtime error: `.
#[derive(Clone, Copy, PartialEq, GoNewtype)]
#[go("runtime.errorString")]
pub struct ErrorString(pub Str);

#[methods(reflected)]
#[allow(missing_docs)]
impl ErrorString {
    pub fn Error(self) -> Str {
        str("runtime error: ") + self.0
    }
    pub fn RuntimeError(self) {}
}

/// A run-time error whose text stands alone.
#[derive(Clone, Copy, PartialEq, GoNewtype)]
#[go("runtime.plainError")]
pub struct PlainError(pub Str);

#[methods(reflected)]
#[allow(missing_docs)]
impl PlainError {
    pub fn Error(self) -> Str {
        self.0
    }
    pub fn RuntimeError(self) {}
}

/// An index or a bound of a slice that is out of range.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("runtime.boundsError")]
#[repr(C)]
pub struct BoundsError {
    text: Str,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl BoundsError {
    pub fn Error(self) -> Str {
        str("runtime error: ") + self.text
    }
    pub fn RuntimeError(self) {}
}

/// A key without a hash, looked for in a map without entries.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("internal/runtime/maps.unhashableTypeError")]
#[repr(C)]
pub struct UnhashableTypeError {
    text: Str,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl UnhashableTypeError {
    pub fn Error(self) -> Str {
        self.text
    }
    pub fn RuntimeError(self) {}
}

/// A type assertion that does not hold; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("runtime.TypeAssertionError")]
#[repr(C)]
pub struct TypeAssertionError {
    text: Str,
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<TypeAssertionError> {
    pub fn Error(self) -> Str {
        *self.text
    }
    pub fn RuntimeError(self) {}
}

/// `panic(nil)`; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("runtime.PanicNilError")]
#[repr(C)]
pub struct PanicNilError {}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<PanicNilError> {
    pub fn Error(self) -> Str {
        str("runtime error: panic called with nil argument")
    }
    pub fn RuntimeError(self) {}
}

pub(crate) const NIL_DEREFERENCE: &str = "invalid memory address or nil pointer dereference";

/// Panics with a text after `runtime error: `.
#[cold]
#[inline(never)]
pub fn throw(text: &str) -> ! {
    panic(any(ErrorString(Str::from(text))))
}

/// Panics with a text that stands alone.
#[cold]
#[inline(never)]
pub fn throw_plain(text: &str) -> ! {
    panic(any(PlainError(Str::from(text))))
}

#[cold]
#[inline(never)]
fn bounds(text: String) -> ! {
    panic(any(BoundsError { text: Str::from(text) }))
}

#[cold]
#[inline(never)]
pub(crate) fn nil_dereference() -> ! {
    throw(NIL_DEREFERENCE)
}

/// A value method was called through an interface that holds a nil pointer.
#[cold]
#[inline(never)]
pub(crate) fn nil_receiver(desc: &Desc, method: &str) -> ! {
    let name = desc.type_string();
    let name = name.split_once('.').map_or(&*name, |(_, name)| name);
    let path = desc.pkg_path;
    throw_plain(&format!("value method {path}.{name}.{method} called using nil *{name} pointer"))
}

#[cold]
#[inline(never)]
pub(crate) fn divide() -> ! {
    throw("integer divide by zero")
}

#[cold]
#[inline(never)]
pub(crate) fn negative_shift() -> ! {
    throw("negative shift amount")
}

#[cold]
#[inline(never)]
pub(crate) fn make_slice(text: &str) -> ! {
    throw(text)
}

/// An index; Go does not say the length when the index is negative.
#[cold]
#[inline(never)]
pub(crate) fn index(index: i128, len: usize) -> ! {
    bounds(match index {
        ..0 => format!("index out of range [{index}]"),
        _ => format!("index out of range [{index}] with length {len}"),
    })
}

fn measure(is_capacity: bool) -> &'static str {
    if is_capacity { "capacity" } else { "length" }
}

/// `s[..:hi]`
#[cold]
#[inline(never)]
pub(crate) fn slice_high(hi: i128, limit: usize, is_capacity: bool) -> ! {
    bounds(match hi {
        ..0 => format!("slice bounds out of range [:{hi}]"),
        _ => format!("slice bounds out of range [:{hi}] with {} {limit}", measure(is_capacity)),
    })
}

/// `s[lo:hi]`, `hi` being good
#[cold]
#[inline(never)]
pub(crate) fn slice_low(lo: i128, hi: usize) -> ! {
    bounds(match lo {
        ..0 => format!("slice bounds out of range [{lo}:]"),
        _ => format!("slice bounds out of range [{lo}:{hi}]"),
    })
}

/// `s[..:..:max]`
#[cold]
#[inline(never)]
pub(crate) fn slice_max(max: i128, limit: usize, is_capacity: bool) -> ! {
    bounds(match max {
        ..0 => format!("slice bounds out of range [::{max}]"),
        _ => format!("slice bounds out of range [::{max}] with {} {limit}", measure(is_capacity)),
    })
}

/// `s[..:hi:max]`, `max` being good
#[cold]
#[inline(never)]
pub(crate) fn slice3_high(hi: i128, max: usize) -> ! {
    bounds(match hi {
        ..0 => format!("slice bounds out of range [:{hi}:]"),
        _ => format!("slice bounds out of range [:{hi}:{max}]"),
    })
}

/// `s[lo:hi:..]`, `hi` being good
#[cold]
#[inline(never)]
pub(crate) fn slice3_low(lo: i128, hi: usize) -> ! {
    bounds(match lo {
        ..0 => format!("slice bounds out of range [{lo}::]"),
        _ => format!("slice bounds out of range [{lo}:{hi}:]"),
    })
}

#[cold]
#[inline(never)]
pub(crate) fn slice_to_array(len: usize, wanted: usize) -> ! {
    bounds(format!(
        "cannot convert slice with length {len} to array or pointer to array with length {wanted}"
    ))
}

#[cold]
#[inline(never)]
pub(crate) fn uncomparable(desc: &Desc) -> ! {
    throw(&format!("comparing uncomparable type {}", desc.type_string()))
}

#[cold]
#[inline(never)]
pub(crate) fn unhashable(desc: &Desc, for_nothing: bool) -> ! {
    let name = desc.type_string();
    if for_nothing {
        let text = Str::from(format!("hash of unhashable type: {name}"));
        panic(any(UnhashableTypeError { text }));
    }
    throw(&format!("hash of unhashable type {name}"))
}

/// `x.(T)`: from an interface type, holding a dynamic type or nil; a missing method is named when `T` is an interface.
#[cold]
#[inline(never)]
pub(crate) fn assertion(
    from: Option<&Desc>,
    dynamic: Option<&Desc>,
    wanted: &Desc,
    missing: Option<&str>,
) -> ! {
    let to = wanted.type_string();
    let text = match (dynamic, missing) {
        (Some(dynamic), Some(missing)) => {
            format!("{} is not {to}: missing method {missing}", dynamic.type_string())
        }
        (dynamic, _) => {
            // Assertions to interfaces do not know what they came from.
            let from = from.filter(|_| wanted.interface.is_empty() || dynamic.is_some());
            let from = from.map_or("interface".to_string(), Desc::type_string);
            let is = dynamic.map_or("nil".to_string(), Desc::type_string);
            let hint = match dynamic {
                Some(dynamic) if is == to && dynamic.pkg_path != wanted.pkg_path => {
                    " (types from different packages)"
                }
                Some(_) if is == to => " (types from different scopes)",
                _ => "",
            };
            format!("{from} is {is}, not {to}{hint}")
        }
    };
    let text = Str::from(format!("interface conversion: {text}"));
    panic(any(Ptr::new(TypeAssertionError { text })))
}
