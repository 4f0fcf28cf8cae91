//! Values of fixed size as bytes: numbers, truth values, arrays and structs of them, slices at the top.
//!
//! Must hold: what has no fixed size is refused before anything is read or written.

use super::ByteOrder;
use crate::complex::Complex128;
use crate::errors;
use crate::interface::{Any, Error, Interface};
use crate::io::{ReadFull, Reader, Writer};
use crate::reflect::{self, Indirect, TypeOf, ValueOf};
use crate::slice::Slice;
use crate::string::{Str, str};
use crate::ty::Kind;
use crate::view::zero;

/// The bytes of a type's values, if all have as many.
fn fixed(t: reflect::Type) -> Option<isize> {
    let kind = t.Kind().0;
    if kind == Kind::Array as usize {
        return Some(fixed(t.Elem())? * t.Len());
    }
    if kind == Kind::Struct as usize {
        return (0..t.NumField()).map(|i| fixed(t.Field(i).Type)).sum();
    }
    let number = (Kind::Int8 as usize..=Kind::Int64 as usize).contains(&kind)
        || (Kind::Uint8 as usize..=Kind::Uint64 as usize).contains(&kind)
        || (Kind::Float32 as usize..=Kind::Complex128 as usize).contains(&kind);
    (number || kind == Kind::Bool as usize).then(|| t.Size().0 as isize)
}

/// The bytes of a value: a slice of fixed-size values or one of them.
fn size(v: reflect::Value) -> Option<isize> {
    match v.IsValid() {
        false => None,
        true if v.Kind().0 == Kind::Slice as usize => Some(fixed(v.Type().Elem())? * v.Len()),
        true => fixed(v.Type()),
    }
}

/// How many bytes `Write` would write; -1 for what it cannot.
pub fn Size(v: Any) -> isize {
    size(Indirect(ValueOf(v))).unwrap_or(-1)
}

/// Bytes and a place in them.
struct Cursor {
    order: ByteOrder,
    bytes: Slice<u8>,
    at: isize,
}

impl Cursor {
    fn next(&mut self, n: isize) -> Slice<u8> {
        self.at += n;
        self.bytes.slice(self.at - n, self.at)
    }

    fn get(&mut self, n: isize) -> u64 {
        let bytes = self.next(n);
        match n {
            1 => u64::from(*bytes[0]),
            2 => u64::from(self.order.Uint16(bytes)),
            4 => u64::from(self.order.Uint32(bytes)),
            _ => self.order.Uint64(bytes),
        }
    }

    fn put(&mut self, n: isize, x: u64) {
        let bytes = self.next(n);
        match n {
            1 => crate::view::View::set(&bytes[0], x as u8),
            2 => self.order.PutUint16(bytes, x as u16),
            4 => self.order.PutUint32(bytes, x as u32),
            _ => self.order.PutUint64(bytes, x),
        }
    }

    fn get_float(&mut self, n: isize) -> f64 {
        match n {
            4 => f64::from(f32::from_bits(self.get(4) as u32)),
            _ => f64::from_bits(self.get(8)),
        }
    }

    fn put_float(&mut self, n: isize, x: f64) {
        match n {
            4 => self.put(4, u64::from((x as f32).to_bits())),
            _ => self.put(8, x.to_bits()),
        }
    }

    fn decode(&mut self, v: reflect::Value) {
        let n = v.Type().Size().0 as isize;
        match kind(v) {
            Some(Kind::Array | Kind::Slice) => (0..v.Len()).for_each(|i| self.decode(v.Index(i))),
            Some(Kind::Struct) => {
                for i in 0..v.NumField() {
                    let field = v.Field(i);
                    if field.CanSet() || v.Type().Field(i).Name != str("_") {
                        self.decode(field);
                    } else {
                        self.next(fixed(field.Type()).unwrap_or(0));
                    }
                }
            }
            Some(Kind::Bool) => v.SetBool(self.get(1) != 0),
            Some(Kind::Float32 | Kind::Float64) => v.SetFloat(self.get_float(n)),
            Some(Kind::Complex64 | Kind::Complex128) => {
                let re = self.get_float(n / 2);
                v.SetComplex(Complex128::new(re, self.get_float(n / 2)));
            }
            _ if v.CanInt() => {
                let unused = 64 - 8 * n as u32;
                v.SetInt((self.get(n) << unused) as i64 >> unused);
            }
            _ => v.SetUint(self.get(n)),
        }
    }

