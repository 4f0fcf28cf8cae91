//! `Value`: its method set, each method a line, and what its modules share.
//!
//! Must hold: a value lies behind `at`, whatever its size; what is addressable is a variable of the program, what is not is a
//! copy that nobody changes. `flags` remembers whether it came through an unexported field.

use goxide_macros::{GoStruct, methods};

use super::kind::{Kind, complain, wrong_kind};
use super::place::{Place, address_of, desc_at};
use super::types::Type;
use super::{calls, chans, convert, maps, parts, scalars, sequences};
use crate::complex::Complex128;
use crate::interface::Any;
use crate::num::Uintptr;
use crate::ptr::{Ptr, UnsafePointer};
use crate::slice::Slice;
use crate::string::Str;
use crate::ty::{self, Desc, MethodDesc};
use crate::view::zero;

/// A Go value with its type. The zero `Value` stands for none.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("reflect.Value")]
#[repr(C)]
pub struct Value {
    desc: UnsafePointer,
    at: UnsafePointer,
    pub(super) flags: usize,
}

/// It is a variable.
pub(super) const ADDRESSABLE: usize = 1;
/// It came through an unexported field that is not embedded.
pub(super) const HIDDEN: usize = 2;
/// It came through an unexported field that is embedded.
pub(super) const HIDDEN_EMBEDDED: usize = 4;
/// A method with its receiver as first parameter where that function's type is not known: `at` is the table's entry, and it can only
/// be called.
pub(super) const UNBOUND: usize = 8;
/// A method value of a variadic method.
pub(super) const VARIADIC: usize = 16;

impl Value {
    pub(super) fn new(place: Place, flags: usize) -> Value {
        Value { desc: address_of(place.desc), at: UnsafePointer(place.at), flags }
    }

    pub(super) fn unbound(desc: &'static Desc, method: &'static MethodDesc) -> Value {
        let at = UnsafePointer(std::ptr::from_ref(method).cast_mut().cast());
        Value { desc: address_of(desc), at, flags: UNBOUND }
    }

    pub(super) fn desc(self) -> Option<&'static Desc> {
        desc_at(self.desc)
    }

    /// Where it lies; panics for the zero `Value`.
    pub(super) fn place(self, method: &'static str) -> Place {
        match self.desc() {
            Some(_) if self.flags & UNBOUND != 0 => {
                complain("reflect: the function of a method can only be called")
            }
            Some(desc) => Place { desc, at: self.at.0 },
            None => wrong_kind(method, Kind(0)),
        }
    }

    /// Where it lies, if its kind is among those.
    pub(super) fn of_kind(self, kinds: &[ty::Kind], method: &'static str) -> Place {
        let place = self.place(method);
        if !kinds.contains(&place.desc.kind) {
            wrong_kind(method, Kind::of(place.desc.kind));
        }
        place
    }

    /// The table entry of an unbound method.
    pub(super) fn entry(self) -> Option<UnsafePointer> {
        (self.flags & UNBOUND != 0).then_some(self.at)
    }

    /// The marks of unexported fields.
    pub(super) fn hidden(self) -> usize {
        self.flags & (HIDDEN | HIDDEN_EMBEDDED)
    }

    pub(super) fn must_be_exported(self, method: &'static str) {
        if self.desc().is_none() {
            wrong_kind(method, Kind(0));
        }
        if self.hidden() != 0 {
            complain(&format!("reflect: {method} using value obtained using unexported field"));
        }
    }

    /// The variable, if the program may assign to it.
    pub(super) fn variable(self, method: &'static str) -> Place {
        self.must_be_exported(method);
        if self.flags & ADDRESSABLE == 0 {
            complain(&format!("reflect: {method} using unaddressable value"));
        }
        self.place(method)
    }
}

