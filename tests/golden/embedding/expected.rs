#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Animal")]
#[repr(C)]
pub struct Animal {
    pub Name: Str,
    pub legs: isize,
}

#[methods]
impl Animal {
    pub fn Describe(self) -> Str {
        fmt::Sprint(args![self.Name, " has ", self.legs])
    }
}

#[methods]
impl Ptr<Animal> {
    pub fn Grow(self, legs: isize) {
        self.legs.set(*self.legs + legs);
    }
}

#[interface("main.Logger")]
pub trait Logger {
    fn Log(self, _: Str);
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.stdout")]
#[repr(C)]
pub struct stdout {}

#[methods]
impl stdout {
    pub fn Log(self, s: Str) {
        fmt::Println(args!["log:", s]);
    }
}

/// Dog embeds a struct, a pointer and an interface.
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Dog")]
#[repr(C)]
pub struct Dog {
    #[go(embedded)]
    pub Animal: Animal,
    #[go(embedded)]
    pub Owner: Ptr<Owner>,
    #[go(embedded)]
    pub Logger: Logger,
}

#[methods]
impl Dog {
    #[go(promoted)]
    pub fn Describe(self) -> Str {
        self.Animal.Describe()
    }

    #[go(promoted)]
    pub fn Log(self, a0_: Str) {
        self.Logger.Log(a0_);
    }
}

#[methods]
impl Ptr<Dog> {
    pub fn Grow(self, legs: isize) {
        self.Animal.addr().Grow(legs);
    }
}

#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Owner")]
#[repr(C)]
pub struct Owner {
    pub Phone: Str,
}

#[interface("main.Describer")]
pub trait Describer {
    fn Describe(self) -> Str;
}

#[go_main]
fn main() {
    let d = Ptr::new(Dog {
        Animal: Animal { Name: str("Rex"), legs: 3 },
        Owner: Ptr::new(Owner { Phone: str("123") }),
        Logger: Logger::of(zero::<stdout>()),
    });
    d.Animal.addr().Grow(1);
    d.Logger.Log(d.Animal.Describe());
    d.Owner.Phone.set(str("456"));
    fmt::Println(args![*d.Animal.Name, *d.Owner.Phone, *d.Animal.legs]);
    let x = Describer::of(d.get());
    fmt::Println(args![x.Describe()]);
}
