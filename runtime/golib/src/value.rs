//! A value with its type, seen from outside: what `fmt`, `errors.As` and `sort.Slice` know of what they are given.
//!
//! What must hold: `at` is the address of a value of the described type that lives as long as the lifetime says, or for ever
//! if it is a variable of the heap; values are read by copying, so that nothing claims that nobody writes. A value reached
//! through an unexported field is marked, for its methods must not be called. This is the one place where descriptions
//! lead to memory; the packages above are safe code.

use std::marker::PhantomData;

use crate::interface::{Any, Iface, Interface};
use crate::map::described::{Described, Entries as Copies};
use crate::slice::Slice;
use crate::string::Str;
use crate::ty::{Desc, FieldDesc, Kind};

/// A value with its type.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a> {
    desc: &'static Desc,
    at: *const u8,
    /// Came through an unexported field.
    hidden: bool,
    _value: PhantomData<&'a ()>,
}

impl<'a> Value<'a> {
    /// What an interface value holds; none if it is nil.
    pub(crate) fn of(iface: &'a Iface) -> Option<Value<'a>> {
        iface.desc().map(|desc| Value { desc, at: iface.value(), hidden: false, _value: PhantomData })
    }

    fn part<'b>(self, desc: &'static Desc, at: *const u8) -> Value<'b> {
        Value { desc, at, hidden: self.hidden, _value: PhantomData }
    }

    /// The type.
    pub(crate) fn desc(self) -> &'static Desc {
        self.desc
    }

    /// The kind of the type.
    pub(crate) fn kind(self) -> Kind {
        self.desc.kind
    }

    /// Whether it came through an unexported field.
    pub(crate) fn is_hidden(self) -> bool {
        self.hidden
    }

    /// The value as one that came through an unexported field.
    pub(crate) fn hide(self) -> Value<'a> {
        Value { hidden: true, ..self }
    }

    /// Whether its type is an interface.
    pub(crate) fn is_interface(self) -> bool {
        self.desc.kind == Kind::Interface
    }

    /// Whether its type has all methods of `I`.
    pub(crate) fn implements<I: Interface>(self) -> bool {
        I::METHODS.iter().all(|wanted| self.desc.method(wanted).is_some())
    }

    /// The bits as a `T`, which the callers have matched with the kind.
    fn read<T: Copy>(self) -> T {
        debug_assert!(size_of::<T>() <= self.desc.size);
        // SAFETY: a value of the described type lies there, and its kind says that it starts with a `T`.
        unsafe { self.at.cast::<T>().read_unaligned() }
    }

    /// A copy as an `any`.
    pub(crate) fn to_any(self) -> Any {
        // SAFETY: a value of the described type.
        unsafe { Iface::from_value(self.desc, self.at) }
    }

    /// A truth value.
    pub(crate) fn bool(self) -> bool {
        self.read::<u8>() != 0
    }

    /// A signed integer, if it is one.
    pub(crate) fn int(self) -> Option<i64> {
        Some(match self.desc.kind {
            Kind::Int | Kind::Int64 => self.read::<i64>(),
            Kind::Int8 => self.read::<i8>().into(),
            Kind::Int16 => self.read::<i16>().into(),
            Kind::Int32 => self.read::<i32>().into(),
            _ => return None,
        })
    }

    /// An unsigned integer, if it is one.
    pub(crate) fn uint(self) -> Option<u64> {
        Some(match self.desc.kind {
            Kind::Uint | Kind::Uint64 | Kind::Uintptr => self.read::<u64>(),
            Kind::Uint8 => self.read::<u8>().into(),
            Kind::Uint16 => self.read::<u16>().into(),
            Kind::Uint32 => self.read::<u32>().into(),
            _ => return None,
        })
    }

    /// A float, if it is one.
    pub(crate) fn float(self) -> Option<f64> {
        Some(match self.desc.kind {
            Kind::Float32 => self.read::<f32>().into(),
            Kind::Float64 => self.read::<f64>(),
            _ => return None,
        })
    }

    /// A complex number, if it is one.
    pub(crate) fn complex(self) -> Option<(f64, f64)> {
        Some(match self.desc.kind {
            Kind::Complex64 => {
                let [re, im] = self.read::<[f32; 2]>();
                (re.into(), im.into())
            }
            Kind::Complex128 => self.read::<[f64; 2]>().into(),
            _ => return None,
        })
    }

    /// A string, if it is one.
    pub(crate) fn string(self) -> Option<Str> {
        (self.desc.kind == Kind::String).then(|| self.read())
    }

    /// The bytes of a slice or an array whose elements are of kind uint8.
    pub(crate) fn bytes(self) -> Option<&'a [u8]> {
        if !matches!(self.kind(), Kind::Slice | Kind::Array) || self.desc.elem().kind != Kind::Uint8 {
            return None;
        }
        let (at, len) = self.elements();
        if len == 0 {
            return Some(&[]);
        }
        // SAFETY: the elements live; they are looked at once, a goroutine that writes meanwhile races in Go, too.
        Some(unsafe { std::slice::from_raw_parts(at, len) })
    }

    /// Where the elements of a slice or an array lie, and how many there are.
    fn elements(self) -> (*const u8, usize) {
        if self.desc.kind == Kind::Array {
            return (self.at, self.desc.len);
        }
        let slice = self.read::<Slice<u8>>();
        (slice.as_raw(), slice.len() as usize)
    }

    /// The length of a slice or an array.
    pub(crate) fn len(self) -> usize {
        self.elements().1
    }

    /// An element of a slice or an array.
    pub(crate) fn index(self, i: usize) -> Value<'a> {
        let (at, len) = self.elements();
        assert!(i < len);
        let elem = self.desc.elem();
        self.part(elem, at.wrapping_add(i * elem.size))
    }

    /// The fields of a struct.
    pub(crate) fn fields(self) -> impl Iterator<Item = (&'static FieldDesc, Value<'a>)> {
        self.desc.fields.iter().map(move |field| {
            let value = self.part(field.desc(), self.at.wrapping_add(field.offset));
            (field, Value { hidden: self.hidden || !field.exported, ..value })
        })
    }

    /// What an interface holds; none if it is nil.
    pub(crate) fn inner(self) -> Option<Value<'a>> {
        // SAFETY: an interface type is an `Iface`, which lies there as long as `self` may be used.
        let iface = unsafe { &*self.at.cast::<Iface>() };
        Value::of(iface).map(|value| Value { hidden: self.hidden, ..value })
    }

    /// The variable that a pointer leads to; none if it is nil or no pointer.
    pub(crate) fn pointee(self) -> Option<Value<'static>> {
        if self.desc.kind != Kind::Pointer {
            return None;
        }
        let at = self.read::<*const u8>();
        (!at.is_null()).then(|| self.part(self.desc.elem(), at))
    }

    /// The address that a pointer, map, channel, function or slice is.
    pub(crate) fn address(self) -> Option<usize> {
        matches!(
            self.kind(),
            Kind::Pointer | Kind::Map | Kind::Chan | Kind::Func | Kind::UnsafePointer | Kind::Slice
        )
        .then(|| self.read::<*const u8>().addr())
    }

    /// Whether it is nil.
    pub(crate) fn is_nil(self) -> bool {
        match self.kind() {
            Kind::Interface => self.inner().is_none(),
            _ => self.address() == Some(0),
        }
    }

    /// Stores what an interface value holds in this variable, if it fits. Only for variables: see `pointee`.
    pub(crate) fn assign(self, from: Iface) -> bool {
        if self.is_interface() {
            let Some(value) = from.under(self.desc) else { return false };
            // SAFETY: the variable is of an interface type, for which the table was made.
            unsafe { self.at.cast_mut().cast::<Iface>().write(value) };
            return true;
        }
        match Value::of(&from) {
            Some(value) if value.desc.id == self.desc.id => {
                // SAFETY: both are values of one type, and nobody has a reference to the variable, only views.
                unsafe { std::ptr::copy(value.at, self.at.cast_mut(), self.desc.size) };
                true
            }
            _ => false,
        }
    }

    /// Stores a scalar or string in this variable. Only for variables whose type is made of a `T`.
    pub(crate) fn store<T: Copy>(self, value: T) {
        assert_eq!(size_of::<T>(), self.desc.size);
        // SAFETY: the variable has this size, and the caller has matched the kind.
        unsafe { self.at.cast_mut().cast::<T>().write_unaligned(value) };
    }

    /// What exchanges elements of a slice; none if it is none.
    pub(crate) fn swapper(self) -> Option<Swapper> {
        let (at, len) = (self.kind() == Kind::Slice).then(|| self.elements())?;
        Some(Swapper { at: at.cast_mut(), len, size: self.desc.elem().size })
    }

    /// The entries of a map.
    pub(crate) fn entries(self) -> Entries {
        // SAFETY: a map of the described type.
        let copies = unsafe { Described::new(self.desc, self.at) }.entries();
        Entries { key: self.desc.key(), elem: self.desc.elem(), copies, hidden: self.hidden }
    }
}

