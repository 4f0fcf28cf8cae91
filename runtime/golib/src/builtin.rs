//! Go's predeclared functions that belong to no type: `print`, `println`, `panic`; the type of blank fields, and `struct{}`.
//!
//! Must hold: `print` writes to stderr, each call at once, in the formats of gc's run time (floats by the fewest
//! digits that tell them apart, addresses in hex), which differ from `fmt`'s.

use goxide_macros::GoStruct;

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

/// Stands behind the last field of a struct if that field takes no room: its address must lie inside of the struct, else it would
/// keep alive, and look like, whatever lies behind. It is no field for Go.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct Padding(u8);

impl PartialEq for Padding {
    fn eq(&self, _other: &Padding) -> bool {
        true
    }
}

// SAFETY: the same memory as its byte.
unsafe impl GoType for Padding {
    type View = Var<Padding>;
    const ID: u128 = u8::ID;
    const NOSCAN: bool = true;
    const DESC: &'static Desc = u8::DESC;
}

/// `struct{}`, one type for all crates: it is in signatures of packages (`<-chan struct{}`).
#[derive(Clone, Copy, Debug, PartialEq, GoStruct)]
#[go(struct)]
#[repr(C)]
pub struct EmptyStruct {}

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
        None => out.extend_from_slice(b"(0x0,0x0)"),
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

macro_rules! float {
    ($value:expr) => {
        float(&format!("{:e}", $value))
    };
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
        Kind::Float32 => float!(read!(f32)),
        Kind::Float64 => float!(read!(f64)),
        Kind::Complex64 => complex(float!(read!([f32; 2])[0]), float!(read!([f32; 2])[1])),
        Kind::Complex128 => complex(float!(read!([f64; 2])[0]), float!(read!([f64; 2])[1])),
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

/// The sign of the imaginary part always stands.
fn complex(re: String, im: String) -> String {
    let plus = if im.starts_with(['+', '-']) { "" } else { "+" };
    format!("({re}{plus}{im}i)")
}

/// As few digits as tell the number from its neighbours, given in `text` as Rust's `{:e}` has them; an exponent below -4 or
/// from 6 on stands.
fn float(text: &str) -> String {
    let Some((digits, exponent)) = text.split_once('e') else {
        return if text == "inf" { "+Inf".to_string() } else { text.replace("inf", "Inf") };
    };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", digits),
    };
    if !(-4..6).contains(&exponent) {
        let exponent_sign = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{digits}e{exponent_sign}{:02}", exponent.abs());
    }
    let digits = digits.replace('.', "");
    if exponent < 0 {
        return format!("{sign}0.{}{digits}", "0".repeat(-exponent as usize - 1));
    }
    let whole = exponent as usize + 1;
    if digits.len() <= whole {
        return format!("{sign}{digits}{}", "0".repeat(whole - digits.len()));
    }
    format!("{sign}{}.{}", &digits[..whole], &digits[whole..])
}

/// Writes to stderr at once; that it fails is nobody's concern, as in Go.
pub(crate) fn write_stderr(text: &[u8]) {
    use std::io::Write;
    let _ = std::io::stderr().write_all(text);
}

#[cfg(test)]
mod tests {
    use super::{complex, float};

    #[test]
    fn floats_print_as_by_gc() {
        let shown = |value: f64| float!(value);
        for (value, text) in [
            (1.5, "1.5"),
            (0.0, "0"),
            (-0.0, "-0"),
            (1e100, "1e+100"),
            (100000.0, "100000"),
            (1e6, "1e+06"),
            (123456789.0, "1.23456789e+08"),
            (1e-4, "0.0001"),
            (1.25e-3, "0.00125"),
            (1e-5, "1e-05"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "+Inf"),
            (f64::NEG_INFINITY, "-Inf"),
        ] {
            assert_eq!(shown(value), text);
        }
        assert_eq!(float!(0.1f32), "0.1");
        assert_eq!(complex(shown(1.0), shown(2.0)), "(1+2i)");
        assert_eq!(complex(shown(f64::NAN), shown(f64::NEG_INFINITY)), "(NaN-Infi)");
    }
}
