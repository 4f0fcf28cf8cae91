#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

/// Weekday counts from Sunday.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, GoNewtype)]
#[go("main.Weekday")]
pub struct Weekday(pub isize);

#[methods]
impl Weekday {
    pub fn String(self) -> Str {
        *names[self.0]
    }
}

/// The days.
pub const Sunday: Weekday = Weekday(0);
pub const Monday: Weekday = Weekday(1);
pub const Tuesday: Weekday = Weekday(2);
pub const Thursday: Weekday = Weekday(4);

pub const KB: isize = 1 << 10;
pub const MB: isize = 1 << 20;
pub const GB: isize = 1 << 30;

pub const pi: f64 = 3.14159;
pub const greeting: Str = str("hello");
pub const newline: i32 = '\n' as i32;

pub static names: Global<[Str; 5]> = Global::zero();

#[go_main(init = package_init)]
fn main() {
    fmt::Println(args![Sunday, Monday, Thursday, 5isize]);
    fmt::Println(args![KB, MB, GB, 4isize, pi * 2.0, greeting, newline]);
    let mut x = 255u8;
    x += 1;
    fmt::Println(args![x, !x, -3isize, -1isize, (1isize << 3) | 1, 4isize]);
}

/// Gives package variables their values and runs the init functions.
fn package_init() {
    names.set({
        let mut array = [str(""); 5];
        array[0] = str("Sun");
        array[1] = str("Mon");
        array[4] = str("Thu");
        array
    });
}
