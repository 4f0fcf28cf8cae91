//! What types are to each other: which values can be assigned and converted, and which numbers do not fit.

use crate::ty::{ChanDir, Desc, Kind};

/// Whether a type has the methods of an interface type.
pub(super) fn implements(desc: &'static Desc, interface: &'static Desc) -> bool {
    interface.interface.iter().all(|wanted| match desc.kind {
        Kind::Interface => desc
            .interface
            .iter()
            .any(|has| has.name == wanted.name && has.sig == wanted.sig && has.pkg == wanted.pkg),
        _ => desc.method(wanted).is_some(),
    })
}

/// Whether values of both types look alike and one type has no name, so that they may be assigned as they are.
pub(super) fn directly_assignable(from: &'static Desc, to: &'static Desc) -> bool {
    if from.id == to.id {
        return true;
    }
    if from.named && to.named || from.kind != to.kind {
        return false;
    }
    let loses_direction =
        from.kind == Kind::Chan && from.chan_dir == ChanDir::Both && from.elem().id == to.elem().id;
    loses_direction || from.underlying_id() == to.underlying_id()
}

/// Whether values of a type can be assigned to variables of another.
pub(super) fn assignable(from: &'static Desc, to: &'static Desc) -> bool {
    directly_assignable(from, to) || to.kind == Kind::Interface && implements(from, to)
}

/// Whether values of a type can be converted to another, some of them at least.
pub(super) fn convertible(from: &'static Desc, to: &'static Desc) -> bool {
    conversion(from, to).is_some()
}

/// How a conversion is done.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Conversion {
    Number,
    Complex,
    RuneToString,
    BytesToString,
    RunesToString,
    StringToBytes,
    StringToRunes,
    SliceToArray,
    SliceToPointer,
    /// The bits stay.
    Rename,
    ToInterface,
}

/// How a conversion is done, if Go has it.
pub(super) fn conversion(from: &'static Desc, to: &'static Desc) -> Option<Conversion> {
    let number = |kind| is_int(kind) || is_uint(kind) || is_float(kind);
    let complex = |kind| matches!(kind, Kind::Complex64 | Kind::Complex128);
    if to.kind == Kind::Interface {
        return implements(from, to).then_some(Conversion::ToInterface);
    }
    if number(from.kind) && number(to.kind) {
        return Some(Conversion::Number);
    }
    if complex(from.kind) && complex(to.kind) {
        return Some(Conversion::Complex);
    }
    let plain = |desc: &'static Desc, kind| desc.elem().kind == kind && desc.elem().pkg_path.is_empty();
    match (from.kind, to.kind) {
        (Kind::String, Kind::Slice) if plain(to, Kind::Uint8) => return Some(Conversion::StringToBytes),
        (Kind::String, Kind::Slice) if plain(to, Kind::Int32) => return Some(Conversion::StringToRunes),
        (Kind::Slice, Kind::String) if plain(from, Kind::Uint8) => return Some(Conversion::BytesToString),
        (Kind::Slice, Kind::String) if plain(from, Kind::Int32) => return Some(Conversion::RunesToString),
        (kind, Kind::String) if is_int(kind) || is_uint(kind) => return Some(Conversion::RuneToString),
        (Kind::Slice, Kind::Array) if from.elem().id == to.elem().id => {
            return Some(Conversion::SliceToArray);
        }
        (Kind::Slice, Kind::Pointer)
            if to.elem().kind == Kind::Array && to.elem().elem().id == from.elem().id =>
        {
            return Some(Conversion::SliceToPointer);
        }
        _ => {}
    }
    let pointers = |from: &'static Desc, to: &'static Desc| {
        from.kind == Kind::Pointer
            && to.kind == Kind::Pointer
            && !from.named
            && !to.named
            && from.elem().underlying_id() == to.elem().underlying_id()
    };
    let same = from.kind == to.kind && from.underlying_id() == to.underlying_id();
    (same || directly_assignable(from, to) || pointers(from, to)).then_some(Conversion::Rename)
}

pub(super) fn is_int(kind: Kind) -> bool {
    matches!(kind, Kind::Int | Kind::Int8 | Kind::Int16 | Kind::Int32 | Kind::Int64)
}

pub(super) fn is_uint(kind: Kind) -> bool {
    matches!(kind, Kind::Uint | Kind::Uint8 | Kind::Uint16 | Kind::Uint32 | Kind::Uint64 | Kind::Uintptr)
}

pub(super) fn is_float(kind: Kind) -> bool {
    matches!(kind, Kind::Float32 | Kind::Float64)
}

/// Whether a number does not fit into a float of that many bytes.
pub(super) fn float_overflows(x: f64, size: usize) -> bool {
    size == 4 && x.abs() > f64::from(f32::MAX) && x.is_finite()
}

/// Whether a number does not fit into an integer of that many bytes.
pub(super) fn int_overflows(x: i64, size: usize) -> bool {
    let unused = 64 - 8 * size as u32;
    x << unused >> unused != x
}

/// The same for unsigned integers.
pub(super) fn uint_overflows(x: u64, size: usize) -> bool {
    let unused = 64 - 8 * size as u32;
    x << unused >> unused != x
}
