#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

#[go_main]
fn main() {
    let mut prints: Slice<Func<dyn Fn()>> = nil();
    for i in 0..2isize {
        prints = prints.append(func(move || {
            fmt::Println(args!["each its own", i]);
        }));
    }
    let total = Ptr::new(0isize);
    for word in [str("a"), str("b")] {
        prints = prints.append(func(move || {
            total.set(total.get() + word.len());
            fmt::Println(args![word, total.get()]);
        }));
    }
    for print_ in prints.iter() {
        print_();
    }
    fmt::Println(args![total.get()]);
}
