//! `Type`: descriptions seen from Go.
//!
//! Must hold: one type has one `rtype`, found by the type's identity, so that `Type` values are equal exactly for identical
//! types. A type that is composed here (`SliceOf`, the type of a method with its receiver) gets the identity that the static type
//! has or would have.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Mutex;

use goxide_macros::{GoStruct, interface, methods};

use super::fields;
use super::kind::{ChanDir, Kind, Method, StructField, complain};
use super::place::{address_of, desc_at};
use super::relations;
use super::table;
use crate::complex::Complex128;
use crate::func::Func;
use crate::interface::{Any, Interface};
use crate::num::Uintptr;
use crate::ptr::{Ptr, UnsafePointer};
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::ty::{self, Desc, Parts, composite_id, signature_id};
use crate::view::zero;

/// What implements `Type`; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("reflect.rtype")]
#[repr(C)]
pub struct RType {
    desc: UnsafePointer,
}

/// Go's name for it, which interfaces made of `Type` say.
#[allow(non_camel_case_types)]
pub type rtype = RType;

/// A type.
#[interface("reflect.Type")]
pub trait Type {
    fn Align(self) -> isize;
    fn AssignableTo(self, u: Type) -> bool;
    fn Bits(self) -> isize;
    fn ChanDir(self) -> ChanDir;
    fn Comparable(self) -> bool;
    fn ConvertibleTo(self, u: Type) -> bool;
    fn Elem(self) -> Type;
    fn Field(self, i: isize) -> StructField;
    fn FieldAlign(self) -> isize;
    fn FieldByIndex(self, index: Slice<isize>) -> StructField;
    fn FieldByName(self, name: Str) -> (StructField, bool);
    fn FieldByNameFunc(self, wanted: Func<dyn Fn(Str) -> bool>) -> (StructField, bool);
    fn Implements(self, u: Type) -> bool;
    fn In(self, i: isize) -> Type;
    fn IsVariadic(self) -> bool;
    fn Key(self) -> Type;
    fn Kind(self) -> Kind;
    fn Len(self) -> isize;
    fn Method(self, i: isize) -> Method;
    fn MethodByName(self, name: Str) -> (Method, bool);
    fn Name(self) -> Str;
    fn NumField(self) -> isize;
    fn NumIn(self) -> isize;
    fn NumMethod(self) -> isize;
    fn NumOut(self) -> isize;
    fn Out(self, i: isize) -> Type;
    fn OverflowComplex(self, x: Complex128) -> bool;
    fn OverflowFloat(self, x: f64) -> bool;
    fn OverflowInt(self, x: i64) -> bool;
    fn OverflowUint(self, x: u64) -> bool;
    fn PkgPath(self) -> Str;
    fn Size(self) -> Uintptr;
    fn String(self) -> Str;
    #[go(path = "reflect")]
    fn common(self) -> Ptr<RType>;
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<RType> {
    pub fn Align(self) -> isize {
        desc(self).align as isize
    }
    pub fn AssignableTo(self, u: Type) -> bool {
        if u.is_nil() {
            complain("reflect: nil type passed to Type.AssignableTo");
        }
        relations::assignable(desc(self), desc_of(u))
    }
    pub fn Bits(self) -> isize {
        let desc = desc(self);
        if !(ty::Kind::Int as u8..=ty::Kind::Complex128 as u8).contains(&(desc.kind as u8)) {
            complain(&format!("reflect: Bits of non-arithmetic Type {}", desc.type_string()));
        }
        desc.size as isize * 8
    }
    pub fn ChanDir(self) -> ChanDir {
        let desc = only(self, ty::Kind::Chan, "ChanDir", "chan");
        ChanDir(match desc.chan_dir {
            ty::ChanDir::Both => 3,
            ty::ChanDir::Recv => 1,
            ty::ChanDir::Send => 2,
        })
    }
    pub fn Comparable(self) -> bool {
        desc(self).eq.is_some()
    }
    pub fn ConvertibleTo(self, u: Type) -> bool {
        if u.is_nil() {
            complain("reflect: nil type passed to Type.ConvertibleTo");
        }
        relations::convertible(desc(self), desc_of(u))
    }
    pub fn Elem(self) -> Type {
        let desc = desc(self);
        if !matches!(
            desc.kind,
            ty::Kind::Array | ty::Kind::Chan | ty::Kind::Map | ty::Kind::Pointer | ty::Kind::Slice
        ) {
            complain(&format!("reflect: Elem of invalid type {}", desc.type_string()));
        }
        type_of(desc.elem())
    }
    pub fn Field(self, i: isize) -> StructField {
        fields::field(only(self, ty::Kind::Struct, "Field", "struct"), i)
    }
    pub fn FieldAlign(self) -> isize {
        desc(self).align as isize
    }
    pub fn FieldByIndex(self, index: Slice<isize>) -> StructField {
        fields::by_index(only(self, ty::Kind::Struct, "FieldByIndex", "struct"), index)
    }
    pub fn FieldByName(self, name: Str) -> (StructField, bool) {
        let desc = only(self, ty::Kind::Struct, "FieldByName", "struct");
        found(fields::by_name(desc, &|field| field.as_bytes() == name.as_bytes()))
    }
    pub fn FieldByNameFunc(self, wanted: Func<dyn Fn(Str) -> bool>) -> (StructField, bool) {
        let desc = only(self, ty::Kind::Struct, "FieldByNameFunc", "struct");
        found(fields::by_name(desc, &|field| wanted(str(field))))
    }
    pub fn Implements(self, u: Type) -> bool {
        if u.is_nil() {
            complain("reflect: nil type passed to Type.Implements");
        }
        if desc_of(u).kind != ty::Kind::Interface {
            complain("reflect: non-interface type passed to Type.Implements");
        }
        relations::implements(desc(self), desc_of(u))
    }
    pub fn In(self, i: isize) -> Type {
        type_of(only(self, ty::Kind::Func, "In", "func").params()[i as usize])
    }
    pub fn IsVariadic(self) -> bool {
        only(self, ty::Kind::Func, "IsVariadic", "func").variadic
    }
    pub fn Key(self) -> Type {
        type_of(only(self, ty::Kind::Map, "Key", "map").key())
    }
    pub fn Kind(self) -> Kind {
        Kind::of(desc(self).kind)
    }
    pub fn Len(self) -> isize {
        only(self, ty::Kind::Array, "Len", "array").len as isize
    }
    pub fn Method(self, i: isize) -> Method {
        match usize::try_from(i).ok().and_then(|i| table::type_method(desc(self), i)) {
            Some(method) => method,
            None => complain("reflect: Method index out of range"),
        }
    }
    pub fn MethodByName(self, name: Str) -> (Method, bool) {
        let desc = desc(self);
        let method = table::index(desc, name).and_then(|i| table::type_method(desc, i));
        method.map_or((zero(), false), |method| (method, true))
    }
    pub fn Name(self) -> Str {
        Str::from(name(desc(self)))
    }
    pub fn NumField(self) -> isize {
        only(self, ty::Kind::Struct, "NumField", "struct").fields.len() as isize
    }
    pub fn NumIn(self) -> isize {
        only(self, ty::Kind::Func, "NumIn", "func").params().len() as isize
    }
    pub fn NumMethod(self) -> isize {
        table::count(desc(self)) as isize
    }
    pub fn NumOut(self) -> isize {
        only(self, ty::Kind::Func, "NumOut", "func").results().len() as isize
    }
    pub fn Out(self, i: isize) -> Type {
        type_of(only(self, ty::Kind::Func, "Out", "func").results()[i as usize])
    }
    pub fn OverflowComplex(self, x: Complex128) -> bool {
        let desc = desc(self);
        match desc.kind {
            ty::Kind::Complex64 => relations::float_overflows(x.re, 4) || relations::float_overflows(x.im, 4),
            ty::Kind::Complex128 => false,
            _ => wrong(desc, "OverflowComplex", "complex"),
        }
    }
    pub fn OverflowFloat(self, x: f64) -> bool {
        let desc = desc(self);
        match desc.kind {
            ty::Kind::Float32 | ty::Kind::Float64 => relations::float_overflows(x, desc.size),
            _ => wrong(desc, "OverflowFloat", "float"),
        }
    }
    pub fn OverflowInt(self, x: i64) -> bool {
        let desc = desc(self);
        match relations::is_int(desc.kind) {
            true => relations::int_overflows(x, desc.size),
            false => wrong(desc, "OverflowInt", "int"),
        }
    }
    pub fn OverflowUint(self, x: u64) -> bool {
        let desc = desc(self);
        match relations::is_uint(desc.kind) {
            true => relations::uint_overflows(x, desc.size),
            false => wrong(desc, "OverflowUint", "uint"),
        }
    }
    pub fn PkgPath(self) -> Str {
        let desc = desc(self);
        str(if desc.named { desc.pkg_path } else { "" })
    }
    pub fn Size(self) -> Uintptr {
        Uintptr(desc(self).size)
    }
    pub fn String(self) -> Str {
        Str::from(desc(self).type_string())
    }
    pub fn common(self) -> Ptr<RType> {
        self
    }
}

fn found(field: Option<StructField>) -> (StructField, bool) {
    field.map_or((zero(), false), |field| (field, true))
}

/// The description, if the type is of that kind.
fn only(of: Ptr<RType>, kind: ty::Kind, method: &str, wanted: &str) -> &'static Desc {
    let desc = desc(of);
    if desc.kind == kind { desc } else { wrong(desc, method, wanted) }
}

