#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

pub fn count(n: isize) -> Func<dyn Fn(Func<dyn Fn(isize) -> bool>)> {
    func(move |yield_: Func<dyn Fn(isize) -> bool>| {
        for i in 0..n {
            if !yield_(i) {
                return;
            }
        }
    })
}

#[go_main]
fn main() {
    let numbers = slice([3isize, 4]);
    for i in 0..numbers.len() {
        fmt::Println(args![i]);
    }
    for n in numbers.iter() {
        fmt::Println(args![n]);
    }
    for (i, n) in numbers.range() {
        fmt::Println(args![i, n]);
    }
    for _ in 0..2isize {
        fmt::Println(args!["again"]);
    }
    for (i, r) in str("hé").runes() {
        fmt::Println(args![i, r]);
    }
    for (i, v) in range_array([str("a"), str("b")]) {
        fmt::Println(args![i, v]);
    }
    for (k, v) in Map::from([(str("k"), 1isize)]).range() {
        fmt::Println(args![k, v]);
    }
    let c = Chan::<isize>::make(2);
    c.send(1);
    c.send(2);
    c.close();
    for v in c.range() {
        fmt::Println(args![v]);
    }
    let exit = Ptr::new(0isize);
    count(5)(func(move |v: isize| -> bool {
        range_enter(exit);
        if v == 2 {
            exit.set(1);
            return false;
        }
        fmt::Println(args![v]);
        range_next(exit)
    }));
    range_leave(exit);
    let mut i: isize = 0;
    for v2 in 0..numbers.len() {
        i = v2;
    }
    fmt::Println(args![i]);
}
