//! Arrays, slices and strings.

use super::kind::{Kind, complain, wrong_kind};
use super::parts::assign_to;
use super::place::{Place, SliceHeader};
use super::types::{Type, desc_of, slice_of};
use super::value::{ADDRESSABLE, Value};
use crate::func::{Func, func};
use crate::interface::Any;
use crate::slice::{Element, Slice, grown};
use crate::string::Str;
use crate::ty::{self, Desc};

fn header(place: Place) -> SliceHeader {
    place.read()
}

/// The first element and how many there are.
fn elements(place: Place) -> (*mut u8, usize) {
    match place.desc.kind {
        ty::Kind::Array => (place.at, place.desc.len),
        _ => (header(place).ptr, header(place).len),
    }
}

/// The array that a pointer leads to.
fn array_of(desc: &'static Desc) -> Option<&'static Desc> {
    (desc.kind == ty::Kind::Pointer && desc.elem().kind == ty::Kind::Array).then(|| desc.elem())
}

pub(super) fn len(v: Value) -> isize {
    let place = v.place("reflect.Value.Len");
    match place.desc.kind {
        ty::Kind::Array | ty::Kind::Slice => elements(place).1 as isize,
        ty::Kind::String => place.read::<Str>().len(),
        ty::Kind::Map => place.map_len() as isize,
        ty::Kind::Chan => place.desc.chan.map_or(0, |ops| place.chan_size(ops).0),
        ty::Kind::Pointer => match array_of(place.desc) {
            Some(array) => array.len as isize,
            None => complain("reflect: call of reflect.Value.Len on ptr to non-array Value"),
        },
        kind => wrong_kind("reflect.Value.Len", Kind::of(kind)),
    }
}

pub(super) fn cap(v: Value) -> isize {
    let place = v.place("reflect.Value.Cap");
    match place.desc.kind {
        ty::Kind::Array => place.desc.len as isize,
        ty::Kind::Slice => header(place).cap as isize,
        ty::Kind::Chan => place.desc.chan.map_or(0, |ops| place.chan_size(ops).1),
        ty::Kind::Pointer => match array_of(place.desc) {
            Some(array) => array.len as isize,
            None => complain("reflect: call of reflect.Value.Cap on ptr to non-array Value"),
        },
        kind => wrong_kind("reflect.Value.Cap", Kind::of(kind)),
    }
}

pub(super) fn index(v: Value, i: isize) -> Value {
    let place = v.place("reflect.Value.Index");
    match place.desc.kind {
        ty::Kind::Array | ty::Kind::Slice => {
            let (first, len) = elements(place);
            let is_slice = place.desc.kind == ty::Kind::Slice;
            if i as usize >= len {
                let what = if is_slice { "slice" } else { "array" };
                complain(&format!("reflect: {what} index out of range"));
            }
            let flags = if is_slice { ADDRESSABLE } else { v.flags & ADDRESSABLE };
            Value::new(Place::element(place.desc.elem(), first, i as usize), v.hidden() | flags)
        }
        ty::Kind::String => {
            let text = place.read::<Str>();
            if i as usize >= text.len() as usize {
                complain("reflect: string index out of range");
            }
            let byte = Place::new(<u8 as crate::view::GoType>::DESC);
            byte.write(text[i]);
            Value::new(byte, v.hidden())
        }
        kind => wrong_kind("reflect.Value.Index", Kind::of(kind)),
    }
}

pub(super) fn bytes(v: Value) -> Slice<u8> {
    let place = v.place("reflect.Value.Bytes");
    let is_bytes = || place.desc.elem().kind == ty::Kind::Uint8;
    match place.desc.kind {
        ty::Kind::Slice if is_bytes() => place.read(),
        ty::Kind::Slice => complain("reflect.Value.Bytes of non-byte slice"),
        ty::Kind::Array if !is_bytes() => complain("reflect.Value.Bytes of non-byte array"),
        ty::Kind::Array if v.flags & ADDRESSABLE == 0 => {
            complain("reflect.Value.Bytes of unaddressable byte array")
        }
        ty::Kind::Array => Slice::from_raw_parts(place.at, place.desc.len, place.desc.len),
        kind => wrong_kind("reflect.Value.Bytes", Kind::of(kind)),
    }
}

fn variable(v: Value, method: &'static str) -> Place {
    v.variable(method);
    v.of_kind(&[ty::Kind::Slice], method)
}

pub(super) fn set_bytes(v: Value, x: Slice<u8>) {
    let place = variable(v, "reflect.Value.SetBytes");
    if place.desc.elem().kind != ty::Kind::Uint8 {
        complain("reflect.Value.SetBytes of non-byte slice");
    }
    place.write(x);
}

pub(super) fn set_len(v: Value, n: isize) {
    let place = variable(v, "reflect.Value.SetLen");
    let header = header(place);
    if n as usize > header.cap {
        complain("reflect: slice length out of range in SetLen");
    }
    place.write(SliceHeader { len: n as usize, ..header });
}

pub(super) fn set_cap(v: Value, n: isize) {
    let place = variable(v, "reflect.Value.SetCap");
    let header = header(place);
    if n < header.len as isize || n > header.cap as isize {
        complain("reflect: slice capacity out of range in SetCap");
    }
    place.write(SliceHeader { cap: n as usize, ..header });
}

/// The slice with room for `more` elements.
fn with_room(slice: SliceHeader, elem: &'static Desc, more: usize) -> SliceHeader {
    if more <= slice.cap - slice.len {
        return slice;
    }
    let element = Element { size: elem.size, align: elem.align, noscan: elem.noscan };
    let (ptr, cap) = grown(slice.ptr, slice.len, slice.cap, more, &element);
    SliceHeader { ptr, len: slice.len, cap }
}

pub(super) fn grow(v: Value, n: isize) {
    let place = variable(v, "reflect.Value.Grow");
    if n < 0 {
        complain("reflect.Value.Grow: negative len");
    }
    place.write(with_room(header(place), place.desc.elem(), n as usize));
}

pub(super) fn clear(v: Value) {
    let place = v.place("reflect.Value.Clear");
    match place.desc.kind {
        ty::Kind::Map => place.map_clear(),
        ty::Kind::Slice => {
            let (first, len) = elements(place);
            (0..len).for_each(|i| Place::element(place.desc.elem(), first, i).clear());
        }
        kind => wrong_kind("reflect.Value.Clear", Kind::of(kind)),
    }
}

pub(super) fn slice(v: Value, i: isize, j: isize) -> Value {
    const METHOD: &str = "reflect.Value.Slice";
    let place = v.place(METHOD);
    if place.desc.kind == ty::Kind::String {
        let text = place.read::<Str>();
        if i < 0 || j < i || j > text.len() {
            complain("reflect.Value.Slice: string slice index out of bounds");
        }
        let part = Place::new(place.desc);
        part.write(text.slice(i, j));
        return Value::new(part, v.hidden());
    }
    let (desc, whole) = sliced(v, place, METHOD);
    if i < 0 || j < i || j as usize > whole.cap {
        complain("reflect.Value.Slice: slice index out of bounds");
    }
    cut(v, desc, whole, i as usize, j as usize, whole.cap)
}

pub(super) fn slice3(v: Value, i: isize, j: isize, k: isize) -> Value {
    const METHOD: &str = "reflect.Value.Slice3";
    let (desc, whole) = sliced(v, v.place(METHOD), METHOD);
    if i < 0 || j < i || k < j || k as usize > whole.cap {
        complain("reflect.Value.Slice3: slice index out of bounds");
    }
    cut(v, desc, whole, i as usize, j as usize, k as usize)
}

/// What is cut, and the type of the parts.
fn sliced(v: Value, place: Place, method: &'static str) -> (&'static Desc, SliceHeader) {
    match place.desc.kind {
        ty::Kind::Slice => (place.desc, header(place)),
        ty::Kind::Array if v.flags & ADDRESSABLE == 0 => {
            complain(&format!("{method}: slice of unaddressable array"))
        }
        ty::Kind::Array => {
            let len = place.desc.len;
            (slice_of(place.desc.elem()), SliceHeader { ptr: place.at, len, cap: len })
        }
        kind => wrong_kind(method, Kind::of(kind)),
    }
}

fn cut(v: Value, desc: &'static Desc, whole: SliceHeader, i: usize, j: usize, k: usize) -> Value {
    // Without room behind it, the part keeps the address, which stays within the object.
    let start = if k > i { i * desc.elem().size } else { 0 };
    let part = Place::new(desc);
    part.write(SliceHeader { ptr: whole.ptr.wrapping_add(start), len: j - i, cap: k - i });
    Value::new(part, v.hidden())
}

/// `make(typ, len, cap)`
pub fn MakeSlice(typ: Type, len: isize, cap: isize) -> Value {
    let desc = desc_of(typ);
    if desc.kind != ty::Kind::Slice {
        complain("reflect.MakeSlice of non-slice type");
    }
    if len < 0 {
        complain("reflect.MakeSlice: negative len");
    }
    if cap < 0 {
        complain("reflect.MakeSlice: negative cap");
    }
    if len > cap {
        complain("reflect.MakeSlice: len > cap");
    }
    let elem = desc.elem();
    let Some(bytes) = elem.size.checked_mul(cap as usize).filter(|bytes| *bytes <= 1 << 47) else {
        crate::runtime_error::make_slice("makeslice: cap out of range")
    };
    let made = Place::new(desc);
    let ptr = crate::heap::alloc(bytes, elem.align, elem.noscan);
    made.write(SliceHeader { ptr, len: len as usize, cap: cap as usize });
    Value::new(made, 0)
}

/// `append(s, x...)`
pub fn Append(s: Value, x: Slice<Value>) -> Value {
    s.must_be_exported("reflect.Append");
    let place = s.of_kind(&[ty::Kind::Slice], "reflect.Append");
    let elem = place.desc.elem();
    let longer = with_room(header(place), elem, x.len() as usize);
    for (i, x) in x.range() {
        x.must_be_exported("reflect.Append");
        let to = Place::element(elem, longer.ptr, longer.len + i as usize);
        to.fill(assign_to(x, elem, "reflect.Set", "reflect.Append"));
    }
    let result = Place::new(place.desc);
    result.write(SliceHeader { len: longer.len + x.len() as usize, ..longer });
    Value::new(result, 0)
}

/// `append(s, t...)`
pub fn AppendSlice(s: Value, t: Value) -> Value {
    s.must_be_exported("reflect.AppendSlice");
    t.must_be_exported("reflect.AppendSlice");
    let place = s.of_kind(&[ty::Kind::Slice], "reflect.AppendSlice");
    let more = t.of_kind(&[ty::Kind::Slice], "reflect.AppendSlice");
    if place.desc.elem().id != more.desc.elem().id {
        let (s, t) = (place.desc.type_string(), more.desc.type_string());
        complain(&format!("reflect.AppendSlice: {s} != {t}"));
    }
    let (from, len) = elements(more);
    let elem = place.desc.elem();
    let longer = with_room(header(place), elem, len);
    Place::copy_elements(elem, from, Place::element(elem, longer.ptr, longer.len).at, len);
    let result = Place::new(place.desc);
    result.write(SliceHeader { len: longer.len + len, ..longer });
    Value::new(result, 0)
}

/// `copy(dst, src)`
pub fn Copy(dst: Value, src: Value) -> isize {
    const METHOD: &str = "reflect.Copy";
    let to = dst.of_kind(&[ty::Kind::Array, ty::Kind::Slice], METHOD);
    if to.desc.kind == ty::Kind::Array {
        dst.variable(METHOD);
    }
    dst.must_be_exported(METHOD);
    src.must_be_exported(METHOD);
    let from = src.place(METHOD);
    let elem = to.desc.elem();
    let (first, len) = match from.desc.kind {
        ty::Kind::String if elem.kind == ty::Kind::Uint8 => {
            (header_of_text(from), from.read::<Str>().len() as usize)
        }
        ty::Kind::Array | ty::Kind::Slice => elements(from),
        kind => wrong_kind(METHOD, Kind::of(kind)),
    };
    if from.desc.kind != ty::Kind::String && from.desc.elem().id != elem.id {
        let (to, from) = (elem.type_string(), from.desc.elem().type_string());
        complain(&format!("reflect.Copy: {to} != {from}"));
    }
    let (target, room) = elements(to);
    let n = len.min(room);
    Place::copy_elements(elem, first, target, n);
    n as isize
}

fn header_of_text(place: Place) -> *mut u8 {
    place.read::<*mut u8>()
}

/// What exchanges elements of a slice.
pub fn Swapper(slice: Any) -> Func<dyn Fn(isize, isize)> {
    let v = super::value::ValueOf(slice);
    let place = v.of_kind(&[ty::Kind::Slice], "Swapper");
    let (first, len) = elements(place);
    let elem = place.desc.elem();
    let base = crate::ptr::UnsafePointer(first);
    func(move |i: isize, j: isize| {
        if i as usize >= len || j as usize >= len {
            complain("reflect: slice index out of range");
        }
        let base = base;
        let (a, b) = (Place::element(elem, base.0, i as usize), Place::element(elem, base.0, j as usize));
        let kept = a.copy();
        a.fill(b);
        b.fill(kept);
    })
}
