//! Arrays, structs and function types made at run time.
//!
//! Must hold: layout and identity are those that the static type has or would have.

use super::kind::{StructField, complain};
use super::table;
use super::types::{NONE, Type, compose, desc_of, func_of, type_of};
use crate::interface::Interface;
use crate::slice::Slice;
use crate::string::Str;
use crate::ty::{Desc, FieldDesc, FieldId, Kind, Parts, by_parts, composite_id, hash_by_parts, struct_id};

/// `[length]elem`
pub fn ArrayOf(length: isize, elem: Type) -> Type {
    let Ok(len) = usize::try_from(length) else { complain("reflect: negative length passed to ArrayOf") };
    let elem = desc_of(elem);
    let size = len.checked_mul(elem.size).filter(|size| isize::try_from(*size).is_ok());
    let Some(size) = size else { complain("reflect.ArrayOf: array size would exceed virtual address space") };
    let desc = Desc {
        id: composite_id(Kind::Array, &[elem.id, len as u128]),
        size,
        align: elem.align,
        noscan: elem.noscan,
        len,
        eq: elem.eq.map(|_| by_parts as _),
        hash: elem.hash.map(|_| hash_by_parts as _),
        ..Desc::of_kind(Kind::Array)
    };
    type_of(compose(desc, Parts { elem: Some(elem), ..NONE }))
}

/// A text for the rest of the program.
fn kept(text: Str) -> &'static str {
    if text.is_empty() { "" } else { String::leak(text.to_text().into_owned()) }
}

/// The struct with these fields; offsets and indices are ignored.
pub fn StructOf(fields: Slice<StructField>) -> Type {
    let mut size: usize = 0;
    let mut align = 1;
    let mut list: Vec<FieldDesc> = Vec::new();
    let mut ids = Vec::new();
    let mut package = "";
    for (i, field) in fields.range() {
        let name = kept(field.Name);
        if name.is_empty() {
            complain(&format!("reflect.StructOf: field {i} has no name"));
        }
        let is_valid = |c: char| c == '_' || c.is_alphanumeric();
        if !name.chars().all(is_valid) || name.starts_with(|c: char| c.is_numeric()) {
            complain(&format!("reflect.StructOf: field {i} has invalid name"));
        }
        if field.Type.is_nil() {
            complain(&format!("reflect.StructOf: field {i} has no type"));
        }
        let exported = name.starts_with(char::is_uppercase);
        let pkg = kept(field.PkgPath);
        if exported && !pkg.is_empty() {
            complain(&format!("reflect.StructOf: field \"{name}\" is exported but has PkgPath"));
        }
        if !exported && pkg.is_empty() {
            complain(&format!("reflect.StructOf: field \"{name}\" is unexported but missing PkgPath"));
        }
        if !pkg.is_empty() && !package.is_empty() && pkg != package {
            complain(&format!("reflect.Struct: fields with different PkgPath {package} and {pkg}"));
        }
        if name != "_" && list.iter().any(|other| other.name == name) {
            complain(&format!("reflect.StructOf: duplicate field {name}"));
        }
        let desc = desc_of(field.Type);
        if field.Anonymous && table::count(desc) > 0 {
            complain("reflect.StructOf: an embedded field with methods is not supported by goxide");
        }
        if !pkg.is_empty() {
            package = pkg;
        }
        let offset = size.next_multiple_of(desc.align);
        let end = offset.checked_add(desc.size).filter(|end| isize::try_from(*end).is_ok());
        let Some(end) = end else {
            complain("reflect.StructOf: struct size would exceed virtual address space")
        };
        size = end;
        align = align.max(desc.align);
        let (embedded, tag) = (field.Anonymous, kept(field.Tag.0));
        ids.push(FieldId { name, pkg, ty: desc.id, embedded, tag });
        list.push(FieldDesc {
            name,
            offset,
            desc: || unreachable!(),
            embedded,
            exported,
            tag,
            made: Some(desc),
        });
    }
    // as the translator pads structs
    if size > 0 && list.last().is_some_and(|last| last.desc().size == 0) {
        size += 1;
    }
    let all = |has: fn(&Desc) -> bool| list.iter().all(|field| field.name == "_" || has(field.desc()));
    let desc = Desc {
        id: struct_id(&ids),
        size: size.next_multiple_of(align),
        align,
        noscan: list.iter().all(|field| field.desc().noscan),
        pkg_path: package,
        eq: all(|desc| desc.eq.is_some()).then_some(by_parts as _),
        hash: all(|desc| desc.hash.is_some()).then_some(hash_by_parts as _),
        fields: list.leak(),
        ..Desc::of_kind(Kind::Struct)
    };
    type_of(compose(desc, NONE))
}

/// `func(params..) (results..)`. Functions of such a type can be talked about, but neither called nor made.
pub fn FuncOf(params: Slice<Type>, results: Slice<Type>, variadic: bool) -> Type {
    let list = |types: Slice<Type>| types.iter().map(desc_of).collect::<Vec<_>>();
    let (params, results) = (list(params), list(results));
    if variadic && params.last().is_none_or(|last| last.kind != Kind::Slice) {
        complain("reflect.FuncOf: last arg of variadic func must be slice");
    }
    type_of(func_of(params, results, variadic))
}
