#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Counter")]
#[repr(C)]
pub struct Counter {
    pub n: isize,
}

#[methods]
impl Counter {
    pub fn Get(self) -> isize {
        self.n
    }
}

#[methods]
impl Ptr<Counter> {
    pub fn Add(self, k: isize) {
        self.n.set(*self.n + k);
    }
}

#[interface("main.Getter")]
pub trait Getter {
    fn Get(self) -> isize;
}

pub fn apply(f: Func<dyn Fn(isize)>, ks: Slice<isize>) {
    for k in ks.iter() {
        f(k);
    }
}

#[go_main]
fn main() {
    let c = Ptr::new(zero::<Counter>());
    let add = func(move |k: isize| c.Add(k));
    apply(add, slice([1, 2]));
    let get = {
        let recv = c.get();
        func(move || recv.Get())
    };
    c.Add(10);
    fmt::Println(args![get(), c.Get()]);
    fmt::Println(args![c.Get()]);
    c.Add(1);
    let f = func(|a: Getter| a.Get());
    fmt::Println(args![f(Getter::of(c.get()))]);
}