#[cold]
fn wrong(desc: &Desc, method: &str, wanted: &str) -> ! {
    complain(&format!("reflect: {method} of non-{wanted} type {}", desc.type_string()))
}

/// The name without its package; empty for types without a name.
fn name(desc: &Desc) -> String {
    if !desc.named {
        return String::new();
    }
    let shown = desc.type_string();
    let plain = shown.split('[').next().map_or(0, str::len);
    match shown[..plain].rfind('.') {
        Some(dot) => shown[dot + 1..].to_string(),
        None => shown,
    }
}

/// The one `rtype` of an identity, which is leaked, and whether its description was composed.
type Known = (Ptr<RType>, bool);

static TYPES: Mutex<Option<HashMap<u128, Known, BuildHasherDefault<Mixed>>>> = Mutex::new(None);

/// An identity is a hash already.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }
    fn write_u128(&mut self, id: u128) {
        self.0 = id as u64 ^ (id >> 64) as u64;
    }
}

/// The `Type` of a description.
pub(super) fn type_of(desc: &'static Desc) -> Type {
    Type::of(rtype_of(desc))
}

fn rtype_of(desc: &'static Desc) -> Ptr<RType> {
    let mut types = TYPES.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let types = types.get_or_insert_default();
    let rtype = RType { desc: address_of(desc) };
    let (place, composed) = types.entry(desc.id).or_insert_with(|| {
        // It holds no handle, and it lives as long as the program.
        (Ptr::from_raw(Box::leak(Box::new(rtype))), desc.parts.is_some())
    });
    // What was composed knows less.
    if *composed && desc.parts.is_none() {
        crate::view::View::set(&**place, rtype);
        *composed = false;
    }
    *place
}

