//! Package main says things.
//! Second line.

#![allow(dead_code, non_camel_case_types, non_snake_case, non_upper_case_globals)]
#![allow(unused_variables, unused_assignments, unused_must_use, unused_imports, unreachable_code)]
#![allow(arithmetic_overflow, overflowing_literals, unconditional_panic, unconditional_recursion)]
#![allow(clippy::all)]

use goxide_golib::prelude::*;
use goxide_golib::fmt;

// Copyright nobody.

// imports

/* block
   of text
*/

/// Point is a point.
///
///	code
#[derive(Clone, Copy, PartialEq, GoStruct)]
#[go("main.Point")]
#[repr(C)]
pub struct Point {
    // opens
    /// X is across.
    pub X: isize, // across
    /// Y
    pub Y: isize,

    #[go(tag = "json:\"z\"")]
    pub Z: isize, // tagged
    // last
}

#[methods]
impl Point {
    /// Sum adds.
    pub fn Sum(self) -> isize {
        // body
        // first
        // inside
        let s = self.X + self.Y;

        // before return
        s // trailing
        // after return
    }
}

// detached

/// A is first.
pub const A: isize = 0; // a
pub const B: isize = 1; // b

/// C after blank
pub const C: isize = 2;

/// vars
pub static x: Global<isize> = Global::new(1); // one

/// y doc
pub static y: Global<isize> = Global::zero();

#[interface("main.I")]
pub trait I {
    /// M does.
    fn M(self) -> isize; // m
    /// N
    fn N(self);
}

pub fn f(a: isize) -> isize {
    /* the a */
    a /* ret */
}

/// Empty does nothing.
pub fn Empty() {
    // nothing here
}

pub fn noinl() {}

#[go_main(init = package_init)]
fn main() {
    // switch
    let x_ = y.get();
    match x_ {
        // sw
        // case one
        1 => {
            // c1
            // in one
            fmt::Println(args!["one"]);
        }
        // case two
        2 => {
            fmt::Println(args!["two"]); // two

            fmt::Println(args!["again"]);
        }
        // default
        _ => {
            // only comment
        }
    }
    if x.get() > 0 {
        // if
        // then
    } else if x.get() < 0 {
        // elif
        // neg
    } else {
        // else
        // zero
    }
    for _ in 0..1isize {
        // for
        continue; // cont
    }
    let p = Point {
        X: 1, // the x
        // the y
        Y: 2,
        ..zero()
    };
    func(move || {
        // lit
        // in lit
        fmt::Println(args![p.Sum()]); /* a */
        /* b */
    })();
    // arg comment
    fmt::Println(args![A, B, C, x.get(), y.get(), f(3)]);
    let ch = Chan::<isize>::make(1);
    select! {
        // sel
        // send
        ch <- 1 => {
            // sent
            // did
        }
        default => {
            // def
        }
    }
    go!(move || {
        // goroutine
    });
    fmt::Println(args!["// not a comment /* nor this */ __args(1) __blank!();"]);
    Empty();
    noinl();
    // end of main
}

// end of file

/// Gives package variables their values and runs the init functions.
fn package_init() {
    // call
    y.set(f(2));
}
