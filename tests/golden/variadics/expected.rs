#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

/// sum takes any number of values.
pub fn sum(mut first: isize, rest: Slice<isize>) -> isize {
    for n in rest.iter() {
        first += n;
    }
    first
}

pub fn log(format: Str, args_: Slice<Any>) {
    fmt::Printf(format + str("\n"), args_);
}

pub fn pair() -> (isize, isize) {
    (4, 5)
}

#[go_main]
fn main() {
    fmt::Println(args![
        sum(1, nil()),
        sum(1, slice([2, 3])),
        sum(1, slice([2, 3])),
        {
            let (a, a2) = pair();
            sum(a, slice([a2]))
        },
    ]);
    log(str("plain"), args![]);
    log(str("%d and %s"), args![1isize, "two"]);
    let all = slice([any(str("x"))]).append_all([any(1isize), nil()]);
    log(str("%v %v %v"), all);
}