fn desc(of: Ptr<RType>) -> &'static Desc {
    match desc_at(*of.desc) {
        Some(desc) => desc,
        None => crate::runtime_error::nil_dereference(),
    }
}

/// The description of a `Type` that is not nil.
pub(super) fn desc_of(of: Type) -> &'static Desc {
    desc(of.common())
}

/// The description with that identity, composed if nobody has met it.
pub(super) fn compose(desc: Desc, parts: Parts) -> &'static Desc {
    let known = {
        let types = TYPES.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        types.as_ref().and_then(|types| types.get(&desc.id)).map(|known| known.0)
    };
    match known {
        Some(known) => self::desc(known),
        None => {
            let desc = Box::leak(Box::new(Desc { parts: Some(Box::leak(Box::new(parts))), ..desc }));
            self::desc(rtype_of(desc))
        }
    }
}

/// What nothing is made of.
pub(super) const NONE: Parts = Parts { elem: None, key: None, params: Vec::new(), results: Vec::new() };

/// `*T`
pub(super) fn pointer_to(elem: &'static Desc) -> &'static Desc {
    let desc = Desc {
        id: composite_id(ty::Kind::Pointer, &[elem.id]),
        methods: elem.ptr_methods,
        ..*<UnsafePointer as crate::view::GoType>::DESC
    };
    let desc = Desc { kind: ty::Kind::Pointer, named: false, pkg_path: "", underlying: 0, ..desc };
    compose(desc, Parts { elem: Some(elem), ..NONE })
}

/// `[]T`
pub(super) fn slice_of(elem: &'static Desc) -> &'static Desc {
    let desc =
        Desc { id: composite_id(ty::Kind::Slice, &[elem.id]), ..*<Slice<u8> as crate::view::GoType>::DESC };
    compose(Desc { elem: None, ..desc }, Parts { elem: Some(elem), ..NONE })
}

/// `map[K]V`
pub(super) fn map_of(key: &'static Desc, elem: &'static Desc) -> &'static Desc {
    let desc = Desc {
        id: composite_id(ty::Kind::Map, &[key.id, elem.id]),
        ..*<crate::map::Map<u8, u8> as crate::view::GoType>::DESC
    };
    compose(Desc { elem: None, key: None, ..desc }, Parts { elem: Some(elem), key: Some(key), ..NONE })
}

/// `func(params..) results..`, which can be talked about but neither called nor made.
pub(super) fn func_of(
    params: Vec<&'static Desc>,
    results: Vec<&'static Desc>,
    variadic: bool,
) -> &'static Desc {
    let ids = |list: &[&'static Desc]| list.iter().map(|desc| desc.id).collect::<Vec<_>>();
    let desc = Desc {
        id: signature_id(&ids(&params), &ids(&results), variadic),
        params: &[],
        results: &[],
        variadic,
        func: None,
        ..*<Func<dyn Fn()> as crate::view::GoType>::DESC
    };
    compose(desc, Parts { params, results, ..NONE })
}

/// The dynamic type of a value; nil for nil.
pub fn TypeOf(i: Any) -> Type {
    i.iface().desc().map_or(zero(), type_of)
}

/// The type that the argument is.
pub fn TypeFor<T: crate::view::GoType>() -> Type {
    type_of(T::DESC)
}

/// `*t`
pub fn PointerTo(t: Type) -> Type {
    type_of(pointer_to(desc_of(t)))
}

/// The old name of [`PointerTo`].
pub fn PtrTo(t: Type) -> Type {
    PointerTo(t)
}

/// `[]t`
pub fn SliceOf(t: Type) -> Type {
    type_of(slice_of(desc_of(t)))
}

/// `map[key]elem`
pub fn MapOf(key: Type, elem: Type) -> Type {
    let (key, elem) = (desc_of(key), desc_of(elem));
    if key.hash.is_none() {
        complain(&format!("reflect.MapOf: invalid key type {}", key.type_string()));
    }
    type_of(map_of(key, elem))
}
