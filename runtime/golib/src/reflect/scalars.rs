//! Reading and storing numbers, truth values and strings.

use super::kind::{Kind, wrong_kind};
use super::place::Place;
use super::relations::{self, is_float, is_int, is_uint};
use super::value::Value;
use crate::complex::Complex128;
use crate::string::Str;
use crate::ty;

/// A signed integer, whatever its size.
pub(super) fn int_at(place: Place) -> Option<i64> {
    Some(match place.desc.kind {
        ty::Kind::Int | ty::Kind::Int64 => place.read::<i64>(),
        ty::Kind::Int8 => place.read::<i8>().into(),
        ty::Kind::Int16 => place.read::<i16>().into(),
        ty::Kind::Int32 => place.read::<i32>().into(),
        _ => return None,
    })
}

/// An unsigned integer, whatever its size.
pub(super) fn uint_at(place: Place) -> Option<u64> {
    Some(match place.desc.kind {
        ty::Kind::Uint | ty::Kind::Uint64 | ty::Kind::Uintptr => place.read::<u64>(),
        ty::Kind::Uint8 => place.read::<u8>().into(),
        ty::Kind::Uint16 => place.read::<u16>().into(),
        ty::Kind::Uint32 => place.read::<u32>().into(),
        _ => return None,
    })
}

/// A float, whatever its size.
pub(super) fn float_at(place: Place) -> Option<f64> {
    Some(match place.desc.kind {
        ty::Kind::Float32 => place.read::<f32>().into(),
        ty::Kind::Float64 => place.read::<f64>(),
        _ => return None,
    })
}

/// A complex number, whatever its size.
pub(super) fn complex_at(place: Place) -> Option<Complex128> {
    Some(match place.desc.kind {
        ty::Kind::Complex64 => {
            let [re, im] = place.read::<[f32; 2]>();
            Complex128::new(re.into(), im.into())
        }
        ty::Kind::Complex128 => place.read::<Complex128>(),
        _ => return None,
    })
}

/// Stores an integer's low bits.
pub(super) fn store_int(place: Place, x: u64) {
    match place.desc.size {
        1 => place.write(x as u8),
        2 => place.write(x as u16),
        4 => place.write(x as u32),
        _ => place.write(x),
    }
}

/// Stores a float, rounded if need be.
pub(super) fn store_float(place: Place, x: f64) {
    match place.desc.size {
        4 => place.write(x as f32),
        _ => place.write(x),
    }
}

/// Stores a complex number, rounded if need be.
pub(super) fn store_complex(place: Place, x: Complex128) {
    match place.desc.size {
        8 => place.write([x.re as f32, x.im as f32]),
        _ => place.write([x.re, x.im]),
    }
}

fn wrong(v: Value, method: &'static str) -> ! {
    wrong_kind(method, v.desc().map_or(Kind(0), |desc| Kind::of(desc.kind)))
}

fn get<T>(v: Value, read: fn(Place) -> Option<T>, method: &'static str) -> T {
    read(v.place(method)).unwrap_or_else(|| wrong(v, method))
}

pub(super) fn bool(v: Value) -> bool {
    v.of_kind(&[ty::Kind::Bool], "reflect.Value.Bool").read::<u8>() != 0
}

pub(super) fn int(v: Value) -> i64 {
    get(v, int_at, "reflect.Value.Int")
}

pub(super) fn uint(v: Value) -> u64 {
    get(v, uint_at, "reflect.Value.Uint")
}

pub(super) fn float(v: Value) -> f64 {
    get(v, float_at, "reflect.Value.Float")
}

pub(super) fn complex(v: Value) -> Complex128 {
    get(v, complex_at, "reflect.Value.Complex")
}

/// A string, or what stands for any other value.
pub(super) fn string(v: Value) -> Str {
    match v.desc() {
        None => crate::string::str("<invalid Value>"),
        Some(desc) if desc.kind == ty::Kind::String => v.place("reflect.Value.String").read(),
        Some(desc) => Str::from(format!("<{} Value>", desc.type_string())),
    }
}

fn target(v: Value, fits: impl Fn(ty::Kind) -> bool, method: &'static str) -> Place {
    let place = v.variable(method);
    if !fits(place.desc.kind) {
        wrong(v, method);
    }
    place
}

pub(super) fn set_bool(v: Value, x: bool) {
    target(v, |kind| kind == ty::Kind::Bool, "reflect.Value.SetBool").write(x);
}

pub(super) fn set_int(v: Value, x: i64) {
    store_int(target(v, is_int, "reflect.Value.SetInt"), x as u64);
}

pub(super) fn set_uint(v: Value, x: u64) {
    store_int(target(v, is_uint, "reflect.Value.SetUint"), x);
}

pub(super) fn set_float(v: Value, x: f64) {
    store_float(target(v, is_float, "reflect.Value.SetFloat"), x);
}

fn is_complex(kind: ty::Kind) -> bool {
    matches!(kind, ty::Kind::Complex64 | ty::Kind::Complex128)
}

pub(super) fn set_complex(v: Value, x: Complex128) {
    store_complex(target(v, is_complex, "reflect.Value.SetComplex"), x);
}

pub(super) fn set_string(v: Value, x: Str) {
    target(v, |kind| kind == ty::Kind::String, "reflect.Value.SetString").write(x);
}

fn size(v: Value, fits: fn(ty::Kind) -> bool, method: &'static str) -> usize {
    match v.desc() {
        Some(desc) if fits(desc.kind) => desc.size,
        _ => wrong(v, method),
    }
}

pub(super) fn int_overflows(v: Value, x: i64) -> bool {
    relations::int_overflows(x, size(v, is_int, "reflect.Value.OverflowInt"))
}

pub(super) fn uint_overflows(v: Value, x: u64) -> bool {
    relations::uint_overflows(x, size(v, is_uint, "reflect.Value.OverflowUint"))
}

pub(super) fn float_overflows(v: Value, x: f64) -> bool {
    relations::float_overflows(x, size(v, is_float, "reflect.Value.OverflowFloat"))
}

pub(super) fn complex_overflows(v: Value, x: Complex128) -> bool {
    let size = size(v, is_complex, "reflect.Value.OverflowComplex") / 2;
    relations::float_overflows(x.re, size) || relations::float_overflows(x.im, size)
}
