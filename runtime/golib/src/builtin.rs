//! Go's predeclared functions that belong to no type: `print`, `println`, `panic`; and the type of blank fields.
//!
//! Must hold: `print` writes to stderr, each call at once, in the formats of gc's run time (floats as `+1.500000e+000`,
//! addresses in hex), which differ from `fmt`'s.

use crate::hash::GoHasher;
use crate::interface::{Any, Interface};
use crate::slice::Slice;
use crate::string::Str;
use crate::ty::{Desc, Kind};
use crate::view::{GoType, Var};

pub use crate::panic::panic;

/// The type of a struct's `_` fields: always equal, adds nothing to a hash.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct Blank<T>(pub T);

impl<T> PartialEq for Blank<T> {
    fn eq(&self, _other: &Blank<T>) -> bool {
        true
    }
}

// SAFETY: the same memory as a `T`, seen through one cell; the padding of a struct in it is copied with it.
unsafe impl<T: GoType> GoType for Blank<T> {
    type View = Var<Blank<T>>;
    const ID: u128 = T::ID;
    const NOSCAN: bool = T::NOSCAN;
    const DESC: &'static Desc =
        &Desc { eq: Some(|_, _| true), hash: Some(|_, _: &mut GoHasher| {}), ..*T::DESC };
}

/// `print(args![..])`
pub fn print(values: Slice<Any>) {
    let mut out = Vec::new();
    values.iter().for_each(|value| print_any(&mut out, value));
    write_stderr(&out);
}

/// `println(args![..])`
pub fn println(values: Slice<Any>) {
    let mut out = Vec::new();
    for (i, value) in values.range() {
        if i > 0 {
            out.push(b' ');
        }
        print_any(&mut out, value);
    }
    out.push(b'\n');
    write_stderr(&out);
}

fn print_any(out: &mut Vec<u8>, value: Any) {
    let value = value.iface();
    match value.desc() {
        None => out.extend_from_slice(b"nil"),
        // SAFETY: a value of its dynamic type.
        Some(desc) => unsafe { print_value(out, desc, value.value()) },
    }
}

/// Whether a panic shows values of the kind rather than where they lie.
pub(crate) fn is_basic(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Bool
            | Kind::Int
            | Kind::Int8
            | Kind::Int16
            | Kind::Int32
            | Kind::Int64
            | Kind::Uint
            | Kind::Uint8
            | Kind::Uint16
            | Kind::Uint32
            | Kind::Uint64
            | Kind::Uintptr
            | Kind::Float32
            | Kind::Float64
            | Kind::Complex64
            | Kind::Complex128
            | Kind::String
    )
}

/// Adds a value as `print` shows it.
///
/// # Safety
/// `at` points to a value of the described type.
pub(crate) unsafe fn print_value(out: &mut Vec<u8>, desc: &Desc, at: *const u8) {
    macro_rules! read {
        ($ty:ty) => {{
            // SAFETY: the caller's promise, and the kind says which type it is made of.
            unsafe { at.cast::<$ty>().read_unaligned() }
        }};
    }
    let text = match desc.kind {
        Kind::Bool => read!(bool).to_string(),
        Kind::Int => read!(isize).to_string(),
        Kind::Int8 => read!(i8).to_string(),
        Kind::Int16 => read!(i16).to_string(),
        Kind::Int32 => read!(i32).to_string(),
        Kind::Int64 => read!(i64).to_string(),
        Kind::Uint | Kind::Uintptr => read!(usize).to_string(),
        Kind::Uint8 => read!(u8).to_string(),
        Kind::Uint16 => read!(u16).to_string(),
        Kind::Uint32 => read!(u32).to_string(),
        Kind::Uint64 => read!(u64).to_string(),
        Kind::Float32 => float(f64::from(read!(f32))),
        Kind::Float64 => float(read!(f64)),
        Kind::Complex64 => complex(read!([f32; 2]).map(f64::from)),
        Kind::Complex128 => complex(read!([f64; 2])),
        Kind::String => return out.extend_from_slice(read!(Str).as_bytes()),
        Kind::Slice => {
            let slice = read!(Slice<u8>);
            format!("[{}/{}]{:#x}", slice.len(), slice.cap(), slice.as_raw().addr())
        }
        Kind::Pointer | Kind::Map | Kind::Chan | Kind::Func | Kind::UnsafePointer => {
            format!("{:#x}", read!(*const u8).addr())
        }
        // Interfaces and what Go's checker does not let through.
        _ => format!("({:#x},{:#x})", std::ptr::from_ref(desc).addr(), at.addr()),
    };
    out.extend_from_slice(text.as_bytes());
}

fn complex([re, im]: [f64; 2]) -> String {
    format!("({}{}i)", float(re), float(im))
}

/// Seven digits and an exponent of three, always with signs.
fn float(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_string();
    }
    let sign = if value.is_sign_negative() { '-' } else { '+' };
    if value.is_infinite() {
        return format!("{sign}Inf");
    }
    let text = format!("{:.6e}", value.abs());
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (exponent_sign, exponent) = match exponent.strip_prefix('-') {
        Some(exponent) => ('-', exponent),
        None => ('+', exponent),
    };
    format!("{sign}{digits}e{exponent_sign}{exponent:0>3}")
}

/// Writes to stderr at once; that it fails is nobody's concern, as in Go.
pub(crate) fn write_stderr(text: &[u8]) {
    use std::io::Write;
    let _ = std::io::stderr().write_all(text);
}

#[cfg(test)]
mod tests {
    use super::float;

    #[test]
    fn floats_print_as_by_gc() {
        assert_eq!(float(1.5), "+1.500000e+000");
        assert_eq!(float(-0.0), "-0.000000e+000");
        assert_eq!(float(1e100), "+1.000000e+100");
        assert_eq!(float(-1.234_567_89e-7), "-1.234568e-007");
        assert_eq!(float(f64::NEG_INFINITY), "-Inf");
    }
}
