#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

pub const flag: isize = 1 << 3;

#[go_main]
fn main() {
    let n = 70usize;
    let mut u8_ = 200u8;
    let mut i = -8i32;
    fmt::Println(args![shl(1isize, n) == 0, u8_ << 1, u8_ >> 3, i >> 1, shr(i, n), flag << 2]);
    u8_ <<= 2;
    i = i & !4;
    fmt::Println(args![u8_, i, !i, i as u32 >> 28, (u8_ & 0x0f) | 1, 5isize ^ 3]);
    let a = 7isize;
    let b = -2isize;
    fmt::Println(args![div(a, b), rem(a, b), a / 2, -a / 2]);
}
