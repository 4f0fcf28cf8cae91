//! `DeepEqual`.
//!
//! Must hold: a pair of pointers, maps or slices that is being compared counts as equal when met again, so that cycles end.

use std::collections::HashSet;

use super::place::{Place, SliceHeader};
use crate::interface::{Any, Interface};
use crate::ty::Kind;

/// The pairs being compared: two addresses and the type.
type Visited = HashSet<(usize, usize, u128)>;

/// Whether two values are equal all the way down.
pub fn DeepEqual(x: Any, y: Any) -> bool {
    let (x, y) = (x.iface(), y.iface());
    match (Place::of(&x), Place::of(&y)) {
        (Some(x), Some(y)) => {
            x.desc.id == y.desc.id && same(x, y, &mut Visited::with_hasher(crate::hash::keys()))
        }
        (x, y) => x.is_none() && y.is_none(),
    }
}

/// Compares two values of one type.
fn same(x: Place, y: Place, visited: &mut Visited) -> bool {
    let desc = x.desc;
    if matches!(desc.kind, Kind::Pointer | Kind::Map | Kind::Slice) {
        let (a, b) = (x.read::<*const u8>(), y.read::<*const u8>());
        if !a.is_null() && !b.is_null() {
            let pair = (a.addr().min(b.addr()), a.addr().max(b.addr()), desc.id);
            // Slices of one array differ in length.
            let again =
                desc.kind != Kind::Slice || x.read::<SliceHeader>().len == y.read::<SliceHeader>().len;
            if again && !visited.insert(pair) {
                return true;
            }
        }
    }
    let elements = |x: *mut u8, y: *mut u8, len: usize, visited: &mut Visited| {
        let elem = desc.elem();
        (0..len).all(|i| same(Place::element(elem, x, i), Place::element(elem, y, i), visited))
    };
    match desc.kind {
        Kind::Array => elements(x.at, y.at, desc.len, visited),
        Kind::Slice => {
            let (a, b) = (x.read::<SliceHeader>(), y.read::<SliceHeader>());
            a.ptr.is_null() == b.ptr.is_null()
                && a.len == b.len
                && (a.ptr == b.ptr || elements(a.ptr, b.ptr, a.len, visited))
        }
        Kind::Interface => {
            let (a, b) = (x.iface(), y.iface());
            match (Place::of(&a), Place::of(&b)) {
                (Some(a), Some(b)) => a.desc.id == b.desc.id && same(a, b, visited),
                (a, b) => a.is_none() && b.is_none(),
            }
        }
        Kind::Pointer => {
            let (a, b) = (x.read::<*mut u8>(), y.read::<*mut u8>());
            let elem = desc.elem();
            a == b
                || !a.is_null()
                    && !b.is_null()
                    && same(Place { desc: elem, at: a }, Place { desc: elem, at: b }, visited)
        }
        Kind::Struct => desc.fields.iter().all(|field| {
            let part = |of: Place| of.part(field.offset, field.desc());
            field.name == "_" || same(part(x), part(y), visited)
        }),
        Kind::Map => maps(x, y, visited),
        Kind::Func => x.read::<*const u8>().is_null() && y.read::<*const u8>().is_null(),
        _ => x.eq(y),
    }
}

fn maps(x: Place, y: Place, visited: &mut Visited) -> bool {
    let (a, b) = (x.read::<*const u8>(), y.read::<*const u8>());
    if a.is_null() != b.is_null() || x.map_len() != y.map_len() {
        return false;
    }
    if a == b {
        return true;
    }
    let (block, size, value, len) = x.map_entries();
    let block = crate::ptr::UnsafePointer(block);
    (0..len).all(|i| {
        let key = Place { desc: x.desc.key(), at: block.0.wrapping_add(i * size) };
        let value = Place { desc: x.desc.elem(), at: key.at.wrapping_add(value) };
        y.map_get(key).is_some_and(|other| same(value, other, visited))
    })
}
