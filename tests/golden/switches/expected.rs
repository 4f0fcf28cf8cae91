#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

#[interface("main.shape")]
pub trait shape {
    fn area(self) -> f64;
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.square")]
#[repr(C)]
pub struct square {
    pub side: f64,
}

#[methods]
impl square {
    pub fn area(self) -> f64 {
        self.side * self.side
    }
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.circle")]
#[repr(C)]
pub struct circle {
    pub r: f64,
}

#[methods]
impl Ptr<circle> {
    pub fn area(self) -> f64 {
        3.0 * *self.r * *self.r
    }
}

pub fn describe(v: Any) -> Str {
    if v.is_nil() {
        return str("nothing");
    } else if v.downcast::<isize>().is_some() || v.downcast::<i64>().is_some() {
        let x = v;
        return fmt::Sprint(args!["a whole number ", x]);
    } else if let Some(x) = v.downcast::<Str>() {
        return str("text of length ") + fmt::Sprint(args![x.len()]);
    } else if let Some(x) = v.downcast::<shape>() {
        return fmt::Sprint(args!["a shape of area ", x.area()]);
    } else if let Some(x) = v.downcast::<Error>() {
        return str("an error: ") + x.Error();
    }
    str("something else")
}

pub fn grade(points: isize) -> Str {
    let mut g = str("");
    'switch: {
        let mut clause = if points >= 90 {
            0
        } else if points >= 50 {
            1
        } else {
            2
        };
        if clause == 0 {
            g = str("A");
        }
        if clause == 1 {
            g = str("B");
            if points == 50 {
                break 'switch;
            }
            clause = 2;
        }
        if clause == 2 {
            g += str("?");
        }
    }
    g
}

#[go_main]
fn main() {
    for v in [
        nil(),
        any(1isize),
        any(2i64),
        any(str("abc")),
        any(square { side: 2.0 }),
        any(Ptr::new(circle { r: 1.0 })),
        any(fmt::Errorf(str("bad"), args![])),
        any(1.5),
    ] {
        fmt::Println(args![describe(v)]);
    }
    for p in [95isize, 50, 70, 10] {
        let g = grade(p);
        match g.as_bytes() {
            b"A" | b"B" => {
                fmt::Println(args![p, g]);
            }
            b"?" => {
                break;
            }
            _ => {
                fmt::Println(args![p, "unsure:", g]);
            }
        }
    }
}
