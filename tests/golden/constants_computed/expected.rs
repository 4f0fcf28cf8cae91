//! Constants are declared as they were written; what they are compared with becomes a pattern.

#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::{fmt, time};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, GoNewtype)]
#[go("main.F")]
pub struct F(pub u16);

pub const A: F = F(1 << 0);
pub const B: F = F(1 << 1);
pub const C: F = F(1 << 3);
pub const AB: F = F(A.0 | B.0);
pub const All: F = F(A.0 | B.0 | C.0);

pub const KB: isize = 1 << 10;
pub const MB: isize = 1 << 20;
pub const GB: isize = 1 << 30;

pub const Day: time::Duration = time::Duration(24 * time::Hour.0);
pub const Week: time::Duration = time::Duration(7 * Day.0);
pub const n: isize = 60 * 60 * 24;
pub const neg: isize = -5;
pub const m: isize = n / 7 + neg;
pub const big: isize = 9223372036854775807;
pub const huge: u64 = 18446744073709551615;
pub const c: i32 = 'a' as i32 + 1;
pub const i8_: i8 = -128;
pub const u: u8 = 255;
pub const lo: isize = 10;
pub const mix: isize = lo * 2 + 11;
pub const half: f64 = 43200.0;
pub const l: isize = 4;
pub const bit: u8 = 128;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, GoNewtype)]
#[go("main.T")]
pub struct T(pub isize);

pub const X: T = T(1);
pub const Y: T = T(2);
pub const Z: T = T(X.0 + Y.0);
pub const W: T = T(lo + X.0 * 2);

#[go_main]
fn main() {
    const n_1_: isize = 86401;
    const local: isize = 1 << 3;
    fmt::Println(args![
        A,
        B,
        C,
        AB,
        All,
        KB,
        MB,
        GB,
        Day,
        Week,
        n_1_,
        neg,
        m,
        big,
        18446744073709551615u64,
        c,
        i8_,
        u,
        lo,
        mix,
        half,
        l,
        bit,
        X,
        Y,
        Z,
        W,
        local,
    ]);
    let f = A | B;
    if (f & (A | C)) == A && (f & !B) == A {
        fmt::Println(args!["ok", f | C, MB >> 10, 256isize, F(10)]);
    }
    match f {
        F(3) => {
            fmt::Println(args!["ab"]);
        }
        C => {
            fmt::Println(args!["c"]);
        }
        _ => {}
    }
    let s = fmt::Sprint(args![f]);
    match s.as_bytes() {
        b"3" | b"4" => {
            fmt::Println(args!["three"]);
        }
        b"" => {}
        _ => {}
    }
    let r = 'x' as i32;
    match char::from_u32(r as u32) {
        Some('x' | '\'' | '"' | '\\' | '世' | '\u{200b}') => {
            fmt::Println(args!["rune"]);
        }
        Some('\u{10ffff}') => {}
        _ => {}
    }
    match time::Duration(f.0 as i64) {
        time::Duration(3) => {
            fmt::Println(args!["d"]);
        }
        time::Second | Day => {}
        _ => {}
    }
    match time::Unix(0, 0).UTC().Month() {
        time::January | time::February | time::Month(13) => {}
        _ => {}
    }
    let mut q = b' ';
    q += b'a' - b'A';
    fmt::Println(args![
        q,
        0o755_isize,
        1_000_000_isize,
        0xFF_isize,
        0b11_isize,
        0.5,
        1.0,
        1e3,
        1_0.25,
        16.0,
        'a' as i64 + q as i64,
        "a\\b",
        r"c:\d",
        "\"",
        r"x
y",
    ]);
}