    fn encode(&mut self, v: reflect::Value) {
        let n = v.Type().Size().0 as isize;
        match kind(v) {
            Some(Kind::Array | Kind::Slice) => (0..v.Len()).for_each(|i| self.encode(v.Index(i))),
            Some(Kind::Struct) => {
                for i in 0..v.NumField() {
                    let field = v.Field(i);
                    if v.Type().Field(i).Name != str("_") {
                        self.encode(field);
                    } else {
                        let hole = self.next(fixed(field.Type()).unwrap_or(0));
                        hole.clear();
                    }
                }
            }
            Some(Kind::Bool) => self.put(1, u64::from(v.Bool())),
            Some(Kind::Float32 | Kind::Float64) => self.put_float(n, v.Float()),
            Some(Kind::Complex64 | Kind::Complex128) => {
                let x = v.Complex();
                self.put_float(n / 2, x.re);
                self.put_float(n / 2, x.im);
            }
            _ if v.CanInt() => self.put(n, v.Int() as u64),
            _ => self.put(n, v.Uint()),
        }
    }
}

/// The kinds that need a case of their own.
fn kind(v: reflect::Value) -> Option<Kind> {
    let kinds = [
        Kind::Array,
        Kind::Slice,
        Kind::Struct,
        Kind::Bool,
        Kind::Float32,
        Kind::Float64,
        Kind::Complex64,
        Kind::Complex128,
    ];
    kinds.into_iter().find(|kind| *kind as usize == v.Kind().0)
}

fn refused(function: &str, what: &str, data: Any) -> Error {
    let name = TypeOf(data);
    let name = if name.is_nil() { str("<nil>") } else { name.String() };
    errors::New(Str::from(format!("binary.{function}: {what}{name}")))
}

/// Where decoded data goes, and how many bytes it is.
fn target(data: Any) -> Option<(reflect::Value, isize)> {
    let v = ValueOf(data);
    let v = match v.Kind().0 {
        kind if kind == Kind::Pointer as usize => v.Elem(),
        kind if kind == Kind::Slice as usize => v,
        _ => return None,
    };
    Some((v, size(v)?))
}

/// Reads a value of fixed size to where a pointer or slice leads.
pub fn Read(r: Reader, order: ByteOrder, data: Any) -> Error {
    let Some((v, size)) = target(data) else { return refused("Read", "invalid type ", data) };
    let bytes = Slice::<u8>::make(size);
    let (_, err) = ReadFull(r, bytes);
    if err.is_nil() {
        Cursor { order, bytes, at: 0 }.decode(v);
    }
    err
}

/// Decodes a value of fixed size to where a pointer or slice leads; how many bytes it took.
pub fn Decode(buf: Slice<u8>, order: ByteOrder, data: Any) -> (isize, Error) {
    let Some((v, size)) = target(data) else { return (0, refused("Decode", "invalid type ", data)) };
    if buf.len() < size {
        return (0, errors::New(str("buffer too small")));
    }
    Cursor { order, bytes: buf, at: 0 }.decode(v);
    (size, zero())
}

/// The bytes of a value, or why it has none.
fn encoded(function: &str, order: ByteOrder, data: Any) -> Result<Slice<u8>, Error> {
    let v = Indirect(ValueOf(data));
    let Some(size) = size(v) else {
        return Err(refused(function, "some values are not fixed-sized in type ", data));
    };
    let bytes = Slice::<u8>::make(size);
    Cursor { order, bytes, at: 0 }.encode(v);
    Ok(bytes)
}

/// Writes a value of fixed size.
pub fn Write(w: Writer, order: ByteOrder, data: Any) -> Error {
    match encoded("Write", order, data) {
        Ok(bytes) => w.Write(bytes).1,
        Err(err) => err,
    }
}

/// Encodes a value of fixed size; how many bytes it took.
pub fn Encode(buf: Slice<u8>, order: ByteOrder, data: Any) -> (isize, Error) {
    match encoded("Encode", order, data) {
        Ok(bytes) if bytes.len() > buf.len() => (0, errors::New(str("buffer too small"))),
        Ok(bytes) => (crate::slice::copy(buf, bytes), zero()),
        Err(err) => (0, err),
    }
}

/// `buf` with a value of fixed size appended.
pub fn Append(buf: Slice<u8>, order: ByteOrder, data: Any) -> (Slice<u8>, Error) {
    match encoded("Append", order, data) {
        Ok(bytes) => (buf.append_slice(bytes), zero()),
        Err(err) => (zero(), err),
    }
}
