#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::{errors, fmt};

/// safeDiv turns a panic into an error.
pub fn safeDiv(a: isize, b: isize) -> (isize, Error) {
    let mut q: isize = 0;
    let err = Ptr::new(nil::<Error>());
    defer_scope(|defers| {
        defers.push_recover(move || {
            let recovery = Recovery::take();
            let r = recovery.recover();
            if !r.is_nil() {
                err.set(fmt::Errorf(str("caught: %v"), args![r]));
            }
        });
        q = div(a, b);
        err.set(nil());
    });
    (q, err.get())
}

pub fn steps() {
    defer_scope(|defers| {
        for i in 0..3isize {
            let a = args!["undo", i];
            defers.push(move || fmt::Println(a));
        }
        fmt::Println(args!["done"]);
    })
}

#[go_main]
fn main() {
    defer_scope(|defers| {
        let (a, a2) = safeDiv(7, 2);
        fmt::Println(args![a, a2]);
        let (a3, a4) = safeDiv(1, 0);
        fmt::Println(args![a3, a4]);
        steps();
        defers.push_recover(move || {
            let recovery = Recovery::take();
            fmt::Println(args!["main:", recovery.recover()]);
        });
        panic(errors::New(str("last")));
    })
}
