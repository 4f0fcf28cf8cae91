//! Go's package `unicode`: what characters are, and their other cases.
//!
//! What must hold: answers are those of Go's own tables, whose Unicode version Rust's need not have. Cases are the simple
//! mappings, one character to one.

pub mod utf16;
pub mod utf8;

mod by_name;
mod casing;
pub(crate) mod range_table;
#[rustfmt::skip]
#[allow(dead_code)] // each table stands there for Rust and for Go, few are used by Rust
mod tables;

pub use by_name::*;
pub use casing::*;
pub use range_table::{In, Is, IsOneOf, Range16, Range32, RangeTable};
pub use tables::categories::*;
pub use tables::scripts::*;

/// The greatest code point.
pub const MaxRune: i32 = 0x10_ffff;
/// What stands for a mistake.
pub const ReplacementChar: i32 = 0xfffd;
/// The greatest ASCII character.
pub const MaxASCII: i32 = 0x7f;
/// The greatest Latin-1 character.
pub const MaxLatin1: i32 = 0xff;
/// The version of Unicode.
pub const Version: crate::string::Str = crate::string::str("17.0.0");

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident: $ascii:expr, $table:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name(r: i32) -> bool {
            if (0..0x80).contains(&r) {
                let ascii: fn(&u8) -> bool = $ascii;
                return ascii(&(r as u8));
            }
            $table.has(r)
        }
    )*};
}
kinds! {
    /// Category L.
    IsLetter: u8::is_ascii_alphabetic, RAW_L;
    /// Category Lu.
    IsUpper: u8::is_ascii_uppercase, RAW_LU;
    /// Category Ll.
    IsLower: u8::is_ascii_lowercase, RAW_LL;
    /// Category Lt.
    IsTitle: |_| false, RAW_LT;
    /// Category Nd.
    IsDigit: u8::is_ascii_digit, RAW_ND;
    /// Category N.
    IsNumber: u8::is_ascii_digit, RAW_N;
    /// Category M.
    IsMark: |_| false, RAW_M;
    /// Category P.
    IsPunct: |c| c.is_ascii_punctuation() && !b"$+<=>^`|~".contains(c), RAW_P;
    /// Category S.
    IsSymbol: |c| b"$+<=>^`|~".contains(c), RAW_S;
    /// Category Cc.
    IsControl: u8::is_ascii_control, RAW_CC;
    /// White space.
    IsSpace: |c| matches!(c, b'\t'..=b'\r' | b' '), RAW_WHITE_SPACE;
}

/// Letters, marks, numbers, punctuation, symbols and the ASCII space.
pub fn IsPrint(r: i32) -> bool {
    if (0..0x80).contains(&r) {
        return (0x20..0x7f).contains(&r);
    }
    [&RAW_L, &RAW_M, &RAW_N, &RAW_P, &RAW_S].iter().any(|table| table.has(r))
}
/// As `IsPrint`, with all spaces.
pub fn IsGraphic(r: i32) -> bool {
    IsPrint(r) || RAW_ZS.has(r)
}
