//! Fields, what pointers and interfaces lead to, assignment, equality.

use super::fields;
use super::kind::{Kind, complain, wrong_kind};
use super::place::{Place, under};
use super::relations;
use super::scalars::{complex_at, float_at};
use super::types::{desc_of, pointer_to};
use super::value::{ADDRESSABLE, HIDDEN, HIDDEN_EMBEDDED, Value};
use crate::interface::{Any, Interface};
use crate::ptr::UnsafePointer;
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::ty::{self, Desc};
use crate::view::zero;

pub(super) fn addr(v: Value) -> Value {
    if v.flags & ADDRESSABLE == 0 {
        complain("reflect.Value.Addr of unaddressable value");
    }
    let place = v.place("reflect.Value.Addr");
    let pointer = Place::new(pointer_to(place.desc));
    pointer.write(place.at);
    Value::new(pointer, v.hidden())
}

pub(super) fn elem(v: Value) -> Value {
    let place = v.of_kind(&[ty::Kind::Interface, ty::Kind::Pointer], "reflect.Value.Elem");
    if place.desc.kind == ty::Kind::Interface {
        let iface = place.iface();
        return Place::of(&iface).map_or(zero(), |inner| Value::new(inner, v.hidden()));
    }
    let at = place.read::<*mut u8>();
    if at.is_null() {
        return zero();
    }
    Value::new(Place { desc: place.desc.elem(), at }, v.hidden() | ADDRESSABLE)
}

pub(super) fn field(v: Value, i: isize) -> Value {
    let place = v.of_kind(&[ty::Kind::Struct], "reflect.Value.Field");
    let Some(field) = usize::try_from(i).ok().and_then(|i| place.desc.fields.get(i)) else {
        complain("reflect: Field index out of range")
    };
    // An exported field of an embedded struct may be used although the struct's own name is not exported.
    let mut flags = v.flags & (ADDRESSABLE | HIDDEN);
    if !field.exported {
        flags |= if field.embedded { HIDDEN_EMBEDDED } else { HIDDEN };
    }
    Value::new(place.part(field.offset, field.desc()), flags)
}

pub(super) fn field_by_index(v: Value, index: Slice<isize>) -> Value {
    if index.len() != 1 {
        v.of_kind(&[ty::Kind::Struct], "reflect.Value.FieldByIndex");
    }
    let mut v = v;
    for (depth, i) in index.range() {
        if depth > 0
            && let Some(desc) = v.desc()
            && desc.kind == ty::Kind::Pointer
            && desc.elem().kind == ty::Kind::Struct
        {
            if is_nil(v) {
                complain("reflect: indirection through nil pointer to embedded struct");
            }
            v = elem(v);
        }
        v = field(v, i);
    }
    v
}

pub(super) fn field_by_name(v: Value, name: Str) -> Value {
    let place = v.of_kind(&[ty::Kind::Struct], "reflect.Value.FieldByName");
    match fields::by_name(place.desc, &|field| str(field) == name) {
        Some(found) => field_by_index(v, found.Index),
        None => zero(),
    }
}

pub(super) fn interface(v: Value) -> Any {
    let place = v.place("reflect.Value.Interface");
    if v.hidden() != 0 {
        complain("reflect.Value.Interface: cannot return value obtained from unexported field or method");
    }
    place.to_any()
}

const WORDS: [ty::Kind; 5] =
    [ty::Kind::Chan, ty::Kind::Func, ty::Kind::Map, ty::Kind::Pointer, ty::Kind::UnsafePointer];

pub(super) fn is_nil(v: Value) -> bool {
    if v.entry().is_some() {
        return false;
    }
    let place = v.place("reflect.Value.IsNil");
    match place.desc.kind {
        ty::Kind::Interface => place.iface().desc().is_none(),
        ty::Kind::Slice => place.read::<*const u8>().is_null(),
        kind if WORDS.contains(&kind) => place.read::<*const u8>().is_null(),
        kind => wrong_kind("reflect.Value.IsNil", Kind::of(kind)),
    }
}

pub(super) fn is_zero(v: Value) -> bool {
    zero_at(v.place("reflect.Value.IsZero"))
}

