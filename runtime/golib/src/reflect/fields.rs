//! Fields of struct types, those of embedded structs too.
//!
//! Must hold: a name means the field at the least depth, and none if that depth has several, which then hide all deeper ones.

use super::kind::{StructField, StructTag, complain};
use super::types::type_of;
use crate::num::Uintptr;
use crate::slice::Slice;
use crate::string::str;
use crate::ty::{Desc, Kind};
use crate::view::zero;

/// One field of a struct type itself.
pub(super) fn field(desc: &'static Desc, i: isize) -> StructField {
    let Some(field) = usize::try_from(i).ok().and_then(|i| desc.fields.get(i)) else {
        complain("reflect: Field index out of bounds")
    };
    StructField {
        Name: str(field.name),
        PkgPath: str(if field.exported { "" } else { desc.pkg_path }),
        Type: type_of(field.desc()),
        Tag: StructTag(str(field.tag)),
        Offset: Uintptr(field.offset),
        Index: Slice::from_static(&[i]),
        Anonymous: field.embedded,
    }
}

/// The struct that an embedded field brings fields of.
fn embedded(desc: &'static Desc) -> &'static Desc {
    if desc.kind == Kind::Pointer && desc.elem().kind == Kind::Struct { desc.elem() } else { desc }
}

/// The field at a path of indices.
pub(super) fn by_index(desc: &'static Desc, index: Slice<isize>) -> StructField {
    let mut desc = desc;
    let mut last = None;
    for (depth, i) in index.range() {
        if depth > 0 {
            desc = embedded(desc);
            if desc.kind != Kind::Struct {
                complain(&format!("reflect: Field of non-struct type {}", desc.type_string()));
            }
        }
        let found = field(desc, i);
        desc = super::types::desc_of(found.Type);
        last = Some(found);
    }
    match last {
        Some(found) => found,
        None => zero(),
    }
}

/// The field of a name, looked for level by level.
pub(super) fn by_name(desc: &'static Desc, wanted: &dyn Fn(&'static str) -> bool) -> Option<StructField> {
    let mut level: Vec<(&'static Desc, Vec<isize>, bool)> = vec![(desc, Vec::new(), false)];
    let mut seen: Vec<u128> = Vec::new();
    while !level.is_empty() {
        let mut found: Option<(StructField, Vec<isize>)> = None;
        let mut next: Vec<(&'static Desc, Vec<isize>, bool)> = Vec::new();
        for (of, path, several) in &level {
            if seen.contains(&of.id) {
                continue;
            }
            seen.push(of.id);
            for (i, part) in of.fields.iter().enumerate() {
                let path = || [path.as_slice(), &[i as isize]].concat();
                if wanted(part.name) {
                    if found.is_some() || *several {
                        return None;
                    }
                    found = Some((field(of, i as isize), path()));
                } else if part.embedded {
                    let inner = embedded(part.desc());
                    if inner.kind != Kind::Struct {
                        continue;
                    }
                    match next.iter_mut().find(|(known, ..)| known.id == inner.id) {
                        Some((.., several)) => *several = true,
                        None => next.push((inner, path(), *several)),
                    }
                }
            }
        }
        if let Some((field, path)) = found {
            return Some(StructField { Index: Slice::from_static(&path), ..field });
        }
        level = next;
    }
    None
}

/// The fields that a selector can name, in the order of `VisibleFields`.
pub(super) fn visible(desc: &'static Desc) -> Slice<StructField> {
    let mut list = zero();
    walk(desc, desc, &mut Vec::new(), &mut Vec::new(), &mut list);
    list
}

fn walk(
    top: &'static Desc,
    of: &'static Desc,
    path: &mut Vec<isize>,
    within: &mut Vec<u128>,
    list: &mut Slice<StructField>,
) {
    if within.contains(&of.id) {
        return;
    }
    within.push(of.id);
    for (i, part) in of.fields.iter().enumerate() {
        path.push(i as isize);
        let meant = by_name(top, &|name| name == part.name);
        if meant.is_some_and(|meant| meant.Index.to_vec() == *path) || part.name == "_" {
            *list = list.append(StructField { Index: Slice::from_static(path), ..field(of, i as isize) });
        }
        let inner = embedded(part.desc());
        if part.embedded && inner.kind == Kind::Struct {
            walk(top, inner, path, within, list);
        }
        path.pop();
    }
    within.pop();
}