/// Exchanges elements of a slice.
pub(crate) struct Swapper {
    at: *mut u8,
    len: usize,
    size: usize,
}

impl Swapper {
    /// How many elements there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Exchanges two.
    pub(crate) fn swap(&self, i: usize, j: usize) {
        assert!(i < self.len && j < self.len);
        if i == j {
            return;
        }
        let (a, b) = (self.at.wrapping_add(i * self.size), self.at.wrapping_add(j * self.size));
        // SAFETY: two different elements, which do not overlap and are aligned to 8 if they hold words; nobody has a
        // reference to them, only views.
        unsafe {
            match self.size {
                8 if a.addr().is_multiple_of(8) => std::ptr::swap(a.cast::<u64>(), b.cast::<u64>()),
                _ => std::ptr::swap_nonoverlapping(a, b, self.size),
            }
        }
    }
}

/// Copies of a map's entries, in the heap.
pub(crate) struct Entries {
    key: &'static Desc,
    elem: &'static Desc,
    copies: Copies,
    hidden: bool,
}

impl Entries {
    /// How many.
    pub(crate) fn len(&self) -> usize {
        self.copies.len
    }

    /// The key and the value of one.
    pub(crate) fn get(&self, i: usize) -> (Value<'_>, Value<'_>) {
        assert!(i < self.copies.len);
        let at = self.copies.block.wrapping_add(i * self.copies.size);
        let value = |desc, at| Value { desc, at, hidden: self.hidden, _value: PhantomData };
        (value(self.key, at), value(self.elem, at.wrapping_add(self.copies.value)))
    }
}

/// The bytes of a slice, for a moment: nothing of this package's own writes them while the reference is used.
pub(crate) fn bytes_of<'a>(slice: Slice<u8>) -> &'a [u8] {
    // SAFETY: the callers read them at once, without running code of the program; a goroutine that writes meanwhile races
    // in Go, too.
    unsafe { slice.as_bytes() }
}
