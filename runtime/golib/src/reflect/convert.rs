//! `Value.Convert`.

use super::kind::complain;
use super::parts::as_interface;
use super::place::{Place, SliceHeader};
use super::relations::{Conversion, conversion, is_uint};
use super::scalars::{complex_at, float_at, int_at, store_complex, store_float, store_int, uint_at};
use super::types::{Type, desc_of};
use super::value::Value;
use crate::num::float_to_int;
use crate::slice::Slice;
use crate::string::Str;
use crate::ty::{Desc, Kind};

pub(super) fn can(v: Value, t: Type) -> bool {
    let place = v.place("reflect.Value.CanConvert");
    let to = desc_of(t);
    match conversion(place.desc, to) {
        None => false,
        Some(Conversion::SliceToArray) => to.len <= place.read::<SliceHeader>().len,
        Some(Conversion::SliceToPointer) => to.elem().len <= place.read::<SliceHeader>().len,
        Some(_) => true,
    }
}

pub(super) fn convert(v: Value, t: Type) -> Value {
    let place = v.place("reflect.Value.Convert");
    let to = desc_of(t);
    let Some(how) = conversion(place.desc, to) else {
        let (from, to) = (place.desc.type_string(), to.type_string());
        complain(&format!("reflect.Value.Convert: value of type {from} cannot be converted to type {to}"));
    };
    Value::new(converted(place, to, how), v.hidden())
}

fn converted(from: Place, to: &'static Desc, how: Conversion) -> Place {
    match how {
        Conversion::ToInterface => return as_interface(from, to),
        Conversion::Rename => return Place { desc: to, ..from }.copy(),
        _ => {}
    }
    let result = Place::new(to);
    match how {
        Conversion::Number => number(from, result),
        Conversion::Complex => store_complex(result, complex_at(from).unwrap_or_else(crate::view::zero)),
        Conversion::RuneToString => result.write(rune_text(from)),
        Conversion::BytesToString => result.write(Str::from_slice(from.read::<Slice<u8>>())),
        Conversion::RunesToString => result.write(Str::from_runes(from.read::<Slice<i32>>())),
        Conversion::StringToBytes => result.write(from.read::<Str>().to_bytes()),
        Conversion::StringToRunes => result.write(from.read::<Str>().to_runes()),
        Conversion::SliceToArray => {
            let slice = enough(from, to.len, "array");
            Place::copy_elements(to.elem(), slice.ptr, result.at, to.len);
        }
        Conversion::SliceToPointer => result.write(enough(from, to.elem().len, "pointer to array").ptr),
        Conversion::ToInterface | Conversion::Rename => {}
    }
    result
}

fn enough(from: Place, wanted: usize, what: &str) -> SliceHeader {
    let slice = from.read::<SliceHeader>();
    if slice.len < wanted {
        let len = slice.len;
        complain(&format!("reflect: cannot convert slice with length {len} to {what} with length {wanted}"));
    }
    slice
}

fn rune_text(from: Place) -> Str {
    let rune = match (int_at(from), uint_at(from)) {
        (Some(int), _) => int,
        (_, Some(uint)) => i64::try_from(uint).unwrap_or(-1),
        _ => -1,
    };
    Str::from_rune(rune)
}

fn number(from: Place, to: Place) {
    let is_float = matches!(to.desc.kind, Kind::Float32 | Kind::Float64);
    match (int_at(from), uint_at(from), float_at(from)) {
        (Some(int), ..) if is_float => store_float(to, int as f64),
        (Some(int), ..) => store_int(to, int as u64),
        (_, Some(uint), _) if is_float => store_float(to, uint as f64),
        (_, Some(uint), _) => store_int(to, uint),
        (.., Some(float)) if is_float => store_float(to, float),
        (.., Some(float)) if is_uint(to.desc.kind) => store_int(to, float_to_int::<u64>(float)),
        (.., Some(float)) => store_int(to, float_to_int::<i64>(float) as u64),
        _ => {}
    }
}
