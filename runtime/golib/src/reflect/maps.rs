//! Maps.
//!
//! Must hold: an iteration visits the entries of the moment it began that are still there, each once; keys are copies.

use goxide_macros::{GoStruct, methods};

use super::kind::complain;
use super::parts::assign_to;
use super::place::Place;
use super::types::{Type, desc_of};
use super::value::Value;
use crate::ptr::{Ptr, UnsafePointer};
use crate::slice::Slice;
use crate::ty;
use crate::view::{View, zero};

fn map(v: Value, method: &'static str) -> Place {
    v.of_kind(&[ty::Kind::Map], method)
}

/// The key as one of the map's key type.
fn key_of(map: Place, key: Value, method: &'static str) -> Place {
    assign_to(key, map.desc.key(), method, method)
}

pub(super) fn index(v: Value, key: Value) -> Value {
    let map = map(v, "reflect.Value.MapIndex");
    let hidden = v.hidden() | key.hidden();
    let found = map.map_get(key_of(map, key, "reflect.Value.MapIndex"));
    found.map_or(zero(), |place| Value::new(place, hidden))
}

pub(super) fn keys(v: Value) -> Slice<Value> {
    let map = map(v, "reflect.Value.MapKeys");
    let (block, size, _, len) = map.map_entries();
    let block = UnsafePointer(block);
    let keys = Slice::<Value>::make(len as isize);
    for i in 0..len {
        let key = Place { desc: map.desc.key(), at: block.0.wrapping_add(i * size) };
        keys[i as isize].set(Value::new(key, v.hidden()));
    }
    keys
}

pub(super) fn set(v: Value, key: Value, elem: Value) {
    const METHOD: &str = "reflect.Value.SetMapIndex";
    let map = map(v, METHOD);
    v.must_be_exported(METHOD);
    key.must_be_exported(METHOD);
    let key = key_of(map, key, METHOD);
    if elem.desc().is_none() {
        return map.map_delete(key);
    }
    elem.must_be_exported(METHOD);
    let elem = assign_to(elem, map.desc.elem(), METHOD, METHOD);
    if map.read::<*const u8>().is_null() {
        crate::runtime_error::throw_plain("assignment to entry in nil map");
    }
    map.map_set(key, elem);
}

/// An iteration over a map; values are pointers to it.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("reflect.MapIter")]
#[repr(C)]
pub struct MapIter {
    map: Value,
    /// Copies of the entries.
    block: UnsafePointer,
    size: isize,
    len: isize,
    /// One more than the entry it stands at; zero before the first call of `Next`.
    next: isize,
    started: bool,
    ended: bool,
}

pub(super) fn range(v: Value) -> Ptr<MapIter> {
    if v.desc().is_none_or(|desc| desc.kind != ty::Kind::Map) {
        map(v, "reflect.Value.MapRange");
    }
    Ptr::new(MapIter { map: v, ..zero() })
}

impl MapIter {
    fn key(self, method: &str) -> Place {
        if !self.started {
            complain(&format!("{method} called before Next"));
        }
        if self.ended {
            complain(&format!("{method} called on exhausted iterator"));
        }
        let map = map(self.map, "reflect.MapIter.Key");
        Place { desc: map.desc.key(), at: self.block.0.wrapping_add(((self.next - 1) * self.size) as usize) }
    }

    /// The value that the key has now; that of an entry deleted since is the zero value.
    fn value(self, method: &str) -> Place {
        let key = self.key(method);
        let map = map(self.map, "reflect.MapIter.Value");
        map.map_get(key).unwrap_or_else(|| Place::new(map.desc.elem()))
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Ptr<MapIter> {
    pub fn Key(self) -> Value {
        let iter = self.get();
        Value::new(iter.key("MapIter.Key"), iter.map.hidden())
    }
    pub fn Next(self) -> bool {
        if (*self.map).desc().is_none() {
            complain("MapIter.Next called on an iterator that does not have an associated map Value");
        }
        let map = map(*self.map, "reflect.MapIter.Next");
        if !*self.started {
            let (block, size, _, len) = map.map_entries();
            self.block.set(UnsafePointer(block));
            self.size.set(size as isize);
            self.len.set(len as isize);
            self.started.set(true);
        } else if *self.ended {
            complain("MapIter.Next called on exhausted iterator");
        }
        loop {
            let next = *self.next;
            if next >= *self.len {
                self.ended.set(true);
                return false;
            }
            self.next.set(next + 1);
            let key = self.get().key("MapIter.Next");
            // What was deleted meanwhile is left out. Keys like NaN cannot be looked up.
            if map.map_get(key).is_some() || !key.eq(key) {
                return true;
            }
        }
    }
    pub fn Reset(self, v: Value) {
        if v.desc().is_some() {
            map(v, "reflect.MapIter.Reset");
        }
        self.set(MapIter { map: v, ..zero() });
    }
    pub fn Value(self) -> Value {
        let iter = self.get();
        Value::new(iter.value("MapIter.Value"), iter.map.hidden())
    }
}

/// `make(typ)`
pub fn MakeMap(typ: Type) -> Value {
    MakeMapWithSize(typ, 0)
}

/// `make(typ, n)`
pub fn MakeMapWithSize(typ: Type, n: isize) -> Value {
    let desc = desc_of(typ);
    if desc.kind != ty::Kind::Map {
        complain("reflect.MakeMapWithSize of non-map type");
    }
    let made = Place::new(desc);
    made.write(crate::map::described::Described::make(desc, n.max(0) as usize));
    Value::new(made, 0)
}
