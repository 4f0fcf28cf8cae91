#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

/// counter returns a function that counts.
pub fn counter() -> Func<dyn Fn() -> isize> {
    let n = Ptr::new(0isize);
    func(move || -> isize {
        n.set(n.get() + 1);
        n.get()
    })
}

pub fn apply(xs: Slice<isize>, f: Func<dyn Fn(isize) -> isize>) -> Slice<isize> {
    let out = Slice::<isize>::make(xs.len());
    for (i, x) in xs.range() {
        out.set(i, f(x));
    }
    out
}

#[go_main]
fn main() {
    let next = counter();
    next();
    let k = 10isize;
    fmt::Println(args![next(), apply(slice([1, 2, 3]), func(move |x: isize| -> isize { x * k }))]);

    let fib = Ptr::new(nil::<Func<dyn Fn(isize) -> isize>>());
    fib.set(func(move |n: isize| -> isize {
        if n < 2 {
            return n;
        }
        fib.get()(n - 1) + fib.get()(n - 2)
    }));
    fmt::Println(args![fib.get()(20)]);

    let mut funcs: Slice<Func<dyn Fn()>> = nil();
    for i in 0..3isize {
        funcs = funcs.append(func(move || {
            fmt::Print(args![i, " "]);
        }));
    }
    for f in funcs.iter() {
        f();
    }
    fmt::Println(args![]);
}
