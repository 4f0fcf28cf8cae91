#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.point")]
#[repr(C)]
pub struct point {
    pub x: isize,
    pub y: isize,
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.line")]
#[repr(C)]
pub struct line {
    pub from: point,
    pub to: point,
    pub blank_2: Blank<isize>,
    pub tag: Any,
}

#[go_main]
fn main() {
    let a = Ptr::new(point { x: 1, y: 2 });
    let b = Ptr::new(point { x: 1, y: 2 });
    fmt::Println(args![a.get() == b.get(), a == b, [a.get(), zero()] != [b.get(), zero()]]);
    let l = line { from: a.get(), tag: any(str("t")), ..zero() };
    fmt::Println(args![
        l == line { from: b.get(), tag: any(str("t")), ..zero() },
        l == line { tag: any(1isize), ..zero() },
    ]);
    let x = any(1isize);
    let y = any(1i64);
    fmt::Println(args![x == y, x == any(1isize), !y.is_nil()]);
    let err: Error = nil();
    fmt::Println(args![err.is_nil()]);
}