#[methods(reflected)]
#[allow(missing_docs)]
impl Value {
    pub fn Addr(self) -> Value {
        parts::addr(self)
    }
    pub fn Bool(self) -> bool {
        scalars::bool(self)
    }
    pub fn Bytes(self) -> Slice<u8> {
        sequences::bytes(self)
    }
    pub fn Call(self, args: Slice<Value>) -> Slice<Value> {
        calls::call(self, args, false)
    }
    pub fn CallSlice(self, args: Slice<Value>) -> Slice<Value> {
        calls::call(self, args, true)
    }
    pub fn CanAddr(self) -> bool {
        self.flags & ADDRESSABLE != 0
    }
    pub fn CanComplex(self) -> bool {
        matches!(self.Kind().0, 15 | 16)
    }
    pub fn CanConvert(self, t: Type) -> bool {
        convert::can(self, t)
    }
    pub fn CanFloat(self) -> bool {
        matches!(self.Kind().0, 13 | 14)
    }
    pub fn CanInt(self) -> bool {
        matches!(self.Kind().0, 2..=6)
    }
    pub fn CanInterface(self) -> bool {
        if self.desc().is_none() {
            wrong_kind("reflect.Value.CanInterface", Kind(0));
        }
        self.hidden() == 0
    }
    pub fn CanSet(self) -> bool {
        self.flags & ADDRESSABLE != 0 && self.hidden() == 0
    }
    pub fn CanUint(self) -> bool {
        matches!(self.Kind().0, 7..=12)
    }
    pub fn Cap(self) -> isize {
        sequences::cap(self)
    }
    pub fn Clear(self) {
        sequences::clear(self);
    }
    pub fn Close(self) {
        chans::close(self);
    }
    pub fn Comparable(self) -> bool {
        parts::comparable(self)
    }
    pub fn Complex(self) -> Complex128 {
        scalars::complex(self)
    }
    pub fn Convert(self, t: Type) -> Value {
        convert::convert(self, t)
    }
    pub fn Elem(self) -> Value {
        parts::elem(self)
    }
    pub fn Equal(self, u: Value) -> bool {
        parts::equal(self, u)
    }
    pub fn Field(self, i: isize) -> Value {
        parts::field(self, i)
    }
    pub fn FieldByIndex(self, index: Slice<isize>) -> Value {
        parts::field_by_index(self, index)
    }
    pub fn FieldByName(self, name: Str) -> Value {
        parts::field_by_name(self, name)
    }
    pub fn Float(self) -> f64 {
        scalars::float(self)
    }
    pub fn Grow(self, n: isize) {
        sequences::grow(self, n);
    }
    pub fn Index(self, i: isize) -> Value {
        sequences::index(self, i)
    }
    pub fn Int(self) -> i64 {
        scalars::int(self)
    }
    pub fn Interface(self) -> Any {
        parts::interface(self)
    }
    pub fn IsNil(self) -> bool {
        parts::is_nil(self)
    }
    pub fn IsValid(self) -> bool {
        self.desc().is_some()
    }
    pub fn IsZero(self) -> bool {
        parts::is_zero(self)
    }
    pub fn Kind(self) -> Kind {
        self.desc().map_or(Kind(0), |desc| Kind::of(desc.kind))
    }
    pub fn Len(self) -> isize {
        sequences::len(self)
    }
    pub fn MapIndex(self, key: Value) -> Value {
        maps::index(self, key)
    }
    pub fn MapKeys(self) -> Slice<Value> {
        maps::keys(self)
    }
    pub fn MapRange(self) -> Ptr<maps::MapIter> {
        maps::range(self)
    }
    pub fn Method(self, i: isize) -> Value {
        calls::method(self, i)
    }
    pub fn MethodByName(self, name: Str) -> Value {
        calls::method_by_name(self, name)
    }
    pub fn NumField(self) -> isize {
        self.of_kind(&[ty::Kind::Struct], "reflect.Value.NumField").desc.fields.len() as isize
    }
    pub fn NumMethod(self) -> isize {
        calls::count(self)
    }
    pub fn OverflowComplex(self, x: Complex128) -> bool {
        scalars::complex_overflows(self, x)
    }
    pub fn OverflowFloat(self, x: f64) -> bool {
        scalars::float_overflows(self, x)
    }
    pub fn OverflowInt(self, x: i64) -> bool {
        scalars::int_overflows(self, x)
    }
    pub fn OverflowUint(self, x: u64) -> bool {
        scalars::uint_overflows(self, x)
    }
    pub fn Pointer(self) -> Uintptr {
        let pointer = parts::pointer(self, "reflect.Value.Pointer").0;
        // of a function, as in Go, its code
        if self.Kind() == super::kind::Func_ && !pointer.is_null() {
            return Uintptr(crate::func::Func::<dyn Fn()>::from_raw(pointer).code());
        }
        Uintptr(pointer.expose_provenance())
    }
    pub fn Recv(self) -> (Value, bool) {
        chans::recv(self, true)
    }
    pub fn Send(self, x: Value) {
        chans::send(self, x, true);
    }
    pub fn Set(self, x: Value) {
        parts::set(self, x);
    }
    pub fn SetBool(self, x: bool) {
        scalars::set_bool(self, x);
    }
    pub fn SetBytes(self, x: Slice<u8>) {
        sequences::set_bytes(self, x);
    }
    pub fn SetCap(self, n: isize) {
        sequences::set_cap(self, n);
    }
    pub fn SetComplex(self, x: Complex128) {
        scalars::set_complex(self, x);
    }
    pub fn SetFloat(self, x: f64) {
        scalars::set_float(self, x);
    }
    pub fn SetInt(self, x: i64) {
        scalars::set_int(self, x);
    }
    pub fn SetLen(self, n: isize) {
        sequences::set_len(self, n);
    }
    pub fn SetMapIndex(self, key: Value, elem: Value) {
        maps::set(self, key, elem);
    }
    pub fn SetString(self, x: Str) {
        scalars::set_string(self, x);
    }
    pub fn SetUint(self, x: u64) {
        scalars::set_uint(self, x);
    }
    pub fn SetZero(self) {
        self.variable("reflect.Value.SetZero").clear();
    }
    pub fn Slice(self, i: isize, j: isize) -> Value {
        sequences::slice(self, i, j)
    }
    pub fn Slice3(self, i: isize, j: isize, k: isize) -> Value {
        sequences::slice3(self, i, j, k)
    }
    pub fn String(self) -> Str {
        scalars::string(self)
    }
    pub fn TryRecv(self) -> (Value, bool) {
        chans::recv(self, false)
    }
    pub fn TrySend(self, x: Value) -> bool {
        chans::send(self, x, false)
    }
    pub fn Type(self) -> Type {
        match self.desc() {
            Some(desc) if self.flags & VARIADIC != 0 => {
                super::types::type_of(super::types::func_of(desc.params(), desc.results(), true))
            }
            Some(desc) => super::types::type_of(desc),
            None => wrong_kind("reflect.Value.Type", Kind(0)),
        }
    }
    pub fn Uint(self) -> u64 {
        scalars::uint(self)
    }
    pub fn UnsafePointer(self) -> UnsafePointer {
        parts::pointer(self, "reflect.Value.UnsafePointer")
    }
}

/// A value with what an interface value holds; the zero `Value` for nil.
pub fn ValueOf(i: Any) -> Value {
    let iface = crate::interface::Interface::iface(i);
    Place::of(&iface).map_or(zero(), |place| Value::new(place, 0))
}
