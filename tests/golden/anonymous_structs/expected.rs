#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

pub static config: Global<Struct1_> = Global::zero();

#[go_main(init = package_init)]
fn main() {
    let points = slice([Struct2_ { X: 1, Y: 2 }, Struct2_ { X: 3, Y: 4 }]);
    for p in points.iter() {
        fmt::Println(args![p.X + p.Y]);
    }
    let cases = Map::from([(str("one"), Struct3_ { in_: str("a"), want: 1 })]);
    fmt::Println(args![cases.get(str("one")).want, *config.Port]);
    let seen: EmptyStruct = zero();
    fmt::Println(args![seen, *points[0] == Struct2_ { X: 1, Y: 2 }]);
}

/// Gives package variables their values and runs the init functions.
fn package_init() {
    config.set(Struct1_ { Host: str("localhost"), Port: 80 });
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go(struct)]
#[repr(C)]
pub struct Struct1_ {
    pub Host: Str,
    pub Port: isize,
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go(struct)]
#[repr(C)]
pub struct Struct2_ {
    pub X: isize,
    pub Y: isize,
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go(struct, path = "main")]
#[repr(C)]
pub struct Struct3_ {
    pub in_: Str,
    pub want: isize,
}
