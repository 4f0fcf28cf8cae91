#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.key")]
#[repr(C)]
pub struct key {
    pub x: isize,
    pub y: isize,
}

#[go_main]
fn main() {
    let ages = Map::from([(str("ann"), 30isize), (str("bob"), 25)]);
    ages.set(str("cid"), 41);
    ages.update(str("ann"), |n| n + 1);
    ages.delete(str("bob"));
    let (age, ok) = ages.get_ok(str("bob"));
    if !ok {
        fmt::Println(args!["no bob", age]);
    }
    fmt::Println(args![ages.len(), ages]);
    let grid = Map::<key, Str>::make();
    grid.set(key { x: 1, y: 2 }, str("here"));
    let (_, ok) = grid.get_ok(key { x: 2, y: 1 });
    fmt::Println(args![grid.get(key { x: 1, y: 2 }), ok]);
    let words = Map::<i32, Slice<Str>>::make();
    for w in [str("an"), str("be"), str("at")] {
        let r = w[0] as i32;
        words.update(r, |list| list.append(w));
    }
    fmt::Println(args![words]);
    let nested = Map::from([(str("a"), Map::from([(str("b"), true)]))]);
    fmt::Println(args![nested.get(str("a")).get(str("b")), nested.get(str("x")).get(str("y"))]);
    ages.clear();
    fmt::Println(args![ages.len()]);
}
