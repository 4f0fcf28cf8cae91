#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::{errors, fmt, io};

#[interface("main.shape")]
pub trait shape {
    fn area(self) -> f64;
}

#[derive(Clone, Copy, PartialEq, PartialOrd, GoNewtype)]
#[go("main.square")]
pub struct square(pub f64);

#[methods]
impl square {
    pub fn area(self) -> f64 {
        (self * self).0
    }
}

pub fn describe(v: Any) -> Str {
    if v.is_nil() {
        str("nil")
    } else if v.downcast::<isize>().is_some() || v.downcast::<i64>().is_some() {
        let x = v;
        fmt::Sprintf(str("integer %v"), args![x])
    } else if let Some(x) = v.downcast::<Str>() {
        str("string ") + x
    } else if let Some(x) = v.downcast::<Slice<isize>>() {
        fmt::Sprint(args!["slice of ", x.len()])
    } else if let Some(x) = v.downcast::<shape>() {
        fmt::Sprint(args!["shape ", x.area()])
    } else if let Some(x) = v.downcast::<Error>() {
        str("error ") + x.Error()
    } else {
        let x = v;
        fmt::Sprintf(str("%T"), args![x])
    }
}

#[go_main]
fn main() {
    for v in [
        nil(),
        any(1isize),
        any(2i64),
        any(str("s")),
        any(slice([1isize])),
        any(square(3.0)),
        any(errors::New(str("e"))),
        any(1.5),
    ] {
        fmt::Println(args![describe(v)]);
    }
    let s = shape::of(square(2.0));
    let sq = s.assert::<square>();
    let (_, isReader) = any(s).try_assert::<io::Reader>();
    fmt::Println(args![sq, isReader]);
    if s.downcast::<square>().is_some() {
        fmt::Println(args!["square"]);
    }
}