fn zero_at(place: Place) -> bool {
    match place.desc.kind {
        ty::Kind::Struct => place
            .desc
            .fields
            .iter()
            .all(|field| field.name == "_" || zero_at(place.part(field.offset, field.desc()))),
        ty::Kind::Array => {
            (0..place.desc.len).all(|i| zero_at(Place::element(place.desc.elem(), place.at, i)))
        }
        // Negative zero equals zero.
        ty::Kind::Float32 | ty::Kind::Float64 => float_at(place) == Some(0.0),
        ty::Kind::Complex64 | ty::Kind::Complex128 => {
            complex_at(place).is_some_and(|x| x.re == 0.0 && x.im == 0.0)
        }
        ty::Kind::Interface => place.iface().desc().is_none(),
        ty::Kind::Slice => place.read::<*const u8>().is_null(),
        ty::Kind::String => place.read::<Str>().is_empty(),
        _ => place.is_zeroed(),
    }
}

pub(super) fn pointer(v: Value, method: &'static str) -> UnsafePointer {
    let place = v.place(method);
    match place.desc.kind {
        ty::Kind::Slice | ty::Kind::String => place.read::<UnsafePointer>(),
        kind if WORDS.contains(&kind) => place.read::<UnsafePointer>(),
        kind => wrong_kind(method, Kind::of(kind)),
    }
}

/// The value as one of another type that it can be assigned to.
pub(super) fn assign_to(v: Value, to: &'static Desc, context: &str, method: &'static str) -> Place {
    let place = v.place(method);
    if relations::directly_assignable(place.desc, to) {
        return Place { desc: to, at: place.at };
    }
    if to.kind == ty::Kind::Interface && relations::implements(place.desc, to) {
        return as_interface(place, to);
    }
    complain(&format!(
        "{context}: value of type {} is not assignable to type {}",
        place.desc.type_string(),
        to.type_string()
    ))
}

/// The value under an interface type whose methods it has.
pub(super) fn as_interface(place: Place, to: &'static Desc) -> Place {
    let copy = Place::new(to);
    if let Some(iface) = under(place.to_any(), to) {
        copy.write(iface);
    }
    copy
}

pub(super) fn set(v: Value, x: Value) {
    let variable = v.variable("reflect.Set");
    x.must_be_exported("reflect.Set");
    variable.fill(assign_to(x, variable.desc, "reflect.Set", "reflect.Set"));
}

pub(super) fn comparable(v: Value) -> bool {
    match v.desc() {
        None => true,
        Some(desc) => comparable_at(Place { desc, ..v.place("reflect.Value.Comparable") }),
    }
}

fn comparable_at(place: Place) -> bool {
    match place.desc.kind {
        ty::Kind::Interface => Place::of(&place.iface()).is_none_or(comparable_at),
        ty::Kind::Struct => {
            let fields = place.desc.fields.iter();
            place.desc.eq.is_some()
                && fields.into_iter().all(|f| comparable_at(place.part(f.offset, f.desc())))
        }
        ty::Kind::Array => {
            place.desc.eq.is_some()
                && (0..place.desc.len).all(|i| comparable_at(Place::element(place.desc.elem(), place.at, i)))
        }
        _ => place.desc.eq.is_some(),
    }
}

pub(super) fn equal(a: Value, b: Value) -> bool {
    let inner = |v: Value| match v.desc() {
        Some(desc) if desc.kind == ty::Kind::Interface => elem(v),
        _ => v,
    };
    let (a, b) = (inner(a), inner(b));
    let (Some(x), Some(y)) = (a.desc(), b.desc()) else {
        return a.desc().is_none() && b.desc().is_none();
    };
    if x.id != y.id {
        return false;
    }
    if x.eq.is_none() {
        complain(&format!("reflect.Value.Equal: values of type {} are not comparable", x.type_string()));
    }
    a.place("reflect.Value.Equal").eq(b.place("reflect.Value.Equal"))
}

/// A new variable of a type; the value is a pointer to it.
pub fn New(typ: super::Type) -> Value {
    if typ.is_nil() {
        complain("reflect: New(nil)");
    }
    let variable = Place::new(desc_of(typ));
    let pointer = Place::new(pointer_to(variable.desc));
    pointer.write(variable.at);
    Value::new(pointer, 0)
}

/// The zero value of a type.
pub fn Zero(typ: super::Type) -> Value {
    if typ.is_nil() {
        complain("reflect: Zero(nil)");
    }
    Value::new(Place::new(desc_of(typ)), 0)
}

/// What a pointer leads to, anything else itself.
pub fn Indirect(v: Value) -> Value {
    match v.desc() {
        Some(desc) if desc.kind == ty::Kind::Pointer => elem(v),
        _ => v,
    }
}
