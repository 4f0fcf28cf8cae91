//! Methods of types: which there are, in Go's order, and how they are called.
//!
//! Must hold: the methods of a concrete type are the exported ones, by name; those of an interface type are all it asks for.

use super::kind::Method;
use super::place::{Place, bind, expression};
use super::types::{func_of, type_of};
use super::value::{VARIADIC, Value};
use crate::string::{Str, str};
use crate::ty::{Desc, Kind, MethodDesc, MethodSig};
use crate::view::zero;

/// The exported methods of a concrete type.
fn exported(desc: &Desc) -> Vec<&'static MethodDesc> {
    let tables = desc.methods.iter().copied().flatten();
    let mut list: Vec<&MethodDesc> = tables.filter(|method| method.pkg.is_empty()).collect();
    list.sort_by_key(|method| method.name);
    list.dedup_by_key(|method| method.name);
    list
}

/// How many methods a type has.
pub(super) fn count(desc: &Desc) -> usize {
    if desc.kind == Kind::Interface { desc.interface.len() } else { exported(desc).len() }
}

/// Which method has that name.
pub(super) fn index(desc: &Desc, name: Str) -> Option<usize> {
    let is_it = |has: &str| has.as_bytes() == name.as_bytes();
    match desc.kind {
        Kind::Interface => desc.interface.iter().position(|method| is_it(method.name)),
        _ => exported(desc).iter().position(|method| is_it(method.name)),
    }
}

/// The type of a method without its receiver.
fn signature_of(method: &MethodDesc) -> Option<&'static Desc> {
    let desc = (method.signature?)();
    // Signatures of methods do not say whether they are variadic, methods do.
    match method.variadic {
        true => Some(func_of(desc.params(), desc.results(), true)),
        false => Some(desc),
    }
}

/// A method as `Type.Method` describes it.
pub(super) fn type_method(desc: &'static Desc, i: usize) -> Option<Method> {
    if desc.kind == Kind::Interface {
        let method = desc.interface.get(i)?;
        let of = |list: &[crate::ty::DescFn]| list.iter().map(|desc| desc()).collect();
        let signature = func_of(of(method.params), of(method.results), method.variadic);
        return Some(Method {
            Name: str(method.name),
            PkgPath: str(method.pkg),
            Type: type_of(signature),
            Func: zero(),
            Index: i as isize,
        });
    }
    let method = *exported(desc).get(i)?;
    let signature = signature_of(method)?;
    let mut params = signature.params();
    params.insert(0, desc);
    let whole = func_of(params, signature.results(), method.variadic);
    Some(Method {
        Name: str(method.name),
        PkgPath: str(""),
        Type: type_of(whole),
        Func: match expression(method) {
            Some(function) => Value::new(function, if method.variadic { VARIADIC } else { 0 }),
            None => Value::unbound(whole, method),
        },
        Index: i as isize,
    })
}

/// A method of a concrete type that an interface asks for.
pub(super) fn wanted(desc: &'static Desc, method: &MethodSig) -> Option<&'static MethodDesc> {
    desc.method(method)
}

/// A method bound to its receiver, of a concrete type.
pub(super) fn bound(receiver: Place, method: &'static MethodDesc) -> Option<(Place, bool)> {
    let desc = (method.signature?)();
    Some((bind(receiver, method, desc, desc.func?), method.variadic))
}

/// The exported method at an index.
pub(super) fn method(desc: &'static Desc, i: usize) -> Option<&'static MethodDesc> {
    exported(desc).get(i).copied()
}
